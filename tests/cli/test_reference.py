"""docs/cli.md is what the command line says of itself, and the lazily imported commands are what the list says of them."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from agent.cli.main import COMMANDS, cli
from agent.cli.reference import markdown


def test_the_reference_is_the_commands_own_help() -> None:
    page = Path(__file__).parents[2] / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run: python -m agent.cli.reference > docs/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_first_line_of_the_commands_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").split("\n\n")[0].replace("\n", " ") == COMMANDS[name][1]
