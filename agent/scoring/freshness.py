"""Freshness: how long ago the artifact was last released and last touched, at the as-of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from agent.domain.capability import ScoreInput
from agent.scoring.adoption import NOT_ITS_OWN
from agent.scoring.case import Case, dated, shown, unknown
from agent.scoring.normalise import decay_note, decayed, joined, read_date
from agent.scoring.table import AgeInput


def inputs(case: Case) -> list[ScoreInput]:
    """One input per row of the table: the newest event of it that is not after the as-of date."""
    found = [_input(case, name, row) for name, row in case.table.freshness.items()]
    named = {signal for row in case.table.freshness.values() for signal in row.signals}
    return found + [shown(s, NOT_ITS_OWN) for s in case.manifest.signals if s.name in named and not s.own]


def _input(case: Case, name: str, row: AgeInput) -> ScoreInput:
    events = sorted(_events(case, row), key=lambda event: (event[0], event[1].name))
    if not events:
        return unknown(name, row.weight, "no date with a source")
    past = [event for event in events if event[0] <= case.as_of]
    if not past:
        return unknown(name, row.weight, f"the only date known, {events[0][0].isoformat()}, is after {case.as_of.isoformat()}")
    when, seen = past[-1]
    age = (case.as_of - when).days
    return ScoreInput(
        name=name, value=seen.value, normalised=decayed(age, row.grace, row.half_life), weight=row.weight, source=seen.source,
        date=seen.date, note=joined(decay_note(age, case.as_of, row.grace, row.half_life), seen.note),
    )  # fmt: skip


def _events(case: Case, row: AgeInput) -> Iterator[tuple[date, ScoreInput]]:
    entries = [(s.name, s.value, s.source, s.date, s.note) for s in case.manifest.signals if s.name in row.signals and s.own]
    entries += [(f.field, f.printed(), f.source, f.date, f.note) for f in case.manifest.facts if f.field in row.facts]
    for name, value, source, read_on, note in entries:
        parsed = read_date(str(value))
        if parsed:
            when, precision = parsed
            text = joined(name.replace("_", " "), precision, note)
            yield when, ScoreInput(name=name, value=str(value), normalised=None, weight=0, source=source, date=dated(read_on), note=text)
