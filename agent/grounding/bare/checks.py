"""What a statement must license of a claim said in other words: numbers, names, negation, degree, direction, hedges.

The guards of `agent.grounding.guards` judge a claim that keeps to its quote's words. These judge one that does not: they compare what is
said, not what stands beside it, and they name the word that the evidence does not license.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from agent.grounding import vocabulary as words
from agent.grounding.bare import sayings as say
from agent.grounding.bare.case import Case, Fault
from agent.grounding.bare.direction import direction
from agent.grounding.bare.figures import exchanged, numbers
from agent.grounding.guards.degree import classes_of, figures_agree, is_bound
from agent.grounding.guards.negation import denials
from agent.grounding.reading import Piece, Reading, name_strength
from agent.text.tokens import Token, squeeze

Test = Callable[[Case], "Fault | None"]


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
