"""Drafts of one artifact or two: gathers what a page may say and the grounders that judge it, and hands both to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.errors import InputError

if TYPE_CHECKING:
    from agent.domain.artifact import Manifest
    from agent.domain.draft import Draft
    from agent.domain.proposal import Subject
    from agent.pipeline.run import Pipeline
    from agent.pipeline.verify import Grounding
    from agent.writing import Writer


def drafted(pipeline: Pipeline, writer: Writer, a: str, b: str | None) -> Draft:
    """The draft of one artifact, or of two side by side. Raises InputError where both are the same."""
    from agent.writing import comparison_plan, draft, portrait_plan

    if b is None:
        portrait = pipeline.portrait(a)
        slug = portrait.artifact.slug
        return draft(portrait_plan(portrait, _manifests(pipeline, slug)), writer, groundings_of(pipeline, slug))
    slugs = pipeline.resolve(a), pipeline.resolve(b)
    if slugs[0] == slugs[1]:
        raise InputError(f"{a!r} and {b!r} are the same artifact, {slugs[0]!r}.", hint=f"Name two, or one alone: agent draft {slugs[0]}.")
    return draft(comparison_plan(pipeline.compare(*slugs), _manifests(pipeline, *slugs)), writer, groundings_of(pipeline, *slugs))


def _manifests(pipeline: Pipeline, *slugs: str) -> Mapping[str, Manifest]:
    return {slug: pipeline.artifact(slug)[0] for slug in slugs}


def groundings_of(pipeline: Pipeline, *slugs: str) -> dict[str, Grounding]:
    """A grounder for each artifact of the page: against its own documents, its neighbours' and those of the other."""
    subjects = {slug: pipeline.library.subject(slug) for slug in slugs}

    def neighbours(slug: str) -> list[Subject]:
        near = dict.fromkeys((*pipeline.library.neighbours(subjects[slug].manifest), *slugs))
        return [subjects.get(one) or pipeline.library.subject(one) for one in near if one != slug]

    return {slug: pipeline.grounder(subjects[slug], neighbours(slug)) for slug in slugs}
