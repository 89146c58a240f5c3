"""The artifact's 0-100 score with everything it was made from."""

from __future__ import annotations

from agent.domain.base import Frozen
from agent.domain.capability import ScoreInput


class Component(Frozen):
    """One component: 0-100 (None when no input is known), its weight, the share of its input weight that is known."""

    name: str
    value: float | None
    weight: float
    coverage: float
    inputs: list[ScoreInput]


class Scorecard(Frozen):
    """`value` is 0-100 over known inputs (None when nothing is known); `coverage` 0-1 the share of weight known; `low` and `high` what the
    unknown inputs allow, each of them ranging over 0-100."""

    artifact: str
    type: str
    as_of: str
    value: float | None
    coverage: float
    low: float
    high: float
    components: list[Component]
