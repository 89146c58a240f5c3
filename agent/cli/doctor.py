"""`agent doctor`: is everything as it should be?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from agent.cli import exits
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.command("doctor")
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, chosen: str | None, output: Path | None) -> int:
    """Check the installation and the workspace.

    Every quote stands at its place, and no other distribution has files in the package.

    Exits 1 when something is wrong.
    """
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    found = session.pipeline.doctor()
    workspace = str(session.settings.workspace)

    def page() -> ListingPage:
        said = "Nothing is wrong" if not found else f"{len(found)} thing{'s are' if len(found) > 1 else ' is'} wrong"
        rows = tuple((finding.place, finding.problem) for finding in found)
        lead = f"{said} with the installation and the workspace {workspace}."
        return ListingPage("", lead, (Listing(("Where", "What"), rows),) if rows else ())

    listings.write(session, place, {"workspace": workspace, "findings": [asdict(finding) for finding in found]}, page)
    return exits.FAILED if found else exits.DONE
