"""`agent decompose`: capabilities of artifacts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.cli import exits
from agent.cli.completing import slugs as known_slugs
from agent.cli.options import PAGES, common_options, format_options, limit_options, model_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.cli.emit import Target
    from agent.domain.capability import Decomposition
    from agent.output.options import PageOptions
    from agent.pipeline.several import Outcome


@click.command("decompose")
@click.argument("artifacts", metavar="ARTIFACT...", nargs=-1, required=True, shell_complete=known_slugs)
@format_options(PAGES)
@limit_options
@click.option("--review", is_flag=True, help="List the claims that wait for a reviewer, too.")
@model_options
@common_options
@click.pass_obj
def command(
    session: Session, artifacts: tuple[str, ...], chosen: str | None, output: Path | None, limit: int | None, everything: bool, review: bool
) -> int:
    """Show what artifacts can do, every claim with its quote.

    ARTIFACT is a slug of the catalogue or the workspace, or a folder with an artifact.yaml, which is read first. Several are worked on at
    the same time where a language model is asked, and shown one after the other.
    """
    from agent.cli import asking
    from agent.cli.emit import as_json, target
    from agent.output.options import CAPABILITIES

    place = target(chosen, output, PAGES)
    asking.offer(session)
    slugs = list(dict.fromkeys(session.pipeline.resolve(artifact) for artifact in artifacts))
    if session.ask.get("planned"):
        asking.show_plan(session, slugs, place)
        return exits.DONE
    if len(slugs) > 1 and place.format == "html":
        raise click.UsageError("HTML shows one artifact to a file; name one, or use --format markdown or json")
    options = place.page_options(session, limit=None if everything else limit or CAPABILITIES, review=review)
    outcomes = session.pipeline.decompose_each(slugs)
    made = [outcome.made for outcome in outcomes if outcome.made is not None]
    if place.format == "json" and len(slugs) > 1:
        place.write(as_json({"decompositions": [one.model_dump(mode="json") for one in made], "failed": _failed(outcomes)}), session)
    elif made:
        place.write("\n".join(_page(session, one, place, options) for one in made), session)
    if len(slugs) == 1 and outcomes[0].error is not None:
        raise outcomes[0].error
    return _said(session, outcomes)


def _page(session: Session, made: Decomposition, place: Target, options: PageOptions) -> str:
    """One decomposition in the target's format."""
    from agent.cli.emit import render
    from agent.cli.reading import stored_excerpts, stored_names
    from agent.output.decomposition_view import DecompositionPage

    slug = made.artifact.slug

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

    return render(place, made, {"table": table, "markdown": markdown, "html": html})


def _failed(outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    return [{"slug": one.slug, "error": str(one.error)} for one in outcomes if one.error is not None]


def _said(session: Session, outcomes: Sequence[Outcome]) -> int:
    """List the artifacts that have no result; the worst of their exit codes."""
    for one in outcomes:
        if one.error is not None:
            session.complain(f"{one.slug}: {one.error}")
    return exits.worst(one.error.exit_code for one in outcomes if one.error is not None)
