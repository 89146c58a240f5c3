"""Which model a name means, where it is asked, with which key, at which price; and that naming one costs nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fault_server import GOOD, KEY, FaultServer, Reply
from llm_runs import request

from agent.errors import SettingsError
from agent.llm.choose import choose, problem_of
from agent.llm.keys import Keyring
from agent.llm.local import local_models
from agent.llm.openai_adapter import OpenAIModel, is_openai
from agent.llm.prices import _table, price_of
from agent.llm.providers import PROVIDERS
from agent.pipeline.doctor.models import LocalModels


def keys_in(tmp_path: Path, environment: dict[str, str], stored: str = "") -> Keyring:
    ring = Keyring(environment, tmp_path / "keys.json")
    if stored:
        ring.set("OPENAI_API_KEY", stored)
    return ring


def asked(provider: FaultServer, url: str | None, environment: dict[str, str], ring: Keyring) -> None:
    model = choose("openai:m", url, 5.0, ring, environment).model
    assert isinstance(model, OpenAIModel)
    try:
        model.complete(request())
    finally:
        model.close()


def test_the_setting_wins_over_the_environments_address(provider: FaultServer, tmp_path: Path) -> None:
    environment = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_API_KEY": KEY}
    asked(provider, provider.url, environment, keys_in(tmp_path, environment))
    assert len(provider.asked) == 1


def test_the_environments_address_is_honoured(provider: FaultServer, tmp_path: Path) -> None:
    environment = {"OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": KEY}
    asked(provider, None, environment, keys_in(tmp_path, environment))
    assert provider.keys == [f"Bearer {KEY}"]


def test_a_server_other_than_openais_needs_no_key_and_gets_no_stored_one(provider: FaultServer, tmp_path: Path) -> None:
    asked(provider, provider.url, {}, keys_in(tmp_path, {}, stored=KEY))
    assert provider.keys == ["Bearer none"]


def test_openai_without_a_key_is_one_line(tmp_path: Path) -> None:
    model = choose("openai:m", None, 5.0, keys_in(tmp_path, {}), {}).model
    with pytest.raises(SettingsError, match=r"there is no OPENAI_API_KEY\. Set it, or run: agent keys set OPENAI_API_KEY") as raised:
        model.complete(request())
    assert raised.value.exit_code == 2


def test_openai_itself_gets_the_stored_key_and_the_new_name_of_the_cap(
    provider: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.llm.openai_adapter.OPENAI_URL", provider.url)
    asked(provider, None, {}, keys_in(tmp_path, {}, stored=KEY))
    assert provider.keys == [f"Bearer {KEY}"]
    assert provider.asked[0]["max_completion_tokens"] == 500
    assert "max_tokens" not in provider.asked[0]


def test_sampling_that_is_set_is_sent(provider: FaultServer, tmp_path: Path) -> None:
    model = OpenAIModel(provider.url, 5.0, keys_in(tmp_path, {}))
    model.complete(request(temperature=0.0, seed=7))
    model.close()
    assert (provider.asked[0]["temperature"], provider.asked[0]["seed"]) == (0.0, 7)


def test_text_in_parts_is_put_together(provider: FaultServer, tmp_path: Path) -> None:
    parts: Any = [{"type": "text", "text": '{"names": [],'}, {"type": "text", "text": ' "count": 0}'}]
    body = {**GOOD.body, "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": parts}}]}
    provider.answers(Reply(body=body))
    model = OpenAIModel(provider.url, 5.0, keys_in(tmp_path, {}))
    assert model.complete(request()).text == '{"names": [], "count": 0}'
    model.close()


@pytest.mark.parametrize(
    ("url", "own"),
    [
        (None, True), ("https://api.openai.com/v1", True), ("https://eu.api.openai.com/v1", True), ("http://127.0.0.1:8000/v1", False),
        ("https://api.openai.com.example.org/v1", False), ("https://example.org/api.openai.com", False),
        ("https://openrouter.ai/api/v1", False),
    ],
)  # fmt: skip
def test_what_counts_as_openais_own_server(url: str | None, own: bool) -> None:
    assert is_openai(url) is own


def test_a_price_is_known_at_the_providers_own_server_alone() -> None:
    assert choose("openai:gpt-5-mini", environment={}).price == price_of("openai", "gpt-5-mini") is not None
    assert choose("openai:gpt-5-mini", "http://127.0.0.1:8000/v1", environment={}).price is None
    assert choose("openai:gpt-5-mini", environment={"OPENAI_BASE_URL": "http://127.0.0.1:8000/v1"}).price is None
    assert choose("anthropic:claude-haiku-4-5", environment={}).price is not None
    assert choose("anthropic:claude-haiku-4-5", "http://127.0.0.1:8000", environment={}).price is None
    assert price_of("openai", "gpt-5-mini-2099-01-01") is None
    assert price_of("openrouter", "gpt-5-mini") is None


def test_every_price_has_a_date_and_a_source() -> None:
    assert _table()
    for (provider, model), price in _table().items():
        assert provider in PROVIDERS and model
        assert 0 < price.input_usd < price.output_usd < 1_000
        assert price.date is not None and date(2026, 1, 1) <= price.date <= date.today()
        assert price.source.startswith("https://")


@pytest.mark.parametrize("name", ["openai:gpt-5-mini", "ollama:llama3.2:3b", "openrouter:vendor/name", "anthropic:claude-haiku-4-5"])
def test_a_name_may_hold_colons_and_slashes(name: str) -> None:
    assert problem_of(name) == ""
    assert choose(name, environment={}).label == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gpt-5", "PROVIDER:NAME"), ("", "PROVIDER:NAME"), (":x", "PROVIDER:NAME"), ("openai: ", "PROVIDER:NAME"),
        (" openai:x", "PROVIDER:NAME"),
        ("opanai:x", "did you mean 'openai:NAME'"), ("claude:x", "did you mean 'anthropic:NAME'"),
        ("google:x", "did you mean 'google_genai:NAME'"),
        ("google-genai:x", "did you mean 'google_genai:NAME'"), ("nobody:x", "among them are openai, anthropic"),
    ],
)  # fmt: skip
def test_what_names_no_model_is_one_line(name: str, said: str) -> None:
    assert said in problem_of(name)
    with pytest.raises(SettingsError, match="'model' is") as raised:
        choose(name, environment={})
    assert "\n" not in str(raised.value)


def test_naming_a_model_and_answering_from_the_log_imports_no_provider() -> None:
    code = """
