"""What can be said of two scores: a leader only where the interval of the difference allows one."""

from __future__ import annotations

from dataclasses import dataclass

from agent.domain.comparison import Side, Verdict
from agent.domain.scorecard import Scorecard

WITHIN_ITS_KIND = "a score ranks each within its own kind"
HALF = 0.5  # of the weight: with less known for both, a verdict rests on little
LEAD = 3.0  # points the nearer end of the interval must be away from 0


@dataclass(frozen=True)
class Difference:
    """A minus B in points of 100, over the inputs known for at least one side; `known_share` is of the whole weight, known for both."""

    low: float
    high: float
    known_share: float


def same_kind(a: Side, b: Side) -> bool:
    """Whether two scores rank the same kind of thing."""
    left, right = (side.scorecard.kind or side.scorecard.type for side in (a, b))
    return left == right


def difference(a: Scorecard, b: Scorecard) -> Difference | None:
    """The interval of the difference; an input known on one side only ranges 0-100 on the other. None where nothing is known."""
    ours, theirs = _inputs(a), _inputs(b)
    low = high = known = both = 0.0
    total = sum(weight for weight, _ in ours.values())
    for name in (name for name in ours if name in theirs):
        weight, x = ours[name]
        _, y = theirs[name]
        if x is None and y is None:
            continue
        known += weight
        if x is not None and y is not None:
            both += weight
        low += weight * ((x if x is not None else 0.0) - (y if y is not None else 100.0))
        high += weight * ((x if x is not None else 100.0) - (y if y is not None else 0.0))
    return Difference(round(low / known, 1), round(high / known, 1), round(both / total, 4)) if known else None


def _inputs(card: Scorecard) -> dict[str, tuple[float, float | None]]:
    return {f"{c.name}.{i.name}": (i.weight, i.normalised) for c in card.components for i in c.inputs if i.weight > 0}


def verdict(a: Side, b: Side) -> Verdict:
    """The verdict of the page, with the sentence that says it."""
    if not same_kind(a, b):
        kinds = f"{a.manifest.name} is {_typed(a)} and {b.manifest.name} is {_typed(b)}"
        sentence = f"{kinds}, so neither leads: {WITHIN_ITS_KIND}."
        return Verdict(kind="different_kinds", leader=None, sentence=sentence)
    found = difference(a.scorecard, b.scorecard)
    if found is None:
        return Verdict(kind="unknown", leader=None, sentence="Nothing is known that the two could be ranked by.")
    share = _resting_on(found)
    numbers = {"low": found.low, "high": found.high, "known_share": found.known_share}
    if found.low >= LEAD or found.high <= -LEAD:
        leader, near, far = (a, found.low, found.high) if found.low >= LEAD else (b, -found.high, -found.low)
        points = f"{near:.0f} to {far:.0f}" if round(near) != round(far) else f"{near:.0f}"
        sentence = f"{leader.manifest.name} leads by {points} points{share}."
        return Verdict(kind="leader", leader=leader.manifest.slug, sentence=sentence, **numbers)
    return Verdict(kind="too_close", leader=None, sentence=f"Too close to call{share}.", **numbers)


def _resting_on(found: Difference) -> str:
    """What the verdict rests on: the share of the weight known for both, in plain words where that is less than half."""
    share = f"{found.known_share * 100:.0f} % of the weight known for both"
    if found.known_share >= HALF:
        return f"; {share}"
    return f" on the little that is known; {share}"


def opening(a: Side, b: Side, found: Verdict) -> str:
    """One sentence with both scores and the verdict."""
    said = f"{_scored(a)} and {_scored(b)}"
    if found.kind == "different_kinds":
        return f"{said}, {_typed(a)} and {_typed(b)}: neither leads, as {WITHIN_ITS_KIND}."
    verdict_said = found.sentence.rstrip(".")
    if found.kind != "leader":
        verdict_said = verdict_said[0].lower() + verdict_said[1:]
    return f"{said}: {verdict_said}."


def _scored(side: Side) -> str:
    """ "NAME scores 70 (35 % of inputs known)"."""
    card = side.scorecard
    if card.value is None:
        return f"{side.manifest.name} has no score yet"
    share = round(card.coverage * 100)
    known = "" if share >= 100 else f" ({share} % of inputs known)"
    return f"{side.manifest.name} scores {card.value:.0f}{known}"


def _typed(side: Side) -> str:
    name = "MCP server" if side.manifest.type == "mcp-server" else side.manifest.type
    return f"an {name}" if name[0] in "aeiouM" else f"a {name}"
