"""The table of weights and anchors, read from weights.yaml beside this file."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Literal

import yaml

from agent.domain.base import Frozen, sha256

ComponentName = Literal["adoption", "quality", "match_graph", "freshness", "ecosystem"]
COMPONENTS: tuple[ComponentName, ...] = ("adoption", "quality", "match_graph", "freshness", "ecosystem")


class Part(Frozen):
    """A component's points of 100 and why."""

    weight: float
    reason: str


class CountInput(Frozen):
    """A count: the signals that can give it (the largest known one is used), its weight inside its component, its two anchors."""

    signals: list[str]
    weight: float
    low: float
    high: float
    source: str
    reason: str


class AgeInput(Frozen):
    """A date: the newest of these signals and facts; 100 within `grace` days, halving every `half_life` days after them."""

    signals: list[str]
    facts: list[str]
    weight: float
    grace: int
    half_life: int
    reason: str


class Anchors(Frozen):
    """Two anchors for a count that is not a signal."""

    low: float
    high: float
    reason: str
    weight: float = 1.0


class TypeTable(Frozen):
    """What stands behind the score of one type."""

    adoption: dict[str, CountInput]
    quality: dict[str, float]
    match_graph: Anchors
    freshness: dict[str, AgeInput]
    ecosystem: dict[str, Anchors]


class Kind(Frozen):
    """Types whose scores may be compared with each other, and why."""

    types: list[str]
    reason: str


class Table(Frozen):
    """All of weights.yaml; `digest` is the SHA-256 of the file, so that a changed table changes what is derived from it."""

    version: str
    components: dict[ComponentName, Part]
    kinds: dict[str, Kind]
    sources: dict[str, str]
    types: dict[str, TypeTable]
    digest: str

    def kind(self, artifact_type: str) -> str:
        """The name of the kind a type belongs to: types of one kind have comparable scores."""
        return next((name for name, kind in self.kinds.items() if artifact_type in kind.types), artifact_type)


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The shipped table."""
    text = resources.files("agent.scoring").joinpath("weights.yaml").read_text(encoding="utf-8")
    return Table.model_validate({**yaml.safe_load(text), "digest": sha256(text)})
