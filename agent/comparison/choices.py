"""When to choose which: the reasons for one side, from claims, most decisive first.

A reason is a capability that only this side documents, a comparison its documents draw with the other, what they claim as distinctive, a
fact that differs, or a limit the other side's documents admit. Nothing is said that has no claim behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.comparison.alignment import capabilities
from agent.comparison.differences import differing_facts, kind_choice
from agent.comparison.favour import contrasts, favours, limits, readable, serves, speaks_of
from agent.comparison.lexical import stems, without_names
from agent.comparison.phrasing import called, definition, leads_with_its_name, need, plain
from agent.domain.capability import Capability, Claim, FactClaim
from agent.domain.comparison import Choice, Side

_MOST = 8
_CAPABILITIES = 4
_FACTS = 4
_LIMITS = 2
_FEWEST = 4  # reasons below which less certain ones are better than none
_SAME = 0.5  # of the smaller set of stems: two reasons that share this much say one thing
_LONGEST = 260  # characters of a quoted sentence that a reader takes in at a glance
_PER_PLACE = 0.06  # a later capability of the decomposition is a less certain one
_IMPORTANCE = {"core": 2.0, "major": 1.0, "minor": 0.0}
_TOKEN = re.compile(r"[\w+#]+(?:[.'’-]\w+)*")
_NOT = re.compile(r"\b(?:not|no|never|cannot|without)\b|n['’]t\b", re.I)
_FRAMES = frozenset({"English"})  # the one capital of the frames below


@dataclass(frozen=True)
class Ground:
    """What the reasons for `side` against `other` are drawn from.

    `nearest` says for each capability of `side` how near the other comes to it (0-1), `shared` which jobs the other does too, aligned with
    them or not; `same_kind` whether the two are the same kind of thing.
    """

    side: Side
    other: Side
    nearest: dict[str, float]
    shared: frozenset[str]
    same_kind: bool


@dataclass
class _Reasons:
    """Reasons collected so far; one that repeats another is refused."""

    ground: Ground
    taken: list[Choice] = field(default_factory=list)

    def add(self, text: str, claims: Sequence[Claim]) -> bool:
        if not _borne_out(text, claims, (self.ground.side, self.ground.other)):
            return False
        words = set(stems(without_names(without_names(text, self.ground.side.manifest), self.ground.other.manifest)))
        ids = {c.id for c in claims}
        for old in self.taken:
            old_words = set(stems(without_names(without_names(old.text, self.ground.side.manifest), self.ground.other.manifest)))
            if ids & {c.id for c in old.claims} or len(words & old_words) > _SAME * max(1, min(len(words), len(old_words))):
                return False
        self.taken.append(Choice(artifact=self.ground.side.manifest.slug, text=text, claims=list(claims)))
        return True


def choices(ground: Ground) -> list[Choice]:
    """Three to eight reasons to choose `ground.side` where its documents give as many, the most decisive first."""
    reasons = _Reasons(ground)
    first = _what_it_is(ground.side) if ground.same_kind else kind_choice(ground.side)
    if first is not None:
        reasons.add(*first)
    _comparisons(reasons, at_most=1)
    ranked = _ranked(ground)
    _jobs(reasons, ranked, at_most=_CAPABILITIES)
    if ground.same_kind:
        for text, claims in differing_facts(ground.side, ground.other)[:_FACTS]:
            if len(reasons.taken) < _MOST:
                reasons.add(text, claims)
    if len(reasons.taken) < _MOST:
        _distinctive(reasons, at_most=1)
    if ground.same_kind and len(reasons.taken) < _MOST:
        _limits_of_the_other(reasons, at_most=min(_LIMITS, _MOST - len(reasons.taken)))
    _jobs(reasons, ranked, at_most=_MOST - len(reasons.taken))
    _whatever_there_is(reasons, ranked)
    return reasons.taken[:_MOST]


def _what_it_is(side: Side) -> tuple[str, Sequence[Claim]] | None:
    """The sentence that says what the side is, which tells two of a kind apart too."""
    for capability in capabilities(side):
        for claim in capability.summary:
            if _short(claim) and readable(claim.text) and definition(plain(claim.text), side.manifest):
                return f"Choose {side.manifest.name} when {need(claim, side)}", [claim]
    return None


def _ranked(ground: Ground) -> list[Capability]:
    """Capabilities only this side has: important and well-documented ones, and ones far from everything the other does, first."""

    order = {c.id: n for n, c in enumerate(capabilities(ground.side))}

    def decisiveness(capability: Capability) -> float:
        distance = 1.0 - ground.nearest.get(capability.id, 0.0)
        unique = any(c.printed for c in capability.unique)
        return _IMPORTANCE[capability.importance] + distance + (0.5 if unique else 0.0) - _PER_PLACE * order[capability.id]

    alone = [c for c in capabilities(ground.side) if c.id not in ground.shared]
    return sorted(alone, key=lambda c: (-decisiveness(c), order[c.id]))


def _jobs(reasons: _Reasons, ranked: Sequence[Capability], *, at_most: int) -> None:
    """What only this side does, in the words of its claims: the name of a capability is a label and seldom says more."""
    side = reasons.ground.side
    added = 0
    for capability in ranked:
        claim = next((c for c in capability.summary if _short(c) and _tells(c, capability, side)), None)
        if added < at_most and claim is not None:
            added += reasons.add(f"Choose {side.manifest.name} when {need(claim, side)}", [claim])


def _tells(claim: Claim, capability: Capability, side: Side) -> bool:
    if leads_with_its_name(claim, capability):
        return readable(claim.text[len(capability.name) + 2 :])
    return serves(claim.text, _names(side))


def _whatever_there_is(reasons: _Reasons, ranked: Sequence[Capability]) -> None:
    """Where next to nothing has been said, what only this side does in sentences about a part of it."""
    for capability in ranked:
        claim = next((c for c in capability.summary if _short(c) and readable(c.text)), None)
        if claim is not None and len(reasons.taken) < _FEWEST:
            reasons.add(f"Choose {reasons.ground.side.manifest.name} when this counts: {plain(claim.text)}", [claim])


def _comparisons(reasons: _Reasons, *, at_most: int) -> None:
    """What the side's documents say to its advantage over the other, by name."""
    ground = reasons.ground
    others = [*ground.other.manifest.names(), *ground.other.manifest.variants]
    added = 0
    for capability in capabilities(ground.side):
        for claim in capability.vs_alternatives:
            named = any(name.casefold() in {other.casefold() for other in others} for name in claim.alternatives)
            if added < at_most and named and _short(claim) and favours(claim.text, ground.side.manifest.names(), others):
                text = f"Choose {ground.side.manifest.name} when this decides against {ground.other.manifest.name}: {plain(claim.text)}"
                added += reasons.add(text, [claim])


