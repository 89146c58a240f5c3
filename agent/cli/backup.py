"""`agent backup`: the workspace in one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, file: Path, chosen: str | None, output: Path | None) -> None:
    """Write the workspace into one file.

    Others may go on using the workspace meanwhile. The copy is checked, every quote against its text, before FILE is there; an earlier
    backup of that name is replaced, any other file is left alone.
    """
    from agent.assembly import build_workspace
    from agent.cli import emit, listings
    from agent.output.listing import ListingPage
    from agent.pipeline.backup import back_up

    place = emit.target(chosen, output, PLAIN)
    settings = session.settings
    made = back_up(settings.workspace, lambda: build_workspace(settings, session), file)

    def page() -> ListingPage:
        return ListingPage("", f"Wrote {made.place}: {made.artifacts} artifacts, {made.documents} documents, "
                               f"{made.decompositions} decompositions, {made.bytes / 1e6:.1f} MB. Every check passed.")  # fmt: skip

    listings.write(session, place, asdict(made), page)
