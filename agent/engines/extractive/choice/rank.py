"""How likely readers take a statement for one of an artifact's capabilities: logistic models over features that can be checked.

Four questions are answered apart, because one reader's page is a choice among sentences that would all do: whether annotators of whole
documents quoted it (`kept`), whether a reader of single statements calls it surely a capability of the page (`core`), at least a
secondary one (`capability`), and whether it can be understood by itself (`alone`). Weights are plain numbers in weights.json, trained by
benchmarks/train_ranker.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from agent.domain.artifact import Manifest
from agent.engines.extractive.choice.features import Surroundings, features
from agent.engines.extractive.statements.reader import Statement

QUESTIONS = ("kept", "core", "capability", "alone")
# How much each answer counts when statements compete for a place on the page; chosen with whole artifacts left out.
_SHARES = {"kept": 1.0, "core": 1.0, "capability": 0.5, "alone": 2.0}
INVENTORY = 5  # so many described tools, commands or functions are a reference list: what the artifact does, item by item
_COMPONENT = 0.68  # the least likelihood of an item of such a list; too few annotated artifacts have one to learn it from


@dataclass(frozen=True)
class Rating:
    """The likelihood (0-1) of a yes to each question."""

    kept: float
    core: float
    capability: float
    alone: float

    @property
    def worth(self) -> float:
        """The weighted sum of the logarithms, at most 0: what statements are ordered by."""
        return sum(share * math.log(max(1e-6, getattr(self, question))) for question, share in _SHARES.items())

    @property
    def sure(self) -> float:
        """How likely the statement is a capability and readable by itself."""
        return self.capability * self.alone


def rank(statements: Sequence[Statement], manifest: Manifest) -> dict[int, Rating]:
    """The rating of every statement that can be printed, by its `order`."""
    around = Surroundings(manifest, tuple(statements))
    found = {s.order: rating(features(s, around)) for s in statements if s.printed}
    components = [s.order for s in statements if s.component and s.printed]
    if len(components) >= INVENTORY:
        found |= {order: _at_least(found[order], _COMPONENT) for order in components}
    return found


def rating(values: dict[str, float], tables: dict[str, dict[str, float]] | None = None) -> Rating:
    """The answers for one statement's features; `tables` (weights by question and feature name) replace the trained ones."""
    tables = weights() if tables is None else tables
    return Rating(**{question: likelihood(values, tables[question]) for question in QUESTIONS})


def likelihood(values: dict[str, float], table: dict[str, float]) -> float:
    """The logistic of the weighted sum of features and "bias": 0-1."""
    total = table["bias"] + sum(table.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """The trained weights by question and feature name; "bias" is each question's constant."""
    found: dict[str, dict[str, float]] = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))["weights"]
    return found


def _at_least(one: Rating, least: float) -> Rating:
    return replace(one, **{question: max(getattr(one, question), least) for question in QUESTIONS})
