"""Many questions at once: their order, errors that stay with their question, interrupts, and what the log keeps."""

from __future__ import annotations

import _thread
import json
import threading

import pytest
from llm_runs import Birds, question, reply

from agent.errors import SettingsError
from agent.llm.access import Access, AccessOptions
from agent.llm.base import CallRecord, ChatReply, ChatRequest, ProviderError, Status
from agent.llm.choose import Chosen
from agent.llm.prices import Price
from agent.llm.scripted import MemoryLog, ScriptedModel, scripted

GOOD = '{"names": ["a heron"], "count": 1}'


def named(asked: ChatRequest) -> dict[str, object]:
    return {"names": [asked.messages[1].content], "count": 1}


def test_answers_come_in_the_order_of_the_questions() -> None:
    answers = scripted(named).asker("heronry").ask([question(f"pond {n}") for n in range(60)])
    assert [answer.value.names[0] for answer in answers if answer.value] == [f"Which birds are in pond {n}?" for n in range(60)]


def test_no_questions_have_no_answers() -> None:
    assert scripted([]).asker("heronry").ask([]) == []


def test_an_error_of_one_question_leaves_the_others_alone() -> None:
    def script(asked: ChatRequest) -> object:
        if "pond 3?" in asked.messages[1].content:
            return ProviderError("broken for good", status=400, final=True)
        return named(asked)

    answers = scripted(script).asker("heronry").ask([question(f"pond {n}") for n in range(8)])  # type: ignore[arg-type]
    assert [answer.status for answer in answers] == ["ok"] * 3 + ["error"] + ["ok"] * 4
    assert answers[3].detail == "broken for good"


def test_what_the_user_has_to_mend_is_raised_when_the_others_have_ended() -> None:
    def script(asked: ChatRequest) -> str:
        raise SettingsError("there is no key.")

    with pytest.raises(SettingsError, match="there is no key"):
        scripted(script).asker("heronry").ask([question(f"pond {n}") for n in range(8)])


def test_every_answer_is_told_with_its_status() -> None:
    told: list[tuple[str, str, Status]] = []
    access = scripted([GOOD])
    access.asker("heronry", lambda *heard: told.append(heard)).ask([question("pond 1")])
    assert told == [("propose", "pond 1", "ok")]


def test_the_log_has_the_request_before_it_is_sent_and_the_reply_before_it_is_read() -> None:
    events: list[str] = []

    class Log(MemoryLog):
        def opened(self, record: CallRecord) -> int:
            events.append(f"opened {record.stage} {record.label} {record.artifact}")
            return super().opened(record)

        def replied(self, number: int, reply: ChatReply, cost_usd: float | None, attempts: int) -> None:
            events.append(f"replied {cost_usd} after {attempts}")
            super().replied(number, reply, cost_usd, attempts)

    def script(asked: ChatRequest) -> ChatReply:
        events.append("sent")
        return reply(GOOD)

    def check(birds: Birds) -> str:
        events.append("read")
        return ""

    log = Log()
    access = Access(Chosen(ScriptedModel(script), "scripted", "m", Price(10.0, 0.0)), log)
    access.asker("heronry").ask([question("pond", check)])
    assert events == ["opened propose pond heronry", "sent", "replied 0.001 after 1", "read"]
    [record] = log.records
    kept = ChatRequest.model_validate_json(record.request)
    assert (kept.key, record.key) == (record.key, kept.key)
    assert record.prompt_sha256 == "f" * 64
    assert json.loads(record.reply or "")["text"] == GOOD


def test_a_question_without_a_reply_is_in_the_log_with_its_error() -> None:
    log = MemoryLog()
    access = scripted([ProviderError("no such model", status=404, final=True)], log)
    access.asker("heronry").ask([question()])
    assert [(record.status, record.detail, record.attempts) for record in log.records] == [("error", "no such model", 1)]


def test_the_first_interrupt_saves_what_is_in_flight_and_skips_the_rest() -> None:
    log = MemoryLog()
    access: Access

    def script(asked: ChatRequest) -> dict[str, object]:
        _thread.interrupt_main()
        access.stopper.sleep(10)  # in flight until the interrupt has been heard
        return named(asked)

    access = scripted(script, log, AccessOptions(concurrency=1))
    answers = access.asker("heronry").ask([question(f"pond {n}") for n in range(5)])
    assert [answer.status for answer in answers] == ["ok", "skipped", "skipped", "skipped", "skipped"]
    assert access.stopper.interrupted
    assert [record.status for record in log.records if record.reply] == ["ok"]
    assert [answer.status for answer in access.asker("other").ask([question("pond 9")])] == ["skipped"]


def test_the_second_interrupt_stops_at_once() -> None:
    access: Access
    never = threading.Event()

    def script(asked: ChatRequest) -> str:
        _thread.interrupt_main()
        access.stopper.sleep(10)
        _thread.interrupt_main()
        never.wait(10)
        return GOOD

    access = scripted(script, options=AccessOptions(concurrency=1))
    with pytest.raises(KeyboardInterrupt):
        access.asker("heronry").ask([question()])
    never.set()


def test_an_interrupt_ends_a_pause_between_attempts() -> None:
    access: Access

    def script(asked: ChatRequest) -> ProviderError:
        _thread.interrupt_main()
        return ProviderError("busy", status=429, retry_after=250.0)

    access = scripted(script)
    [answer] = access.asker("heronry").ask([question()])
    assert answer.status in ("skipped", "error")
    assert access.used.calls == 1


def test_a_stopped_run_asks_nothing_more_and_logs_nothing() -> None:
    log = MemoryLog()
    access = scripted(named, log)
    access.stopper.stop()
    assert [answer.status for answer in access.asker("heronry").ask([question(), question("pond")])] == ["skipped"] * 2
    assert [record.status for record in log.records] == ["skipped"] * 2
    assert access.used.calls == 0
