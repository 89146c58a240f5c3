"""`agent artifacts`: what there is, one of them in full, and taking one out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.cli.completing import own_slugs, slugs
from agent.cli.groups import Group
from agent.cli.options import PAGES, PLAIN, common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from agent.domain.artifact import Manifest, Signal
    from agent.domain.capability import DocumentHead
    from agent.domain.fetch import FetchRecord
    from agent.output.listing import Listing


@click.group("artifacts", cls=Group)
@common_options
def command() -> None:
    """List, show and remove artifacts."""


@command.command("list")
@format_options(PAGES)
@common_options
@click.pass_obj
def list_all(session: Session, chosen: str | None, output: Path | None) -> None:
    """List the artifacts of the catalogue and the workspace."""
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PAGES)
    found = session.pipeline.artifacts()
    value = [{"slug": m.slug, "name": m.name, "type": m.type, "license": m.license, "source": source} for m, source in found]

    def page() -> ListingPage:
        rows = tuple((m.slug, m.name, m.type, m.license or "unknown", source) for m, source in found)
        lead = f"{len(rows)} artifacts. agent decompose SLUG shows what one of them can do."
        return ListingPage("Artifacts", lead, (Listing(("Slug", "Name", "Type", "License", "From"), rows, clip=30),))

    listings.write(session, place, value, page)


@command.command("show")
@click.argument("artifact", shell_complete=slugs)
@format_options(PAGES)
@common_options
@click.pass_obj
def show(session: Session, artifact: str, chosen: str | None, output: Path | None) -> None:
    """Show an artifact's record: names, facts and figures with their sources, documents, related artifacts."""
    from agent.cli import emit, listings
    from agent.output.listing import ListingPage

    place = emit.target(chosen, output, PAGES)
    slug = session.pipeline.resolve(artifact)
    manifest, source = session.pipeline.artifact(slug)
    documents = session.pipeline.documents(slug)
    fetches = session.pipeline.fetches(slug)
    value = {
        **manifest.model_dump(mode="json"),
        "from": source,
        "documents": [document.model_dump(mode="json") for document in documents],
        "fetches": [asdict(fetch) for fetch in fetches],
    }

    def page() -> ListingPage:
        return ListingPage(manifest.name, f"{manifest.type}, {slug}, {source}", (*_sections(manifest, documents), *_fetched(fetches)))

    listings.write(session, place, value, page)


@command.command("remove")
@click.argument("artifact", shell_complete=own_slugs)
@format_options(PLAIN)
@common_options
@click.pass_obj
def remove(session: Session, artifact: str, chosen: str | None, output: Path | None) -> None:
    """Take an artifact out of the workspace; a bundled one that it hid is seen again."""
    from agent.cli import emit, listings
    from agent.output.listing import ListingPage

    place = emit.target(chosen, output, PLAIN)
    slug = session.pipeline.remove(artifact)
    listings.write(session, place, {"removed": slug}, lambda: ListingPage("", f"Removed {slug!r} from the workspace."))
    if kept := session.pipeline.calls_of(slug):
        answers = f"The model's answers about it ({kept:,} call{'' if kept == 1 else 's'}) are kept"
        session.note(f"{answers}: they were paid for, and serve again when the same is asked. agent runs list shows them.")


def _sections(manifest: Manifest, documents: list[DocumentHead]) -> list[Listing]:
    from agent.domain.artifact import UNDATED
    from agent.output.listing import Listing

    record = [("License", manifest.license), ("Pricing", manifest.pricing), ("Homepage", manifest.homepage)]
    rows = [(label, value or "unknown") for label, value in record]
    rows += [("Also called", ", ".join(manifest.aliases))] if manifest.aliases else []
    rows += [("Variants", ", ".join(manifest.variants))] if manifest.variants else []
    facts = tuple((_words(f.field), f.printed(), f.source or "", f.date) for f in manifest.facts)
    signals = tuple(
        (_words(s.name), _figure(s), s.note or "", s.source or "", "undated" if s.date == UNDATED else s.date) for s in manifest.signals
    )
    kept = tuple((d.id, d.title, d.origin, f"{d.chars:,}", d.note or "read") for d in documents)
    related = tuple((r.slug, r.name or "", r.note or "") for r in manifest.related)
    return [
        Listing(("", ""), tuple(rows)),
        Listing(("Fact", "Value", "Source", "Read"), facts, "Facts", "none recorded", sites=True),
        Listing(("Figure", "Value", "Note", "Source", "As of"), signals, "Figures", "none recorded", sites=True),
        Listing(("Id", "Title", "Origin", "Characters", "State"), kept, "Documents", "none"),
        Listing(("Slug", "Name", "Why"), related, "Related", "none recorded"),
    ]


def _fetched(fetches: list[FetchRecord]) -> list[Listing]:
    """Where the documents were fetched from, and what did not come; nothing for an artifact of files."""
    from agent.output.listing import Listing

    def outcome(fetch: FetchRecord) -> str:
        return f"{fetch.outcome}, {fetch.bytes:,} bytes" if fetch.document_id else f"{fetch.outcome}: {fetch.note}"

    rows = tuple((fetch.final or fetch.asked, fetch.at, str(fetch.status or "none"), outcome(fetch)) for fetch in fetches)
    return [Listing(("Address", "At", "Status", "Outcome"), rows, "Fetched")] if rows else []


def _words(field: str) -> str:
    return field.replace("_", " ").capitalize()


def _figure(signal: Signal) -> str:
    value = signal.value if isinstance(signal.value, str) else f"{signal.value:,}"
    return value if signal.own else f"{value} (not its own)"
