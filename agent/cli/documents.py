"""`agent documents`: the texts that quotes stand in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from agent.cli.completing import document_ids, slugs
from agent.cli.groups import Group
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.group("documents", cls=Group)
@common_options
def command() -> None:
    """List an artifact's documents and show their text."""


@command.command("list")
@click.argument("artifact", shell_complete=slugs)
@format_options(PLAIN)
@common_options
@click.pass_obj
def list_all(session: Session, artifact: str, chosen: str | None, output: Path | None) -> None:
    """List an artifact's documents with their ids."""
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    found = session.pipeline.documents(artifact)

    def page() -> ListingPage:
        rows = tuple((d.id, d.title, d.origin, d.language, f"{d.chars:,}") for d in found)
        return ListingPage("", "", (Listing(("Id", "Title", "Origin", "Language", "Characters"), rows),))

    listings.write(session, place, [d.model_dump(mode="json") for d in found], page)


@command.command("show")
@click.argument("document_id", metavar="ID", shell_complete=document_ids)
@format_options(PLAIN)
@common_options
@click.pass_obj
def show(session: Session, document_id: str, chosen: str | None, output: Path | None) -> None:
    """Show a document's text as the reader made it.

    With --format json, anyone can check that text[start:end] is the quote; offsets count Unicode code points.
    """
    from agent.cli import emit
    from agent.output.clean import printable

    place = emit.target(chosen, output, PLAIN)
    found = session.pipeline.document(document_id)
    fetch = session.pipeline.fetch_of(document_id)
    if place.format == "json":
        place.write(emit.as_json({**found.model_dump(mode="json"), "fetch": asdict(fetch) if fetch else None}), session)
        return
    session.note(f"{found.title} ({found.uri}), {found.origin}, {len(found.text):,} characters.")
    if fetch is not None:
        again = f", unchanged at {fetch.at}" if fetch.at != found.fetched_at else ""
        session.note(f"Fetched from {fetch.final} at {found.fetched_at}{again}.")
    text = printable(found.text)
    place.write(text if text.endswith("\n") else text + "\n", session)
