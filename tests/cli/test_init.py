"""`agent init`, and which project and workspace a run then belongs to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.cli.main import main
from agent.settings import Settings, load_settings
from agent.store.workspace import MARKER

Agent = Callable[..., tuple[int, str, str]]


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Agent:
    """Runs one command line; HOME and the current folder are in the test's own folder."""
    (tmp_path / "home").mkdir()
    (tmp_path / "project").mkdir()
    monkeypatch.delenv("AGENT_WORKSPACE", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "project")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def workspace(agent: Agent) -> tuple[str, str]:
    shown = json.loads(agent("config", "show", "--format", "json")[1])["workspace"]
    return shown["value"], shown["from"]


def test_a_folder_becomes_a_project_that_its_sub_folders_belong_to(agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    code, out, err = agent("init")
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [["made", "agent.toml"], ["made", ".agent"], ["made", ".gitignore"]]
    assert sorted(files(project)) == [f".agent/{MARKER}", ".agent/ledger.db", ".gitignore", "agent.toml"]
    assert (project / ".gitignore").read_bytes() == b"/.agent/\n"
    (project / "a" / "b").mkdir(parents=True)
    for folder in (project, project / "a" / "b"):
        monkeypatch.chdir(folder)
        assert workspace(agent) == (str(project / ".agent"), f"beside {project / 'agent.toml'}")
    monkeypatch.chdir(tmp_path)
    assert workspace(agent)[0].startswith(str(tmp_path / "home"))


def test_the_nearest_project_counts_and_options_and_environment_win(agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agent("init")
    agent("init", "inner/deep")
    monkeypatch.chdir(tmp_path / "project" / "inner" / "deep")
    assert workspace(agent)[0] == str(tmp_path / "project" / "inner" / "deep" / ".agent")
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "e"))
    assert workspace(agent) == (str(tmp_path / "e"), "environment AGENT_WORKSPACE")
    shown = json.loads(agent("--workspace", str(tmp_path / "o"), "config", "show", "--format", "json")[1])
    assert shown["workspace"] == {"value": str(tmp_path / "o"), "from": "option --workspace"}


def test_a_second_init_changes_nothing(agent: Agent, tmp_path: Path) -> None:
    agent("init")
    before = files(tmp_path / "project")
    assert [line.split()[:2] for line in agent("init")[1].splitlines()] == [["was", "there"]] * 3
    assert files(tmp_path / "project") == before


def test_the_file_shows_every_setting_at_its_default(agent: Agent, tmp_path: Path) -> None:
    agent("init")
    file = tmp_path / "project" / "agent.toml"
    plain = load_settings({}, environment={}, folder=tmp_path / "project")
    assert plain.model_dump() == {**Settings(workspace=Path()).model_dump(), "workspace": tmp_path / "project" / ".agent"}
    lines = file.read_text("utf-8").splitlines()
    shown = [line[2:] for line in lines if line.startswith("# ") and line[2:].split(" = ")[0] in Settings.model_fields]
    assert [line.split(" = ")[0] for line in shown] == list(Settings.model_fields)
    assert all(line == "" or line.startswith("# ") for line in lines)
    file.write_text("\n".join(line for line in shown if getattr(plain, line.split(" = ")[0]) is not None), "utf-8")
    assert load_settings({}, environment={}, folder=tmp_path / "project").model_dump() == plain.model_dump()
    file.write_text("\n".join(shown), "utf-8")
    load_settings({}, environment={}, folder=tmp_path / "project")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"*.pyc", b"*.pyc\n/.agent/\n"),
        (b"*.pyc\r\n", b"*.pyc\r\n/.agent/\r\n"),
        (b"", b"/.agent/\n"),
        (b"\xff\xfe\n", b"\xff\xfe\n/.agent/\n"),
        (b".agent/\n", b".agent/\n"),
        (b"a\n/.agent", b"a\n/.agent"),
        (b"# .agent\n", b"# .agent\n/.agent/\n"),
    ],
)
def test_gitignore_is_added_to_and_never_overwritten(agent: Agent, tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "project" / ".gitignore").write_bytes(before)
    assert agent("init")[0] == 0
    assert (tmp_path / "project" / ".gitignore").read_bytes() == after


def test_a_settings_file_that_is_there_stays_and_names_the_workspace(agent: Agent, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "agent.toml").write_text('workspace = "data/ours"\n', "utf-8")
    assert agent("init")[0] == 0
    assert (project / "agent.toml").read_text("utf-8") == 'workspace = "data/ours"\n'
    assert (project / "data" / "ours" / MARKER).is_file()
    assert (project / ".gitignore").read_text("utf-8") == "/data/ours/\n"
    (project / "agent.toml").write_text('workspace = "../outside"\n', "utf-8")
    assert "not needed" in agent("init")[1]


def test_what_stands_in_the_way_is_named_in_one_line_and_nothing_is_written(agent: Agent, tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("theirs/.agent/state", "toml/agent.toml/x", "ignore/.gitignore/x", "unknown/agent.toml", "file"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("their = 1", "utf-8")
    before = files(project)
    for folder, words in {
        "theirs": "is not a workspace of this program",
        "toml": "is not a file",
        "ignore": "is not a file",
        "unknown": "unknown setting 'their'",
        "file": "is a file",
        "file/deeper": "is a file",
    }.items():
        code, out, err = agent("init", folder)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert words in err
    assert files(project) == before
    assert agent("--workspace", "x", "init")[0] == 2
    assert files(project) == before


def test_an_environment_that_wins_over_the_project_is_said(agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "elsewhere"))
    code, _, err = agent("init")
    assert (code, err) == (0, "AGENT_WORKSPACE is set, and wins over the project's workspace.\n")
    assert (tmp_path / "project" / ".agent" / MARKER).is_file()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    drop = "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) if os.getuid() == 0 and sys.platform == 'linux' else None"
    program = [sys.executable, "-c", f"{drop}; os.execv(sys.argv[1], sys.argv[1:])", sys.executable, "-m", "agent"]
    env = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run([*program, "init", str(tmp_path / "closed" / "p")], capture_output=True, text=True, env=env)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "Permission denied" in done.stderr
