"""Differentiation: unique points, comparisons, limits, intents, inputs and outputs, each attached to the capability it fits best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Literal

from agent.domain.proposal import ClaimProposal, Subject
from agent.engines.extractive.alternatives import Setting, comparison_in
from agent.engines.extractive.contrast import background, stem, two_sided
from agent.engines.extractive.cues import DISTINCTIONS, cues_in
from agent.engines.extractive.draft import Attached, Draft
from agent.engines.extractive.facts import facts
from agent.engines.extractive.intents import intents_of
from agent.engines.extractive.io_fields import inputs_of, outputs_of
from agent.engines.extractive.limitations import LIMIT_THRESHOLD, limitation
from agent.engines.extractive.results import table_comparisons
from agent.engines.extractive.roles import SILENT
from agent.engines.extractive.standalone import Names
from agent.engines.extractive.statements import Statement
from agent.engines.extractive.unique import NEVER, THRESHOLD, Place, distinction
from agent.engines.extractive.voiced import clauses, voiced

__all__ = ["attach"]

Field = Literal["unique", "vs_alternatives", "limitations"]
PER_FIELD = 3
COMPARISON_THRESHOLD = 2.8
_MOST: dict[Field, int] = {"unique": 10, "vs_alternatives": 10, "limitations": 9}
# With these, a comparison with a mere kind of system ("existing methods") says what the artifact is rather than what the others are.
_OWN_MERIT = frozenset({"as opposed to", "unlike", "in contrast", "than", "instead of", "not", "without", "outperform", "replaces"})
_ALIKE = 0.6  # token Jaccard from which two claims say the same; the page allows up to 0.8
_LEADING_WORTH = 2.2  # from here a sentence is worth more as a distinction than as the opening of a capability nobody is sure of
_UNSURE = 0.6  # the likelihood below which a capability of a single sentence gives way
_NOTES_EXTRA = 0.8  # notes are written to the point throughout: more is asked of a sentence that is to stand out
_CLOSE = 0.2  # below this, and outside the section, a claim belongs to the artifact as a whole
_LEADING_LIMIT = 3.4
_STANDING = frozenset({"first", "only", "superlative", "used by", "outperforms"})
_SHOWN = 14  # capabilities that a page shows
_FEWEST_DRAFTS = 5
_CONTRAST_THRESHOLD = 1.1
_CONTRAST_ROLES = frozenset({"overview", "features", "other", "usage", "models", "data", "architecture", "training", "integration"})
# History, documentation about the documentation, and figures without a reading.
_NOT_PROMINENT = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:readme|card|article|chart|charts|paper|quickstart|guides?|tutorials?|published|asked|points? to|issues?|"
    r"repository|newsletter|website|"
    r"example|named|called|free of charge|main use)\b|\d+\.\d+.*\d+\.\d+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A claim with its worth; `statement` is what it prints, None where it was composed from several."""

    field: Field
    claim: ClaimProposal
    worth: float
    order: int
    statement: Statement | None


