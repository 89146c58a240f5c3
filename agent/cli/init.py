"""`agent init`: a folder becomes a project."""

from __future__ import annotations

from pathlib import Path

import click

from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, folder: Path, chosen: str | None, output: Path | None) -> None:
    """Make a folder a project with a workspace of its own.

    Writes agent.toml with every setting and its default, makes the workspace .agent/ and adds it to .gitignore. What is there already
    stays as it is. Every command run in DIR or below it then uses that workspace.
    """
    import os

    from agent.assembly import init_project
    from agent.cli import emit, listings
    from agent.errors import InputError
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    if session.workspace is not None:
        raise InputError("init makes the workspace inside DIR; --workspace names another.", hint="Leave --workspace out.")
    done = init_project(folder, session)
    if os.environ.get("AGENT_WORKSPACE"):
        session.note("AGENT_WORKSPACE is set, and wins over the project's workspace.")

    def page() -> ListingPage:
        return ListingPage("", "", (Listing(("", ""), tuple((what, str(path)) for path, what in done)),))

    listings.write(session, place, [{"path": str(path), "state": what} for path, what in done], page)
