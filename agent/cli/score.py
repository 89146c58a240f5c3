"""`agent score`: an artifact's score and what it was made from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from agent.cli.completing import slugs
from agent.cli.options import PAGES, common_options, format_options, model_options
from agent.cli.session import Session


@click.command("score")
@click.argument("artifact", shell_complete=slugs)
@click.option("--explain", is_flag=True, help="Show every input with its value, source and date, and the capabilities' own scores.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Measure freshness at this date (default: the catalogue's own)."
)
@format_options(PAGES)
@model_options
@common_options
@click.pass_obj
def command(session: Session, artifact: str, explain: bool, as_of: datetime | None, chosen: str | None, output: Path | None) -> None:
    """Show an artifact's score and what it was made from.

    The score is 0 to 100 over the inputs that are known; it says how many are, and what the unknown ones could make of it.
    """
    from agent.cli import asking
    from agent.cli.emit import render, target
    from agent.output.score_view import ScorePage

    place = target(chosen, output, PAGES)
    if as_of is not None:
        session.options["as_of"] = as_of.date()
    asking.offer(session)
    slug = session.pipeline.resolve(artifact)
    if session.ask.get("planned"):
        asking.show_plan(session, [slug], place)
        return
    card = session.pipeline.score(slug)
    options = place.page_options(session)

    def page() -> ScorePage:
        made = session.pipeline.decompose(slug) if explain else None
        return ScorePage(card, session.pipeline.artifact(slug)[0].name, made, explain or place.format == "html")

    def table() -> str:
        from agent.output import terminal_score

        return terminal_score.render(page().view(), options)

    def markdown() -> str:
        from agent.output import pages

        return pages.markdown("score", v=page().view())

    def html() -> str:
        from agent.output import pages

        return pages.html("score", v=page().view())

    place.write(render(place, card, {"table": table, "markdown": markdown, "html": html}), session)
