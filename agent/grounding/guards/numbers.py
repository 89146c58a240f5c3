"""Every number of a claim stands in its sources, with the same unit and beside the same words."""

from __future__ import annotations

from agent.domain.capability import Check
from agent.grounding.cells import fits
from agent.grounding.licence import Licence
from agent.grounding.reading import Reading
from agent.grounding.vocabulary import GENERIC_NOUNS, STOP
from agent.text.forms import akin, base
from agent.text.numbers import Quantity, licenses

NAME = "numbers"
_REACH = 3  # words beside a number that are compared


def check(claim: Reading, licence: Licence) -> Check:
    """Values are compared after conversion and rounding; the words next to a number tell apart numbers of equal value."""
    named = licence.named(claim.tokens)
    taken: set[tuple[str, int]] = set()
    for quantity in claim.quantities:
        if any(claim.tokens[at].start <= quantity.start < claim.tokens[at].end for at in named):
            continue
        if quantity.text.casefold() == "one" and not quantity.family and any(licence.has(word) for word in ("single", "each")):
            continue
        equal = [place for place in licence.quantities if _licensed(*place, quantity, licence)]
        if not equal:
            return Check(name=NAME, passed=False, detail=f"{quantity.text!r} is in none of the quotes")
        fitting = [place for place in equal if _fits(quantity, claim, *place, licence)]
        if not fitting:
            return Check(name=NAME, passed=False, detail=f"{quantity.text!r} belongs to other words in the quote")
        free = [(reading.text, source.start) for source, reading in fitting if (reading.text, source.start) not in taken]
        if not free:
            return Check(name=NAME, passed=False, detail=f"{quantity.text!r} stands more often in the claim than in the quotes")
        taken.add(free[0])
    return Check(name=NAME, passed=True)


def _fits(quantity: Quantity, claim: Reading, source: Quantity, reading: Reading, licence: Licence) -> bool:
    if reading.is_row:
        return fits(quantity, claim, source, reading, licence)
    return _same_company(quantity, claim, source, reading)


def _licensed(source: Quantity, reading: Reading, claim: Quantity, licence: Licence) -> bool:
    if licenses(source, claim):
        return True
    # A table gives the unit once, above the column: "Size (GB)" over "825".
    if not source.family and claim.family and source.value == claim.written:
        unit = claim.text.lstrip("0123456789.,").strip(" -")
        return bool(unit) and any(context.has(unit.casefold()) for context in licence.readings if context is not reading)
    return False


def _same_company(claim: Quantity, reading: Reading, source: Quantity, other: Reading) -> bool:
    """Whether two equal numbers count the same thing, as far as the words beside them tell; where none do, they may."""
    after, there = _after(claim, reading), _after(source, other)
    if after and there:
        return _meet(after, there)
    before, there = _before(claim, reading), _before(source, other)
    return not before or not there or bool(after) or bool(claim.family) or _meet(before, there)


def _meet(some: list[str], others: list[str]) -> bool:
    """Whether two runs of words, nearest first, have one in common, or both name but the thing itself ("model", "checkpoint")."""
    return any(akin(one, two) for one in some for two in others) or (some[0] in GENERIC_NOUNS and others[0] in GENERIC_NOUNS)


def _after(quantity: Quantity, reading: Reading) -> list[str]:
    """Base forms of the next words of the clause: with "3B-parameter models" these are "parameter" and "model"."""
    found: list[str] = []
    for number, token in enumerate(reading.tokens):
        if token.end <= quantity.end:
            continue
        if token.start >= quantity.end and (token.after_break or token.key in STOP or len(found) >= _REACH):
            break
        found += [piece.base for piece in reading.pieces if piece.token == number and piece.start >= quantity.end]
    return found


def _before(quantity: Quantity, reading: Reading) -> list[str]:
    """Base forms of the last words of the clause before a number; other numbers of a list or range are passed over."""
    found: list[str] = []
    for token in reversed([token for token in reading.tokens if token.end <= quantity.start]):
        if reading.counted(token.start):
            continue
        if token.key not in STOP:
            found.append(base(token.key))
        if token.after_break or len(found) >= _REACH:
            break
    return found
