"""Every command: its result on standard output, its exit code, nothing else where nothing else was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.domain.capability import Decomposition
from agent.domain.comparison import Comparison
from agent.domain.scorecard import Scorecard
from agent.pipeline.doctor import Finding

Run = Callable[..., Any]

SHOWN = [
    (("decompose", "lantern"), "Label reading in photographs"),
    (("compare", "lantern", "harbor"), "Choose Lantern when"),
    (("score", "lantern"), "57 of 100"),
    (("score", "lantern", "--explain"), "log-scaled between 100 and"),
    (("ingest", "lantern"), "Passages embedded"),
    (("artifacts", "list"), "harbor"),
    (("artifacts", "show", "lantern"), "3,200 (not its own)"),
    (("artifacts", "remove", "lantern"), "Removed 'lantern'"),
    (("documents", "list", "lantern"), "lantern-guide"),
    (("documents", "show", "lantern-guide"), "# Lantern guide"),
    (("config", "show"), "wordllama"),
    (("doctor",), "Nothing is wrong"),
    (("version",), "capability-ledger"),
]


@pytest.mark.parametrize(("arguments", "words"), SHOWN, ids=[" ".join(arguments) for arguments, _ in SHOWN])
def test_the_result_is_on_standard_output(agent: Run, arguments: tuple[str, ...], words: str) -> None:
    done = agent(*arguments, "--quiet")
    assert (done.code, done.err) == (0, "")
    assert words in " ".join(done.out.split())
    assert done.out.endswith("\n")
    assert max(len(line) for line in done.out.split("\n")) <= 80 or arguments[0] == "documents"


@pytest.mark.parametrize("arguments", [arguments for arguments, _ in SHOWN], ids=[" ".join(arguments) for arguments, _ in SHOWN])
def test_json_everywhere(agent: Run, arguments: tuple[str, ...]) -> None:
    done = agent(*arguments, "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)


def test_json_of_results_is_the_contract(agent: Run, pipeline: Any) -> None:
    assert Decomposition.model_validate_json(agent("decompose", "lantern", "--format", "json").out) == pipeline.samples.lantern()
    assert Comparison.model_validate_json(agent("compare", "lantern", "harbor", "--format", "json").out) == pipeline.samples.comparison()
    assert Scorecard.model_validate_json(agent("score", "lantern", "--format", "json").out) == pipeline.samples.scorecard()


def test_json_has_everything_whatever_the_limit(agent: Run) -> None:
    assert len(json.loads(agent("decompose", "lantern", "--format", "json", "--limit", "1").out)["capabilities"]) == 3


def test_anyone_can_check_a_quote(agent: Run) -> None:
    made = json.loads(agent("decompose", "lantern", "--format", "json").out)
    for capability in made["capabilities"]:
        for quote in capability["summary"][0]["evidence"]:
            text = json.loads(agent("documents", "show", quote["document_id"], "--format", "json").out)["text"]
            assert text[quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize("command", [("decompose", "lantern"), ("compare", "lantern", "harbor"), ("score", "lantern"),
                                     ("artifacts", "list"), ("artifacts", "show", "lantern")])  # fmt: skip
@pytest.mark.parametrize(("form", "begins"), [("markdown", "# "), ("html", "<!doctype html>")])
def test_pages_in_markdown_and_html(agent: Run, command: tuple[str, ...], form: str, begins: str) -> None:
    done = agent(*command, "--format", form)
    assert done.code == 0
    assert done.out.startswith(begins)


def test_limits(agent: Run) -> None:
    assert "+2 more capabilities" in agent("decompose", "lantern", "--limit", "1").out
    assert "more capabilities" not in agent("decompose", "lantern", "--all").out
    assert "+1 more" in agent("compare", "lantern", "harbor", "--limit", "1").out


def test_review_lists_undecided_claims(agent: Run) -> None:
    assert "loved by clerks" in agent("decompose", "lantern", "--review").out
    assert "loved by clerks" not in agent("decompose", "lantern").out


@pytest.mark.parametrize(("name", "begins"), [("p.html", "<!doctype html>"), ("p.md", "# Lantern"), ("p.json", "{"), ("p.txt", "Lantern")])
def test_an_output_file_gets_the_form_of_its_name(agent: Run, tmp_path: Path, name: str, begins: str) -> None:
    done = agent("decompose", "lantern", "--output", name)
    assert (done.code, done.out) == (0, "")
    assert name in done.err
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_is_given_wins_over_the_name(agent: Run, tmp_path: Path) -> None:
    agent("decompose", "lantern", "--format", "json", "--output", "p.html")
    assert json.loads((tmp_path / "p.html").read_text(encoding="utf-8"))["schema_version"] == 1


def test_an_output_file_is_replaced_whole_and_leaves_nothing_beside_it(agent: Run, tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("old " * 100_000, encoding="utf-8")
    agent("decompose", "lantern", "--output", "p.md")
    assert "old" not in (tmp_path / "p.md").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p.md"]


def test_notes_are_on_standard_error_and_can_be_silenced(agent: Run) -> None:
    loud, quiet = agent("decompose", "harbor"), agent("decompose", "harbor", "--quiet")
    assert loud.err.count("workspace's own") == 1
    assert quiet.err == ""
    assert loud.out == quiet.out


def test_global_options_go_before_and_after_the_command(agent: Run, tmp_path: Path) -> None:
    before = agent("--workspace", str(tmp_path / "w"), "config", "show", "--format", "json")
    after = agent("config", "show", "--workspace", str(tmp_path / "w"), "--format", "json")
    assert before.out == after.out
    assert json.loads(after.out)["workspace"] == {"value": str(tmp_path / "w"), "from": "option --workspace"}


def test_doctor_fails_when_something_is_wrong_and_says_what_to_do(agent: Run, pipeline: Any) -> None:
    pipeline.findings = [Finding("lantern 0f", "quote 'a' is not at 1-2 of document d.", "Run: agent doctor --repair.")]
    done = agent("doctor")
    assert done.code == 1
    said = " ".join(done.out.split())
    assert said.startswith("1 thing is wrong with the installation and the workspace")
    assert "quote 'a' is" in said and "agent doctor --repair" in said
    value = json.loads(agent("doctor", "--format", "json").out)
    assert (value["sound"], value["checks"]) == (False, [{"name": "evidence", "status": "wrong", "findings": 1}])
    assert value["findings"] == [
        {
            "check": "evidence", "place": "lantern 0f", "problem": "quote 'a' is not at 1-2 of document d.",
            "remedy": "Run: agent doctor --repair.", "wrong": True,
        }
    ]  # fmt: skip


def test_doctor_notes_what_waits_without_failing_and_lists_its_checks_on_demand(agent: Run, pipeline: Any) -> None:
    pipeline.findings = [Finding("vectors", "3 belong to no passage.", "They do no harm.", wrong=False)]
    done = agent("doctor")
    assert (done.code, done.err) == (0, "")
    assert "Nothing is wrong" in done.out and "3 belong to" in done.out
    pipeline.findings = []
    assert "every quote stands at its place" in agent("doctor", "--verbose").out


def test_doctor_says_what_it_repaired(agent: Run, pipeline: Any) -> None:
    assert "Cut document d into passages again." in agent("doctor", "--repair").out
    assert json.loads(agent("doctor", "--repair", "--format", "json").out)["repaired"] == ["Cut document d into passages again."]


def test_version_both_ways(agent: Run) -> None:
    assert agent("--version").out == agent("version").out


def test_the_pipeline_is_closed_after_every_run(agent: Run, pipeline: Any) -> None:
    agent("decompose", "lantern")
    assert pipeline.closed
