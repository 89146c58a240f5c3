"""Differentiation: unique points, comparisons, limits, intents, inputs and outputs, each attached to the capability it fits best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import log

from agent.domain.proposal import Subject
from agent.engines.extractive.choice.group import may_lead, same_words
from agent.engines.extractive.claims.alternatives import Setting, comparison_in
from agent.engines.extractive.claims.claimable import Candidate, Field, candidates, setting_of
from agent.engines.extractive.claims.facets import shorter, splits
from agent.engines.extractive.claims.intents import intents_of
from agent.engines.extractive.claims.io_fields import inputs_of, outputs_of
from agent.engines.extractive.claims.names import stem
from agent.engines.extractive.claims.repeats import contained, said_words
from agent.engines.extractive.claims.unique import NEVER, THRESHOLD, concrete, distinction
from agent.engines.extractive.draft import Attached, Draft
from agent.engines.extractive.facts.facts import facts
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Names

__all__ = ["attach"]

PER_FIELD = 3
_MOST: dict[Field, int] = {"unique": 20, "vs_alternatives": 20, "limitations": 9}
_OPENS_ASIDE = re.compile(r"(?:while|whereas|although|though|but|and|if|when|because)\b", re.I)  # a claim begins with its subject
_REPEATED = 0.7  # the share of the shorter sentence's content words from which two sentences say the same
_NAME_HEAD = re.compile(r"\s(?:with|without|in|from|by|through|via|on|over|at|across|under)\s")
_SHORTER = 0.7  # the token Jaccard up to which a sentence and its shorter form may stand together
_TAIL = 0.3  # by so much the half of a sentence may be less likely a distinction than a whole one
_CLOSE = 0.2  # below this, and outside the section, a claim belongs to the artifact as a whole
_UNSURE = 0.45  # the likelihood below which a capability of a single sentence gives way
_SURE: dict[Field, float] = {
    "unique": THRESHOLD,
    "vs_alternatives": -9.0,
    "limitations": 3.4,
}  # the worth from which it gives way to a claim
_OUTRIGHT: dict[Field, float] = {
    "unique": 1.0,
    "vs_alternatives": 0.4,
    "limitations": 9.0,
}  # the worth from which a sentence is no capability, whatever its likelihood
_FIRST = 1  # so many claims of a kind need not be as likely as that: a page without one is the poorer
_SHOWN = 14  # capabilities that a page shows
_FEWEST_DRAFTS = 10


@dataclass
class _Page:
    """The drafts as they fill, and every sentence already printed: by the statement it rests on, or 0 for a fact or a composed claim."""

    drafts: list[Draft]
    weights: dict[str, float]
    names: Names
    setting: Setting
    printed: list[tuple[int, str]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    joined: set[tuple[str, int | None]] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def says(self, text: str, but: int = -1) -> bool:
        """Whether the page already prints this: most content words of the shorter of two sentences stand in the other; `but` aside."""
        words = said_words(text, self.names)
        return any(order != but and contained(words, said_words(other, self.names)) >= _REPEATED for order, other in self.printed)


def attach(drafts: Sequence[Draft], statements: Sequence[Statement], subject: Subject, neighbours: Sequence[Subject]) -> Attached:
    """The drafts with what documents say of distinction, comparison and limits, and the typed facts; deterministic.

    Nothing is said twice on a page. A distinctive sentence of a summary is a claim instead: it moves out of a summary that goes on without
    it; one that leads is told in two where it can be, else it leaves a capability that few would miss.
    """
    setting = setting_of(subject, neighbours)
    found = facts(statements, subject, setting)
    if not drafts:
        return Attached((), tuple(found))
    page = _Page(list(drafts), _rarity(statements), Names.of(subject.manifest), setting)
    page.printed = [(s.order, s.printed or s.text) for draft in drafts for s in draft.summary]
    page.printed += [(0, fact.text) for fact in found if fact.field == "definition"]
    possible = candidates(statements, subject, neighbours, setting)
    for kind in ("vs_alternatives", "unique", "limitations"):
        chosen = [c for c in possible if c.field == kind]
        leading = {draft.summary[0].order for draft in page.drafts}  # what leads a capability is told there, before its places are taken
        for candidate in sorted(chosen, key=lambda c: (c.order not in leading, -c.worth, c.order)):
            wanted = kind != "unique" or candidate.worth >= THRESHOLD or page.counts[kind] < _FIRST
            if wanted and page.counts[kind] < _MOST[candidate.field]:
                _place(page, candidate)
    return Attached(tuple(_with_uses(draft) for draft in page.drafts), tuple(found))


def _with_uses(draft: Draft) -> Draft:
    return draft.with_(intents=intents_of(draft.statements), inputs=inputs_of(draft.statements), outputs=outputs_of(draft.statements))


def _place(page: _Page, candidate: Candidate) -> None:
    """Give a claim its capability, unless the page already says it."""
    text: str | None = candidate.claim.text
    if _OPENS_ASIDE.match(candidate.claim.text):
        return
    first, statement = candidate.claim.quotes[0], candidate.statement
    if statement is None:
        if (first.document_id, first.start) in page.joined or page.says(candidate.claim.text):
            return
    elif (
        (first.document_id, first.start) in page.joined
        or statement.order in page.claimed
        or page.says(candidate.claim.text, statement.order)
        or (text := _freed(page, candidate)) is None
    ):
        return
    at = _best_draft(page, candidate)
    if text is None or at is None:
        return
    draft = page.drafts[at]
    claim = candidate.claim.model_copy(update={"text": text})
    page.drafts[at] = draft.with_(**{candidate.field: (*getattr(draft, candidate.field), claim)})
    page.printed.append((statement.order if statement else 0, text))
    page.counts[candidate.field] += 1
    if statement is not None:
        page.claimed.add(statement.order)
    else:
        page.joined.add((first.document_id, first.start))


def _freed(page: _Page, candidate: Candidate) -> str | None:
    """What a claim prints once its statement's summary, if it stands in one, was left or told without it; None where it must stay."""
    statement = candidate.statement
    assert statement is not None
    at = next((n for n, draft in enumerate(page.drafts) if any(s.order == statement.order for s in draft.summary)), None)
    if at is None:
        return candidate.claim.text
    draft = page.drafts[at]
    rest = tuple(s for s in draft.summary if s.order != statement.order)
    if draft.summary[0].order != statement.order:
        _print_summary(page, at, rest)
        return candidate.claim.text
    told = _told_in_two(page, candidate, draft)
    if told is not None:
        head, tail = told
        _print_summary(page, at, (replace(statement, printed=head), *rest))
        return tail
    if not _gives_way(page, at, candidate):
        return None
    _print_summary(page, at, rest)
    return candidate.claim.text


