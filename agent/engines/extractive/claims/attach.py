"""Differentiation: unique points, comparisons, limits, intents, inputs and outputs, each attached to the capability it fits best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from agent.domain.proposal import Subject
from agent.engines.extractive.claims.alternatives import Setting, comparison_in
from agent.engines.extractive.claims.claimable import Candidate, Field, candidates, setting_of, spoken
from agent.engines.extractive.claims.facets import facets
from agent.engines.extractive.claims.intents import intents_of
from agent.engines.extractive.claims.io_fields import inputs_of, outputs_of
from agent.engines.extractive.claims.names import stem
from agent.engines.extractive.claims.unique import THRESHOLD, concrete, distinction
from agent.engines.extractive.draft import Attached, Draft
from agent.engines.extractive.facts.facts import facts
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Names

__all__ = ["attach", "setting_of", "spoken"]

PER_FIELD = 3
_MOST: dict[Field, int] = {"unique": 10, "vs_alternatives": 10, "limitations": 9}
_ALIKE = 0.6  # token Jaccard from which two claims say the same; the page allows up to 0.8
_PART = 0.75  # the same between a sentence and a part of it, printed for what is distinctive in it
_CLOSE = 0.2  # below this, and outside the section, a claim belongs to the artifact as a whole
_UNSURE = 0.6  # the likelihood below which a capability of a single sentence gives way
_SURE: dict[Field, float] = {
    "unique": THRESHOLD,
    "vs_alternatives": -9.0,
    "limitations": 3.4,
}  # the worth from which it gives way to a claim
_SHOWN = 14  # capabilities that a page shows
_FEWEST_DRAFTS = 5


@dataclass
class _Page:
    """The drafts as they fill, and every sentence already printed."""

    drafts: list[Draft]
    weights: dict[str, float]
    names: Names
    setting: Setting
    printed: list[frozenset[str]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    joined: set[tuple[str, int | None]] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def attach(drafts: Sequence[Draft], statements: Sequence[Statement], subject: Subject, neighbours: Sequence[Subject]) -> Attached:
    """The drafts with what documents say of distinction, comparison and limits, and the typed facts; deterministic.

    A sentence is printed once: one that already is part of a summary moves out of it where others remain; where it leads, or is printed
    as another claim, the part of it that is distinctive may be printed beside it.
    """
    setting = setting_of(subject, neighbours)
    found = facts(statements, subject, setting)
    if not drafts:
        return Attached((), tuple(found))
    page = _Page(list(drafts), _rarity(statements), Names.of(subject.manifest), setting)
    page.printed = [_tokens(s.printed or s.text) for draft in drafts for s in draft.summary]
    possible = candidates(statements, subject, neighbours, setting)
    for kind in ("vs_alternatives", "unique", "limitations"):
        chosen = [c for c in possible if c.field == kind]
        for candidate in sorted(chosen, key=lambda c: (-c.worth, c.order)):
            if page.counts[kind] < _MOST[candidate.field]:
                _place(page, candidate)
    return Attached(tuple(_with_uses(draft) for draft in page.drafts), tuple(found))


def _with_uses(draft: Draft) -> Draft:
    return draft.with_(intents=intents_of(draft.statements), inputs=inputs_of(draft.statements), outputs=outputs_of(draft.statements))


def _place(page: _Page, candidate: Candidate) -> None:
    """Give a claim its capability, unless the page already says it."""
    text: str | None = candidate.claim.text
    first = candidate.claim.quotes[0]
    if candidate.statement is not None and (first.document_id, first.start) in page.joined:
        return
    if candidate.statement is not None and not _released(page, candidate):
        text = _part(page, candidate)
    elif any(_jaccard(_tokens(candidate.claim.text), other) >= _ALIKE for other in page.printed):
        return
    at = _best_draft(page, candidate)
    if text is None or at is None:
        return
    draft = page.drafts[at]
    claim = candidate.claim.model_copy(update={"text": text})
    page.drafts[at] = draft.with_(**{candidate.field: (*getattr(draft, candidate.field), claim)})
    page.printed.append(_tokens(text))
    page.counts[candidate.field] += 1
    if candidate.statement is not None:
        page.claimed.add(candidate.statement.order)
    else:
        page.joined.add((first.document_id, first.start))


def _part(page: _Page, candidate: Candidate) -> str | None:
    """The part of a sentence printed elsewhere that is as good a claim by itself, or None."""
    statement, place = candidate.statement, candidate.place
    if statement is None or place is None or candidate.field == "limitations":
        return None
    whole = _tokens(statement.printed or statement.text) | _tokens(candidate.claim.text)
    best: tuple[float, str] | None = None
    for text in facets(candidate.claim.text, page.names):
        tokens = _tokens(text)
        if any(_jaccard(tokens, other) >= (_PART if tokens <= whole | other and other <= whole else _ALIKE) for other in page.printed):
            continue
        if candidate.field == "unique":
            compares = comparison_in(text, place.heading_path, place.role, page.setting)
            worth = distinction(text, place, page.setting) if concrete(text) and not compares else THRESHOLD - 1
        else:
            compared = comparison_in(text, place.heading_path, place.role, page.setting)
            worth = compared.weight if compared and set(candidate.claim.alternatives) <= set(compared.names) else THRESHOLD - 1
        if worth >= THRESHOLD and (best is None or worth > best[0]):
            best = (worth, text)
    return best[1] if best else None


def _released(page: _Page, candidate: Candidate) -> bool:
    """Whether the statement is free: printed nowhere, or taken out of a summary that goes on without it."""
    statement = candidate.statement
    if statement is None or statement.order in page.claimed:
        return statement is None
    for at, draft in enumerate(page.drafts):
        if statement not in draft.summary:
            continue
        if draft.summary[0] == statement and not _gives_way(page, at, candidate):
            return False
        rest = tuple(s for s in draft.summary if s != statement)
        if rest:
            page.drafts[at] = draft.with_(summary=rest)
        else:
            del page.drafts[at]
        tokens = _tokens(statement.printed or statement.text)
        if tokens in page.printed:
            page.printed.remove(tokens)
        break
    return True


def _gives_way(page: _Page, at: int, candidate: Candidate) -> bool:
    """Whether a sentence may leave the capability it leads: another can lead it, or nobody would miss the capability."""
    draft = page.drafts[at]
    if candidate.worth < _SURE[candidate.field]:
        return False
    if len(draft.summary) > 1:
        return candidate.field == "vs_alternatives" and draft.successor
    if len(page.drafts) <= _FEWEST_DRAFTS or draft.unique or draft.vs_alternatives or draft.limitations:
        return False
    return at >= _SHOWN or draft.score <= _UNSURE


def _best_draft(page: _Page, candidate: Candidate) -> int | None:
    """The capability a claim is closest to and that has room; the whole artifact's claims go to the first core one."""
    rated = []
    for at, draft in enumerate(page.drafts):
        if len(getattr(draft, candidate.field)) >= PER_FIELD:
            continue
        rated.append((-_closeness(draft, candidate, page.weights), at))
    if not rated:
        return None
    best, at = min(rated)
    if -best < _CLOSE:
        return next(
            (i for _, i in sorted(rated, key=lambda item: item[1]) if page.drafts[i].importance == "core"), min(i for _, i in rated)
        )
    return at


def _closeness(draft: Draft, candidate: Candidate, weights: dict[str, float]) -> float:
    """0-2: the same statement, the same section, and shared rare words."""
    statement = candidate.statement
    words = statement.content if statement else frozenset(stem(w) for w in re.findall(r"\w{3,}", candidate.claim.text.casefold()))
    theirs = (
        frozenset().union(*(s.content for s in draft.statements))
        if statement
        else frozenset(stem(w) for s in draft.statements for w in re.findall(r"\w{3,}", s.text.casefold()))
    )
    shared = sum(weights.get(word, 1.0) for word in words & theirs)
    total = sum(weights.get(word, 1.0) for word in words) or 1.0
    score = shared / total / (1 + 0.05 * len(theirs))
    if statement:
        score += 1.0 * (statement in draft.statements)
        score += 0.25 * any(s.section == statement.section for s in draft.statements)
        score += 0.15 * bool(words & draft.heads)
    return score


def _rarity(statements: Iterable[Statement]) -> dict[str, float]:
    """Inverse document frequency of content words over statements."""
    counts: Counter[str] = Counter()
    total = 0
    for statement in statements:
        total += 1
        counts.update(statement.content)
    return {word: log((1 + total) / (1 + count)) for word, count in counts.items()}


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0
