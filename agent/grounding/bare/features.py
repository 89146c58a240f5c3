"""What is measured of a claim and the evidence for it, and the weight of each: a score from 0 to 1 that the evidence says the claim."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from agent.grounding.bare.index import Match, StatementIndex
from agent.grounding.bare.statements import Statement
from agent.grounding.reading import Reading

NAMES = (
    "own", "around", "same form", "weakest", "second weakest", "unsaid", "cosine", "said back", "in company", "pair", "words", "code",
    "row", "heading", "strange share", "nouns unsaid", "verbs unsaid", "others unsaid", "raised", "figures", "section", "anywhere",
)  # fmt: skip
_LIKE = 0.3  # likeness below which a word is not said
_WHOLE = 4  # pairs of words of a sentence that a claim may contain as a whole
_CONTAINED = 0.85
_NEAR = 7  # pieces of a statement between the matches of two neighbouring words of a claim


@dataclass(frozen=True)
class Weights:
    """A linear score over NAMES, standardised; `supported` and `related` are its thresholds.

    Trained by benchmarks/train_verification.py.
    """

    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weight: tuple[float, ...]
    bias: float
    supported: float
    related: float

    def score(self, values: Sequence[float]) -> float:
        """The probability, by the training data, that evidence with these values says the claim."""
        parts = zip(values, self.mean, self.spread, self.weight, strict=True)
        total = self.bias + sum((value - mean) / spread * weight for value, mean, spread, weight in parts)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that the package ships."""
    plain: dict[str, Any] = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    rows = {key: tuple(map(float, plain[key])) for key in ("mean", "spread", "weight")}
    return Weights(**rows, bias=plain["bias"], supported=plain["supported"], related=plain["related"])


def features(claim: Reading, match: Match, chosen: Sequence[int], index: StatementIndex, raised: int) -> list[float]:
    """The values of NAMES for a claim and one or two statements."""
    statements = [index.statements[at] for at in chosen]
    total = sum(word.weight for word in match.words) or 1.0
    own = [max(float(match.own[w, at]) for at in chosen) for w in range(len(match.words))]
    around = [max(float(match.around[w, at]) for at in chosen) for w in range(len(match.words))]
    places = _places(match, statements[0], index)
    weighed = [(value, word.weight) for value, word in zip(around, match.words, strict=True)]
    gaps = [*sorted(((1 - value) * weight for value, weight in weighed), reverse=True), 0.0, 0.0]
    content = [piece for piece in statements[0].reading.pieces if piece.content]
    matched = {at for row in places for at in row}
    back = sum(at in matched for at, piece in enumerate(statements[0].reading.pieces) if piece.content) / max(len(content), 1)
    return [
        sum(value * word.weight for value, word in zip(own, match.words, strict=True)) / total if match.words else 1.0,
        sum(value * weight for value, weight in weighed) / total if match.words else 1.0,
        sum(value >= 0.95 for value in own) / max(len(own), 1),
        gaps[0],
        gaps[1],
        sum(weight for value, weight in weighed if value < _LIKE) / total,
        float(max(match.cosines[at] for at in chosen)),
        back,
        _company(places),
        float(len(chosen) - 1),
        math.log(1 + len(match.words)),
        float(statements[0].kind in {"code", "front_matter"}),
        float(statements[0].kind == "table_row"),
        float(statements[0].kind == "heading"),
        sum(value < _LIKE for value in around) / max(len(around), 1),
        *(_lacking(part, match, around) for part in ("noun", "verb", "other")),
        float(min(raised, 2)),
        float(bool(claim.quantities)),
        _covered(match, index.section(chosen[0])),
        _covered(match, range(len(index.statements))),
    ]


def _covered(match: Match, statements: range) -> float:
    """The share of a claim's words, by weight, that any of some neighbouring statements has."""
    if not match.words:
        return 1.0
    total = sum(word.weight for word in match.words)
    best = match.own[:, statements.start : statements.stop].max(axis=1)
    return float(sum(float(value) * word.weight for value, word in zip(best, match.words, strict=True))) / total


def _lacking(part: str, match: Match, values: Sequence[float]) -> float:
    """How much of a claim's words of one part of speech is missing, by weight, in words of the usual weight."""
    return sum((1 - value) * word.weight for value, word in zip(values, match.words, strict=True) if word.part == part) / 3


def copied(claim: Reading, readings: Sequence[Reading]) -> float:
    """How far a claim repeats one of some sentences, 0 to 1: the share of its pairs of words there, or of the sentence's in it."""
    mine = _pairs(claim)
    best = 0.0
    for reading in readings:
        theirs = _pairs(reading)
        shared = len(mine & theirs)
        best = max(best, shared / len(mine) if mine else 0.0)
        if len(theirs) >= _WHOLE and len(mine) <= 3 * len(theirs):
            best = max(best, shared / len(theirs) * _CONTAINED)
    return best


def _pairs(reading: Reading) -> set[tuple[str, str]]:
    return set(pairwise(piece.base for piece in reading.pieces))


def _places(match: Match, statement: Statement, index: StatementIndex) -> list[list[int]]:
    """For each word of the claim, the numbers of the statement's pieces that are like it."""
    pieces = statement.reading.pieces
    numbers = [index.lexicon.number(piece.base) for piece in pieces]
    found = []
    for word in match.words:
        like = index.lexicon.like(word.base)
        found.append([at for at, number in enumerate(numbers) if number is not None and like.get(number, 0.0) >= _LIKE])
    return found


def _company(places: Sequence[Sequence[int]]) -> float:
    """The share of neighbouring words whose matches stand near each other too."""
    rows = [row for row in places if row]
    if len(rows) < 2:
        return 1.0 if rows else 0.0
    near = sum(min(abs(a - b) for a in one for b in two) <= _NEAR for one, two in pairwise(rows))
    return near / (len(rows) - 1)
