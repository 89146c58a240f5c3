"""Drafts of one artifact or two: gathers what a page may say and the grounders that judge it, and hands both to the writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agent.errors import InputError

if TYPE_CHECKING:
    from agent.domain.draft import Draft
    from agent.domain.proposal import ClaimProposal, Subject
    from agent.engines.base import JudgingEngine
    from agent.pipeline.run import Pipeline
    from agent.pipeline.verify import Grounding
    from agent.writing import Writer


def drafted(pipeline: Pipeline, writer: Writer, a: str, b: str | None = None) -> Draft:
    """The draft of one artifact, or of two side by side. Raises InputError where both are the same."""
    from agent.engines.base import JudgingEngine
    from agent.writing import comparison_plan, draft, portrait_plan

    slugs = (pipeline.resolve(a),) if b is None else (pipeline.resolve(a), pipeline.resolve(b))
    if len(set(slugs)) < len(slugs):
        raise InputError(f"{a!r} and {b!r} are the same artifact, {slugs[0]!r}.", hint=f"Name two, or one alone: agent draft {slugs[0]}.")
    manifests = {slug: pipeline.artifact(slug)[0] for slug in slugs}
    plan = portrait_plan(pipeline.portrait(slugs[0]), manifests) if b is None else comparison_plan(pipeline.compare(*slugs), manifests)
    groundings = groundings_of(pipeline, *slugs)
    engine = pipeline.engine
    judged = _Judged(pipeline, engine, groundings) if isinstance(engine, JudgingEngine) else None
    return draft(plan, writer, groundings, judged)


def groundings_of(pipeline: Pipeline, *slugs: str) -> dict[str, Grounding]:
    """A grounder for each artifact of the page: against its own documents, its neighbours' and those of the other."""
    subjects = {slug: pipeline.library.subject(slug) for slug in slugs}

    def neighbours(slug: str) -> list[Subject]:
        near = dict.fromkeys((*pipeline.library.neighbours(subjects[slug].manifest), *slugs))
        return [subjects.get(one) or pipeline.library.subject(one) for one in near if one != slug]

    return {slug: pipeline.grounder(subjects[slug], neighbours(slug)) for slug in slugs}


class _Judged:
    """Has an engine's judge read sentences against their quotes, for each artifact in one go."""

    def __init__(self, pipeline: Pipeline, engine: JudgingEngine, groundings: Mapping[str, Grounding]) -> None:
        self._pipeline, self._engine, self._groundings = pipeline, engine, groundings

    def __call__(self, proposals: Mapping[str, Sequence[ClaimProposal]]) -> tuple[Mapping[str, Grounding], list[str]]:
        informed = dict(self._groundings)
        missing: dict[str, None] = {}
        for slug, claims in proposals.items():
            asked = informed[slug].judgeable(claims)
            found = dict(zip(asked, self._engine.judge(self._pipeline.library.subject(slug), asked), strict=True))
            missing |= dict.fromkeys(one.detail for one in found.values() if one.finding == "unanswered")
            informed[slug] = informed[slug].informed(found)
        return informed, list(missing)
