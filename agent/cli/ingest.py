"""`agent ingest`: documents into the workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

KINDS = "model, dataset, library, framework, agent, mcp-server, benchmark or product"


@click.command("ingest")
@click.argument("target")
@click.option("--name", metavar="NAME", help="What a single FILE describes.")
@click.option(
    "--type",
    "kind",
    metavar="TYPE",
    help=f"What kind of thing it is: {KINDS}.",
)
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, target: str, name: str | None, kind: str | None, chosen: str | None, output: Path | None) -> None:
    """Read an artifact's documents into the workspace.

    TARGET is the slug of a bundled artifact, a folder with an artifact.yaml (or a folder of such folders), or one file, which needs
    --name and --type. What has not changed is not read again; if anything in TARGET is wrong, nothing is changed.
    """
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    done = session.pipeline.ingest(target, name=name, kind=kind)

    def page() -> ListingPage:
        rows = tuple((d.slug, d.name, str(d.documents), str(d.new_documents), str(d.embedded)) for d in done)
        return ListingPage("", "", (Listing(("Slug", "Name", "Documents", "New", "Passages embedded"), rows),))

    listings.write(session, place, [asdict(d) for d in done], page)
