"""What docs/retrieval.md shows from Python runs as it stands, and its settings are settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from agent.cli.index import command
from agent.settings import load_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "retrieval.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)


def test_the_python_on_the_page_runs(tmp_path: Path) -> None:
    [script] = blocks("python")
    environment = {**os.environ, "AGENT_WORKSPACE": str(tmp_path / "workspace")}
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    places = re.findall(r"^PaliGemma.* > .* \d+ \d+$", done.stdout, re.M)
    assert len(places) == 3
    assert "PaliGemma" in done.stdout.split(places[-1])[1]


@pytest.mark.parametrize("line", [line.lstrip("# ") for line in "".join(blocks("toml")).splitlines()])
def test_the_settings_on_the_page_are_settings(line: str, tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text(line, encoding="utf-8")
    settings = load_settings({}, environment={}, folder=tmp_path)
    [(key, value)] = tomllib.loads(line).items()
    assert getattr(settings, key) == value


def test_the_commands_on_the_page_exist() -> None:
    shown = set(re.findall(r"^    agent index (\w+)", PAGE, re.M))
    assert shown == set(command.commands)
