"""Whole runs against a simulated provider on loopback: nothing is asked twice, nothing is lost, nothing invented is printed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent.cli.main import main
from benchmarks.kill import comparable
from benchmarks.provider import Provider, completion, invention, provider
from benchmarks.workshops import workshop

KEY = "sk-loopback-0123456789abcdef"
SECTIONS = 45


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Agent:
    """Runs the command with a model behind a simulated provider, in this process or in one of its own."""

    folder: Path
    server: Provider
    capsys: pytest.CaptureFixture[str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __call__(self, *arguments: str) -> Ran:
        self.capsys.readouterr()
        code = main([*arguments])
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of its own, which hears Ctrl-C even where the tests run in the background."""
        heard = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
        command = [sys.executable, "-c", heard, sys.executable, "-m", "agent", *arguments]
        self.started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return self.started[-1]

    @property
    def asked(self) -> int:
        return len(self.server.bodies)


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture
def agent(tmp_path: Path, server: Provider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Agent]:
    for name in list(os.environ):
        if name.startswith(("AGENT_", "OPENAI_", "XDG_")):
            monkeypatch.delenv(name)
    values = {"AGENT_WORKSPACE": str(tmp_path / "w"), "AGENT_MODEL": "openai:sim", "AGENT_MODEL_URL": server.url, "OPENAI_API_KEY": KEY}
    for name, value in {**values, "HOME": str(tmp_path), "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    made = Agent(tmp_path, server, capsys)
    yield made
    for process in made.started:
        process.kill()
        process.communicate()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return workshop(tmp_path, "yard", SECTIONS)


def undisturbed(agent: Agent, shop: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """What a run of its own in another workspace gives, and how many requests it takes."""
    before = agent.asked
    with monkeypatch.context() as patch:
        patch.setenv("AGENT_WORKSPACE", str(agent.folder / "undisturbed"))
        ran = agent("decompose", str(shop), "--format", "json")
    assert ran.code == 0, ran.err
    return comparable(ran.json), agent.asked - before


def test_a_rerun_asks_nothing_and_gives_the_same(agent: Agent, shop: Path) -> None:
    first = agent("decompose", str(shop), "--format", "json")
    asked = agent.asked
    assert (first.code, len(first.json["capabilities"]) > 5) == (0, True)
    assert first.json["engine"]["model"] == "openai:sim"
    assert set(first.json["engine"]["prompts"]) == {"propose", "consolidate", "differentiate", "verify"}
    assert first.json["usage"]["calls"] == asked == agent.server.counts.total()
    again = agent("decompose", "yard", "--format", "json")
    assert (again.out, agent.asked) == (first.out, asked)
    assert "No call was made." in again.err


def test_a_page_in_the_models_words_is_asked_for_once(agent: Agent, shop: Path) -> None:
    first = agent("draft", str(shop), "--format", "json")
    asked = agent.asked
    assert first.code == 0 and agent.server.counts["draft"] == 1, first.err
    assert first.json["engine"]["name"] == "llm" and first.json["engine"]["model"] == "openai:sim" and not first.json["missing"]
    (purpose,) = [section for section in first.json["sections"] if section["key"] == "purpose"]
    assert len(purpose["blocks"][0]["sentences"]) == 3
    again = agent("draft", "yard", "--format", "json")
    assert (again.out, agent.asked) == (first.out, asked)


def test_a_changed_section_asks_again_only_what_saw_it(agent: Agent, shop: Path) -> None:
    agent("decompose", str(shop))
    before = agent.asked
    text = (shop / "guide.md").read_text("utf-8")
    aside = "A bell rings when bench 7 is empty, so that nobody has to walk back to look. \n"
    assert aside in text
    (shop / "guide.md").write_text(text.replace(aside, aside.replace("bell", "gong")), "utf-8")
    assert agent("decompose", str(shop)).code == 0
    asked = agent.server.bodies[before:]
    assert len(asked) == 1
    assert "A gong rings" in asked[0]["messages"][1]["content"]


def test_a_budget_keeps_what_is_finished_and_the_next_run_asks_the_rest(agent: Agent, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, calls = undisturbed(agent, shop, monkeypatch)
    before = agent.asked
    stopped = agent("decompose", str(shop), "--budget", "25k", "--format", "json")
    spent = agent.asked - before
    assert stopped.code == 3 and 0 < spent < calls
    assert "the budget of 25,000 tokens would be exceeded" in stopped.err
    assert stopped.json["missing"] and stopped.json["capabilities"]
    assert agent("runs", "list", "--format", "json").json[0]["status"] == "incomplete"
    rest = agent("decompose", "yard", "--format", "json")
    assert (rest.code, comparable(rest.json)) == (0, expected)
    assert rest.json["missing"] == []
    propose = [body for body in agent.server.bodies[before:] if body["response_format"]["json_schema"]["name"] == "Proposed"]
    texts = [body["messages"][1]["content"] for body in propose]
    assert len(texts) == len(set(texts))


def test_a_budget_in_dollars_needs_a_price(agent: Agent, shop: Path) -> None:
    ran = agent("decompose", str(shop), "--budget", "0.50")
    assert (ran.code, agent.asked) == (2, 0)
    assert "--budget 200k" in ran.err


def test_a_dry_run_asks_nothing_and_its_first_stage_is_exact(agent: Agent, shop: Path) -> None:
    plan = agent("decompose", str(shop), "--dry-run", "--format", "json").json
    assert agent.asked == 0
    stages = {stage["stage"]: stage for stage in plan["stages"]}
    agent("decompose", "yard")
    assert stages["propose"]["exact"] and stages["propose"]["calls"] == agent.server.counts["propose"]
    assert not stages["verify"]["exact"]
    assert agent("decompose", "yard", "--dry-run", "--format", "json").json["stored"] == ["yard"]


def test_pure_invention_prints_nothing(agent: Agent, shop: Path) -> None:
    agent.server.script = invention
    ran = agent("decompose", str(shop), "--format", "json")
    assert (ran.code, ran.json["capabilities"], ran.json["facts"]) == (0, [], [])
    assert ran.json["rejected"]
    assert "symphon" not in agent("decompose", "yard").out


def test_faults_lose_no_artifact_and_print_nothing_unsupported(agent: Agent, tmp_path: Path) -> None:
    slugs = [workshop(tmp_path, f"yard-{number}", 30).name for number in range(5)]
    agent.server.fault = faults()
    ran = agent("decompose", *(f"./{slug}" for slug in slugs), "--timeout", "2", "--format", "json")
    made = ran.json["decompositions"]
    assert [one["artifact"]["slug"] for one in made] == slugs
    assert ran.json["failed"] == []
    missing = [line for one in made for line in one["missing"]]
    assert ran.code == (3 if missing else 0)
    assert all(line in ran.err for line in missing)
    for one in made:
        for capability in one["capabilities"]:
            assert all(claim["status"] == "supported" for claim in capability["summary"])
    agent.server.fault = None
    again = agent("decompose", *slugs, "--format", "json")
    assert (again.code, [one["missing"] for one in again.json["decompositions"]]) == (0, [[]] * 5)


def faults() -> Callable[[int, dict[str, Any]], Any]:
    """Every third request goes wrong, in another way each time: more than ever should, so that few requests show every fault."""

    def reply(body: dict[str, Any], text: str, finish: str = "stop") -> tuple[int, dict[str, str], bytes]:
        return 200, {"Content-Type": "application/json"}, completion(text, body, finish)

    kinds: list[Callable[[dict[str, Any]], Any]] = [
        lambda body: (429, {"Retry-After": "0"}, b'{"error": {"message": "slow down"}}'),
        lambda body: reply(body, '{"capabilities": ['),
        lambda body: (500, {}, b"{}"),
        lambda body: reply(body, '{"capabilities": 7}'),
        lambda body: (0, {}, b""),
        lambda body: reply(body, ""),
        lambda body: reply(body, "I would rather not.", "content_filter"),
        lambda body: reply(body, '{"capabilities": [', "length"),
    ]
    return lambda number, body: kinds[number // 3 % len(kinds)](body) if number % 3 == 2 else None


def test_no_key_is_kept_or_shown(agent: Agent, shop: Path, tmp_path: Path) -> None:
    agent.server.fault = lambda number, body: (401, {}, json.dumps({"error": {"message": f"Incorrect API key: {KEY}"}}).encode())
    ran = agent("decompose", str(shop), "--debug")
    assert ran.code == 3
    said = [ran.out, ran.err]
    for command in (("runs", "list"), ("runs", "show", "last", "--calls"), ("runs", "show", "last", "--calls", "--format", "json")):
        said.append(agent(*command).out)
    number = agent("runs", "show", "last", "--calls", "--format", "json").json["calls"][0]["number"]
    shown = agent("runs", "show", "last", "--call", str(number))
    assert "refuses the key" in shown.out
    assert not any(KEY in text for text in (*said, shown.out))
    assert not any(KEY.encode() in path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file())


def test_runs_show_prompt_and_reply(agent: Agent, shop: Path) -> None:
    agent("decompose", str(shop))
    [run] = agent("runs", "list", "--format", "json").json
    assert (run["status"], run["artifacts"], run["calls"]) == ("done", ["yard"], agent.asked)
    shown = agent("runs", "show", run["id"][:12], "--calls", "--format", "json").json
    assert {stage["stage"] for stage in shown["stages"]} == {"propose", "consolidate", "differentiate", "verify"} & set(agent.server.counts)
    one = agent("runs", "show", "last", "--call", str(shown["calls"][0]["number"]), "--format", "json").json
    assert one["request"]["messages"][1]["content"] in [body["messages"][1]["content"] for body in agent.server.bodies]
    assert json.loads(one["reply"]["text"])["capabilities"]
    assert agent("runs", "show", "nothing").code == 2
    assert agent("runs", "show", "last", "--call", "999999").code == 2


def waiting_for_calls(agent: Agent, shop: Path) -> subprocess.Popen[str]:
    """A run whose first calls are at the provider, which does not answer before it is released."""
    agent.server.released.clear()
    process = agent.start("decompose", str(shop), "--format", "json")
    assert agent.server.arrived.wait(60)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_once_finishes_what_is_in_flight_and_the_next_run_goes_on(agent: Agent, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, calls = undisturbed(agent, shop, monkeypatch)
    before = agent.asked
    process = waiting_for_calls(agent, shop)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert "in flight to finish; Ctrl-C again stops at once." in first
    agent.server.released.set()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, ""), err
    assert "interrupted; what was finished is kept." in err
    rest = agent("decompose", "yard", "--format", "json")
    assert comparable(rest.json) == expected
    assert agent.asked - before == calls


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_twice_stops_at_once(agent: Agent, shop: Path) -> None:
    process = waiting_for_calls(agent, shop)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    agent.server.released.set()
    assert agent("doctor").code == 0
    assert agent("decompose", str(shop)).code == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_was_killed_goes_on_and_repeats_only_what_was_in_flight(agent: Agent, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, calls = undisturbed(agent, shop, monkeypatch)
    before = agent.asked
    process = waiting_for_calls(agent, shop)
    process.kill()
    process.communicate()
    agent.server.released.set()
    [run] = agent("runs", "list", "--format", "json").json
    assert run["status"] == "open"
    cut_off = run["statuses"]["open"]
    assert f"{cut_off} calls have no reply" in " ".join(agent("doctor").out.split())
    rest = agent("decompose", str(shop), "--format", "json")
    assert comparable(rest.json) == expected
    assert agent.asked - before <= calls + cut_off
