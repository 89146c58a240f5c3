"""The kept runs of a workspace, as commands look at them. No key is ever shown, whoever wrote it into a document or an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.errors import InputError
from agent.store import calls as call_rows

if TYPE_CHECKING:
    from agent.domain.run import KeptCall, KeptRun
    from agent.store.workspace import Workspace

LAST = "last"


class Runs:
    """Reads the runs of a workspace and their calls."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def newest(self, limit: int) -> list[KeptRun]:
        """The newest runs, the newest first."""
        with self._workspace.reading() as connection:
            return call_rows.runs(connection, limit=limit)

    def find(self, wanted: str) -> KeptRun:
        """The run of an id, of the only id that begins so, or the last one. Raises InputError."""
        with self._workspace.reading() as connection:
            if wanted == LAST:
                ids = [one.id for one in call_rows.runs(connection, limit=1)]
            else:
                ids = call_rows.matching(connection, wanted) if wanted else []
            found = call_rows.run(connection, ids[0] if len(ids) == 1 else wanted)
        if found is None:
            hint = f"It could be: {', '.join(ids)}." if len(ids) > 1 else "`agent runs list` shows them."
            raise InputError(f"{'several runs begin' if len(ids) > 1 else 'no run has an id that begins'} with {wanted!r}.", hint=hint)
        return found

    def calls(self, run: KeptRun) -> list[KeptCall]:
        """A run's calls in their order."""
        with self._workspace.reading() as connection:
            return [_clean(one) for one in call_rows.calls(connection, run.id)]

    def call(self, run: KeptRun, number: int) -> KeptCall:
        """One call of a run. Raises InputError."""
        with self._workspace.reading() as connection:
            found = call_rows.call(connection, number)
        if found is None or found.run != run.id:
            raise InputError(f"run {run.id!r} has no call {number}.", hint=f"`agent runs show {run.id} --calls` lists them.")
        return _clean(found)


def _clean(call: KeptCall) -> KeptCall:
    from agent.llm.keys import Keyring, scrubbed
    from agent.llm.providers import KEY_NAMES

    secrets = Keyring().secrets(KEY_NAMES)
    reply = None if call.reply is None else scrubbed(call.reply, secrets)
    return replace(call, request=scrubbed(call.request, secrets), reply=reply, detail=scrubbed(call.detail, secrets))
