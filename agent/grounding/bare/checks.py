"""What a statement must license of a claim said in other words: numbers, names, negation, degree, direction, hedges.

The guards of `agent.grounding.guards` judge a claim that keeps to its quote's words. These judge one that does not: they compare what is
said, not what stands beside it, and they name the word that the evidence does not license.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from agent.grounding import vocabulary as words
from agent.grounding.bare import sayings as say
from agent.grounding.bare.likeness import likened
from agent.grounding.cells import fits as fits_row
from agent.grounding.guards.degree import classes_of, figures_agree, is_bound
from agent.grounding.guards.negation import denials
from agent.grounding.licence import Licence
from agent.grounding.reading import Piece, Reading, name_strength
from agent.text.numbers import Quantity, licenses
from agent.text.tokens import Token, squeeze


@dataclass(frozen=True)
class Fault:
    """What a check found against a claim: the unlicensed word, the reason, and whether the evidence says otherwise (not merely nothing)."""

    check: str
    word: str
    detail: str
    against: bool


@dataclass(frozen=True)
class Case:
    """A claim and what it may rest on: `main` sentences bear it out, `near` ones (beside, above) may lend names and
    numbers. `raw` is the evidence as the document has it, link targets and all, in small letters."""

    claim: Reading
    main: tuple[Reading, ...]
    near: tuple[Reading, ...]
    licence: Licence
    raw: str = ""
    alike: Callable[[str, str], bool] = likened

    @cached_property
    def named(self) -> set[int]:
        return self.licence.named(self.claim.tokens)

    @cached_property
    def main_pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for reading in self.main for piece in reading.pieces)

    def says(self, members: Iterable[str]) -> bool:
        """Whether a main sentence has one of some words."""
        wanted = frozenset(members)
        return any(piece.word in wanted for piece in self.main_pieces)


Test = Callable[[Case], "Fault | None"]


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


def names(case: Case) -> Fault | None:
    """Every name stands in the evidence, beside it or above it; a version or size stands there with its name."""
    for at, token in enumerate(case.claim.tokens):
        strength = name_strength(token, case.claim)
        if at in case.named or not strength:
            continue
        if _known(token, strength, case):
            continue
        rivals = [other.text for reading in case.main for other in reading.tokens if _rivals(other, reading, case)]
        said = f"; it names {rivals[0]!r}" if rivals else ""
        return Fault("names", token.text, f"{token.text!r} is not in the evidence or the headings above it{said}", bool(rivals))
    return _versions(case)


def negation(case: Case) -> Fault | None:
    """The claim denies what the evidence denies, by whatever word, and nothing else."""
    own = [] if _affirms(case.claim) else denials(case.claim)
    here, there = {piece.word for piece in case.claim.pieces}, {piece.word for piece in case.main_pieces}
    theirs = [(denial, reading) for reading in case.main for denial in denials(reading)]
    denied = any(denials(reading) for reading in case.main)
    if own and not denied and not any(_is_negative(piece) and piece.word not in here for piece in case.main_pieces):
        return Fault("negation", own[0].word, f"{own[0].word!r} is not in the evidence, which affirms", True)
    if denials(case.claim) or any(_is_negative(piece) and piece.word not in there for piece in case.claim.pieces):
        return None
    for denial, reading in theirs:
        heads = [head for head in denial.heads if head.content] or list(denial.heads)
        said = [head for head in heads if any(case.alike(piece.base, head.base) for piece in case.claim.pieces)]
        affirmed = [piece for piece in reading.pieces if not any(piece is head for other in denials(reading) for head in other.heads)]
        elsewhere = all(any(piece.base == head.base for piece in affirmed) for head in said)
        if said and len(said) * 2 >= len(heads) and not elsewhere:
            return Fault("negation", said[0].word, f"the evidence says {denial.word!r} of {said[0].word!r}; the claim does not", True)
    return None


def degree(case: Case) -> Fault | None:
    """Every comparative, superlative and quantifier has one of its strength in the evidence."""
    for at, piece in enumerate(case.claim.pieces):
        if piece.token in case.named or piece.word not in words.DEGREE or is_bound(case.claim, at):
            continue
        classes = classes_of(piece.word)
        if (
            classes <= say.FREE
            or piece.word in say.LOOSE
            or _licensed_degree(at, classes, case)
            or figures_agree(case.claim, at, case.licence)
        ):
            continue
        around = [other.word for other in case.claim.pieces[max(0, at - 1) : at + 2]]
        if not say.PHRASES.isdisjoint(pairwise(around)):
            continue
        return Fault("degree", piece.word, f"{piece.word!r} is not borne out by the evidence", False)
    return None


def direction(case: Case) -> Fault | None:
    """Compared names stand on their sides; what is turned into what is not turned round."""
    for word, first, second in _compared(case.claim, case):
        for reading in case.main:
            for other, one, two in _compared(reading, case):
                turned = (first, second) == (two, one)
                if (turned and not say.opposed(word, other)) or ((first, second) == (one, two) and say.opposed(word, other)):
                    return Fault("direction", word, f"the terms around {word!r} stand the other way round in the evidence", True)
    for word in {piece.word for piece in case.claim.pieces}:
        against = say.turned(word)
        if against and case.says(against) and not case.says(say.agreeing(word)):
            there = next(piece.word for piece in case.main_pieces if piece.word in against)
            return Fault("direction", word, f"the evidence says {there!r} where the claim says {word!r}", True)
    for at, piece in enumerate(case.claim.pieces):
        if piece.word in say.SINKING and not is_bound(case.claim, at) and not case.says(say.FALLING) and case.says(say.RISING):
            there = next(other.word for other in case.main_pieces if other.word in say.RISING)
            return Fault("direction", piece.word, f"the evidence says {there!r} where the claim says {piece.word!r}", True)
    sources = [pair for reading in case.main for pair in _ways(reading)]
    for start, end in _ways(case.claim):
        if any(_ends(start, other[1], case) and _ends(end, other[0], case) for other in sources) and not any(
            _ends(start, other[0], case) or _ends(end, other[1], case) for other in sources
        ):
            return Fault("direction", end[-1], f"{start[-1]!r} and {end[0]!r} stand the other way round in the evidence", True)
    return None


def hedges(case: Case) -> Fault | None:
    """A plan, a wish or a doubt of the evidence is one of the claim's as well."""
    if any(piece.word in say.HEDGING for piece in case.claim.pieces):
        return None
    for reading in case.main:
        for piece in reading.pieces:
            if piece.word in say.PLANNED and reading.tokens[piece.token].text[0].islower():
                return Fault("hedges", "", f"the evidence says {piece.word!r}; the claim states it as a fact", False)
    return None


