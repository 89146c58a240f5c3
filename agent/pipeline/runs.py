"""The kept runs of a workspace, as commands look at them. No key is ever shown, whoever wrote it into a document or an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

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
    reply = None if call.reply is None else _in_json(call.reply, lambda text: scrubbed(text, secrets))
    request = _in_json(call.request, lambda text: scrubbed(text, secrets))
    return replace(call, request=request, reply=reply, detail=scrubbed(call.detail, secrets))


def _in_json(text: str, clean: Callable[[str], str]) -> str:
    """JSON with each of its strings cleaned; in the text itself a replacement could eat a quotation mark."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, list):
            return [walk(one) for one in value]
        return {key: walk(one) for key, one in value.items()} if isinstance(value, dict) else value

    try:
        return json.dumps(walk(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return clean(text)
