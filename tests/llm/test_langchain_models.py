"""Models through LangChain, against a provider on this machine: its strict output without its parser, and no retries of its own."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from fault_server import GOOD, KEY, FaultServer, Reply, failed, said
from langchain_core.messages import AIMessage
from llm_runs import question, request

from agent.errors import SettingsError
from agent.llm.access import Access, AccessOptions
from agent.llm.base import ProviderError, Status
from agent.llm.choose import Chosen, choose
from agent.llm.keys import Keyring
from agent.llm.langchain_adapter import _OPTIONS, LangChainModel, _reply
from agent.llm.providers import PROVIDERS
from agent.llm.scripted import MemoryLog

GOOD_TEXT = '{"names": ["a heron"], "count": 1}'


@pytest.fixture
def model(provider: FaultServer) -> LangChainModel:
    return LangChainModel(PROVIDERS["openai"], provider.url, 5.0)


def status_of(model: LangChainModel, waits: list[float] | None = None) -> tuple[Status, str]:
    options = AccessOptions(sleep=([] if waits is None else waits).append)
    [answer] = Access(Chosen(model, "openai", "m"), MemoryLog(), options).asker("heronry").ask([question()])
    return answer.status, answer.detail


def test_the_schema_is_strict_though_it_is_given_as_a_dict(provider: FaultServer, model: LangChainModel) -> None:
    """A dict schema is not strict by itself in LangChain."""
    answer = model.complete(request())
    assert (answer.text, answer.finish, answer.input_tokens, answer.output_tokens) == (GOOD_TEXT, "stop", 100, 10)
    [body] = provider.asked
    form = body["response_format"]["json_schema"]
    assert (form["name"], form["strict"]) == ("Birds", True)
    assert form["schema"]["required"] == ["names", "count"]
    assert form["schema"]["additionalProperties"] is False
    assert "tools" not in body
    assert provider.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (said('{"names": ["a her', "length"), "truncated"),  # LengthFinishReasonError in the SDK, even with include_raw
        (said(None, "content_filter"), "refused"),
        (said(GOOD_TEXT, "content_filter"), "refused"),
        (said(None, refusal="I would rather not."), "refused"),
        (said(None), "empty"),
        (said(""), "empty"),
    ],
)
def test_what_langchain_would_raise_is_a_status(provider: FaultServer, model: LangChainModel, reply: Reply, status: Status) -> None:
    provider.answers(reply)
    assert status_of(model)[0] == status
    assert len(provider.asked) == 1


def test_a_reply_that_was_cut_keeps_what_it_cost(provider: FaultServer, model: LangChainModel) -> None:
    provider.answers(said('{"names": ["a her', "length"))
    answer = model.complete(request())
    assert (answer.finish, answer.input_tokens, answer.output_tokens) == ("length", 100, 10)


@pytest.mark.parametrize("text", ["I see no birds.", '{"names": ["a heron"]}', '{"names": 1, "count": 1}', '{"names": ["a heron"], "cou'])
def test_a_wrong_form_is_not_validated_by_langchain_and_asked_once_more(provider: FaultServer, model: LangChainModel, text: str) -> None:
    provider.answers(said(text))
    assert status_of(model)[0] == "ok"
    assert provider.asked[1]["messages"][2]["content"] == text


@pytest.mark.parametrize("status", [429, 500, 503])
def test_one_attempt_is_one_http_call(provider: FaultServer, model: LangChainModel, status: int) -> None:
    provider.answer = lambda body: failed(status, f"{KEY} no", headers={"Retry-After": "4"})
    with pytest.raises(ProviderError) as raised:
        model.complete(request())
    assert len(provider.asked) == 1
    assert (raised.value.status, raised.value.retry_after, raised.value.final) == (status, 4.0, False)
    assert KEY not in str(raised.value)


def test_retries_are_the_middlewares(provider: FaultServer, model: LangChainModel) -> None:
    provider.answers(failed(429, headers={"Retry-After": "4"}), failed(500))
    waits: list[float] = []
    assert status_of(model, waits)[0] == "ok"
    assert len(provider.asked) == 3
    assert 4 <= waits[0] <= 4.4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_final_error_is_final(provider: FaultServer, model: LangChainModel, status: int) -> None:
    provider.answer = lambda body: failed(status, "no")
    assert status_of(model)[0] == "error"
    assert len(provider.asked) == 1


def test_a_server_that_hangs_is_given_up(provider: FaultServer) -> None:
    provider.answer = lambda body: Reply(way="hang")
    with pytest.raises(ProviderError, match="did not answer in time"):
        LangChainModel(PROVIDERS["openai"], provider.url, 0.2).complete(request())


def test_a_package_that_is_not_installed_is_one_line_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with pytest.raises(SettingsError, match=r"'anthropic' need a package .* Run: pip install 'capability-ledger\[anthropic\]'") as raised:
        choose("anthropic:claude").model.complete(request())
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value)


def test_a_missing_key_is_one_line_that_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    keys = Keyring({}, tmp_path / "keys.json")
    with pytest.raises(SettingsError, match=r"there is no ANTHROPIC_API_KEY\. Set it, or run: agent keys set ANTHROPIC_API_KEY"):
        choose("anthropic:claude", keys=keys, environment={}).model.complete(request())


@pytest.mark.parametrize(
    ("metadata", "finish"),
    [
        ({"finish_reason": "stop"}, "stop"), ({"finish_reason": "STOP"}, "stop"), ({"stop_reason": "end_turn"}, "stop"),
        ({"stop_reason": "tool_use"}, "stop"), ({"done_reason": "stop"}, "stop"), ({"finish_reason": "length"}, "length"),
        ({"finish_reason": "MAX_TOKENS"}, "length"), ({"stop_reason": "max_tokens"}, "length"), ({"done_reason": "length"}, "length"),
        ({"stop_reason": "model_context_window_exceeded"}, "length"), ({"finish_reason": "model_length"}, "length"),
        ({"finish_reason": "SAFETY"}, "content_filter"), ({"finish_reason": "RECITATION"}, "content_filter"),
        ({"finish_reason": "content_filter"}, "content_filter"), ({"stop_reason": "refusal"}, "refusal"), ({}, "stop"),
        ({"finish_reason": "tired"}, "other"),
        ({"finish_reason": "FinishReason.MAX_TOKENS"}, "length"),
    ],
)  # fmt: skip
def test_every_providers_word_for_how_it_ended_is_known(metadata: dict[str, str], finish: str) -> None:
    message = AIMessage(GOOD_TEXT, response_metadata=metadata, usage_metadata={"input_tokens": 3, "output_tokens": 2, "total_tokens": 5})
    answer = _reply(message, request(), 0.5)
    assert (answer.finish, answer.text, answer.input_tokens, answer.tokens_estimated, answer.seconds) == (finish, GOOD_TEXT, 3, False, 0.5)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (AIMessage([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": GOOD_TEXT}]), GOOD_TEXT),
        (AIMessage("", tool_calls=[{"name": "Birds", "args": {"names": [], "count": 0}, "id": "1"}]), '{"names": [], "count": 0}'),
        (AIMessage("", invalid_tool_calls=[{"name": "Birds", "args": '{"names": [', "id": "1", "error": "cut"}]), '{"names": ['),
        (AIMessage("I see no birds."), "I see no birds."),  # instead of the tool call it was to make
        (AIMessage(""), None),
    ],
)
def test_the_text_of_every_form_of_message_is_read(message: AIMessage, text: str | None) -> None:
    answer = _reply(message, request(), 0.0)
    assert answer.text == text
    assert answer.tokens_estimated


def test_no_package_is_let_retry() -> None:
    for name in PROVIDERS:
        made = _OPTIONS.get(name, _OPTIONS.get("", None))
        options = made(60.5, 500, 8_192) if made else {"max_retries": 0}
        assert options.get("max_retries", 0) <= 1, name
    assert _OPTIONS["google_genai"](60.5, 500, 8_192)["max_retries"] == 1  # 0 is Google's default of several
    assert _OPTIONS["mistralai"](60.5, 500, 8_192) == {"max_retries": 1, "timeout": 61, "max_tokens": 500}


def test_ollama_gets_a_window_that_holds_the_whole_prompt() -> None:
    """Without one it cuts the beginning of the prompt off and says nothing."""
    built = LangChainModel(PROVIDERS["ollama"])
    sizes: list[int] = []
    built._new = lambda asked, window: sizes.append(window)  # type: ignore[method-assign]
    built._model(request("x" * 40_000, most=2_000))
    built._model(request("short", most=500))
    assert sizes == [16_384, 4_096]
    assert _OPTIONS["ollama"](60, 2_000, 16_384) == {"client_kwargs": {"timeout": 60}, "num_predict": 2_000, "num_ctx": 16_384}


def test_a_good_reply_through_the_whole_stack(provider: FaultServer, model: LangChainModel) -> None:
    provider.answers(GOOD)
    assert status_of(model) == ("ok", "")
