"""The command as a user runs it: a process of its own, an empty workspace, the bundled catalogue, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


class Runner:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "AGENT_WORKSPACE": str(self.folder / "workspace"), "HOME": str(self.folder), "NO_COLOR": "1"}
        command = [sys.executable, "-m", "agent", *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=self.folder, timeout=120)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(tmp_path_factory.mktemp("user"))


def test_every_quote_stands_where_it_is_said_to(run: Runner) -> None:
    made = json.loads(run("decompose", "paligemma", "--format", "json").stdout)
    assert len(made["capabilities"]) >= 12
    texts = {
        document["id"]: json.loads(run("documents", "show", document["id"], "--format", "json").stdout)["text"]
        for document in made["documents"]
        if document["artifact"] == "paligemma"
    }
    quotes = [q for c in made["capabilities"] for claim in c["summary"] for q in claim["evidence"]]
    assert quotes
    for quote in quotes:
        assert texts[quote["document_id"]][quote["start"] : quote["end"]] == quote["quote"]


def test_the_page_is_the_same_every_time_and_fits_the_screen(run: Runner) -> None:
    first, second = run("decompose", "paligemma"), run("decompose", "paligemma")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    assert max(len(line) for line in first.stdout.split("\n")) <= 80


def test_a_comparison_of_unlike_things_names_no_leader(run: Runner) -> None:
    done = run("compare", "paligemma", "the-pile")
    assert (done.returncode, done.stderr) == (0, "")
    assert "a score ranks each within its own kind" in " ".join(done.stdout.split())
    assert "leads by" not in done.stdout


def test_an_unknown_name_changes_nothing(run: Runner) -> None:
    before = run("artifacts", "list").stdout
    done = run("decompose", "paligema")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "agent: no artifact is called 'paligema'. Did you mean 'paligemma'?\n"
    assert run("artifacts", "list").stdout == before


def test_a_file_becomes_an_artifact_and_can_be_taken_out_again(run: Runner) -> None:
    page = run.folder / "lamp.md"
    said = ["# Lamp", "Lamp reads printed labels in photographs.", "Lamp counts the boxes on a shelf and returns one number."]
    page.write_text("\n\n".join(said) + "\n", encoding="utf-8")
    assert run("ingest", str(page), "--name", "Lamp", "--type", "model").returncode == 0
    assert "Lamp" in run("decompose", "lamp").stdout
    assert run("artifacts", "remove", "lamp").returncode == 0
    assert run("decompose", "lamp").returncode == 2


def test_the_package_offers_the_same(run: Runner) -> None:
    code = "from agent import decompose; print(decompose('paligemma').inputs_sha256)"
    environment = {**os.environ, "AGENT_WORKSPACE": str(run.folder / "workspace")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=120, check=True)
    assert done.stdout.strip() == json.loads(run("decompose", "paligemma", "--format", "json").stdout)["inputs_sha256"]


def test_a_workspace_that_cannot_be_is_an_environment_error(run: Runner) -> None:
    (run.folder / "file").write_text("", encoding="utf-8")
    done = run("decompose", "paligemma", "--workspace", str(run.folder / "file"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
