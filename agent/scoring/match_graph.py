"""Match graph: how often searches ended at the artifact. Unknown until a search is recorded."""

from __future__ import annotations

from agent.domain.capability import ScoreInput
from agent.domain.scorecard import NO_SEARCHES
from agent.scoring.case import Case, unknown
from agent.scoring.normalise import joined, log_note, log_scaled


def inputs(case: Case) -> list[ScoreInput]:
    """One input: the searches recorded in the workspace that matched a capability of the artifact."""
    row = case.table.match_graph
    if case.store.searches_recorded <= 0:
        return [unknown("times_matched", row.weight, NO_SEARCHES)]
    times = case.store.times_matched
    note = joined(log_note(row.low, row.high), f"out of {case.store.searches_recorded:,} searches recorded in this workspace")
    return [
        ScoreInput(
            name="times_matched", value=times, normalised=log_scaled(times, row.low, row.high), weight=row.weight,
            source="this workspace", date=case.as_of.isoformat(), note=note,
        )
    ]  # fmt: skip
