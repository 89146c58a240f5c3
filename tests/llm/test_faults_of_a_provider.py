"""What a provider can do wrong, over real HTTP: the status of each question is exact, nothing is repeated in vain, nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from fault_server import GOOD, KEY, FaultServer, Reply, failed, said
from llm_runs import Run, question

from agent.llm.base import Status
from agent.llm.prices import Price

GOOD_TEXT = '{"names": ["a heron"], "count": 1}'


def test_a_question_is_sent_as_strict_chat_completions(provider: FaultServer) -> None:
    answer = Run(provider).one()
    assert answer.status == "ok" and answer.value is not None
    assert answer.value.names == ["a heron"]
    [body] = provider.asked
    form = body["response_format"]
    assert (form["type"], form["json_schema"]["name"], form["json_schema"]["strict"]) == ("json_schema", "Birds", True)
    assert form["json_schema"]["schema"]["required"] == ["names", "count"]
    assert form["json_schema"]["schema"]["additionalProperties"] is False
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["max_tokens"] == 500  # what servers like OpenAI's document
    assert not {"temperature", "seed", "tools", "stream", "max_completion_tokens"} & set(body)
    assert provider.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("reply", "status", "detail"),
    [
        (said(GOOD_TEXT, "length"), "truncated", "cut at the token limit"),
        (said('{"names": ["a her', "length"), "truncated", "cut at the token limit"),
        (said('{"names": [' + "\n" * 5_000), "truncated", "blank lines"),
        (said("\n" * 5_000), "truncated", "blank lines"),
        (said(None, refusal="I would rather not."), "refused", "the model refused: I would rather not."),
        (said(GOOD_TEXT, "content_filter"), "refused", "filter"),
        (said(None), "empty", "empty"),
        (said(" \n "), "empty", "empty"),
    ],
)
def test_how_a_reply_ended_comes_first_and_is_not_asked_again(provider: FaultServer, reply: Reply, status: Status, detail: str) -> None:
    provider.answers(reply)
    run = Run(provider)
    answer = run.one()
    assert (answer.status, answer.value) == (status, None)
    assert detail in answer.detail
    assert len(provider.asked) == 1
    [record] = run.log.records
    assert (record.status, record.detail) == (status, answer.detail)
    assert record.reply is not None  # what came is kept, however little it is worth


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"names": "a heron", "count": 1}', "names: Input should be a valid array"),
        ('{"names": ["a heron"], "count": "1"}', "count: Input should be a valid integer"),
        ('{"names": ["a heron"]}', "count: Field required"),
        ('{"names": [], "count": 0, "why": 1}', "why: Extra inputs are not permitted"),
        ('{"names": ["a heron"], "count": 1', "the reply is not JSON"),
        ("I am sorry, I see no birds.", "the reply is not JSON"),
        ('One: {"names": [], "count": 0} Two: {"names": [], "count": 0}', "several JSON objects"),
        ('["a heron"]', "the object: Input should be an object"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_wrong_form_is_asked_once_more_with_what_is_wrong(provider: FaultServer, text: str, wrong: str) -> None:
    provider.answers(said(text))
    run = Run(provider)
    answer = run.one()
    assert answer.status == "ok"
    first, second = provider.asked
    assert second["messages"][:2] == first["messages"]
    assert second["messages"][2] == {"role": "assistant", "content": text}
    assert second["messages"][3]["role"] == "user"
    assert wrong in second["messages"][3]["content"]
    assert [record.status for record in run.log.records] == ["invalid", "ok"]


def test_a_wrong_form_twice_is_invalid_and_both_are_counted(provider: FaultServer) -> None:
    provider.answers(said("{}"), said("{}"), said("{}"))
    run = Run(provider, price=Price(1.0, 10.0))
    answer = run.one()
    assert answer.status == "invalid"
    assert "names: Field required" in answer.detail
    assert len(provider.asked) == 2
    assert run.access.used.calls == 2
    assert run.access.used.cost_usd == pytest.approx(2 * (100 * 1 + 10 * 10) / 1_000_000)


def test_a_check_beyond_the_schema_is_asked_once_more_too(provider: FaultServer) -> None:
    provider.answers(said('{"names": ["a heron", "a crane"], "count": 1}'))
    answer = Run(provider).one(
        question(check=lambda birds: "" if birds.count == len(birds.names) else "count is not how many names there are")
    )
    assert answer.status == "ok"
    assert "count is not how many names there are" in provider.asked[1]["messages"][3]["content"]


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD_TEXT}\n```",
        f"Here you are:\n\n{GOOD_TEXT}\n\nI hope this helps.",
        f"Of the set {{a, b}} I found:\n{GOOD_TEXT}",
        f'<think>Is it {{"names": []}} or not?</think>\n{GOOD_TEXT}',
        f"\n\n{GOOD_TEXT}" + "\n" * 1_000,
    ],
)
def test_one_object_in_a_fence_or_in_prose_is_taken(provider: FaultServer, text: str) -> None:
    provider.answers(said(text))
    run = Run(provider)
    answer = run.one()
    assert answer.status == "ok" and answer.value is not None
    assert answer.value.count == 1
    assert len(provider.asked) == 1
    [record] = run.log.records
    assert record.detail == answer.detail  # what was unusual is kept
    assert answer.detail == ("there was text around the JSON" if not text.isspace() and text.strip() != GOOD_TEXT else "")


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_a_passing_error_is_tried_again(provider: FaultServer, status: int) -> None:
    provider.answers(failed(status), failed(status))
    run = Run(provider)
    assert run.one().status == "ok"
    assert len(provider.asked) == 3
    assert [record.attempts for record in run.log.records] == [3]
    assert run.access.used.calls == 3
    assert run.access.used.failed == 2


@pytest.mark.parametrize("way", ["reset", "cut"])
def test_a_connection_that_breaks_off_is_tried_again(provider: FaultServer, way: str) -> None:
    provider.answers(Reply(body=GOOD.body, way=way))
    assert Run(provider).one().status == "ok"
    assert len(provider.asked) == 2


def test_a_server_that_hangs_is_given_up_after_the_timeout_and_asked_again(provider: FaultServer) -> None:
    provider.answers(Reply(way="hang"))
    assert Run(provider, timeout=0.3).one().status == "ok"
    assert len(provider.asked) == 2


def test_a_server_that_only_hangs_is_an_error_that_says_so(provider: FaultServer) -> None:
    provider.answer = lambda body: Reply(way="hang")
    from agent.llm.middleware.retry import RetryOptions

    answer = Run(provider, timeout=0.2, options={"retry": RetryOptions(attempts=2)}).one()
    assert answer.status == "error"
    assert "did not answer in time" in answer.detail and "--timeout" in answer.detail


def test_a_server_that_is_not_there_is_an_error_in_one_line(provider: FaultServer) -> None:
    run = Run(FaultServer(url="http://127.0.0.1:9/v1"))
    answer = run.one()
    assert answer.status == "error"
    assert "cannot be reached" in answer.detail and "\n" not in answer.detail
    assert run.access.used.failed == 8


def test_an_address_with_a_password_is_named_without_it(provider: FaultServer) -> None:
    provider.answer = lambda body: failed(404, "no")
    address = provider.url.replace("//", "//me:hunter2@") + "?key=hunter2"
    answer = Run(FaultServer(url=address)).one()
    assert answer.status == "error"
    assert "127.0.0.1" in answer.detail and "hunter2" not in answer.detail


def test_a_pause_asked_for_in_seconds_is_kept(provider: FaultServer) -> None:
    provider.answers(failed(429, headers={"Retry-After": "7"}))
    run = Run(provider)
    assert run.one().status == "ok"
    assert 7 <= run.time.waits[0] <= 8


def test_a_pause_asked_for_in_milliseconds_is_kept(provider: FaultServer) -> None:
    provider.answers(failed(429, headers={"retry-after-ms": "2500", "Retry-After": "9"}))
    run = Run(provider)
    assert run.one().status == "ok"
    assert 2.5 <= run.time.waits[0] <= 3


def test_a_pause_asked_for_as_a_date_is_kept(provider: FaultServer) -> None:
    until = datetime.now(UTC) + timedelta(seconds=120)
    provider.answers(failed(503, headers={"Retry-After": format_datetime(until, usegmt=True)}))
    run = Run(provider)
    assert run.one().status == "ok"
    assert 60 <= run.time.waits[0] <= 121


def test_a_pause_longer_than_anybody_waits_ends_it(provider: FaultServer) -> None:
    provider.answers(failed(429, headers={"Retry-After": "86400"}))
    run = Run(provider)
    assert run.one().status == "error"
    assert (len(provider.asked), run.time.waits) == (1, [])


@pytest.mark.parametrize("asked", ["soon", "-5", "nan", "inf", ""])
def test_a_pause_that_is_none_is_jitter(provider: FaultServer, asked: str) -> None:
    provider.answers(failed(429, headers={"Retry-After": asked}))
    run = Run(provider)
    assert run.one().status == "ok"
    assert 0 <= run.time.waits[0] <= 1.1


def test_attempts_are_bounded(provider: FaultServer) -> None:
    provider.answer = lambda body: failed(500, "still broken")
    run = Run(provider)
    answer = run.one()
    assert answer.status == "error"
    assert "(500): still broken" in answer.detail
    assert len(provider.asked) == 8
    assert max(run.time.waits) <= 30


@pytest.mark.parametrize(
    ("reply", "said_to_user"),
    [
        (failed(401, "bad key"), "refuses the key: bad key. Check it: agent keys list."),
        (failed(403, "not for you"), "refuses the key: not for you"),
        (failed(404, "no model m"), "refuses the model 'm' or the request: no model m. Check the model's name"),
        (failed(400, "bad\nschema"), "bad schema"),
        (failed(422, "bad field"), "bad field"),
        (failed(429, "pay first", "insufficient_quota"), "has no quota left for 'm': pay first"),
    ],
)
def test_a_final_error_is_not_tried_again(provider: FaultServer, reply: Reply, said_to_user: str) -> None:
    provider.answer = lambda body: reply
    run = Run(provider)
    answer = run.one()
    assert answer.status == "error"
    assert said_to_user in answer.detail
    assert "\n" not in answer.detail
    assert (len(provider.asked), run.time.waits) == (1, [])


def test_a_refused_key_is_not_tried_on_every_question(provider: FaultServer) -> None:
    provider.answer = lambda body: failed(401, "bad key")
    run = Run(provider, options={"concurrency": 1})
    answers = run.ask(*(question(f"passages {n}") for n in range(20)))
    assert {answer.status for answer in answers} == {"error"}
    assert all("bad key" in answer.detail for answer in answers)
    assert len(provider.asked) == 1


def test_a_request_beyond_the_context_window_counts_as_truncated(provider: FaultServer) -> None:
    provider.answer = lambda body: failed(400, "This model's maximum context length is 10 tokens", "context_length_exceeded")
    answer = Run(provider).one()
    assert answer.status == "truncated"  # the stage splits it
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b"<html>Welcome</html>", headers={"Content-Type": "text/html"}),
        Reply(raw=b'{"choices": [{"mess'),
        Reply(body={"object": "chat.completion", "choices": []}),
        Reply(body={"hello": "world"}),
        Reply(body=[]),
        Reply(body="text"),
        Reply(body={"choices": "none"}),
        Reply(body={"choices": {"a": 1}}),
        Reply(body={"choices": [5]}),
        Reply(body={"choices": [{"message": "text"}]}),
        Reply(body={"choices": [{"message": {"content": 5}, "finish_reason": {"a": 1}}]}),
        Reply(body={**GOOD.body, "usage": {"prompt_tokens": "many", "completion_tokens": 1}}),
        Reply(raw=b""),
    ],
)
def test_a_server_that_does_not_speak_the_protocol_is_an_error(provider: FaultServer, reply: Reply) -> None:
    provider.answer = lambda body: reply
    answer = Run(provider).one()
    assert answer.status == "error"
    assert provider.url in answer.detail and "\n" not in answer.detail
    assert len(provider.asked) == 1


def test_an_error_in_an_answer_of_success_counts_by_its_code(provider: FaultServer) -> None:
    provider.answers(Reply(body={"error": {"message": "upstream is busy", "code": 429}}))
    assert Run(provider).one().status == "ok"
    assert len(provider.asked) == 2


def test_a_server_that_counts_no_tokens_gets_an_estimate_that_says_so(provider: FaultServer) -> None:
    provider.answers(said(GOOD_TEXT, usage={}))
    run = Run(provider)
    assert run.one().status == "ok"
    assert run.access.used.estimated
    assert run.access.used.input_tokens > 10 and run.access.used.output_tokens > 5


@pytest.mark.parametrize("finish", [None, "", "eos"])
def test_a_server_that_does_not_say_how_it_ended_is_read(provider: FaultServer, finish: str | None) -> None:
    provider.answers(said(GOOD_TEXT, finish))
    assert Run(provider).one().status == "ok"


def test_a_server_that_wants_the_other_name_of_the_cap_gets_it(provider: FaultServer) -> None:
    def answer(body: dict[str, Any]) -> Reply:
        if "max_tokens" in body:
            return failed(400, "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.")
        return GOOD

    provider.answer = answer
    run = Run(provider, options={"concurrency": 1})
    assert [one.status for one in run.ask(question("a"), question("b"))] == ["ok", "ok"]
    assert ["max_tokens" in body for body in provider.asked] == [True, False, False]  # learned once


def test_a_cap_that_is_too_large_is_not_a_wrong_name(provider: FaultServer) -> None:
    provider.answer = lambda body: failed(400, "max_tokens is too large: 500. The model allows 100.")
    assert Run(provider).one().status == "error"
    assert len(provider.asked) == 1


def test_a_storm_of_everything_loses_nothing(provider: FaultServer) -> None:
    """One question in ten meets a fault at its first attempt; the rest is answered at once."""
    faults = [
        failed(429, headers={"Retry-After": "3"}), failed(500), failed(503), Reply(way="reset"), Reply(body=GOOD.body, way="cut"),
        said('{"names": ["a her'), said("No."), said(f"Sure: {GOOD_TEXT}"), said('{"names": 1, "count": 1}'),
        said(None, refusal="no"), said(None), said(GOOD_TEXT, "length"),
    ]  # fmt: skip
    expected: list[Status] = ["ok"] * 9 + ["refused", "empty", "truncated"]
    met: set[int] = set()

    def answer(body: dict[str, Any]) -> Reply:
        number = int(body["messages"][1]["content"].split()[-1].rstrip("?"))
        with provider.lock:
            first = number not in met
            met.add(number)
        return faults[number // 10 % len(faults)] if first and number % 10 == 0 else GOOD

    provider.answer = answer
    run = Run(provider)
    answers = run.ask(*(question(f"passage {n}") for n in range(240)))
    assert [one.status for one in answers] == [expected[n // 10 % 12] if n % 10 == 0 else "ok" for n in range(240)]
    assert all((one.value is not None) == (one.status == "ok") for one in answers)
    assert run.access.used.calls >= len(provider.asked)  # a connection that was broken off may fail before anything is sent
    again = Run(provider, log=run.log)
    provider.asked.clear()
    assert [one.status for one in again.ask(*(question(f"passage {n}") for n in range(240)))] == ["ok"] * 240
    assert len(provider.asked) == 6  # those that had been refused, empty and cut, twice each; every answer is there already
