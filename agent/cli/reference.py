"""The reference of the command line as Markdown, out of its own help: `python -m agent.cli.reference > docs/cli.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from agent.cli.main import cli

_HEAD = """# The `agent` command

This page is the command's own help; `python -m agent.cli.reference > docs/cli.md` writes it.

Results go to standard output, progress and notes to standard error. Exit codes: 0 done; 1 a check ran to its end and failed; 2 the
user's input, usage or configuration; 3 incomplete, or the environment; 70 a bug in the program; 130 interrupted. `NO_COLOR` switches
colour off.
"""


def markdown() -> str:
    """The whole reference, one section a command."""
    with click.Context(cli, info_name="agent", terminal_width=80, max_content_width=80) as context:
        sections = "\n".join(_sections(cli, context))
    return f"{_HEAD}\n{sections}"


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                with click.Context(child, info_name=name, parent=context) as inner:
                    yield from _sections(child, inner)


if __name__ == "__main__":
    sys.stdout.write(markdown())
