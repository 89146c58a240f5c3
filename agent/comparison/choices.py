"""When to choose which: the reasons for one side, from claims, most decisive first.

A reason is a comparison its documents draw with the other, a fact that differs, a question that only its documents answer, a limit the
other side's documents admit, what they claim as distinctive, or a capability that only this side documents. Nothing is said that has no
claim behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.comparison.alignment import capabilities
from agent.comparison.differences import definition_of, differing_facts, kind_choice
from agent.comparison.favour import contrasts, decides, favours, limits, readable, serves, speaks_of
from agent.comparison.lexical import stems, without_names
from agent.comparison.phrasing import called, leads_with_its_name, need, plain
from agent.comparison.topics import Answer, spoken_of
from agent.domain.capability import Capability, Claim, FactClaim
from agent.domain.comparison import Choice, Side

_MOST = 6
_ENOUGH = 5  # reasons from which a capability that only this side documents adds little
_FACTS = 2
_QUESTIONS = 4
_FEW = 2  # reasons below which a whole sentence serves as one
_LIMITS = 1
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
    them or not; `same_kind` whether the two are the same kind of thing; `ours` and `theirs` what either says of the questions.
    """

    side: Side
    other: Side
    nearest: dict[str, float]
    shared: frozenset[str]
    same_kind: bool
    ours: Mapping[str, Answer] = field(default_factory=dict)
    theirs: Mapping[str, Answer] = field(default_factory=dict)


@dataclass
class _Reasons:
    """Reasons collected so far; one that repeats another is refused."""

    ground: Ground
    taken: list[Choice] = field(default_factory=list)

    def add(self, text: str, claims: Sequence[Claim], *, frame: str = "", named: bool = False) -> bool:
        """Take a reason; `frame` are words of its own that no claim needs to have, `named` says that it quotes nothing but a topic."""
        if not named and not _borne_out(text, claims, (self.ground.side, self.ground.other), frame):
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
    """At most six reasons to choose `ground.side`, the most decisive first."""
    reasons = _Reasons(ground)
    first = None if ground.same_kind else kind_choice(ground.side)
    if first is not None:
        reasons.add(*first)
    _comparisons(reasons, at_most=1)
    if ground.same_kind:
        for text, claims in differing_facts(ground.side, ground.other)[:_FACTS]:
            reasons.add(text, claims)
    _questions(reasons)
    if ground.same_kind:
        _limits_of_the_other(reasons, at_most=_LIMITS)
    ranked = _ranked(ground)
    _distinctive(reasons, at_most=min(1, _MOST - len(reasons.taken)))
    _jobs(reasons, ranked, at_most=_ENOUGH - len(reasons.taken))
    _jobs(reasons, ranked, at_most=_FEW - len(reasons.taken), whole=True)
    return reasons.taken[:_MOST]


def _questions(reasons: _Reasons) -> None:
    """The needs that this side's documents meet and the other's do not speak of, or deny: one reason names the first few together."""
    ground = reasons.ground
    if not ground.other.texts:
        return
    silent = {
        wanted: found
        for wanted, found in ground.ours.items()
        if found.stance == "yes" and found.claim and (wanted not in ground.theirs or ground.theirs[wanted].stance == "no")
    }
    used = {c.id for choice in reasons.taken for c in choice.claims}
    alone = [item for item in sorted(silent.items(), key=lambda item: -item[1].rating) if item[1].claim and item[1].claim.id not in used]
    chosen = alone[:_QUESTIONS]
    if not chosen:
        return
    name, other = ground.side.manifest.name, ground.other.manifest.name
    needs = [wanted for wanted, _ in chosen]
    last = ", or " if len(needs) > 2 or any(" or " in wanted for wanted in needs) else " or "
    listed = needs[0] if len(needs) == 1 else f"{', '.join(needs[:-1])}{last}{needs[-1]}"
    claims = list({found.claim.id: found.claim for _, found in chosen if found.claim}.values())
    if all(wanted in ground.theirs for wanted in needs):
        rest = f"{other}'s documents deny it"
    else:
        none = {1: "do not describe it", 2: "describe neither"}.get(len(needs), "describe none of these")
        rest = f"{other}'s documents {none}"
    reasons.add(f"Choose {name} when you need {listed}; {rest}.", claims, frame=listed, named=True)


def _ranked(ground: Ground) -> list[Capability]:
    """Capabilities only this side has: important and well-documented ones, and ones far from everything the other does, first."""

    order = {c.id: n for n, c in enumerate(capabilities(ground.side))}

    def decisiveness(capability: Capability) -> float:
        distance = 1.0 - ground.nearest.get(capability.id, 0.0)
        unique = any(c.printed for c in capability.unique)
        return _IMPORTANCE[capability.importance] + distance + (0.5 if unique else 0.0) - _PER_PLACE * order[capability.id]

    alone = [c for c in capabilities(ground.side) if c.id not in ground.shared]
    return sorted(alone, key=lambda c: (-decisiveness(c), order[c.id]))


def _jobs(reasons: _Reasons, ranked: Sequence[Capability], *, at_most: int, whole: bool = False) -> None:
    """What only this side does, in the words of its claims: needs, or (`whole`) sentences that have the side as their subject."""
    side = reasons.ground.side
    said = definition_of(side)  # stands above the lists already
    added = 0
    for capability in ranked:
        found = [c for c in capability.summary if _short(c) and _tells(c, capability, side)]
        claim = next((c for c in found if said is None or (c.text != said.text and not _one_place(c, said))), None)
        wanted = need(claim, side) if claim is not None else ""
        told = whole or not wanted.startswith("this counts: ")
        if added < at_most and claim is not None and told and capability.importance != "minor" and decides(wanted):
            added += reasons.add(f"Choose {side.manifest.name} when {wanted}", [claim])


def _one_place(claim: Claim, other: Claim) -> bool:
    """Whether two claims rest on the same quote, and so say one thing."""
    places = {(quote.document_id, quote.start) for quote in other.evidence}
    return any((quote.document_id, quote.start) in places for quote in claim.evidence)


def _tells(claim: Claim, capability: Capability, side: Side) -> bool:
    if leads_with_its_name(claim, capability):
        return readable(claim.text[len(capability.name) + 2 :])
    return serves(claim.text, _names(side))


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
            if (
                added < at_most
                and _short(claim)
                and serves(claim.text, _names(side))
                and contrasts(without_names(claim.text, side.manifest))
                and decides(wanted := need(claim, side))
                and (not wanted.startswith("this counts: ") or contrasts(without_names(claim.text, side.manifest), in_words=True))
            ):
                added += reasons.add(f"Choose {side.manifest.name} when {wanted}", [claim])


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
        meant = spoken_of(claim.text)
        better = not meant or any(one in ground.ours and ground.ours[one].stance == "yes" for one in meant)
        if added < at_most and not shared and better:
            text = f"Choose {ground.side.manifest.name} when this limit of {ground.other.manifest.name} would hurt: {plain(claim.text)}"
            added += reasons.add(text, [claim])


def _borne_out(text: str, claims: Sequence[Claim], sides: Sequence[Side], frame: str = "") -> bool:
    """Whether a reason keeps to its claims: every number and name in it stands in one, and no "not" or "no" of theirs is lost."""
    said = " ".join([*(c.text for c in claims), *(f.value for c in claims if isinstance(f := c, FactClaim)), *_all_names(sides)])
    known = set(_TOKEN.findall(f"{said} {frame}".casefold()))
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
