"""`agent restore`: a backup back into the workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the workspace holds; it is kept until the backup is in its place.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, file: Path, force: bool, chosen: str | None, output: Path | None) -> None:
    """Put a backup in the place of the workspace.

    FILE is checked first, every quote against its text. Nothing is halfway: other processes see the old workspace or the new one. A
    database that cannot be read any more is kept beside the restored one.
    """
    from agent.assembly import build_workspace
    from agent.cli import emit, listings
    from agent.output.listing import ListingPage
    from agent.pipeline.backup import restore

    place = emit.target(chosen, output, PLAIN)
    settings = session.settings
    done = restore(settings.workspace, lambda: build_workspace(settings, session), file, session, force=force)

    def page() -> ListingPage:
        return ListingPage("", f"The workspace {done.place} holds {done.artifacts} artifacts, {done.documents} documents and "
                               f"{done.decompositions} decompositions of {file}. Every check passed.")  # fmt: skip

    listings.write(session, place, asdict(done), page)
