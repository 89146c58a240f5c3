"""`agent compare`: two artifacts side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from agent.cli.completing import slugs
from agent.cli.options import PAGES, common_options, format_options, limit_options, model_options
from agent.cli.session import Session

LISTED = 8  # capabilities in each list: a comparison is read for its differences


@click.command("compare")
@click.argument("a", shell_complete=slugs)
@click.argument("b", shell_complete=slugs)
@format_options(PAGES)
@limit_options
@model_options
@common_options
@click.pass_obj
def command(session: Session, a: str, b: str, chosen: str | None, output: Path | None, limit: int | None, everything: bool) -> None:
    """Compare two artifacts and say when to choose which.

    A and B are slugs of the catalogue or the workspace, or folders with an artifact.yaml, which are read first.
    """
    from agent.cli import asking
    from agent.cli.emit import render, target
    from agent.cli.reading import stored_excerpts, stored_names
    from agent.errors import InputError
    from agent.output.comparison_view import ComparisonPage

    place = target(chosen, output, PAGES)
    asking.offer(session)
    slugs = session.pipeline.resolve(a), session.pipeline.resolve(b)
    if slugs[0] == slugs[1]:
        raise InputError(f"{a!r} and {b!r} are the same artifact, {slugs[0]!r}.", hint="Name two.")
    if session.ask.get("planned"):
        asking.show_plan(session, slugs, place)
        return
    made = session.pipeline.compare(*slugs)
    options = place.page_options(session, limit=None if everything else limit or LISTED)

    def page() -> ComparisonPage:
        return ComparisonPage(made, stored_excerpts(session.pipeline), stored_names(session.pipeline))

    def table() -> str:
        from agent.output import terminal_comparison

        return terminal_comparison.render(page().view(options), options)

    def markdown() -> str:
        from agent.output import pages

        # A file is read at leisure: nothing is cut from it unless that was asked for.
        return pages.markdown("comparison", v=page().view(replace(options, limit=None if everything else limit)))

    def html() -> str:
        from agent.output import pages

        return pages.html("comparison", v=page().view(options))

    place.write(render(place, made, {"table": table, "markdown": markdown, "html": html}), session)
