"""The layers around a model, each for itself: cache, duplicates, rate limits, places, budget, refusals."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_runs import FakeTime, question, reply, request

from agent.errors import InputError
from agent.llm.access import Access, AccessOptions
from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.choose import Chosen
from agent.llm.middleware.budget import Budget, Budgeted, Limit, parse_limit
from agent.llm.middleware.call import Call
from agent.llm.middleware.duplicates import InFlight, Once
from agent.llm.middleware.gate import Gate, Gated
from agent.llm.middleware.rates import Paced, Rates
from agent.llm.prices import Price
from agent.llm.scripted import MemoryLog, ScriptedModel
from agent.llm.stopping import NotAsked, Stopper

GOOD = '{"names": ["a heron"], "count": 1}'


class Model:
    """A model made of a function."""

    def __init__(self, answer: Callable[[ChatRequest], ChatReply]) -> None:
        self.complete = answer


def call() -> Call:
    return Call("heronry", "propose", "passages 1 of 1", "f" * 64)


def together(*work: Callable[[], object]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)


def test_two_equal_questions_at_once_make_one_call() -> None:
    both_in = threading.Barrier(2, timeout=5)
    model = ScriptedModel(lambda asked: GOOD)
    access = Access(Chosen(model, "scripted", "m"), MemoryLog())
    waiting = threading.Event()

    def answer(asked: ChatRequest) -> str:
        waiting.wait(5)
        return GOOD

    model._script = answer
    found: list[str] = []

    def ask() -> None:
        both_in.wait()
        found.append(access.asker("heronry").ask([question()])[0].status)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join(10)
    assert found == ["ok", "ok"]
    assert len(model.requests) == 1
    assert (access.used.calls, access.used.cached) == (1, 1)


def test_an_equal_request_gets_the_error_of_the_first_too() -> None:
    shared, began, go = InFlight(), threading.Event(), threading.Event()

    def failing(asked: ChatRequest) -> ChatReply:
        began.set()
        go.wait(5)
        raise ProviderError("broken", status=500)

    errors: list[str] = []

    def ask() -> None:
        try:
            Once(Model(failing), shared, call()).complete(request())
        except ProviderError as error:
            errors.append(str(error))

    first = threading.Thread(target=ask)
    first.start()
    began.wait(5)
    second = threading.Thread(target=ask)
    second.start()
    go.set()
    first.join(5)
    second.join(5)
    assert errors == ["broken", "broken"]


def test_what_was_answered_in_an_earlier_run_is_not_asked_again() -> None:
    log = MemoryLog()
    first = ScriptedModel([GOOD])
    assert Access(Chosen(first, "scripted", "m"), log).asker("a").ask([question()])[0].status == "ok"
    second = ScriptedModel([])
    access = Access(Chosen(second, "scripted", "m"), log)
    assert access.asker("a").ask([question()])[0].status == "ok"
    assert (second.requests, access.used.cached, access.used.calls) == ([], 1, 0)


def test_a_change_of_one_character_is_another_request() -> None:
    log = MemoryLog()
    Access(Chosen(ScriptedModel([GOOD]), "scripted", "m"), log).asker("a").ask([question("pond")])
    again = ScriptedModel([GOOD])
    Access(Chosen(again, "scripted", "m"), log).asker("a").ask([question("ponds")])
    assert len(again.requests) == 1


@pytest.mark.parametrize("line", ["", "  ", reply(GOOD, finish="length"), reply(None, finish="refusal", refusal="no")])
def test_a_reply_that_is_no_answer_is_asked_for_again_by_the_next_run(line: str | ChatReply) -> None:
    log = MemoryLog()
    assert Access(Chosen(ScriptedModel([line]), "scripted", "m"), log).asker("a").ask([question()])[0].status != "ok"
    assert Access(Chosen(ScriptedModel([GOOD]), "scripted", "m"), log).asker("a").ask([question()])[0].status == "ok"


def test_a_question_that_was_invalid_to_the_end_gets_a_new_try_in_the_next_run() -> None:
    log = MemoryLog()
    assert Access(Chosen(ScriptedModel(["{}", "{}"]), "scripted", "m"), log).asker("a").ask([question()])[0].status == "invalid"
    again = ScriptedModel([GOOD])
    assert Access(Chosen(again, "scripted", "m"), log).asker("a").ask([question()])[0].status == "ok"
    assert len(again.requests) == 1


def test_requests_a_minute_are_not_exceeded() -> None:
    time = FakeTime()
    rates, stopper = Rates(60, None, time.clock), Stopper()
    sent: list[float] = []

    def answer(asked: ChatRequest) -> ChatReply:
        sent.append(time.now)
        return reply()

    model = Paced(Model(answer), rates, stopper, time.sleep)
    for _ in range(180):
        model.complete(request())
    assert sent[59] == 0
    assert sent[-1] == pytest.approx(120)


def test_tokens_a_minute_count_what_was_used_and_not_what_was_reserved() -> None:
    time = FakeTime()
    rates = Rates(None, 10_000, time.clock)
    model = Paced(Model(lambda asked: reply(input_tokens=50, output_tokens=50)), rates, Stopper(), time.sleep)
    for _ in range(90):
        model.complete(request(most=900))
    assert sum(time.waits) < 1  # 90 times 100 tokens were used, though 90 times 900 might have been
    model = Paced(Model(lambda asked: reply(input_tokens=500, output_tokens=500)), rates, Stopper(), time.sleep)
    for _ in range(50):
        model.complete(request(most=900))
    assert time.now == pytest.approx((9_000 + 50_000 - 10_000) * 60 / 10_000, rel=0.1)


def test_a_request_larger_than_a_minutes_tokens_is_sent_all_the_same() -> None:
    time = FakeTime()
    model = Paced(Model(lambda asked: reply()), Rates(None, 100, time.clock), Stopper(), time.sleep)
    assert model.complete(request(most=5_000)).finish == "stop"


def passed(gate: Gate, count: int, error: ProviderError | None = None) -> None:
    """So many calls, each of which ends this way, with every place taken all the time."""
    for _ in range(count):
        while gate.in_flight < gate.limit:
            gate.enter()
        gate.leave(error)


def test_places_begin_at_twenty_and_grow_to_a_hundred() -> None:
    gate = Gate(None, Stopper(), FakeTime().clock)
    assert gate.limit == 20
    passed(gate, 2_000)
    assert gate.limit == 100


def test_places_do_not_grow_where_they_are_not_needed() -> None:
    gate = Gate(None, Stopper(), FakeTime().clock)
    for _ in range(1_000):
        gate.enter()
        gate.leave()
    assert gate.limit == 20


def test_a_set_number_of_places_is_the_most() -> None:
    gate = Gate(16, Stopper(), FakeTime().clock)
    assert gate.limit == 16
    passed(gate, 1_000)
    assert gate.limit == 16


def test_too_many_requests_take_a_fifth_of_the_places_once_in_fifteen_seconds() -> None:
    time = FakeTime()
    gate = Gate(None, Stopper(), time.clock)
    busy = ProviderError("busy", status=429)
    passed(gate, 1, busy)
    assert gate.limit == 16
    time.sleep(14.9)
    passed(gate, 1, busy)
    assert gate.limit == 16
    passed(gate, 50)
    assert gate.limit == 16  # no growth while it cools down
    time.sleep(15)
    passed(gate, 1, busy)
    assert gate.limit == 12
    for _ in range(40):
        time.sleep(15)
        passed(gate, 1, busy)
    assert gate.limit == 1
    time.sleep(15)
    passed(gate, 50)
    assert gate.limit > 1


def test_a_server_error_pauses_growth_and_takes_nothing() -> None:
    time = FakeTime()
    gate = Gate(None, Stopper(), time.clock)
    passed(gate, 1, ProviderError("broken", status=503))
    passed(gate, 50)
    assert gate.limit == 20
    time.sleep(15)
    passed(gate, 20)
    assert gate.limit > 20


def test_a_used_up_quota_is_no_sign_of_too_much_at_once() -> None:
    gate = Gate(None, Stopper(), FakeTime().clock)
    passed(gate, 1, ProviderError("pay", status=429, final=True))
    assert gate.limit == 20


def test_no_more_than_the_places_are_in_flight() -> None:
    gate, lock, seen, now = Gate(3, Stopper()), threading.Lock(), list[int](), [0]
    all_in = threading.Semaphore(0)

    def answer(asked: ChatRequest) -> ChatReply:
        with lock:
            now[0] += 1
            seen.append(now[0])
        all_in.acquire(timeout=0.02)
        with lock:
            now[0] -= 1
        return reply()

    together(*(lambda: Gated(Model(answer), gate).complete(request()) for _ in range(20)))
    assert max(seen) <= 3
    assert len(seen) == 20
    assert gate.in_flight == 0


def test_who_waits_for_a_place_goes_when_the_run_is_stopped() -> None:
    stopper = Stopper()
    gate = Gate(1, stopper)
    gate.enter()
    raised: list[type] = []

    def wait() -> None:
        try:
            gate.enter()
        except NotAsked as error:
            raised.append(type(error))

    thread = threading.Thread(target=wait)
    thread.start()
    stopper.stop()
    thread.join(5)
    assert raised == [NotAsked]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("2.50", Limit(usd=2.5)), ("$2", Limit(usd=2)), ("3 USD", Limit(usd=3)), (" .25 ", Limit(usd=0.25)),
        ("200k", Limit(tokens=200_000)), ("1.5M", Limit(tokens=1_500_000)), ("800 tokens", Limit(tokens=800)),
        ("20k tokens", Limit(tokens=20_000)), ("1,000 tokens", Limit(tokens=1_000)),
    ],
)  # fmt: skip
def test_a_budget_is_dollars_or_tokens(text: str, limit: Limit) -> None:
    assert parse_limit(text) == limit


@pytest.mark.parametrize(
    "text", ["", "much", "-1", "0", "$", "$5k", "1e3", "0 tokens", "5 EUR", "nan", "5.5.5", "0,5", "200,000", "9" * 400]
)
def test_what_is_no_budget_is_one_line(text: str) -> None:
    with pytest.raises(InputError, match="is no amount") as raised:
        parse_limit(text)
    assert repr(text) in str(raised.value)


def test_a_budget_in_dollars_needs_a_price() -> None:
    model = ScriptedModel([])
    with pytest.raises(InputError, match=r"the price of 'openai:m' is unknown, so a budget of 2.00 USD cannot be kept. Give it in tokens"):
        Access(Chosen(model, "openai", "m", None), MemoryLog(), AccessOptions(budget=Limit(usd=2)))
    assert model.requests == []


def test_a_budget_is_never_exceeded_and_what_does_not_fit_is_skipped() -> None:
    model = ScriptedModel(lambda asked: reply(GOOD, input_tokens=100, output_tokens=100))
    access = Access(Chosen(model, "scripted", "m"), log := MemoryLog(), AccessOptions(budget=Limit(tokens=2_000)))
    answers = access.asker("a").ask([question(f"passages {n}", most=500) for n in range(30)])
    statuses = [answer.status for answer in answers]
    used = access.used.input_tokens + access.used.output_tokens
    assert set(statuses) == {"ok", "skipped"}
    assert 1_000 <= used <= 2_000
    assert len(model.requests) == statuses.count("ok") == used // 200
    assert access.budget is not None and access.budget.reached
    assert "the budget of 2,000 tokens would be exceeded" in next(answer.detail for answer in answers if answer.status == "skipped")
    assert len(log.records) == len(model.requests)  # what was not asked is no call


def test_a_budget_in_dollars_counts_by_the_price() -> None:
    price = Price(input_usd=10.0, output_usd=100.0)
    budget = Budget(Limit(usd=0.10), price, Stopper(), "openai:m")
    model = Budgeted(Model(lambda asked: reply(input_tokens=1_000, output_tokens=500)), budget)
    model.complete(request(most=800))
    assert budget.spent == pytest.approx(0.06)
    with pytest.raises(NotAsked, match=r"the budget of 0\.10 USD"):
        model.complete(request(most=800))
    assert budget.spent == pytest.approx(0.06)


def test_a_call_without_a_reply_gives_its_reservation_back() -> None:
    budget = Budget(Limit(tokens=1_000), None, Stopper())
    fails: ChatModel = Model(lambda asked: (_ for _ in ()).throw(ProviderError("broken", status=500)))
    for _ in range(5):
        with pytest.raises(ProviderError, match="broken"):
            Budgeted(fails, budget).complete(request(most=500))
    assert Budgeted(Model(lambda asked: reply()), budget).complete(request(most=500)).finish == "stop"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), max_size=30), st.integers(300, 3_000))
def test_reservations_keep_any_run_within_its_budget(calls: list[tuple[int, int]], most: int) -> None:
    budget = Budget(Limit(tokens=most), None, Stopper())
    for written, cap in calls:
        used = reply(input_tokens=20, output_tokens=min(written, cap))
        try:
            Budgeted(Model(lambda asked, used=used: used), budget).complete(request(most=cap))  # type: ignore[misc]
        except NotAsked:
            continue
        assert budget.spent <= most


def test_what_an_artifact_used_and_what_the_run_used() -> None:
    access = Access(Chosen(ScriptedModel(lambda asked: reply(GOOD)), "scripted", "m", Price(1.0, 1.0)), MemoryLog())
    one, two = access.asker("one"), access.asker("two")
    one.ask([question("a"), question("b")])
    two.ask([question("b"), question("c")])
    assert (one.meter.used.calls, two.meter.used.calls, two.meter.used.cached) == (2, 1, 1)
    assert access.used.calls == 3
    assert access.used.cost_usd == pytest.approx(3 * 110 / 1_000_000)


@pytest.mark.parametrize("line", [GOOD, ProviderError("no", status=400, final=True)])
def test_an_unknown_price_stays_unknown(line: str | ProviderError) -> None:
    access = Access(Chosen(ScriptedModel([line]), "openai", "m", None), MemoryLog())
    assert access.used.cost_usd == 0  # nothing was asked
    access.asker("a").ask([question()])
    assert access.used.cost_usd is None
