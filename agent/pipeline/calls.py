"""The store's side of the call log: every call of a run is in the workspace before it is sent, every reply before it is read."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent.domain.run import KeptRun, RunStatus
from agent.llm.base import CallRecord, ChatReply, Finish, Status
from agent.store import calls as call_rows
from agent.store.database import parsed

if TYPE_CHECKING:
    from agent.store.workspace import Workspace

_OF_FINISH: dict[Finish, Status] = {
    "stop": "ok",
    "length": "truncated",
    "content_filter": "refused",
    "refusal": "refused",
    "other": "error",
}


class StoredCalls:
    """`agent.llm.base.CallLog` over a workspace, for one run. Safe to use from several threads.

    The run is written down with its first call: one that asks nothing leaves no trace. What a killed process leaves "open" answers nothing,
    so it is asked again.
    """

    def __init__(self, workspace: Workspace, command: str, model: str) -> None:
        self._workspace = workspace
        self._command = command
        self._model = model
        self._lock = threading.Lock()  # threads of one process take turns here instead of at SQLite's door, where they would sleep
        self._artifacts: list[str] = []
        self.run: str | None = None

    def answered(self, key: str) -> ChatReply | None:
        """The newest stored reply to this request that ended by "stop" and has content, whichever run got it."""
        with self._workspace.reading() as connection:
            found = call_rows.reply_to(connection, key, self._model)
        reply = None if found is None else parsed(ChatReply, found, "a reply")
        return reply if reply is not None and reply.finish == "stop" else None

    def opened(self, record: CallRecord) -> int:
        """Write down a call that is about to be made. Returns its number."""
        values = record.model_dump(include={"artifact", "stage", "label", "key", "prompt_sha256", "request"})
        with self._lock, self._workspace.writing() as connection:
            run = self._begun(record.artifact)
            if run.id != self.run:
                call_rows.begin(connection, run)
            elif record.artifact not in self._artifacts:
                call_rows.add_artifacts(connection, run.id, run.artifacts)
            number = call_rows.open_call(connection, run.id, _now(), values)
            self.run, self._artifacts = run.id, list(run.artifacts)
        return number

    def replied(self, number: int, reply: ChatReply, cost_usd: float | None, attempts: int) -> None:
        """Write down a reply as it came, before anybody reads it."""
        status = "refused" if reply.refusal else "empty" if reply.finish == "stop" and not reply.text else _OF_FINISH[reply.finish]
        values: dict[str, object] = {
            "status": status,
            "reply": reply.model_dump_json(),
            "attempts": attempts,
            "input_tokens": reply.input_tokens,
            "output_tokens": reply.output_tokens,
            "cost_usd": cost_usd,
        }
        with self._lock, self._workspace.writing() as connection:
            call_rows.put_reply(connection, number, _now(), values)

    def failed(self, number: int, status: Status, detail: str, attempts: int) -> None:
        """Write down that no reply came, or that the reply cannot be used."""
        values: dict[str, object] = {"status": status, "detail": detail, "attempts": attempts}
        with self._lock, self._workspace.writing() as connection:
            call_rows.put_failure(connection, number, _now(), values)

    def ended(self, status: RunStatus) -> None:
        """Write down how the run ended; a run that never asked anything is not kept."""
        with self._lock:
            if self.run is not None:
                with self._workspace.writing() as connection:
                    call_rows.end(connection, self.run, status, _now())

    def _begun(self, artifact: str) -> KeptRun:
        artifacts = self._artifacts if artifact in self._artifacts else [*self._artifacts, artifact]
        return KeptRun(self.run or _new_id(), self._command, _now(), None, self._model, tuple(artifacts), "open")


def _new_id() -> str:
    """An id that sorts by time and is short enough to type the start of: "20261123-201501-3fa2"."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
