"""Looks at the search index beside the database it is made from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.errors import IncompleteError, WorkspaceError
from agent.pipeline.doctor.base import REPAIR, Finding, Patient

if TYPE_CHECKING:
    from agent_vectorstore.index import PassageIndex
    from agent_vectorstore.results import Part, Status

_BY_ITSELF = "The next search or ingest does it; agent doctor --repair does it now."


class Index:
    """What was written to the index is in it, and nothing else. An index nobody has used is not looked at: there is nothing to be wrong."""

    name = "index"
    said = "it holds every current passage and nothing else"

    def run(self, patient: Patient) -> Iterator[Finding]:
        seen = self._look(patient)
        if isinstance(seen, Finding):
            yield seen
            return
        for part in _used(seen):
            if part.damaged:
                yield Finding("index", f"{part.name!r} is damaged and cannot be searched.", REPAIR)
                continue
            if part.pending:
                yield Finding("index", f"{part.pending} changes wait to be written to {part.name!r}.", _BY_ITSELF, wrong=False)
            if part.missing or part.orphaned:
                problem = f"{part.name!r} lacks {part.missing} passages and holds {part.orphaned} that are not known."
                # Whoever opens it next sees that the numbers differ and makes it again; where they agree, nobody would.
                alike = part.missing == part.orphaned
                yield Finding("index", problem, REPAIR if alike else _BY_ITSELF, wrong=alike)

    def repair(self, patient: Patient) -> Iterator[str]:
        index, seen = _index(patient), self._look(patient)
        if index is None or isinstance(seen, Finding):
            return
        parts = _used(seen)
        if any(part.damaged or part.missing or part.orphaned for part in parts):
            index.rebuild()
            yield "Made the search index again from the database."
        elif any(part.pending for part in parts):
            index.finish()
            yield f"Wrote {max(part.pending for part in parts)} changes to the search index."

    def _look(self, patient: Patient) -> Status | Finding | None:
        """How the index stands, or what keeps it from being looked at, which only the user can mend. None where there is none."""
        from agent_vectorstore.lock import IndexBusy

        index = _index(patient)
        if index is None or not os.path.lexists(index.folder):
            return None
        try:
            return index.status()
        except (IndexBusy, WorkspaceError):
            raise
        except IncompleteError as error:
            return Finding("index", str(error.args[0]), error.hint)


def _index(patient: Patient) -> PassageIndex | None:
    return None if patient.library is None else patient.library.index


def _used(status: Status | None) -> list[Part]:
    return [part for part in (status.dense, status.lexical) if part.rebuilt_at] if status else []