@dataclass
class _Page:
    """The drafts as they fill, and every sentence already printed."""

    drafts: list[Draft]
    weights: dict[str, float]
    printed: list[frozenset[str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def attach(drafts: Sequence[Draft], statements: Sequence[Statement], subject: Subject, neighbours: Sequence[Subject]) -> Attached:
    """The drafts with what documents say of distinction, comparison and limits, and the typed facts; deterministic.

    A sentence is printed once: one that already is part of a summary moves out of it where others remain, and is left where it leads.
    """
    manifest = subject.manifest
    setting = Setting.of(manifest.names(), manifest.variants, _related_names(subject, neighbours))
    found = facts(statements, subject, setting)
    if not drafts:
        return Attached((), tuple(found))
    page = _Page(list(drafts), _rarity(statements))
    page.printed = [_tokens(s.printed or s.text) for draft in drafts for s in draft.summary]
    candidates = _candidates(statements, subject, neighbours, setting)
    for kind in ("vs_alternatives", "unique", "limitations"):
        chosen = [c for c in candidates if c.field == kind]
        for candidate in sorted(chosen, key=lambda c: (-c.worth, c.order)):
            if page.counts[kind] < _MOST[candidate.field]:
                _place(page, candidate)
    finished = [_with_uses(draft) for draft in page.drafts]
    return Attached(tuple(finished), tuple(found))


def _related_names(subject: Subject, neighbours: Sequence[Subject]) -> list[str]:
    names = [related.name or related.slug for related in subject.manifest.related]
    for neighbour in neighbours:
        names += [name for name in neighbour.manifest.names() if len(name) > 2]
    return list(dict.fromkeys(names))


def _with_uses(draft: Draft) -> Draft:
    intents = intents_of(draft.statements)
    return draft.with_(intents=intents, inputs=inputs_of(draft.statements), outputs=outputs_of(draft.statements))


def _candidates(statements: Sequence[Statement], subject: Subject, neighbours: Sequence[Subject], setting: Setting) -> list[_Candidate]:
    names = Names.of(subject.manifest)
    first = subject.documents[0].id if subject.documents else ""
    numbers: Counter[str] = Counter()
    told = background(neighbours)
    found: list[_Candidate] = []
    for statement in statements:
        if statement.kind in {"heading", "comment"}:
            continue
        numbers[statement.document_id] += 1
        if statement.role in SILENT - {"acknowledgement", "licence"}:
            continue
        text = voiced(statement, names)
        if text is None:
            found += _from_clauses(statement, names, setting)
            continue
        if statement.origin == "project-notes" and not (
            setting.speaks_of_itself(text[:60]) or statement.role in {"limitations", "comparison"}
        ):
            continue  # notes name what they speak of: a sentence without the name leans on its neighbours
        place = Place(
            statement.role, statement.heading_path, numbers[statement.document_id], statement.document_id == first, bool(statement.lead)
        )
        candidate = _kind_of(statement, text, place, setting)
        if candidate is None and told and statement.role not in SILENT:
            candidate = _by_contrast(statement, text, place, told, setting)
        if candidate:
            found.append(candidate)
    last = statements[-1].order + 1 if statements else 0
    composed = [(4.2, claim) for claim in table_comparisons(subject, setting)] + [(3.6, c) for c in two_sided(subject, neighbours)]
    found += [_Candidate("vs_alternatives", claim, worth, last + at, None) for at, (worth, claim) in enumerate(composed)]
    return found


def _from_clauses(statement: Statement, names: Names, setting: Setting) -> list[_Candidate]:
    """A long list of alternatives ("... sets others beside it: A does P; B does Q"), one claim for each."""
    if statement.role != "comparison":
        return []
    found = []
    for text in clauses(statement, names):
        compared = comparison_in(text, statement.heading_path, statement.role, setting)
        if compared:
            found.append(
                _Candidate("vs_alternatives", _claim("vs_alternatives", statement, text, list(compared.names)), 3.0, statement.order, None)
            )
    return found


def _kind_of(statement: Statement, text: str, place: Place, setting: Setting) -> _Candidate | None:
    """The one field a sentence is printed under: a comparison first, then a limit in a section of limits, then what is weightier."""
    silent = statement.role in SILENT
    compared = comparison_in(text, statement.heading_path, statement.role, setting)
    inside = statement.role != "limitations" or bool(compared and setting.related_in(" ".join(compared.names)))
    fragment = statement.composed or not (statement.sentence or statement.lead)
    unique = NEVER if silent or fragment else distinction(text, place, setting)
    if compared and not compared.named and compared.cue in _OWN_MERIT and unique >= THRESHOLD:
        return _Candidate("unique", _claim("unique", statement, text), unique, statement.order, statement)
    if compared and inside and compared.weight >= COMPARISON_THRESHOLD:
        return _Candidate(
            "vs_alternatives", _claim("vs_alternatives", statement, text, list(compared.names)), compared.weight, statement.order, statement
        )
    limit = limitation(text, statement.role, statement.heading_path, setting)
    if limit >= LIMIT_THRESHOLD and (statement.role == "limitations" or limit >= unique):
        return _Candidate("limitations", _claim("limitation", statement, text), limit, statement.order, statement)
    if unique >= THRESHOLD + _NOTES_EXTRA * (statement.origin == "project-notes"):
        return _Candidate("unique", _claim("unique", statement, text), unique, statement.order, statement)
    return None


def _by_contrast(statement: Statement, text: str, place: Place, told: frozenset[str], setting: Setting) -> _Candidate | None:
    """A prominent statement about the artifact whose subject matter no related document mentions."""
    if (
        statement.composed
        or place.role not in _CONTRAST_ROLES
        or len(text) > 260
        or _NOT_PROMINENT.search(text)
        or not _acts(text, setting)
    ):
        return None
    nouns = [w for w in statement.words if w.noun and len(w.lemma) > 3 and not setting.names_itself(w.text)]
    unheard = [w for w in nouns if stem(w.lemma) not in told and stem(w.text) not in told]
    if len(unheard) < 2:
        return None
    worth = 2.5 * len(unheard) / len(nouns) + 0.4 * (place.index < 25)
    if worth < _CONTRAST_THRESHOLD:
        return None
    return _Candidate("unique", _claim("unique", statement, text), worth, statement.order, statement)


def _acts(text: str, setting: Setting) -> bool:
    """Whether a sentence opens with the artifact's name and says what it does or is, now."""
    return any(
        re.match(rf"(?:the\s+)?{re.escape(name)}\s+(?:(?:is|are|can)|(?!was\b|has\b|comes\b|differs\b)[a-z]+s)\s", text, re.I)
        for name in setting.own_names
    )


def _claim(
    kind: Literal["unique", "vs_alternatives", "limitation"], statement: Statement, text: str, names: list[str] | None = None
) -> ClaimProposal:
    return ClaimProposal(kind=kind, text=text, quotes=statement.quotes(), alternatives=names or [])


def _place(page: _Page, candidate: _Candidate) -> None:
    """Give a claim its capability, unless the page already says it."""
    if candidate.statement is not None and not _released(page, candidate):
        return
    tokens = _tokens(candidate.claim.text)
    if any(_jaccard(tokens, other) >= _ALIKE for other in page.printed):
        return
    at = _best_draft(page, candidate)
    if at is None:
        return
    draft = page.drafts[at]
    page.drafts[at] = draft.with_(**{candidate.field: (*getattr(draft, candidate.field), candidate.claim)})
    page.printed.append(tokens)
    page.counts[candidate.field] += 1


def _released(page: _Page, candidate: _Candidate) -> bool:
    """Whether the statement is free: in no summary, or taken out of one that goes on without it.

    A capability whose only sentence is a claim about the artifact's standing ("the most popular ...") or about another system is no job
    a user can do: it goes, and the sentence stays as a claim.
    """
    statement = candidate.statement
    for at, draft in enumerate(page.drafts):
        if statement is None or statement not in draft.summary:
            continue
        leads = draft.summary[0] == statement
        if leads and not _gives_way(page, at, candidate):
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


def _gives_way(page: _Page, at: int, candidate: _Candidate) -> bool:
    draft = page.drafts[at]
    if len(draft.summary) > 1 and candidate.field != "vs_alternatives":
        return False  # the sentence that says what a capability is stays with it
    only = len(draft.summary) == 1
    if only and (len(page.drafts) <= _FEWEST_DRAFTS or draft.unique or draft.vs_alternatives or draft.limitations):
        return False
    if not only and not draft.successor:  # what would be left hangs in the air
        return False
    if candidate.field == "vs_alternatives":
        return True
    if candidate.field == "unique":
        standing = bool({cue.name for cue in cues_in(candidate.claim.text, DISTINCTIONS)} & _STANDING)
        return candidate.worth >= _LEADING_WORTH and (standing or at >= _SHOWN or draft.score <= _UNSURE)
    return candidate.worth >= _LEADING_LIMIT


def _best_draft(page: _Page, candidate: _Candidate) -> int | None:
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


def _closeness(draft: Draft, candidate: _Candidate, weights: dict[str, float]) -> float:
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
