"""Runs that asked a model, and every call of theirs: the request before it was sent, the reply before it was read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields

from agent.domain.run import KeptCall, KeptRun, RunStatus
from agent.store.database import Connection, damaged

_CALL = ", ".join(f"c.{field.name}" for field in fields(KeptCall))
# A reply that was not in the required form is served, too: what is asked because of it was, or will be, a request of its own.
_USABLE = "reply IS NOT NULL AND calls.status IN ('ok', 'invalid')"


def begin(connection: Connection, run: KeptRun) -> None:
    """Write down a run that begins."""
    connection.run(
        """INSERT INTO runs (id, command, started, ended, model, artifacts, status)
           VALUES (:id, :command, :started, NULL, :model, :artifacts, :status)""",
        id=run.id,
        command=run.command,
        started=run.started,
        model=run.model,
        artifacts=json.dumps(run.artifacts),
        status=run.status,
    )


def add_artifacts(connection: Connection, run: str, artifacts: Sequence[str]) -> None:
    """Name the artifacts that a run has asked for so far."""
    connection.run("UPDATE runs SET artifacts = :artifacts WHERE id = :run", run=run, artifacts=json.dumps(list(artifacts)))


def end(connection: Connection, run: str, status: RunStatus, at: str) -> None:
    """Write down how a run ended."""
    connection.run("UPDATE runs SET status = :status, ended = :at WHERE id = :run", run=run, status=status, at=at)


def open_call(connection: Connection, run: str, at: str, values: dict[str, object]) -> int:
    """Write down a call that is about to be made; its number. `values` are the columns that say what is asked."""
    connection.run(
        """INSERT INTO calls (run, artifact, stage, label, key, prompt_sha256, request, status, reply, detail, attempts,
                              input_tokens, output_tokens, cost_usd, started, ended)
           VALUES (:run, :artifact, :stage, :label, :key, :prompt_sha256, :request, 'open', NULL, '', 0, 0, 0, NULL, :at, NULL)""",
        run=run,
        at=at,
        **values,
    )
    return int(connection.value("SELECT last_insert_rowid()"))


def put_reply(connection: Connection, number: int, at: str, values: dict[str, object]) -> None:
    """Write down a call's reply: `status`, `reply` (JSON), `attempts`, `input_tokens`, `output_tokens`, `cost_usd`."""
    connection.run(
        """UPDATE calls SET status = :status, reply = :reply, attempts = :attempts, input_tokens = :input_tokens,
                  output_tokens = :output_tokens, cost_usd = :cost_usd, ended = :at WHERE number = :number""",
        number=number,
        at=at,
        **values,
    )


def put_failure(connection: Connection, number: int, at: str, values: dict[str, object]) -> None:
    """Write down that a call gave nothing to use: `status`, `detail`, `attempts`. A reply that came is kept."""
    connection.run(
        """UPDATE calls SET status = :status, detail = :detail, attempts = max(attempts, :attempts), ended = coalesce(ended, :at)
           WHERE number = :number""",
        number=number,
        at=at,
        **values,
    )


def reply_to(connection: Connection, key: str, model: str) -> str | None:
    """The newest reply with content that a model gave to a request, as JSON, whichever run got it.

    A request names its model without the provider, so the run's own name of it decides: another provider's answer is another answer.
    """
    found = connection.value(
        f"""SELECT reply FROM calls JOIN runs ON runs.id = calls.run
            WHERE key = :key AND model = :model AND {_USABLE} ORDER BY number DESC LIMIT 1""",
        key=key,
        model=model,
    )
    return None if found is None else str(found)


def runs(connection: Connection, *, limit: int | None = None) -> list[KeptRun]:
    """The runs, newest first."""
    rows = connection.rows("SELECT id FROM runs ORDER BY started DESC, rowid DESC LIMIT :limit", limit=-1 if limit is None else limit)
    return [found for row in rows if (found := run(connection, row["id"])) is not None]


def run(connection: Connection, wanted: str) -> KeptRun | None:
    """A run with the sums of its calls."""
    row = connection.row("SELECT id, command, started, ended, model, artifacts, status FROM runs WHERE id = :run", run=wanted)
    if row is None:
        return None
    counted = connection.rows("SELECT status, count(*) FROM calls WHERE run = :run GROUP BY status ORDER BY status", run=wanted)
    sums = connection.row(
        """SELECT count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(cost_usd), 0.0),
                  coalesce(sum(reply IS NOT NULL AND cost_usd IS NULL), 0) FROM calls WHERE run = :run""",
        run=wanted,
    )
    assert sums is not None
    values = dict(row)
    try:
        values["artifacts"] = tuple(str(slug) for slug in json.loads(values["artifacts"]))
    except (ValueError, TypeError):
        raise damaged(f"run {wanted!r} in the workspace", "its artifacts cannot be read") from None
    return KeptRun(**values, **dict(zip(_SUMS, sums, strict=True)), statuses=tuple((str(s), int(n)) for s, n in counted))


_SUMS = ("calls", "input_tokens", "output_tokens", "cost_usd", "unpriced")


def matching(connection: Connection, start: str) -> list[str]:
    """The ids of runs that begin with some characters."""
    sql = "SELECT id FROM runs WHERE substr(id, 1, length(:start)) = :start ORDER BY id LIMIT 10"
    return [str(row[0]) for row in connection.rows(sql, start=start)]


def calls(connection: Connection, wanted: str) -> list[KeptCall]:
    """A run's calls, in the order in which they were made."""
    return [KeptCall(**dict(row)) for row in connection.rows(f"SELECT {_CALL} FROM calls c WHERE run = :run ORDER BY number", run=wanted)]


def call(connection: Connection, number: int) -> KeptCall | None:
    row = connection.row(f"SELECT {_CALL} FROM calls c WHERE number = :number", number=number)
    return KeptCall(**dict(row)) if row else None


def count_of(connection: Connection, artifact: str) -> int:
    """How many calls were made about an artifact."""
    return int(connection.value("SELECT count(*) FROM calls WHERE artifact = :artifact", artifact=artifact))


def open_calls(connection: Connection) -> int:
    """How many calls have no end: those in flight now, and those of runs that were killed."""
    return int(connection.value("SELECT count(*) FROM calls WHERE status = 'open'"))
