"""Every command README shows runs, and every output it shows is what the program prints."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line[2:] for block in re.findall(r"```console[^\n]*\n(.*?)```", README, re.S) for line in block.split("\n") if line[:2] == "$ "]
AGENT_COMMANDS = [command for command in COMMANDS if command.startswith("agent ")]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_for_readme", CHECKOUT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_readme_shows_the_commands_the_program_is_for() -> None:
    assert "agent decompose paligemma" in AGENT_COMMANDS
    assert "agent compare paligemma the-pile" in AGENT_COMMANDS
    assert {command for command in COMMANDS if command not in AGENT_COMMANDS} <= {"python3 dev.py demo", "python3 dev.py test"}


def test_every_command_runs_and_every_output_is_the_programs(dev: ModuleType, tmp_path: Path) -> None:
    """A command whose exit code is not 0 raises, naming it."""
    assert dev.with_outputs(README, dev.reader_of(README, str(tmp_path))) == README
