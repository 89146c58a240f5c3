"""Every command README shows runs, and every output it shows is what the program prints."""

from __future__ import annotations

import importlib.util
import re
import shlex
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from local_web import LocalWeb, markdown

from agent import assembly
from agent.cli.main import main

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line[2:] for block in re.findall(r"```console[^\n]*\n(.*?)```", README, re.S) for line in block.split("\n") if line[:2] == "$ "]
# Commands in ```console network blocks: `dev.py docs` leaves them alone, and a test runs them against a web of our own.
NETWORK_COMMANDS = [line[2:] for block in re.findall(r"```console network\n(.*?)```", README, re.S) for line in block.strip().split("\n")]
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


def test_every_command_that_needs_the_network_runs_on_a_web_of_our_own(
    web: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any address of any host gives the same made-up page there: what is tested is that the commands do what they say."""
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr(assembly, "build_pipeline", partial(assembly.build_pipeline, network=web.network))
    web.everywhere = markdown("# Made up\n\nIt captions photographs in twelve languages.\n")
    for command in NETWORK_COMMANDS:
        assert main(shlex.split(command)[1:]) == 0, command
    said = capsys.readouterr()
    assert said.err == ""
    assert "Made up" in said.out or "documentation" in said.out
    assert main(["artifacts", "list"]) == 0
    assert "gemma-2-2b" in capsys.readouterr().out


def test_every_command_runs_and_every_output_is_the_programs(dev: ModuleType, tmp_path: Path) -> None:
    """A command whose exit code is not 0 raises, naming it."""
    assert dev.with_outputs(README, dev.reader_of(README, str(tmp_path))) == README
