"""Keys: where they are kept, who wins, what is shown, and that none is ever seen anywhere else."""

from __future__ import annotations

import io
import json
import logging
import stat
import sys
import traceback
from pathlib import Path

import pytest
from fault_server import KEY, FaultServer, failed, said
from llm_runs import Run, question

from agent.cli.main import main
from agent.errors import InputError, SettingsError
from agent.llm.keys import Keyring, masked, scrubbed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder without any key."""
    from agent.llm.providers import KEY_NAMES

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("agent.llm.keys._user_file", lambda: tmp_path / "capability-ledger" / "keys.json")
    for name in KEY_NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_key_is_kept_for_the_user_alone(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, f"{KEY}\n")
    assert main(["keys", "set", "openai"]) == 0
    file = home / "capability-ledger" / "keys.json"
    assert json.loads(file.read_text("utf-8")) == {"OPENAI_API_KEY": KEY}
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["keys", "path"]) == 0
    assert main(["keys", "list"]) == 0
    shown = capsys.readouterr()
    assert str(file) in shown.out
    assert "OPENAI_API_KEY" in shown.out and f"…{KEY[-4:]}" in shown.out
    assert KEY not in shown.out + shown.err


def test_the_environment_wins(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Keyring().set("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment-0000000")
    typed(monkeypatch, KEY)
    assert main(["keys", "set", "OPENAI_API_KEY"]) == 0
    assert "the environment too, and that one wins" in capsys.readouterr().err
    assert Keyring().find("OPENAI_API_KEY") == ("sk-of-the-environment-0000000", "environment")
    assert main(["keys", "list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "OPENAI_API_KEY", "ends_with": "…0000", "from": "environment"}]


def test_without_keys_the_list_says_how_to_keep_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "list"]) == 0
    assert "There are none. agent keys set NAME keeps one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["openai"], "", "no key was given for OPENAI_API_KEY"),
        (["openai"], "   \n", "no key was given for OPENAI_API_KEY"),
        (["openai"], "two words\n", "what was given for OPENAI_API_KEY is no key"),
        (["openai"], "schlüssel\n", "what was given for OPENAI_API_KEY is no key"),
        (["openai"], "x" * 5_000, "what was given for OPENAI_API_KEY is no key"),
        (["opnai"], KEY, "'opnai' is no provider and no name of a key. Did you mean 'openai'?"),
        (["ollama"], KEY, "'ollama' needs no key here"),
        ([KEY], "", "what was given is no provider"),
        (["openai", KEY], "", "a key is not taken from the command line"),
    ],
)
def test_what_is_no_key_is_one_line_that_does_not_repeat_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], given: str, said: str
) -> None:
    typed(monkeypatch, given)
    assert main(["keys", "set", *arguments]) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.count("\n") == 1
    assert KEY not in shown and "two words" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders from others by itself")
def test_a_file_that_others_may_read_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Keyring().set("OPENAI_API_KEY", KEY)
    file = Keyring().file
    file.chmod(0o644)
    with pytest.raises(SettingsError, match=r"holds keys, and others may read it. Run: chmod 600") as raised:
        Keyring().find("OPENAI_API_KEY")
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("content", ["{", "[]", '{"OPENAI_API_KEY": 5}', "\xff"])
def test_a_damaged_file_is_one_line(home: Path, content: str) -> None:
    Keyring().set("OPENAI_API_KEY", KEY)
    Keyring().file.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match="Remove it and set the keys again"):
        Keyring().find("OPENAI_API_KEY")


def test_a_key_that_cannot_be_kept_says_so(home: Path) -> None:
    with pytest.raises(InputError, match="is no key"):
        Keyring().set("OPENAI_API_KEY", "a\nb")


def test_masked_shows_an_end_and_short_keys_not_at_all() -> None:
    assert masked(KEY) == "…mnop"
    assert masked("short") == "…"


@pytest.mark.parametrize(
    "words",
    [
        f"Incorrect API key: {KEY}.",
        "Incorrect API key provided: sk-test-0***mnop.",
        f"Bearer {KEY}",
        "AIzaSyA1234567890abcdef",
        "key=gsk_abcdefgh1234",
    ],
)
def test_a_providers_words_lose_every_key(words: str) -> None:
    cleaned = scrubbed(words, [KEY, "gsk_abcdefgh1234"])
    assert "[key]" in cleaned
    assert not any(part in cleaned for part in ("0123456789", "mnop", "AIza", "gsk_"))


@pytest.mark.parametrize(
    "answers",
    [
        [failed(401, f"Incorrect API key provided: {KEY}")],
        [failed(400, f"bad header Authorization: Bearer {KEY}")],
        [failed(500, f"{KEY} caused it")] * 8,
        [failed(429, f"{KEY} is asked too often", "insufficient_quota")],
        [said(None, refusal="no")],
        [said("no JSON"), said("no JSON")],
    ],
)
def test_no_key_is_in_the_log_the_answers_the_errors_or_a_traceback(
    provider: FaultServer, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], answers: list[object]
) -> None:
    """A provider that repeats the key in its errors gets it nowhere."""
    caplog.set_level(logging.DEBUG)
    provider.answers(*answers)  # type: ignore[arg-type]
    run = Run(provider)
    found = run.ask(question("pond"))
    assert provider.keys[0] == f"Bearer {KEY}"  # it was sent
    provider.answers(*answers)  # type: ignore[arg-type]
    from llm_runs import request

    try:
        run.model.complete(request("another"))
        trace = ""
    except Exception:
        trace = traceback.format_exc()
    finally:
        run.model.close()
    everything = [str(found), repr(run.log.records), repr(run.access.used), trace, capsys.readouterr().out, capsys.readouterr().err]
    everything += [record.getMessage() for record in caplog.records if not record.name.startswith("asyncio")]
    for text in everything:
        assert KEY not in text and "0123456789" not in text
