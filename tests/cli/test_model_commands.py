"""Commands that may ask a model: several artifacts, what is missing, the plan, the offer, and what options make of settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from agent.domain.capability import Usage
from agent.errors import IncompleteError

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from agent.llm.providers import KEY_NAMES

    for name in (*KEY_NAMES, "OPENAI_BASE_URL", "AGENT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_several_artifacts_are_shown_one_after_the_other_in_the_order_named(agent: Run) -> None:
    done = agent("decompose", "harbor", "lantern", "harbor", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.out.index("Harbor") < done.out.index("Lantern")
    assert done.out.count("Harbor  ") == 1


def test_several_artifacts_as_json(agent: Run) -> None:
    done = agent("decompose", "lantern", "harbor", "--format", "json")
    value = json.loads(done.out)
    assert [one["artifact"]["slug"] for one in value["decompositions"]] == ["lantern", "harbor"]
    assert value["failed"] == []
    assert json.loads(agent("decompose", "lantern", "--format", "json").out)["artifact"]["slug"] == "lantern"


def test_html_is_one_artifact_to_a_file(agent: Run) -> None:
    done = agent("decompose", "lantern", "harbor", "--output", "page.html")
    assert (done.code, done.out) == (2, "")
    assert "HTML shows one artifact to a file" in done.err


def test_one_that_fails_keeps_none_of_the_others_back(agent: Run, pipeline: Any) -> None:
    pipeline.broken["harbor"] = IncompleteError("its documents cannot be reached.", hint="Try again later.")
    done = agent("decompose", "harbor", "lantern")
    assert done.code == 3
    assert "Lantern" in done.out
    assert done.err.endswith("agent: harbor: its documents cannot be reached. Try again later.\n")
    value = json.loads(agent("decompose", "harbor", "lantern", "--format", "json").out)
    assert [one["slug"] for one in value["failed"]] == ["harbor"]
    assert agent("decompose", "harbor").err.endswith("agent: its documents cannot be reached. Try again later.\n")


@pytest.mark.parametrize("command", [("decompose", "lantern"), ("score", "lantern"), ("compare", "lantern", "harbor")])
def test_what_is_incomplete_is_shown_listed_and_exits_3(agent: Run, pipeline: Any, command: tuple[str, ...]) -> None:
    pipeline.missing["lantern"] = ["passages 2 of 3 (Guide): truncated", "merging of candidates: error, no answer"]
    done = agent(*command, "--quiet")
    assert done.code == 3
    assert done.out
    assert done.err.splitlines() == [
        "agent: 'lantern' is incomplete: 2 answers are missing. It is shown and not stored; "
        "the same command again asks only for what is missing.",
        "agent: lantern: passages 2 of 3 (Guide): truncated",
        "agent: lantern: merging of candidates: error, no answer",
    ]


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (Usage(), "No call was made."),
        (Usage(cached=4), "No call was made; 4 answers were there already."),
        (Usage(calls=1, input_tokens=12_000, output_tokens=300, cost_usd=0.0125), "1 call, 12,000 tokens read, 300 written, $0.0125, "),
        (Usage(calls=7, cached=2, cost_usd=None), "7 calls (2 more answered before), 0 tokens read, 0 written, cost unknown, "),
    ],
)
def test_what_a_run_used_is_said_on_standard_error(agent: Run, pipeline: Any, usage: Usage, words: str) -> None:
    pipeline.usage = usage
    done = agent("decompose", "lantern")
    assert done.err.startswith(words)
    assert words not in done.out
    assert agent("decompose", "lantern", "--quiet").err == ""


def test_a_dry_run_shows_the_stages_and_asks_nothing(agent: Run, pipeline: Any) -> None:
    done = agent("decompose", "lantern", "harbor", "--dry-run", "--model", "openai:small")
    assert done.code == 0 and pipeline.ask.planned
    lines = [line.split() for line in done.out.splitlines()]
    assert ["propose", "3", "1", "9,000", "2,000", "$0.2500", "exact"] in lines
    assert ["verify", "2", "0", "4,000", "500", "unknown", "estimated"] in lines
    assert ["all", "5", "1", "13,000", "2,500", "unknown"] in lines
    assert "Nothing was asked." in done.out and "Stored already, nothing to ask: harbor." in " ".join(done.out.split())
    value = json.loads(agent("compare", "lantern", "harbor", "--dry-run", "--format", "json").out)
    assert (value["calls"], value["cost_usd"], value["stored"]) == (5, None, ["harbor"])


def test_options_reach_settings_and_the_run(agent: Run, pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    build = __import__("agent.assembly", fromlist=["x"]).build_pipeline
    monkeypatch.setattr(
        "agent.assembly.build_pipeline", lambda settings, *a, **more: (seen.append(settings), build(settings, *a, **more))[1]
    )
    options = ["--model", "openai:small", "--engine", "llm", "--timeout", "20", "--budget", "200k", "--recorded", "answers"]
    assert agent("decompose", "lantern", *options).code == 0
    assert (seen[0].model, seen[0].engine, seen[0].timeout) == ("openai:small", "llm", 20.0)
    assert (pipeline.ask.budget, pipeline.ask.recorded, pipeline.ask.planned) == ("200k", "answers", False)
    assert pipeline.ask.command.startswith("agent decompose lantern --model openai:small")


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("OPENAI_API_KEY", "A key is set: add --model openai:NAME to use it."),
        ("MISTRAL_API_KEY", "A key is set: add --model mistralai:NAME to use it."),
        ("OPENAI_BASE_URL", "OPENAI_BASE_URL is set: add --model openai:NAME to use it."),
    ],
)
def test_a_key_alone_is_offered_and_not_used(agent: Run, monkeypatch: pytest.MonkeyPatch, variable: str, words: str) -> None:
    monkeypatch.setenv(variable, "sk-secret-secret-secret" if variable.endswith("KEY") else "http://127.0.0.1:9/v1")
    assert agent("decompose", "lantern").err == words + "\n"
    assert agent("decompose", "lantern", "--engine", "extractive").err == ""
    assert agent("decompose", "lantern", "--model", "openai:small").err == ""
    assert agent("artifacts", "show", "lantern").err == ""


def test_removing_an_artifact_says_that_its_calls_are_kept(agent: Run, pipeline: Any) -> None:
    assert agent("artifacts", "remove", "lantern").err == ""
    pipeline.kept_calls = 3
    assert "answers about it (3 calls) are kept" in agent("artifacts", "remove", "lantern").err
