"""`agent index`: the search index over all passages of the workspace."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.cli.groups import Group
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from agent.output.listing import ListingPage
    from agent_vectorstore.results import Hit, Status

KINDS = ("model", "dataset", "library", "framework", "agent", "mcp-server", "benchmark", "product")
_EXCERPT = 160  # characters of a passage in a table


@click.group("index", cls=Group)
@common_options
def command() -> None:
    """Look after the search index over all passages, and search it.

    The index is made from the workspace's database and may be deleted at any time. `agent ingest` brings it up to date, and
    so does whoever searches it next.
    """


@command.command("status")
@format_options(PLAIN)
@common_options
@click.pass_obj
def status(session: Session, chosen: str | None, output: Path | None) -> None:
    """Show what the index holds and what it still has to do."""
    from agent.cli import emit, listings

    place = emit.target(chosen, output, PLAIN)
    found = session.pipeline.index.status()
    listings.write(session, place, asdict(found), lambda: _status_page(found))


@command.command("rebuild")
@format_options(PLAIN)
@common_options
@click.pass_obj
def rebuild(session: Session, chosen: str | None, output: Path | None) -> None:
    """Make the index again from the database.

    Only passages that the embedder of the settings has not embedded yet are embedded.
    """
    from agent.cli import emit, listings

    place = emit.target(chosen, output, PLAIN)
    session.pipeline.index.rebuild()
    found = session.pipeline.index.status()
    listings.write(session, place, asdict(found), lambda: _status_page(found))


@command.command("search")
@click.argument("question")
@click.option("--artifact", "artifacts", metavar="SLUG", multiple=True, help="Look only in this artifact; may be given several times.")
@click.option("--type", "types", type=click.Choice(KINDS), multiple=True, help="Look only in artifacts of this kind.")
@click.option(
    "--mode", type=click.Choice(("dense", "lexical", "fused")), default="fused", show_default=True, help="How passages are ranked."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="Show at most N passages.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def search(
    session: Session,
    question: str,
    artifacts: tuple[str, ...],
    types: tuple[str, ...],
    mode: str,
    limit: int,
    chosen: str | None,
    output: Path | None,
) -> None:
    """Show the passages that the index finds for QUESTION, best first.

    Only what is in the workspace is searched: `agent ingest SLUG` brings a bundled artifact in, `agent ingest --bundled` all of them.
    """
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage
    from agent_vectorstore.results import MODES

    place = emit.target(chosen, output, PLAIN)
    ranked = next(one for one in MODES if one == mode)
    hits = session.pipeline.passages_about(question, limit, mode=ranked, artifacts=artifacts, types=types)

    def page() -> ListingPage:
        rows = tuple((hit.passage.artifact, " > ".join(hit.passage.heading_path), _excerpt(hit), f"{hit.score:.3f}") for hit in hits)
        return ListingPage("", "", (Listing(("Artifact", "Under", "Passage", "Score"), rows, empty="No passage found."),))

    listings.write(session, place, [_as_json(hit) for hit in hits], page)
    if not artifacts:
        _tell_of_the_rest(session, types)


def _tell_of_the_rest(session: Session, types: tuple[str, ...]) -> None:
    """Say that there is more than was searched."""
    count = len(session.pipeline.not_brought_in(types))
    if count:
        them = "1 bundled artifact is" if count == 1 else f"{count} bundled artifacts are"
        session.note(f"{them} not in this workspace and not searched: agent ingest SLUG brings one in, agent ingest --bundled all.")


def _excerpt(hit: Hit) -> str:
    text = " ".join(hit.passage.text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _as_json(hit: Hit) -> dict[str, object]:
    one = hit.passage
    return {
        "passage_id": one.id,
        "artifact": one.artifact,
        "document_id": one.document_id,
        "uri": one.uri,
        "title": one.title,
        "origin": one.origin,
        "start": one.start,
        "end": one.end,
        "heading_path": list(one.heading_path),
        "score": hit.score,
        "ranks": hit.ranks,
        "text": one.text,
    }


def _status_page(found: Status) -> ListingPage:
    from agent.output.listing import Listing, ListingPage

    head = (
        ("Embedder", found.embedder),
        ("Passages", f"{found.passages:,}"),
        ("Vectors", f"{found.vectors:,}"),
        ("Size", f"{found.bytes / 1e6:,.1f} MB"),
        ("Folder", found.folder),
    )
    halves = tuple(
        (name, f"{half.indexed:,}", f"{half.pending:,}", f"{half.orphaned:,}", f"{half.missing:,}", half.rebuilt_at or "never")
        for name, half in (("Meaning", found.dense), ("Words", found.lexical))
    )
    lead = (
        "Up to date." if found.sound else "Not up to date: the next search finishes what is pending, `agent index rebuild` mends the rest."
    )
    return ListingPage(
        "", lead, (Listing(("", ""), head), Listing(("Index", "Indexed", "Pending", "Orphaned", "Missing", "Last rebuilt"), halves))
    )
