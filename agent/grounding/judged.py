"""A judge's findings behind the checker protocol: what a model that sees only a claim and its quotes says of it."""

from __future__ import annotations

from collections.abc import Mapping

from agent.domain.judgement import Judgeable, Judgement, QuoteInView
from agent.grounding.entail import Verdict
from agent.grounding.licence import Licence
from agent.grounding.reading import Reading


class JudgedChecker:
    """Answers from findings made beforehand, all in one go: a judge is asked in batches, and grounding asks claim by claim."""

    name = "judge"

    def __init__(self, judgements: Mapping[Judgeable, Judgement]) -> None:
        self._judgements = judgements

    def answered(self, claim: Reading, licence: Licence) -> bool:
        """Whether there is a finding for a claim on these quotes."""
        found = self._judgements.get(judgeable(claim, licence))
        return found is not None and found.finding != "unanswered"

    def check(self, claim: Reading, licence: Licence) -> Verdict:
        """The judge's finding; undecided where there is none."""
        found = self._judgements.get(judgeable(claim, licence))
        if found is None or found.finding == "unanswered":
            return Verdict("undecided", "not judged")
        return Verdict(found.finding, found.detail)


def judgeable(claim: Reading, licence: Licence) -> Judgeable:
    """A claim and its quotes as a judge sees them."""
    return Judgeable(claim=claim.text, quotes=_in_view(licence))


def label(text: str, licence: Licence) -> Judgeable:
    """A name for what quotes describe, as a judge sees it."""
    return Judgeable(claim=f'Name: "{text}"', quotes=_in_view(licence))


def _in_view(licence: Licence) -> tuple[QuoteInView, ...]:
    return tuple(
        QuoteInView(words=source.whole.text, above=tuple(line.text for line in source.context), artifact=source.artifact)
        for source in licence.sources
    )
