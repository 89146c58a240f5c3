"""`agent ingest`: documents into the workspace, from files, and on request from the addresses they live at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agent.cli import exits
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from agent.cli.emit import Target
    from agent.output.listing import ListingPage
    from agent.pipeline.changes import Change, Report
    from agent.pipeline.library import Ingested

KINDS = "model, dataset, library, framework, agent, mcp-server, benchmark or product"


@click.command("ingest")
@click.argument("target", required=False)
@click.option("--name", metavar="NAME", help="What a FILE, a URL or an archive without artifact.yaml describes.")
@click.option(
    "--type",
    "kind",
    metavar="TYPE",
    help=f"What kind of thing it is: {KINDS}.",
)
@click.option("--from-source", is_flag=True, help="Fetch the documentation from the addresses in the artifact's manifest.")
@click.option("--bundled", is_flag=True, help="Bring in every bundled artifact, so that searches find it; needs no network.")
@click.option("--refresh", is_flag=True, help="Fetch again what was fetched before (of TARGET, or of all), and say what changed.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, /, target: str | None, chosen: str | None, output: Path | None, **options: Any) -> int:
    """Read an artifact's documents into the workspace.

    TARGET is the slug of a bundled artifact, a folder or archive (.zip, .tar.gz, .tgz) with an artifact.yaml (or with folders that
    have one), an archive of documents, one file or one https address; a file, an archive without artifact.yaml, and an address that
    does not say it, need --name and --type. What has not changed is not read again; if anything in TARGET is wrong, nothing is changed.

    SLUG --from-source fetches the artifact's real documentation, which takes the place of the notes on it; `agent artifacts remove
    SLUG` brings the notes back. Only a URL, --from-source and --refresh use the network. An address that gives no document keeps
    the one it gave before, is listed, and makes the exit code 3.
    """
    from agent.cli import emit

    place = emit.target(chosen, output, PLAIN)
    _check(target, **options)
    code = _taken_in(session, place, target, options)
    # Last: everything is stored and said by now, and whoever opens the index next does what is left here.
    session.pipeline.index_pending()
    session.end_progress()
    return code


def _taken_in(session: Session, place: Target, target: str | None, options: Mapping[str, Any]) -> int:
    """Read what was asked for, store it and say so."""
    if options["bundled"]:
        _ingested(session, place, session.pipeline.ingest_catalog())
        return exits.DONE
    if options["refresh"]:
        slug = session.pipeline.library.resolve(target) if target else None
        return _reports(session, place, session.pipeline.fetching.refresh(slug))
    assert target is not None
    if options["from_source"]:
        return _reports(session, place, [session.pipeline.fetching.from_source(session.pipeline.library.resolve(target))])
    if "://" in target:
        return _reports(session, place, [session.pipeline.fetching.address(target.strip(), options["name"], options["kind"])])
    _ingested(session, place, session.pipeline.ingest(target, name=options["name"], kind=options["kind"]))
    return exits.DONE


def _check(target: str | None, *, name: str | None, kind: str | None, from_source: bool, bundled: bool, refresh: bool) -> None:
    """Raises UsageError for options that do not go together."""
    from agent.pipeline.resolve import is_path

    if bundled:
        if target or name or kind or from_source or refresh:
            raise click.UsageError("--bundled brings in all bundled artifacts, and goes with nothing else; one comes by its slug.")
        return
    if from_source and refresh:
        raise click.UsageError("--from-source and --refresh exclude each other.")
    option = "--from-source" if from_source else "--refresh"
    if (from_source or refresh) and (name or kind):
        raise click.UsageError(f"{option} takes the name and type from the manifest.")
    if (from_source or refresh) and target and ("://" in target or (Path(target).exists() and is_path(target))):
        raise click.UsageError(f"{option} takes the slug of an artifact, and {target!r} is none.")
    if target is None and not refresh:
        raise click.UsageError("Missing argument 'TARGET'.")


def _ingested(session: Session, place: Target, done: list[Ingested]) -> None:
    from agent.cli import listings

    listings.write(session, place, [asdict(d) for d in done], lambda: _page(done))


def _page(done: list[Ingested]) -> ListingPage:
    from agent.output.listing import Listing, ListingPage

    rows = tuple((d.slug, d.name, str(d.documents), str(d.new_documents), str(d.embedded)) for d in done)
    return ListingPage("", "", (Listing(("Slug", "Name", "Documents", "New", "Passages embedded"), rows),))


def _reports(session: Session, place: Target, reports: list[Report]) -> int:
    """What came and what did not: the first on standard output, each address without a document on a line of standard error."""
    from agent.cli import listings

    value = [{**(asdict(r.ingested) if r.ingested else {"slug": r.slug}), **_asdict(r)} for r in reports]
    listings.write(session, place, value, lambda: _fetched_page(reports))
    for report in reports:
        for missing in report.missing:
            session.complain(f"{missing.reason}{' What it gave before is kept.' if missing.kept else ''}")
        if report.ingested is None:
            session.complain(f"no address of {report.slug!r} gave a document; the artifact is as it was.")
    return exits.INCOMPLETE if any(report.missing for report in reports) else exits.DONE


def _asdict(report: Report) -> dict[str, Any]:
    return {key: value for key, value in asdict(report).items() if key not in {"slug", "ingested"}}


def _fetched_page(reports: list[Report]) -> ListingPage:
    from agent.output.listing import Listing, ListingPage

    done = [report.ingested for report in reports if report.ingested]
    listings = list(_page(done).listings) if done else []
    changes = [change for report in reports for change in report.changes]
    if changes:
        rows = tuple((c.document_id, c.title, c.state, _lines(c)) for c in changes)
        listings.append(Listing(("Id", "Title", "State", "Lines"), rows, "Documents"))
    sections = tuple((kind, path, change.title) for change in changes for kind, path in _sections(change))
    if sections:
        listings.append(Listing(("Section", "Headings", "Document"), sections, "What changed"))
    touched = tuple((t.name, t.uri, f"{t.quotes_gone} of {t.quotes}" if t.quotes_gone else "none") for r in reports for t in r.touched)
    if touched:
        listings.append(Listing(("Capability", "URI", "Quotes gone"), touched, "Capabilities that rest on changed passages"))
    return ListingPage("", "" if listings else "Nothing was fetched.", tuple(listings))


def _lines(change: Change) -> str:
    return f"+{change.lines_added} -{change.lines_removed}" if change.state == "changed" else ""


def _sections(change: Change) -> list[tuple[str, str]]:
    kinds = (("added", change.sections_added), ("removed", change.sections_removed), ("changed", change.sections_changed))
    return [(kind, path) for kind, paths in kinds for path in paths]