CHECKS: tuple[Test, ...] = (numbers, exchanged, names, negation, degree, direction, hedges)


def raised(case: Case) -> int:
    """How many words of the claim claim more than the evidence, among those that are often mere style ("any", "complete", "usually")."""
    found = [(at, piece) for at, piece in enumerate(case.claim.pieces) if _is_loose(case.claim, at) and not is_bound(case.claim, at)]
    return sum(not _licensed_degree(at, classes_of(piece.word), case) for at, piece in found)


def faults(case: Case) -> list[Fault]:
    """Everything that the checks find against a claim, in their order."""
    return [fault for check in CHECKS if (fault := check(case)) is not None]


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


def _known(token: Token, strength: int, case: Case) -> bool:
    if len(token.text) > 3 and token.text.casefold() in case.raw:
        return True
    readings = (*case.main, *case.near)
    if any(token.key in reading.compounds for reading in readings) or case.licence.has_together(token.key):
        return True
    digits = any(c.isdigit() for c in token.key)
    if not digits and (any(reading.has(token.key) for reading in readings) or case.licence.has(token.key)):
        return True
    if strength == 1 and any(case.alike(token.key, piece.base) for piece in case.main_pieces):
        return True
    parts = [part for part in token.parts if len(part) > 1 or part.isdigit()]
    if len(token.parts) > 1 and not digits:
        return all(
            part in words.CONNECTING
            or part in words.STOP
            or case.licence.own.covers(part)
            or any(reading.has(part) for reading in readings)
            for part in parts
        )
    for size in range(len(token.parts) - 1, 0, -1):
        head = squeeze("".join(token.parts[:size]))
        known = case.licence.own.covers(head) or any(head in reading.compounds for reading in readings)
        if known and all(part.isalpha() for part in token.parts[size:]):
            return True
    return False


def _rivals(token: Token, reading: Reading, case: Case) -> bool:
    """Whether a name of the evidence is one that the claim has not."""
    return name_strength(token, reading) == 2 and token.key not in case.claim.compounds and not case.licence.own.covers(token.key)


def _versions(case: Case) -> Fault | None:
    for token, following in zip(case.claim.tokens, case.claim.tokens[1:], strict=False):
        if name_strength(token, case.claim) == 0 or case.claim.text[token.end : following.start] not in {" ", "-"}:
            continue
        number = following.text[1:] if following.text[0] in "vV" else following.text
        if not number[:1].isdigit() or (case.claim.counted(following.start) and _has_unit(following, case.claim)):
            continue
        key = token.key + following.key
        if not any(key in reading.compounds for reading in (*case.main, *case.near)) and not case.licence.own.covers(key):
            name = f"{token.text} {following.text}"
            if any(reading.has(following.key) and reading.has(token.key) for reading in (*case.main, *case.near)):
                continue
            return Fault("names", name, f"{name!r} is not in the evidence or the headings above it", True)
    return None


def _has_unit(token: Token, claim: Reading) -> bool:
    return any(quantity.start <= token.start < quantity.end and (quantity.family or quantity.bound) for quantity in claim.quantities)


