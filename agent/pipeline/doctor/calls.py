"""Looks for calls to a model that have no end."""

from __future__ import annotations

from collections.abc import Iterator

from agent.pipeline.doctor.base import Finding, Patient
from agent.store import calls as call_rows


class Calls:
    """Every call that was begun came to an end. One that did not is no damage: nothing is made of it, and it is asked again."""

    name = "calls"
    said = "every call to a model has come to an end"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            count = call_rows.open_calls(connection)
        if count:
            problem = f"{count:,} call{' has' if count == 1 else 's have'} no reply: in flight now, or cut off when a run was killed."
            yield Finding("calls", problem, "The command of that run (agent runs list) asks again; nothing else is lost.", wrong=False)

    def repair(self, patient: Patient) -> Iterator[str]:  # noqa: ARG002
        """Nothing needs it: the record of what was asked stays as it is."""
        yield from ()
