"""Trains the statement ranker: logistic regressions over readable features, one for each question of agent.engines.extractive.choice.rank.

    python -m benchmarks.train_ranker [--golden DIR] [--corpus DIR] documents -> choice/weights.json

`--golden` holds the development annotations as `dev.py measure development unpack` writes them; the judgements of single statements are
in development/statements.csv. A row is one statement that can be printed. `kept` is 1 where it overlaps an annotated capability's quote
by the strict rule, and up to 0.6 where it says nearly what an annotated capability says (similarity of embeddings): annotators quote one
of several sentences about a thing, and the others are no counter-examples. `alone` is known only of sentences printed as they were when
they were judged.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.domain.base import sha256
from benchmarks.judgements import load_judgements

WEIGHTS = Path(__file__).parent.parent / "agent" / "engines" / "extractive" / "choice" / "weights.json"
PENALTY = 50.0  # L2 over standardised features; the page is as good from 10 to 60 with whole artifacts left out
SMALL = 0.02  # weights below this (standardised) are left out of the file


@dataclass(frozen=True)
class Table:
    """Feature rows: `x` of shape (rows, features); `answers` by question, each of shape (rows,), NaN where unknown; `artifact` by row."""

    names: list[str]
    x: NDArray[np.float64]
    answers: dict[str, NDArray[np.float64]]
    artifact: NDArray[np.str_]

    def without(self, slug: str) -> Table:
        keep = self.artifact != slug
        return Table(self.names, self.x[keep], {q: y[keep] for q, y in self.answers.items()}, self.artifact[keep])


def fit(table: Table, penalty: float = PENALTY) -> dict[str, dict[str, float]]:
    """Weights by question and feature name, each with its "bias"."""
    return {question: _fit(table, known, penalty) for question, known in table.answers.items()}


def _fit(table: Table, y: NDArray[np.float64], penalty: float) -> dict[str, float]:
    """One logistic regression by Newton's method; each artifact weighs by the square root of its rows."""
    known = ~np.isnan(y)
    x, y, artifact = table.x[known], y[known], table.artifact[known]
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    sizes = {slug: (artifact == slug).sum() for slug in sorted(set(artifact))}
    weight = np.array([sizes[slug] ** -0.5 for slug in artifact])
    weight *= len(weight) / weight.sum()
    ridge = np.eye(x.shape[1]) * penalty
    ridge[-1, -1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        curvature = (x.T * (weight * p * (1 - p) + 1e-9)) @ x + ridge
        step = np.linalg.solve(curvature, x.T @ (weight * (p - y)) + ridge @ beta)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    kept = np.abs(beta[:-1]) >= SMALL
    raw = beta[:-1] / spread * kept
    found = {name: round(float(value), 3) for name, value, keep in zip(table.names, raw, kept, strict=True) if keep}
    return {"bias": round(float(beta[-1] - (raw * mean).sum()), 3), **found}


def table_of(golden_dir: Path, corpus_dir: Path) -> Table:
    """The rows of every annotated artifact of a folder."""
    from agent.engines.extractive.choice.features import Surroundings, features
    from agent.engines.extractive.choice.rank import QUESTIONS
    from agent.engines.extractive.statements.reader import statements_of
    from benchmarks.capabilities import places_of
    from benchmarks.direct import subject_of
    from benchmarks.golden import load_golden
    from benchmarks.spans import CUT, sources_of

    judged = load_judgements()
    rows: list[tuple[str, dict[str, float], dict[str, float]]] = []
    for golden in load_golden(golden_dir):
        subject = subject_of(corpus_dir, golden.slug)
        sources = sources_of(corpus_dir / golden.slug)
        by_file = {source.file: source for source in sources}
        files = {document.id: document.uri for document in subject.documents}
        wanted = [place for entry in golden.capabilities for place in places_of(entry, sources)]
        statements = statements_of(subject)
        around = Surroundings(subject.manifest, tuple(statements))
        near = _nearness([f"{entry.name}. {entry.description}" for entry in golden.capabilities])
        for s in statements:
            if not s.printed:
                continue
            file = files[s.document_id]
            span = by_file[file].span(s.start, min(s.end, s.start + CUT))
            answers = {"kept": 1.0 if any(span.same_passage(place) for place in wanted) else near(s.printed)}
            judgement = judged[golden.slug].of(file, s.start, s.end) if golden.slug in judged else None
            if judgement:
                answers |= {"core": float(judgement.worth == 3), "capability": float(judgement.worth >= 2)}
                if judgement.printed == sha256(s.printed)[:12]:
                    answers["alone"] = float(judgement.alone)
            rows.append((golden.slug, features(s, around), answers))
    names = sorted({name for _, values, _ in rows for name in values})
    x = np.array([[float(values.get(name, 0.0)) for name in names] for _, values, _ in rows])
    answers_by = {question: np.array([answers.get(question, np.nan) for *_, answers in rows]) for question in QUESTIONS}
    return Table(names, x, answers_by, np.array([slug for slug, *_ in rows]))


def _nearness(descriptions: list[str]) -> Callable[[str], float]:
    """How close a sentence is to the closest of some descriptions: 0-0.6."""
    from agent_vectorstore.embedders import WordLlamaEmbedder

    model = WordLlamaEmbedder()
    known = model.embed(descriptions)

    def near(sentence: str) -> float:
        closest = float((model.embed([sentence]) @ known.T).max())
        return round(max(0.0, min(0.6, (closest - 0.35) / 0.4)), 2)

    return near


def options(description: str | None) -> Any:
    """The folders a training needs, from the command line."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--golden", type=Path, default=Path("benchmarks/out/development"))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    return parser.parse_args()


def main() -> None:
    given = options(__doc__)
    table = table_of(given.golden, given.corpus)
    weights = fit(table)
    note = "log-odds by question and feature; trained by benchmarks/train_ranker.py"
    WEIGHTS.write_text(json.dumps({"note": note, "weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    known = {question: int((~np.isnan(y)).sum()) for question, y in table.answers.items()}
    print(f"{len(table.x)} rows, {len(table.names)} features; answers known: {known}")


if __name__ == "__main__":
    main()
