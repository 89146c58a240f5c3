"""What a shell completes: commands, options, formats, slugs and document ids, without importing anything heavy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.store.workspace import Workspace

HEAVY = {"alembic", "bs4", "chromadb", "docutils", "HanTa", "jinja2", "langchain", "markdown_it", "numpy", "pydantic", "rich", "sqlalchemy", "yaml"}  # fmt: skip  # noqa: E501
LIST = "import json, sys; from agent.cli.main import main; code = main([]); print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "w").writing() as connection:
        connection.run("INSERT INTO artifacts VALUES ('winch', 'Winch', 'library', '{}', '/x', '')")
        connection.run(
            """INSERT INTO documents VALUES ('0a1b2c', 'winch', 'u', 'Winch guide', 'documentation', 'text/plain', '', '', '', 'en', '', 0,
               '', 0, '')"""
        )
    return tmp_path / "w"


def ask(line: str, workspace: Path) -> tuple[list[str], set[str]]:
    """(what is offered for the last word of the line, the modules that were imported)."""
    words = line.split(" ")
    env = {
        **os.environ, "AGENT_WORKSPACE": str(workspace), "_AGENT_COMPLETE": "bash_complete", "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", LIST], capture_output=True, text=True, env=env, check=True)
    return done.stdout.split(), {name.split(".")[0] for name in json.loads(done.stderr)}


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("agent dec", ["plain,decompose"]),
        ("agent artifacts ", ["plain,list", "plain,remove", "plain,show"]),
        ("agent decompose pali", ["plain,paligemma"]),
        ("agent decompose wi", ["plain,winch"]),
        ("agent compare winch the-", ["plain,the-pile", "plain,the-stack"]),
        ("agent score ./fold", ["file,./fold"]),
        ("agent artifacts remove ", ["plain,winch"]),
        ("agent documents show 0", ["plain,0a1b2c"]),
        ("agent decompose --format m", ["plain,markdown"]),
        ("agent decompose winch --li", ["plain,--limit"]),
        ("agent completion z", ["plain,zsh"]),
    ],
)
def test_what_could_stand_there_is_offered(workspace: Path, line: str, offered: list[str]) -> None:
    found, modules = ask(line, workspace)
    assert found == offered
    assert not modules & HEAVY


def test_a_workspace_that_is_not_there_is_not_made_and_not_complained_of(tmp_path: Path) -> None:
    assert ask("agent decompose pali", tmp_path / "none")[0] == ["plain,paligemma"]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "ledger.db").write_text("x" * 5000)
    assert ask("agent artifacts remove ", tmp_path / "broken")[0] == []


def test_the_workspace_named_on_the_line_is_the_one_looked_into(workspace: Path, tmp_path: Path) -> None:
    assert ask(f"agent --workspace {workspace} artifacts remove wi", tmp_path / "none")[0] == ["plain,winch"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_and_the_shell_understands_it(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIST.replace("[]", f"['completion', {shell!r}]")], capture_output=True, text=True, check=True
    )
    assert f"_AGENT_COMPLETE={shell}_complete" in done.stdout
    assert not {name.split(".")[0] for name in json.loads(done.stderr)} & HEAVY
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=done.stdout, text=True, check=True)


def test_an_unknown_shell_is_a_usage_error() -> None:
    done = subprocess.run([sys.executable, "-m", "agent", "completion", "tcsh"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "'bash', 'zsh', 'fish'" in done.stderr
