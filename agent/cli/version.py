"""`agent version`."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import click

from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

DISTRIBUTION = "capability-ledger"


@click.command("version")
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, chosen: str | None, output: Path | None) -> None:
    """Show the program's version."""
    from importlib import metadata

    from agent.cli import emit

    place = emit.target(chosen, output, PLAIN)
    value = {
        "distribution": DISTRIBUTION,
        "version": metadata.version(DISTRIBUTION),
        "python": platform.python_version(),
        "platform": sys.platform,
    }
    if place.format == "json":
        place.write(emit.as_json(value), session)
    else:
        place.write(f"agent {value['version']} ({DISTRIBUTION}), Python {value['python']} on {value['platform']}\n", session)
