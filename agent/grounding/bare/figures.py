"""Figures of a bare claim: every quantity is one of the evidence's, by value and unit, and stands by the words it stands by there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from agent.grounding import vocabulary as words
from agent.grounding.bare import sayings as say
from agent.grounding.bare.case import Case, Fault
from agent.grounding.cells import fits as fits_row
from agent.grounding.reading import Reading
from agent.text.numbers import Quantity, licenses
from agent.text.tokens import squeeze


def numbers(case: Case) -> Fault | None:
    """Every quantity is one of the evidence's, by value and unit; where the evidence has others of its kind only, it says otherwise."""
    here = [(quantity, reading) for reading in case.main for quantity in reading.quantities]
    beside = [(quantity, reading) for reading in case.near for quantity in reading.quantities]
    taken: set[int] = set()
    for quantity in case.claim.quantities:
        if _is_no_figure(quantity, case):
            continue
        equal = [at for at, place in enumerate(here) if _equal(*place, quantity, case)]
        fitting = [at for at in equal if not here[at][1].is_row or fits_row(quantity, case.claim, *here[at], case.licence)]
        free = [at for at in fitting if at not in taken]
        if free:
            taken.add(_nearest(quantity, free, here, case))
            continue
        others = [one for at, (one, _) in enumerate(here) if at not in taken and _same_kind(one, quantity)]
        if fitting and not others:
            continue
        if not others and any(_equal(*place, quantity, case) for place in beside):
            continue
        if _spelt_inside(quantity, case) or _counts(quantity, case):
            continue
        if equal:
            return Fault("numbers", quantity.text, f"{quantity.text!r} belongs to another row or column of the table", True)
        said = f"; the evidence has {others[0].text!r}" if others else ""
        return Fault("numbers", quantity.text, f"{quantity.text!r} is not in the evidence{said}", bool(others))
    return None


def exchanged(case: Case) -> Fault | None:
    """Two figures of one kind stand by the words that the evidence has by the other one."""
    figures = [quantity for quantity in case.claim.quantities if not _is_no_figure(quantity, case)]
    if len(figures) < 2:
        return None
    for reading in case.main:
        if reading.is_row:
            continue
        places = [[there for there in reading.quantities if licenses(there, one)] for one in figures]
        for first, second, one, two in zip(figures, figures[1:], places, places[1:], strict=False):
            if len(one) == len(two) == 1 and one[0] is not two[0] and _same_kind(first, second):
                straight = _company(first, case.claim, one[0], reading, case) + _company(second, case.claim, two[0], reading, case)
                crossed = _company(first, case.claim, two[0], reading, case) + _company(second, case.claim, one[0], reading, case)
                if crossed > straight:
                    return Fault("numbers", first.text, f"{first.text!r} and {second.text!r} belong to each other's words", True)
    return None


def _is_no_figure(quantity: Quantity, case: Case) -> bool:
    """ "one" as an article, and a number inside the subject's own name."""
    if quantity.text.casefold() in {"one", "zero"} and not quantity.family and quantity.bound != "<":
        return True
    return any(case.claim.tokens[at].start <= quantity.start < case.claim.tokens[at].end for at in case.named)


def _equal(source: Quantity, reading: Reading, claim: Quantity, case: Case) -> bool:
    if licenses(source, claim):
        return True
    if source.family == "times" and not claim.family and source.value == claim.value:
        return True  # "8x A100" are eight of them
    if re.match(r" and a half\b", case.claim.text[claim.end :]):
        return source.written == claim.written + Decimal("0.5")
    if claim.bound == ">" and re.search(r"\bover $", case.claim.text[: claim.start]):  # "trained over 300 epochs"
        return licenses(source, replace(claim, bound=""))
    if source.bound == "<" and not claim.bound and source.value == claim.value and source.family == claim.family:
        return case.claim.has("within") or case.claim.has("maximum") or case.claim.has("limit")
    # A table gives the unit once, above the column.
    if reading.is_row and not source.family and claim.family and source.value == claim.written:
        unit = claim.text.lstrip("0123456789.,").strip(" -").casefold()
        return bool(unit) and any(other.has(unit) for other in case.near)
    return False


def _same_kind(one: Quantity, two: Quantity) -> bool:
    return one.family == two.family and bool(one.dims) == bool(two.dims) and one.text.casefold() != "one"


def _spelt_inside(quantity: Quantity, case: Case) -> bool:
    """A figure that the evidence has inside a name: "24 layers" for "resnet-24"; or a small count of what it lists."""
    key = squeeze(quantity.text)
    return any(piece.word == key for reading in case.main for piece in reading.pieces if not reading.counted(piece.start))


def _counts(quantity: Quantity, case: Case) -> bool:
    """ "of three kinds: a, b and c" counts what the evidence lists."""
    if quantity.family or quantity.text.isdigit() or not 2 <= quantity.value <= 6:
        return False
    following = [piece for piece in case.claim.pieces if piece.start >= quantity.end][:1]
    return any(piece.word in words.CONNECTING or piece.word in say.COUNTED for piece in following)


def _nearest(quantity: Quantity, free: Sequence[int], here: Sequence[tuple[Quantity, Reading]], case: Case) -> int:
    return max(free, key=lambda at: (_company(quantity, case.claim, *here[at], case), -at))


def _company(quantity: Quantity, claim: Reading, source: Quantity, reading: Reading, case: Case) -> float:
    """How much the words and names around two figures agree, the nearer the more."""
    mine, theirs = _around(quantity, claim), _around(source, reading)
    return sum(min(worth, other) for word, worth in mine.items() for twin, other in theirs.items() if case.alike(word, twin))


def _around(quantity: Quantity, reading: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    before = [piece for piece in reading.pieces if piece.start < quantity.start and (piece.content or piece.word.isdigit())][-3:]
    after = [piece for piece in reading.pieces if piece.start >= quantity.end and (piece.content or piece.word.isdigit())][:3]
    for row in (reversed(before), after):
        for rank, piece in enumerate(row):
            if not reading.counted(piece.start):
                found[piece.base] = max(found.get(piece.base, 0.0), 1 / (1 + rank))
    return found