def _distinctive(reasons: _Reasons, *, at_most: int) -> None:
    side = reasons.ground.side
    added = 0
    for capability in capabilities(side):
        for claim in capability.unique:
            if added < at_most and _short(claim) and serves(claim.text, _names(side)) and contrasts(claim.text):
                text = f"Choose {side.manifest.name} when what sets it apart counts: {plain(claim.text)}"
                added += reasons.add(text, [claim])


def _limits_of_the_other(reasons: _Reasons, *, at_most: int) -> None:
    """Limits of the other that this side does not admit too, those that name the other first."""
    ground = reasons.ground
    ours = [set(stems(c.text)) for capability in capabilities(ground.side) for c in capability.limitations if c.printed]
    admitted = [
        c
        for capability in capabilities(ground.other)
        for c in capability.limitations
        if _short(c) and limits(c.text) and _named(c.text, ground.other)
    ]
    added = 0
    for claim in sorted(admitted, key=lambda c: not speaks_of(c.text, _names(ground.other))):
        words = set(stems(without_names(claim.text, ground.other.manifest)))
        shared = any(len(words & own) > _SAME * max(1, min(len(words), len(own))) for own in ours)
        if added < at_most and not shared:
            text = f"Choose {ground.side.manifest.name} when this limit of {ground.other.manifest.name} would hurt: {plain(claim.text)}"
            added += reasons.add(text, [claim])


def _borne_out(text: str, claims: Sequence[Claim], sides: Sequence[Side]) -> bool:
    """Whether a reason keeps to its claims: every number and name in it stands in one, and no "not" or "no" of theirs is lost."""
    said = " ".join([*(c.text for c in claims), *(f.value for c in claims if isinstance(f := c, FactClaim)), *_all_names(sides)])
    known = set(_TOKEN.findall(said.casefold()))
    marked = [word for word in _TOKEN.findall(text) if any(ch.isdigit() or ch.isupper() for ch in word) and word != "Choose"]
    if any(word.casefold() not in known for word in marked if word not in _FRAMES):
        return False
    if any(isinstance(c, FactClaim) for c in claims):
        return True
    return all(len(_NOT.findall(c.text)) <= len(_NOT.findall(text)) for c in claims)


def _named(text: str, side: Side) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in _names(side))


def _all_names(sides: Sequence[Side]) -> list[str]:
    return [name for side in sides for name in _names(side)]


def _names(side: Side) -> tuple[str, ...]:
    return (*called(side.manifest), *side.manifest.variants)


def _short(claim: Claim) -> bool:
    return claim.printed and len(claim.text) <= _LONGEST