def _print_summary(page: _Page, at: int, summary: tuple[Statement, ...]) -> None:
    """Let a capability print another summary; without one it goes."""
    draft = page.drafts[at]
    before = {s.order for s in draft.summary}
    page.printed = [said for said in page.printed if said[0] not in before]
    page.printed += [(s.order, s.printed or s.text) for s in summary]
    if summary:
        page.drafts[at] = draft.with_(summary=summary)
    else:
        del page.drafts[at]


def _told_in_two(page: _Page, candidate: Candidate, draft: Draft) -> tuple[str, str] | None:
    """A leading sentence's head, which still says what the capability's name promises, and its distinctive tail, or None."""
    statement, place = candidate.statement, candidate.place
    if statement is None or place is None or candidate.field == "limitations":
        return None
    best: tuple[float, tuple[str, str]] | None = None
    for head, tail in splits(candidate.claim.text, page.names):
        words = said_words(head, page.names)
        promised = said_words(draft.name, page.names)
        if len(words & promised) * 2 < len(promised) or page.says(tail, statement.order):
            continue
        if contained(said_words(tail, page.names), words) >= _REPEATED:
            continue
        compared = comparison_in(tail, place.heading_path, place.role, page.setting)
        if candidate.field == "unique":
            worth = distinction(tail, place, page.setting) if concrete(tail) and not compared else NEVER
        else:
            worth = compared.weight if compared and set(candidate.claim.alternatives) <= set(compared.names) else NEVER
        if worth >= THRESHOLD - _TAIL and (best is None or worth > best[0]):
            best = (worth, (head, tail))
    return best[1] if best else _told_shorter(page, candidate, draft)


def _told_shorter(page: _Page, candidate: Candidate, draft: Draft) -> tuple[str, str] | None:
    """A leading sentence without the modifiers that make it distinctive, for the summary, and the whole of it as the claim, or None."""
    place, text = candidate.place, candidate.claim.text
    assert place is not None
    if candidate.worth < (THRESHOLD if candidate.field == "unique" else _SURE["vs_alternatives"]) or page.says(text, candidate.order):
        return None
    promised = said_words(_NAME_HEAD.split(draft.name)[0], page.names)
    for head in shorter(text):
        words = said_words(head, page.names)
        if same_words(head, text) > _SHORTER or len(words & promised) * 2 < len(promised):
            continue
        if candidate.field == "unique" or comparison_in(head, place.heading_path, place.role, page.setting) is None:
            return head, text
    return None


def _gives_way(page: _Page, at: int, candidate: Candidate) -> bool:
    """Whether a sentence may leave the capability it leads: another can lead it, or nobody would miss the capability."""
    draft = page.drafts[at]
    if candidate.worth < _SURE[candidate.field]:
        return False
    if len(draft.summary) > 1:
        return candidate.worth >= _OUTRIGHT[candidate.field] and may_lead(draft.summary[1])
    if len(page.drafts) <= _FEWEST_DRAFTS or draft.unique or draft.vs_alternatives or draft.limitations:
        return False
    asked = _OUTRIGHT[candidate.field] if page.counts[candidate.field] >= _FIRST else _SURE[candidate.field]
    return at >= _SHOWN or draft.score <= _UNSURE or candidate.worth >= asked


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
