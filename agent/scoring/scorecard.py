"""The scorecard: five components, every input with its figure, and what the unknown ones allow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from agent.domain.artifact import Manifest
from agent.domain.capability import Decomposition, ScoreInput
from agent.domain.scorecard import Component, Scorecard, StoreFacts
from agent.scoring import adoption, ecosystem, freshness, match_graph, quality
from agent.scoring.case import Case
from agent.scoring.table import COMPONENTS, ComponentName, load_table

_MAKERS: dict[ComponentName, Callable[[Case], list[ScoreInput]]] = {
    "adoption": adoption.inputs,
    "quality": quality.inputs,
    "match_graph": match_graph.inputs,
    "freshness": freshness.inputs,
    "ecosystem": ecosystem.inputs,
}


def score(manifest: Manifest, decomposition: Decomposition | None, facts_from_store: StoreFacts, as_of: date) -> Scorecard:
    """Score an artifact 0-100 at a date, from its manifest, its decomposition and what the store knows.

    Each input's weight is in points of 100: a component's points shared out over its inputs. An unknown input carries no weight in the
    value; it lowers the coverage and widens the interval, over which it ranges 0-100. Nothing else is read, the clock included.
    """
    table = load_table()
    case = Case(manifest=manifest, decomposition=decomposition, store=facts_from_store, as_of=as_of, table=table.types[manifest.type])
    components = [_component(name, table.components[name].weight, _MAKERS[name](case)) for name in COMPONENTS]
    scored = [i for c in components for i in c.inputs if i.weight > 0]
    points = sum(i.weight * i.normalised / 100 for i in scored if i.normalised is not None)
    known = sum(i.weight for i in scored if i.normalised is not None)
    total = sum(i.weight for i in scored)
    return Scorecard(
        artifact=manifest.slug,
        type=manifest.type,
        kind=table.kind(manifest.type),
        as_of=as_of.isoformat(),
        value=round(100 * points / known, 1) if known else None,
        coverage=round(known / total, 4),
        low=round(100 * points / total, 1),
        high=round(100 * (points + total - known) / total, 1),
        components=components,
    )


def _component(name: str, weight: float, rows: list[ScoreInput]) -> Component:
    """Share a component's points out over its inputs."""
    total = sum(row.weight for row in rows)
    inputs = [row.model_copy(update={"weight": round(weight * row.weight / total, 4)}) for row in rows]
    known = [(row.weight, row.normalised) for row in inputs if row.weight > 0 and row.normalised is not None]
    share = sum(w for w, _ in known)
    return Component(
        name=name,
        value=round(sum(w * v for w, v in known) / share, 1) if share else None,
        weight=weight,
        coverage=round(share / weight, 4),
        inputs=inputs,
    )