def _is_negative(piece: Piece) -> bool:
    word = piece.word
    if word in words.NEGATORS or word in say.NEGATIVE:
        return True
    return (word.startswith(("un", "non", "dis")) and len(word) > 6 and word not in say.POSITIVE) or (
        word.endswith("less") and len(word) > 6
    )


def _is_loose(claim: Reading, at: int) -> bool:
    following = claim.pieces[at + 1].word if at + 1 < len(claim.pieces) else ""
    if claim.pieces[at].word in words.COMPARATIVES | words.MORE | words.LESS:
        return all(piece.word != "than" for piece in claim.pieces[at + 1 : at + 8])
    return claim.pieces[at].word in say.LOOSE and following not in {"one", "single"}


def _affirms(claim: Reading) -> bool:
    """Whether every negator of a claim is part of a saying that denies nothing, or one takes back another."""
    row = [piece.word for piece in claim.pieces]
    denying = [at for at, word in enumerate(row) if word in words.NEGATORS and tuple(row[at : at + 2]) not in say.AFFIRMING]
    return not denying or ("without" in row and len(denying) > 1) or ("unless" in row and bool(denying))


def _licensed_degree(at: int, classes: frozenset[str], case: Case) -> bool:
    """Whether the evidence has a word of the strength of the claim's; "all" must stand beside the same things there."""
    piece = case.claim.pieces[at]
    headings = [reading for source in case.licence.sources for reading in source.context] if classes & say.FROM_HEADINGS else []
    for reading in (*case.main, *headings):
        for there, other in enumerate(reading.pieces):
            same = other.word == piece.word or other.base == piece.base or bool(classes_of(other.word) & classes & say.BY_CLASS)
            like = other.word in words.DEGREE and case.alike(other.word, piece.word) and not say.opposed(other.word, piece.word)
            like = like or ("comparative" in classes and other.word in {"more", "less"} and _beside_alike(at, there, reading, case))
            if (same or like) and (
                not (classes & {"universal", "exclusive"} or len(case.main) > 1) or _beside_alike(at, there, reading, case)
            ):
                return True
    said = {other.word for other in case.main_pieces} | {other.base for other in case.main_pieces}
    together = [key for reading in case.main for key in reading.compounds]
    return any(said & say.INSTEAD.get(name, frozenset()) or not say.JOINED.get(name, frozenset()).isdisjoint(together) for name in classes)


def _beside_alike(at: int, there: int, reading: Reading, case: Case) -> bool:
    """Whether something near a word of the claim is near its counterpart of the evidence too."""
    if len(case.main) > 1:  # of two statements, the one that has the degree must be about the same things
        mine, theirs = case.claim.following(at, 1), reading.following(there, 3)
    else:
        mine = [*case.claim.following(at, 3), *case.claim.preceding(at, 2)]
        theirs = [*reading.following(there, 4), *reading.preceding(there, 3)]
    return not mine or not theirs or any(case.alike(one.base, two.base) for one in mine for two in theirs)


def _ways(reading: Reading) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands before and after each "to" or "into" between two nouns; "from A to B" too."""
    for at, piece in enumerate(reading.pieces):
        if piece.word not in {"to", "into"}:
            continue
        before = tuple(p.base for p in reading.preceding(at, 1))
        after = tuple(p.base for p in reading.following(at, 2))
        if before and after:
            yield before, after


def _compared(reading: Reading, case: Case) -> Iterator[tuple[str, str, str]]:
    """Each comparing word with the names on its two sides, the greater or better side first as the word has it; "by" turns them round."""
    spans = _name_spans(reading, case)
    for at, piece in enumerate(reading.pieces):
        verb = piece.word in words.BETTER | words.WORSE and piece.word not in {"better", "worse", "superior", "inferior"}
        than = next((p for p in reading.pieces[at + 1 : at + 8] if p.word == "than"), None) if piece.word in words.DEGREE else None
        if not verb and than is None:
            continue
        start = than.start if than else piece.start
        before = [key for first, key in spans if first < piece.start]
        after = [key for first, key in spans if first > start]
        if before and after:
            by = reading.pieces[at + 1 : at + 2]
            flipped = verb and bool(by) and by[0].word == "by"
            yield (piece.word, after[0], before[-1]) if flipped else (piece.word, before[-1], after[0])


def _name_spans(reading: Reading, case: Case) -> list[tuple[int, str]]:
    """The names of a sentence in order; not one that a place or time word leads in ("on VQAv2")."""
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for names in (case.licence.own, *case.licence.others):
        for first, last in names.mentions(reading.tokens):
            taken.update(range(first, last))
            found.append((reading.tokens[first].start, names.slug))
    for at, token in enumerate(reading.tokens):
        led = at and reading.tokens[at - 1].key in {"on", "in", "at", "for", "with", "using", "shot"}
        if at not in taken and not led and (name_strength(token, reading) or token.text[:1].isupper()):
            found.append((token.start, token.key))
    return sorted(found)


def _ends(some: Sequence[str], others: Sequence[str], case: Case) -> bool:
    return any(case.alike(one, two) for one in some for two in others)
