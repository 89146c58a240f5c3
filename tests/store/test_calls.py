"""Calls are in the workspace before they are sent, replies before they are read; what one run was answered serves the next."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from agent.llm.base import CallRecord, ChatReply, Finish
from agent.pipeline.calls import StoredCalls
from agent.store import calls as call_rows
from agent.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


def log_of(workspace: Workspace, model: str = "openai:small") -> StoredCalls:
    return StoredCalls(workspace, "agent decompose lamp", model)


def record(key: str, artifact: str = "lamp", label: str = "passages 1 of 2") -> CallRecord:
    return CallRecord(
        key=key, artifact=artifact, stage="propose", label=label, prompt_sha256="p" * 64, request=f'{{"key": "{key}"}}', status="open"
    )


def reply(text: str | None = "{}", finish: Finish = "stop", **more: object) -> ChatReply:
    return ChatReply(text=text, finish=finish, input_tokens=10, output_tokens=5, model="small-1", **more)  # type: ignore[arg-type]


def test_a_reply_serves_the_same_request_of_a_later_run(workspace: Workspace) -> None:
    first = log_of(workspace)
    number = first.opened(record("a"))
    assert first.answered("a") is None
    first.replied(number, reply('{"x": 1}'), 0.25, 2)
    assert log_of(workspace).answered("a") == reply('{"x": 1}')
    assert log_of(workspace).answered("b") is None
    assert log_of(workspace, "groq:small").answered("a") is None


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (reply(), "ok"),
        (reply("{", "length"), "truncated"),
        (reply(None), "empty"),
        (reply(None, "refusal", refusal="no"), "refused"),
        (reply(None, "stop", refusal="no"), "refused"),
        (reply("", "content_filter"), "refused"),
    ],
)
def test_a_reply_is_kept_as_it_came_and_only_a_good_one_answers(workspace: Workspace, given: ChatReply, status: str) -> None:
    log = log_of(workspace)
    number = log.opened(record("a"))
    log.replied(number, given, None, 1)
    with workspace.reading() as connection:
        kept = call_rows.call(connection, number)
    assert kept is not None and kept.reply is not None
    assert (kept.status, ChatReply.model_validate_json(kept.reply)) == (status, given)
    assert (log.answered("a") is not None) == (status == "ok")


def test_a_call_that_was_cut_off_is_open_and_answers_nothing(workspace: Workspace) -> None:
    log_of(workspace).opened(record("a"))
    assert log_of(workspace).answered("a") is None
    with workspace.reading() as connection:
        assert call_rows.open_calls(connection) == 1
        [run] = call_rows.runs(connection)
    assert (run.status, run.ended, run.statuses) == ("open", None, (("open", 1),))


def test_an_invalid_reply_is_served_and_the_newest_one_wins(workspace: Workspace) -> None:
    log = log_of(workspace)
    first = log.opened(record("a"))
    log.replied(first, reply("not this"), None, 1)
    log.failed(first, "invalid", "no JSON", 1)
    assert log_of(workspace).answered("a") == reply("not this")
    log.replied(log.opened(record("a")), reply("{}"), None, 1)
    assert log_of(workspace).answered("a") == reply("{}")


def test_a_run_is_kept_with_its_first_call_and_sums_what_was_used(workspace: Workspace) -> None:
    log = log_of(workspace)
    log.ended("done")
    with workspace.reading() as connection:
        assert call_rows.runs(connection) == []
    for key, artifact, cost in (("a", "lamp", 0.5), ("b", "desk", None), ("c", "lamp", 0.25)):
        log.replied(log.opened(record(key, artifact)), reply(), cost, 1)
    log.failed(log.opened(record("d")), "error", "HTTP 500", 4)
    log.ended("incomplete")
    with workspace.reading() as connection:
        [run] = call_rows.runs(connection)
        calls = call_rows.calls(connection, run.id)
    assert (run.artifacts, run.status, run.calls, run.model) == (("lamp", "desk"), "incomplete", 4, "openai:small")
    assert (run.input_tokens, run.output_tokens, run.cost_usd, run.unpriced) == (30, 15, 0.75, 1)
    assert run.ended is not None and run.statuses == (("error", 1), ("ok", 3))
    assert [(call.key, call.status, call.attempts) for call in calls] == [("a", "ok", 1), ("b", "ok", 1), ("c", "ok", 1), ("d", "error", 4)]
    assert calls[3].detail == "HTTP 500"


def test_many_threads_write_one_run(workspace: Workspace) -> None:
    log = log_of(workspace)

    def work(name: int) -> None:
        for one in range(5):
            log.replied(log.opened(record(f"{name}-{one}", f"artifact-{name}")), reply(), 0.1, 1)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with workspace.reading() as connection:
        [run] = call_rows.runs(connection)
        numbers = [call.number for call in call_rows.calls(connection, run.id)]
    assert (run.calls, len(run.artifacts), len(set(numbers))) == (60, 12, 60)


def test_runs_are_found_by_the_start_of_their_id(workspace: Workspace) -> None:
    log = log_of(workspace)
    log.opened(record("a"))
    assert log.run is not None
    with workspace.reading() as connection:
        assert call_rows.matching(connection, log.run[:10]) == [log.run]
        assert call_rows.matching(connection, "%") == []
