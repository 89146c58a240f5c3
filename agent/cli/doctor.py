"""`agent doctor`: is everything as it should be?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agent.cli import exits
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from agent.output.listing import ListingPage
    from agent.pipeline.doctor import Report


@click.command("doctor")
@click.option("--repair", is_flag=True, help="First do what is safe: make again what can be made again, drop what nothing needs.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def command(session: Session, repair: bool, chosen: str | None, output: Path | None) -> int:
    """Check the installation and the workspace.

    Every quote stands at its place, every text is the one that was stored, passages and vectors are there, the database is whole, and no
    other distribution has files in the package. Each finding is one line with its remedy. A model server that answers on this machine
    is offered where no model is named, and never used.

    --repair never drops a sound document or decomposition, nor a URI that was given. Exits 1 when something is wrong.
    """
    from agent.assembly import build_doctor
    from agent.cli import emit, listings

    place = emit.target(chosen, output, PLAIN)
    report = build_doctor(session.settings, session).examine(repair=repair)
    workspace = str(session.settings.workspace)
    listings.write(session, place, _value(report, workspace), lambda: _page(report, workspace, verbose=session.verbose))
    return exits.FAILED if report.wrong else exits.DONE


def _value(report: Report, workspace: str) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "sound": not report.wrong,
        "checks": [{"name": check.name, "status": check.status, "findings": len(check.findings)} for check in report.checks],
        "findings": [{"check": check.name, **asdict(finding)} for check in report.checks for finding in check.findings],
        "repaired": list(report.repaired),
        "versions": report.versions,
    }


def _page(report: Report, workspace: str, *, verbose: bool) -> ListingPage:
    from agent.output.listing import Listing, ListingPage

    count = len(report.wrong)
    said = "Nothing is wrong" if not count else f"{count} thing{'s are' if count > 1 else ' is'} wrong"
    where = (
        f"the installation and the workspace {workspace}" if report.workspace else f"the installation; there is no workspace in {workspace}"
    )
    tables = []
    if report.repaired:
        tables.append(Listing(("Repaired",), tuple((line,) for line in report.repaired)))
    if report.findings:
        rows = tuple(("wrong" if f.wrong else "note", f.place, f.problem, f.remedy) for f in report.findings)
        tables.append(Listing(("", "Where", "What", "Remedy"), rows))
    if verbose:
        tables.append(Listing(("Check", "Outcome"), tuple((c.name, c.said if c.status == "ok" else c.status) for c in report.checks)))
        tables.append(Listing(("Package", "Version"), tuple(report.versions.items())))
    return ListingPage("", f"{said} with {where}.", tuple(tables))
