"""Strict capability recall and precision of the extractive engine on annotated artifacts, each ranked by weights trained without it.

    python -m benchmarks.cross_validate [--golden DIR] [--corpus DIR]

Everything else (readers, statements, groups, names, differentiation, grounding) is as shipped.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.capabilities import Result, measure
from benchmarks.golden import load_golden
from benchmarks.train_ranker import fit, options, table_of


def decomposed(task: tuple[str, Path, dict[str, dict[str, float]]]) -> dict[str, Any]:
    """One artifact's decomposition by given weights."""
    from agent.engines.extractive.choice import rank
    from benchmarks.direct import decompose_folder

    slug, corpus, weights = task
    rank.weights = lambda: weights  # type: ignore[assignment]
    return decompose_folder(corpus, slug)


def cross_validated(golden: Path, corpus: Path) -> list[Result]:
    """The results of every annotated artifact, each left out of the training of its own ranker."""
    table = table_of(golden, corpus)
    tasks = [(entry.slug, corpus, fit(table.without(entry.slug))) for entry in load_golden(golden)]
    with ProcessPoolExecutor(2) as pool:
        return measure(list(pool.map(decomposed, tasks)), golden, corpus)


def main() -> None:
    given = options(__doc__)
    results = cross_validated(given.golden, given.corpus)
    for r in results:
        print(f"{r.slug:24} {r.strict:2} of {r.golden:2}, {r.predicted:2} predicted, blind {r.blind:2}")
    count = len(results)
    recall = sum(r.recall(r.strict) for r in results) / count
    precision = sum(r.precision(r.strict) for r in results) / count
    blind = sum(r.recall(r.blind) for r in results) / count
    print(f"recall {recall:.3f}, precision {precision:.3f}, blind {blind:.3f}, {count} artifacts")


if __name__ == "__main__":
    main()
