"""Readers' judgements of single statements (development/statements.csv), found again among the statements that are read today."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "development" / "statements.csv"


@dataclass(frozen=True)
class Judgement:
    """What a reader said of the statement at [start, end) of a document; see benchmarks/README.md for the fields' values."""

    artifact: str
    document: str
    start: int
    end: int
    printed: str
    worth: int
    alone: bool
    flags: str
    job: str
    name: str


class Judgements:
    """The judgements of one artifact, by place."""

    def __init__(self, found: list[Judgement]) -> None:
        self._by_document: dict[str, list[Judgement]] = defaultdict(list)
        for one in found:
            self._by_document[one.document].append(one)

    def of(self, document: str, start: int, end: int) -> Judgement | None:
        """The judgement of the statement at a place: the one that shares most of it, and at least half of the shorter of the two."""
        best, most = None, 0
        for one in self._by_document[document]:
            shared = min(end, one.end) - max(start, one.start)
            if 2 * shared >= min(end - start, one.end - one.start) and shared > most:
                best, most = one, shared
        return best


def load_judgements(path: Path = FILE) -> dict[str, Judgements]:
    """The judgements by artifact."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["artifact"]].append(
                Judgement(
                    row["artifact"], row["document"], int(row["start"]), int(row["end"]), row["printed"], int(row["worth"]),
                    row["alone"] == "1", row["flags"], row["job"], row["name"],
                )
            )  # fmt: skip
    return {slug: Judgements(judged) for slug, judged in found.items()}
