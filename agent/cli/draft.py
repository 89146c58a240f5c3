"""`agent draft`: a page about one artifact, or about two side by side, in prose."""

from __future__ import annotations

from pathlib import Path

import click

from agent.cli.completing import slugs
from agent.cli.options import PAGES, common_options, format_options, model_options
from agent.cli.session import Session


@click.command("draft")
@click.argument("a", shell_complete=slugs)
@click.argument("b", required=False, shell_complete=slugs)
@format_options(PAGES, default="markdown")
@model_options
@common_options
@click.pass_obj
def command(session: Session, a: str, b: str | None, chosen: str | None, output: Path | None) -> None:
    """Write a page about one artifact, or about two side by side.

    Every sentence that claims something is cited, and passed verification by itself; what did not pass is left out, and listed with its
    reason under --verbose and in the JSON. A and B are slugs of the catalogue or the workspace, or folders with an artifact.yaml, which are
    read first.
    """
    from agent.cli import asking
    from agent.cli.emit import render, target
    from agent.cli.reading import stored_excerpts, stored_names
    from agent.errors import IncompleteError
    from agent.output.draft_view import DraftPage, DraftView

    place = target(chosen, output, PAGES, default="markdown")
    asking.offer(session)
    if session.ask.get("planned"):
        asking.show_plan(session, [session.pipeline.resolve(one) for one in (a, b) if one is not None], place)
        return
    made = session.pipeline.draft(a, b)
    options = place.page_options(session)

    def view() -> DraftView:
        return DraftPage(made, stored_excerpts(session.pipeline), stored_names(session.pipeline)).view(options)

    def table() -> str:
        from agent.output import terminal_draft

        return terminal_draft.render(view(), options)

    def markdown() -> str:
        from agent.output import pages

        return pages.markdown("draft", v=view())

    def html() -> str:
        from agent.output import pages

        return pages.html("draft", v=view())

    place.write(render(place, made, {"table": table, "markdown": markdown, "html": html}), session)
    if made.missing:
        gaps = "; ".join(line.rstrip(".") for line in made.missing)
        raise IncompleteError(f"the draft is incomplete: {gaps}.", hint="Run it again: what was answered is kept.")
