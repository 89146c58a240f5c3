"""`agent decompose`: an artifact's capabilities."""

from __future__ import annotations

from pathlib import Path

import click

from agent.cli.completing import slugs
from agent.cli.options import PAGES, common_options, format_options, limit_options
from agent.cli.session import Session


@click.command("decompose")
@click.argument("artifact", shell_complete=slugs)
@format_options(PAGES)
@limit_options
@click.option("--review", is_flag=True, help="List the claims that wait for a reviewer, too.")
@common_options
@click.pass_obj
def command(
    session: Session, artifact: str, chosen: str | None, output: Path | None, limit: int | None, everything: bool, review: bool
) -> None:
    """Show what an artifact can do, every claim with its quote.

    ARTIFACT is a slug of the catalogue or the workspace, or a folder with an artifact.yaml, which is read first.
    """
    from agent.cli.emit import render, target
    from agent.cli.reading import stored_excerpts, stored_names
    from agent.output.decomposition_view import DecompositionPage
    from agent.output.options import CAPABILITIES

    place = target(chosen, output, PAGES)
    slug = session.pipeline.resolve(artifact)
    made = session.pipeline.decompose(slug)
    options = place.page_options(session, limit=None if everything else limit or CAPABILITIES, review=review)

    def page() -> DecompositionPage:
        pipeline = session.pipeline
        return DecompositionPage(made, pipeline.score(slug), stored_excerpts(pipeline), stored_names(pipeline), pipeline.artifact(slug)[0])

    def table() -> str:
        from agent.output import terminal_decomposition

        return terminal_decomposition.render(page().view(options), options)

    def markdown() -> str:
        from agent.output import pages

        return pages.markdown("decomposition", v=page().view(options))

    def html() -> str:
        from agent.output import pages

        return pages.html("decomposition", v=page().view(options))

    place.write(render(place, made, {"table": table, "markdown": markdown, "html": html}), session)
