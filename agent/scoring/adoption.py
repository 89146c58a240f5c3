"""Adoption: how many others fetch, star, fork or like the artifact."""

from __future__ import annotations

from agent.domain.artifact import Signal
from agent.domain.capability import ScoreInput
from agent.scoring.case import Case, dated, shown, signal_note, unknown
from agent.scoring.normalise import log_note, log_scaled
from agent.scoring.table import CountInput

NOT_ITS_OWN = "not scored: the figure is not the artifact's own"


def inputs(case: Case) -> list[ScoreInput]:
    """One input per row of the table; figures that belong to something larger follow, with weight 0."""
    found = [_input(case, name, row) for name, row in case.table.adoption.items()]
    named = {signal for row in case.table.adoption.values() for signal in row.signals}
    return found + [shown(s, NOT_ITS_OWN) for s in case.manifest.signals if s.name in named and not s.own]


def _input(case: Case, name: str, row: CountInput) -> ScoreInput:
    known = [(s, _count(s)) for s in case.manifest.signals if s.name in row.signals and s.own]
    counts = [(count, s) for s, count in known if count is not None]
    if not counts:
        return unknown(name, row.weight, "no figure with a source")
    count, signal = max(counts, key=lambda pair: pair[0])
    return ScoreInput(
        name=name, value=count, normalised=log_scaled(count, row.low, row.high), weight=row.weight, source=signal.source,
        date=dated(signal.date), note=signal_note(signal, log_note(row.low, row.high)),
    )  # fmt: skip


def _count(signal: Signal) -> int | float | None:
    return signal.value if isinstance(signal.value, (int, float)) and not isinstance(signal.value, bool) else None
