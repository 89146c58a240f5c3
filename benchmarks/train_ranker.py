"""Trains the statement ranker: a logistic regression over readable features, evaluated by leaving artifacts out.

    python -m benchmarks.train_ranker rows --golden DIR --corpus DIR     annotated documentation -> ranker_rows.csv (no source text)
    python -m benchmarks.train_ranker fit                                ranker_rows.csv -> agent/engines/extractive/weights.json

A row is one statement that can be printed: artifact, document file, offsets, label, and its features. The label is 1 where the statement
overlaps an annotated capability's quote by the strict rule, and up to 0.6 where it says nearly what an annotated capability says
(similarity of embeddings): annotators quote one of several sentences about a thing, and the others are no counter-examples.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
ROWS = HERE / "ranker_rows.csv"
WEIGHTS = HERE.parent / "agent" / "engines" / "extractive" / "weights.json"
PENALTY = 8.0  # L2; cross-validated recall is flat from 4 to 10
_FIXED = ("artifact", "document", "start", "end", "label")


@dataclass(frozen=True)
class Table:
    """Feature rows: `x` of shape (rows, features + 1), its last column the constant 1; `y` 0 or 1; `artifact` the group of each row."""

    names: list[str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    artifact: NDArray[np.str_]

    def without(self, slug: str) -> Table:
        keep = self.artifact != slug
        return Table(self.names, self.x[keep], self.y[keep], self.artifact[keep])


def fit(table: Table, penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature name and "bias", by Newton's method; each artifact weighs by the square root of its rows."""
    sizes = {slug: (table.artifact == slug).sum() for slug in sorted(set(table.artifact))}
    weight = np.array([sizes[slug] ** -0.5 for slug in table.artifact])
    weight *= len(weight) / weight.sum()
    ridge = np.eye(table.x.shape[1]) * penalty
    ridge[-1, -1] = 1e-6
    beta = np.zeros(table.x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(table.x @ beta, -30, 30)))
        curvature = (table.x.T * (weight * p * (1 - p) + 1e-9)) @ table.x + ridge
        step = np.linalg.solve(curvature, table.x.T @ (weight * (p - table.y)) + ridge @ beta)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    found = {name: round(float(value), 4) for name, value in zip(table.names, beta, strict=False)}
    return {"bias": round(float(beta[-1]), 4), **found}


def load(path: Path = ROWS) -> Table:
    """The table of a CSV of rows."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = [name for name in reader.fieldnames or [] if name not in _FIXED]
        rows = list(reader)
    x = np.array([[float(row[name] or 0) for name in names] + [1.0] for row in rows])
    return Table(names, x, np.array([float(row["label"]) for row in rows]), np.array([row["artifact"] for row in rows]))


def rows_of(golden_dir: Path, corpus_dir: Path) -> list[dict[str, Any]]:
    """Feature rows of every annotated artifact of a folder."""
    from agent.engines.extractive.group import speaks
    from agent.engines.extractive.rank import Surroundings, features
    from agent.engines.extractive.statements import statements_of
    from benchmarks.capabilities import places_of
    from benchmarks.direct import subject_of
    from benchmarks.golden import load_golden
    from benchmarks.spans import CUT, sources_of

    found: list[dict[str, Any]] = []
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
            if not s.printed or not speaks(s):
                continue
            span = by_file[files[s.document_id]].span(s.start, min(s.end, s.start + CUT))
            label = 1.0 if any(span.same_passage(place) for place in wanted) else near(s.printed)
            values = {name: round(float(value), 3) for name, value in features(s, around).items()}
            found.append(
                {"artifact": golden.slug, "document": files[s.document_id], "start": s.start, "end": s.end, "label": label, **values}
            )
    return found


def _nearness(descriptions: list[str]) -> Callable[[str], float]:
    """How close a sentence is to the closest of some descriptions: 0-0.6."""
    import wordllama

    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    known = np.asarray(model.embed(descriptions, norm=True))

    def near(sentence: str) -> float:
        closest = float((np.asarray(model.embed([sentence], norm=True)) @ known.T).max())
        return round(max(0.0, min(0.6, (closest - 0.35) / 0.4)), 2)

    return near


def write_rows(rows: list[dict[str, Any]], path: Path = ROWS) -> None:
    names = sorted({name for row in rows for name in row} - set(_FIXED))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*_FIXED, *names], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("rows", "fit"))
    parser.add_argument("--golden", type=Path)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    if given.task == "rows":
        rows = rows_of(given.golden, given.corpus)
        write_rows(rows)
        print(f"{len(rows)} rows, {sum(row['label'] == 1 for row in rows)} of them capabilities")
        return
    table = load()
    weights = fit(table)
    note = "log-odds by feature; trained by benchmarks/train_ranker.py on benchmarks/ranker_rows.csv"
    WEIGHTS.write_text(json.dumps({"note": note, "weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(table.y)} rows, {len(weights)} weights")


if __name__ == "__main__":
    main()
