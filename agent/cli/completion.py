"""`agent completion`: the script that makes a shell complete commands, options, formats and slugs."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from agent.cli.options import common_options
from agent.cli.session import Session

VARIABLE = "_AGENT_COMPLETE"  # through which the script asks; click's own protocol
SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@common_options
@click.pass_obj
def command(session: Session, shell: str) -> None:  # noqa: ARG001
    """Print the script that completes commands in a shell.

    \b
    bash:  eval "$(agent completion bash)" in ~/.bashrc
    zsh:   eval "$(agent completion zsh)" in ~/.zshrc, after compinit
    fish:  agent completion fish > ~/.config/fish/completions/agent.fish
    """
    from agent.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None
    script = found(cli, {}, "agent", VARIABLE)
    # Not script.source(): click's would start a bash to ask for its version.
    sys.stdout.write((script.source_template % script.source_vars()).strip() + "\n")
