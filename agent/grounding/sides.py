"""Two sides: a comparison needs evidence from both artifacts' documents, or from one document that draws it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.capability import Check, ClaimKind
from agent.grounding.guards.degree import ranks
from agent.grounding.licence import Licence, Names
from agent.grounding.reading import Reading, clean, read
from agent.text.tokens import squeeze

NAME = "sides"
_HALVES = re.compile(r"[,;]?\s+(?:while|whereas|but)\s+|;\s+", re.I)


@dataclass(frozen=True)
class Sides:
    """The outcome: whether a comparison may be printed, and whether one side alone says it."""

    check: Check
    one_sided: bool = False


def judge(kind: ClaimKind, claim: Reading, alternatives: Sequence[str], licence: Licence) -> Sides | None:
    """The two-sides rule for a claim; None where it does not compare.

    A `vs_alternatives` claim names its alternatives. A `unique` claim that ranks its subject, or names an alternative, is a comparison too,
    supported by its own side alone unless the other side's documents are quoted.
    """
    if kind != "vs_alternatives":
        if kind == "unique" and (alternatives or ranks(claim)):
            return Sides(Check(name=NAME, passed=True, detail="one side's documents"), one_sided=not _two(licence, alternatives))
        return None
    if not alternatives:
        return Sides(Check(name=NAME, passed=False, detail="no alternative is named"))
    missing = [name for name in alternatives if not _named(name, licence)]
    if missing:
        return Sides(Check(name=NAME, passed=False, detail=f"{missing[0]!r} is named in none of the quotes or the headings above them"))
    if _two(licence, alternatives):
        swapped = _swapped(claim, licence)
        detail = swapped or "quotes from both sides' documents"
        return Sides(Check(name=NAME, passed=not swapped, detail=detail))
    if licence.artifacts == {licence.own.slug} or _draws_it(licence):
        return Sides(Check(name=NAME, passed=True, detail="one side's documents draw the comparison"), one_sided=True)
    return Sides(Check(name=NAME, passed=False, detail="the other side's documents do not name the subject"))


def _two(licence: Licence, alternatives: Sequence[str]) -> bool:
    """Whether the subject's documents are quoted, and those of an alternative."""
    others = [names for names in licence.others if names.slug in licence.artifacts]
    return licence.own.slug in licence.artifacts and any(_is(names, name) for names in others for name in alternatives)


def _is(names: Names, name: str) -> bool:
    return names.covers(squeeze(name)) or bool(names.mentions(read(clean(name)).tokens))


def _named(alternative: str, licence: Licence) -> bool:
    """Whether an alternative stands in a quote or heading, or has its own documents quoted."""
    if any(_is(names, alternative) for names in licence.others if names.slug in licence.artifacts):
        return True
    reading = read(clean(alternative))
    if licence.has_together(squeeze(alternative)):
        return True
    return all(licence.has(piece.word) for piece in reading.pieces) and bool(reading.pieces)


def _draws_it(licence: Licence) -> bool:
    """Whether documents of the other side name the subject themselves."""
    return any(
        source.artifact != licence.own.slug and any(licence.own.mentions(reading.tokens) for reading in source.readings)
        for source in licence.sources
    )


def _swapped(claim: Reading, licence: Licence) -> str:
    """A half of the claim that says of one side what only the other side's documents say."""
    for half in _HALVES.split(claim.text):
        reading = read(half)
        owners = [names for names in (licence.own, *licence.others) if names.mentions(reading.tokens)]
        if len(owners) != 1:
            continue
        owner = owners[0]
        here = [one for source in licence.sources if source.artifact == owner.slug for one in source.readings]
        there = [one for source in licence.sources if source.artifact != owner.slug for one in source.readings]
        named = {at for first, last in owner.mentions(reading.tokens) for at in range(first, last)}
        said = [piece.word for piece in reading.pieces if piece.content and piece.token not in named]
        for word in said:
            if not any(one.has(word) for one in here) and any(one.has(word) for one in there):
                return f"{word!r} is said of the other side"
    return ""
