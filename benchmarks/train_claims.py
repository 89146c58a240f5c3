"""Trains what tells distinctions and comparisons from other sentences: logistic regressions over readable features.

    python -m benchmarks.train_claims --golden DIR --corpus DIR -> claims/weights.json, leave-one-out figures
    python -m benchmarks.train_claims --golden DIR --corpus DIR --check   the figures only

A row is a sentence that can be printed. It is a distinction (or a comparison) where it overlaps an annotated `unique` (`alternatives`)
quote by the strict rule, or where a reader marked it U (V) in development/statements.csv and not as being about something else or history.
Sentences that nobody judged count only where annotated. DIR is what `development unpack` writes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
LABELS = HERE / "development" / "statements.csv"
WEIGHTS = HERE.parent / "agent" / "engines" / "extractive" / "claims" / "weights.json"
PENALTY = 10.0  # L2; the figures are flat from 4 to 25
FLAGS = {"unique": "U", "vs_alternatives": "V"}
PAGE = (5, 8, 12)  # claims of a page at which found entries are counted


@dataclass(frozen=True)
class Row:
    """A judged sentence: its features by kind of claim, its flags (None where nobody judged it), the annotated entries it overlaps."""

    artifact: str
    features: dict[str, dict[str, float]]
    flags: str | None
    entries: dict[str, frozenset[int]]

    def is_a(self, kind: str) -> bool:
        marked = self.flags is not None and FLAGS[kind] in self.flags and not set(self.flags) & set("OH")
        return bool(self.entries[kind]) or marked


def rows_of(golden_dir: Path, corpus_dir: Path) -> list[Row]:
    """Every sentence of every annotated artifact that differentiation may print, judged or annotated."""
    from benchmarks.golden import load_golden

    with LABELS.open(encoding="utf-8", newline="") as file:
        flags = {(row["artifact"], row["document"], row["start"]): row["flags"] for row in csv.DictReader(file)}
    return [row for golden in load_golden(golden_dir) for row in _rows(golden, corpus_dir, flags)]


def _rows(golden: object, corpus: Path, flags: dict[tuple[str, str, str], str]) -> Iterator[Row]:
    from agent.engines.extractive.claims.alternatives import features as comparing
    from agent.engines.extractive.claims.claimable import setting_of, spoken
    from agent.engines.extractive.claims.unique import features as distinguishing
    from agent.engines.extractive.statements.reader import statements_of
    from benchmarks.capabilities import places_of
    from benchmarks.direct import subject_of
    from benchmarks.golden import Golden
    from benchmarks.spans import CUT, sources_of

    assert isinstance(golden, Golden)
    subject = subject_of(corpus, golden.slug)
    related = [subject_of(corpus, r.slug) for r in subject.manifest.related[:8] if (corpus / r.slug / "artifact.yaml").exists()]
    setting = setting_of(subject, related)
    sources = sources_of(corpus / golden.slug)
    by_file = {source.file: source for source in sources}
    files = {document.id: document.uri for document in subject.documents}
    wanted = {"unique": golden.unique, "vs_alternatives": golden.alternatives}
    places = {kind: [places_of(entry, sources) for entry in entries] for kind, entries in wanted.items()}
    for statement, text, place in spoken(statements_of(subject), subject):
        file = files[statement.document_id]
        span = by_file[file].span(statement.start, min(statement.end, statement.start + CUT))
        entries = {
            kind: frozenset(at for at, own in enumerate(found) if any(span.same_passage(one) for one in own))
            for kind, found in places.items()
        }
        judged = flags.get((golden.slug, file, str(statement.start)))
        if judged is None and not any(entries.values()):
            continue
        features = {
            "unique": distinguishing(text, place, setting),
            "vs_alternatives": comparing(text, place.heading_path, place.role, setting),
        }
        yield Row(golden.slug, features, judged, entries)


def matrix(rows: list[Row], kind: str) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Feature names, values (rows, features + 1) with the constant last, and labels."""
    names = sorted({name for row in rows for name in row.features[kind]})
    at = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1.0
    for number, row in enumerate(rows):
        for name, value in row.features[kind].items():
            x[number, at[name]] = value
    return names, x, np.array([float(row.is_a(kind)) for row in rows])


def fit(x: NDArray[np.float64], y: NDArray[np.float64], penalty: float = PENALTY) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method; the constant, last, is free."""
    ridge = np.eye(x.shape[1]) * penalty
    ridge[-1, -1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p) + 1e-9)) @ x + ridge, x.T @ (p - y) + ridge @ beta)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def left_out(x: NDArray[np.float64], y: NDArray[np.float64], artifacts: list[str], penalty: float = PENALTY) -> NDArray[np.float64]:
    """Log odds of each row by weights trained without its artifact."""
    found = np.zeros(len(y))
    of = np.array(artifacts)
    for slug in sorted(set(artifacts)):
        held = of == slug
        found[held] = x[held] @ fit(x[~held], y[~held], penalty)
    return found


def figures(rows: list[Row], kind: str, scores: NDArray[np.float64]) -> str:
    """Precision and entries found by the best so many of a page, and by threshold."""
    total = len({(row.artifact, one) for row in rows for one in row.entries[kind]})
    by_page: dict[str, list[tuple[float, Row]]] = defaultdict(list)
    for score, row in zip(scores, rows, strict=True):
        by_page[row.artifact].append((float(score), row))
    lines = [f"{kind}: {len(rows)} sentences, {sum(row.is_a(kind) for row in rows)} of the kind, {total} entries within reach"]
    for most in PAGE:
        best = [row for page in by_page.values() for _, row in sorted(page, key=lambda pair: -pair[0])[:most]]
        lines.append(_figure(f"best {most} of a page", best, kind))
    for limit in (-2.0, -1.5, -1.0, -0.5, 0.0):
        lines.append(_figure(f"log odds {limit} and more", [row for s, row in zip(scores, rows, strict=True) if s >= limit], kind))
    return "\n".join(lines)


def _figure(name: str, chosen: list[Row], kind: str) -> str:
    right = sum(row.is_a(kind) for row in chosen)
    found = len({(row.artifact, one) for row in chosen for one in row.entries[kind]})
    return f"  {name:24} {len(chosen):4} sentences, precision {right / max(1, len(chosen)):.2f}, entries found {found}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--golden", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    rows = rows_of(given.golden, given.corpus)
    weights: dict[str, dict[str, float]] = {}
    for kind in FLAGS:
        usable = [row for row in rows if row.features[kind]]
        names, x, y = matrix(usable, kind)
        print(figures(usable, kind, left_out(x, y, [row.artifact for row in usable])))
        beta = fit(x, y)
        weights[kind] = {"bias": round(float(beta[-1]), 3), **{n: round(float(b), 3) for n, b in zip(names, beta, strict=False)}}
    if not given.check:
        note = "log odds by feature; trained by benchmarks/train_claims.py on the development annotations and statements.csv"
        WEIGHTS.write_text(json.dumps({"note": note, "weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