import sys
from agent.llm.access import Access
from agent.llm.base import Question
from agent.llm.choose import choose
from agent.llm.scripted import MemoryLog, ScriptedModel, scripted
from pydantic import BaseModel
class Birds(BaseModel):
    count: int
asked = Question("propose", "all", "s", "u", Birds, "f")
log = MemoryLog()
Access(choose("openai:m", environment={}), log)
Access(choose("anthropic:m", environment={}), log)
first = scripted([{"count": 1}], log)
assert first.asker("a").ask([asked])[0].status == "ok"
for name in list(sys.modules):
    if name.split(".")[0] == "tenacity":
        del sys.modules[name]
again = scripted([], log)
assert again.asker("a").ask([asked])[0].status == "ok"
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"openai", "langchain", "langchain_core", "httpx", "httpx2", "tenacity"} & set(done.stdout.split())


def test_a_server_on_this_machine_is_found_by_its_models() -> None:
    asked: list[str] = []

    def get(path: str) -> bytes:
        asked.append(path)
        return b'{"models": [{"name": "llama3.2:3b"}, {"name": "qwen3:8b"}]}'

    assert local_models(get) == ["llama3.2:3b", "qwen3:8b"]
    assert asked == ["/api/tags"]


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"[]", b'{"models": 5}', b'{"models": [{}]}', b'"x"', b"null", OSError("refused"), TimeoutError()]
)
def test_another_server_there_or_none_is_no_model_server(answer: bytes | Exception) -> None:
    def get(path: str) -> bytes:
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert local_models(get) is None


def test_the_doctor_offers_a_local_model_and_calls_nothing_wrong() -> None:
    [finding] = LocalModels(named=False, look=lambda: ["llama3.2:3b", "qwen3:8b"]).run(None)  # type: ignore[arg-type]
    assert not finding.wrong
    assert finding.place == "127.0.0.1:11434"
    assert "with 2 models, 'llama3.2:3b' among them. It is not used." in finding.problem
    assert finding.remedy == "To use it: --model ollama:llama3.2:3b."


@pytest.mark.parametrize(("named", "models"), [(True, ["llama3.2:3b"]), (False, None)])
def test_the_doctor_says_nothing_where_a_model_is_named_or_there_is_no_server(named: bool, models: list[str] | None) -> None:
    assert list(LocalModels(named=named, look=lambda: models).run(None)) == []  # type: ignore[arg-type]
