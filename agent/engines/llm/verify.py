"""Verify: a judge that sees claims and their quotes, with the headings these stand under, and nothing of how either came about."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain.artifact import Manifest
from agent.domain.judgement import Judgeable, Judgement, QuoteInView
from agent.engines.llm.asking import Task, ask_all, missing_line, question
from agent.engines.llm.packs import fence_of
from agent.engines.llm.schemas import Verdicts
from agent.llm.base import Asker, Question

TASK = "verify"
BATCH = 24  # claims of one call

_Run = tuple[Judgeable, ...]


def judged(manifest: Manifest, claims: Sequence[Judgeable], asker: Asker) -> list[Judgement]:
    """A finding for each claim, in order; "unanswered", with the reason, for those of a call without an answer."""
    runs = [tuple(claims[at : at + BATCH]) for at in range(0, len(claims), BATCH)]
    tasks = [Task((at,), f"claims {at * BATCH + 1} to {at * BATCH + len(run)} of {len(claims)}", run) for at, run in enumerate(runs)]
    found: list[Judgement] = []
    for done in ask_all(asker, tasks, lambda task: _question(manifest, task), _halves) if tasks else []:
        value, run = done.answer.value, done.task.part
        if value is None:
            found += [Judgement(finding="unanswered", detail=missing_line(done.task.label, done.answer))] * len(run)
        else:
            by_number = {one.claim: Judgement(finding=one.finding, detail=one.word.strip()) for one in value.verdicts}
            found += [by_number[number] for number in range(1, len(run) + 1)]
    return found


def _question(manifest: Manifest, task: Task[_Run]) -> Question[Verdicts]:
    run = task.part
    numbers: dict[QuoteInView, int] = {}
    claims = []
    for one in run:
        cited = [f"Q{numbers.setdefault(quote, len(numbers) + 1)}" for quote in one.quotes]
        claims.append({"text": one.claim, "quotes": ", ".join(cited)})
    quotes, last = [], ""
    for quote in numbers:
        above = _above(quote, manifest)
        quotes.append({"words": quote.words, "above": above if above != last else ""})
        last = above
    variables = {
        "name": manifest.name,
        "type": manifest.type,
        "quotes": quotes,
        "claims": claims,
        "fence": fence_of(repr((quotes, claims))),
    }
    return question(TASK, task.label, Verdicts, variables, lambda value: _problem(value, len(run)))


def _above(quote: QuoteInView, manifest: Manifest) -> str:
    """Whose document a quote is from, where it is another's, and the lines above it."""
    whose = () if quote.artifact in ("", manifest.slug) else (f"{quote.artifact}'s documents",)
    return " > ".join((*whose, *quote.above)) or "no heading"


def _problem(value: Verdicts, claims: int) -> str:
    given = sorted(one.claim for one in value.verdicts)
    return "" if given == list(range(1, claims + 1)) else f"Give exactly one verdict for each of the claims 1 to {claims}."


def _halves(run: _Run) -> tuple[_Run, _Run] | None:
    return (run[: len(run) // 2], run[len(run) // 2 :]) if len(run) > 1 else None
