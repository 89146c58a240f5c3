"""Several artifacts in one run: what becomes of each, in the order in which they were named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from agent.errors import AgentError, InputError

if TYPE_CHECKING:
    from agent.domain.capability import Decomposition
    from agent.pipeline.calling import Calling
    from agent.pipeline.making import Making
    from agent.pipeline.planning import Planned


@dataclass(frozen=True)
class Outcome:
    """An artifact with its decomposition, or the error that kept it from having one."""

    slug: str
    made: Decomposition | None = None
    error: AgentError | None = None


def each(slugs: Sequence[str], make: Callable[[str], Decomposition], calling: Calling) -> list[Outcome]:
    """Make every decomposition; one that cannot be made keeps none of the others from it."""

    def outcome(slug: str) -> Outcome:
        try:
            return Outcome(slug, make(slug))
        except AgentError as error:
            return Outcome(slug, error=error)

    return calling.each([partial(outcome, slug) for slug in slugs])


@dataclass(frozen=True)
class Plan:
    """What a run would ask, by stage; `stored` artifacts have their result already. `label` names the model."""

    artifacts: tuple[str, ...]
    stored: tuple[str, ...]
    label: str
    stages: tuple[Planned, ...]


def plan_of(slugs: Sequence[str], making: Making) -> Plan:
    """Count what a run would ask for some artifacts. Raises InputError where no model is named."""
    planner = making.method.calling.planner
    if planner is None:
        raise InputError("--dry-run is for a run with a model, and none is named.", hint="Name one: --model PROVIDER:NAME.")
    stored = tuple(slug for slug in slugs if not making.plan(slug))
    return Plan(tuple(slugs), stored, planner.chosen.label, tuple(planner.stages))
