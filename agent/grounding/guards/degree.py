"""Every comparative, superlative and quantifier of a claim stands in its sources, before the same words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from agent.domain.capability import Check
from agent.grounding import vocabulary as words
from agent.grounding.licence import Licence
from agent.grounding.reading import Piece, Reading, shares
from agent.text.numbers import Quantity

NAME = "degree"
_SAME_WORD = {"comparative", "superlative", "top", "bottom"}
_FAR = 3  # content words beside the source's degree word, among which the claim's next one must be


def check(claim: Reading, licence: Licence) -> Check:
    """ "all" needs a word like "all" before the same noun; "largest" needs "largest"; "some" weakens and needs nothing.

    Each word of the source licenses one of the claim.
    """
    named = licence.named(claim.tokens)
    taken: set[tuple[str, int]] = set()
    for at, piece in enumerate(claim.pieces):
        if piece.token in named or piece.word not in words.DEGREE or _is_bound(claim, at) or _leads(claim, at):
            continue
        classes = classes_of(piece.word)
        if classes <= {"some"} or _juxtaposes(piece, licence):
            continue
        places = [place for place in _places(piece, classes, licence) if (place[0].text, place[1]) not in taken]
        if not places and not figures_agree(claim, at, licence):
            return Check(name=NAME, passed=False, detail=f"{piece.word!r} is in none of the quotes")
        fitting = [place for place in places if _same_company(claim, at, *place)]
        if places and not fitting:
            return Check(name=NAME, passed=False, detail=f"{piece.word!r} stands beside other words in the quote")
        taken.update((reading.text, there) for reading, there in fitting[:1])
    return Check(name=NAME, passed=True)


def _same_company(claim: Reading, at: int, source: Reading, there: int) -> bool:
    """Whether the next words of the claim are near in the source as well; before a clause's end, the word before decides."""
    after = claim.following(at, 1)
    if after:
        return shares(_up_to(claim, at, after), _up_to(source, there, source.following(there, _FAR)))
    before = claim.preceding(at, 1)
    return not before or shares(before, [*source.preceding(there, _FAR), *source.following(there, 1)])


def _up_to(reading: Reading, at: int, content: Sequence[Piece]) -> list[Piece]:
    """The pieces after `at` up to the last of these content words, connecting words ("all kinds of") among them."""
    end = content[-1].start if content else len(reading.text)
    following = reading.pieces[at + 1 :]
    return [piece for piece in following if piece.start <= end and (piece.content or piece.word in words.CONNECTING)]


@lru_cache(maxsize=4096)
def classes_of(word: str) -> frozenset[str]:
    """The degree classes of a word; "most" alone has its noun decide, so it has one class only."""
    return frozenset(name for name, members in words.CLASSES.items() if word in members)


def ranks(claim: Reading) -> bool:
    """Whether a claim ranks its subject above or below others, or calls it the first."""
    row = [piece.word for piece in claim.pieces]
    return any(word in words.RANKING for word in row) or "stateoftheart" in claim.compounds or _has_than(row)


def _has_than(row: list[str]) -> bool:
    return any(word in words.COMPARATIVES | words.MORE | words.LESS and "than" in row[at + 1 : at + 4] for at, word in enumerate(row))


def _places(piece: Piece, classes: frozenset[str], licence: Licence) -> list[tuple[Reading, int]]:
    """Where the sources have a word that licenses this one, places with the very word first."""
    wanted = classes.union(*(words.IMPLIED.get(name, ()) for name in classes))
    strict = bool(classes & _SAME_WORD) and "better" not in classes
    same, alike = [], []
    for reading in licence.readings:
        for at, other in enumerate(reading.pieces):
            if other.word == piece.word:
                same.append((reading, at))
            elif other.base == piece.base or (not strict and wanted & classes_of(other.word)) or _spelt_out(piece, other, reading):
                alike.append((reading, at))
    return same + alike


def _spelt_out(piece: Piece, other: Piece, reading: Reading) -> bool:
    return piece.word == "sota" and other.word == "state" and "stateoftheart" in reading.compounds


def _is_bound(claim: Reading, at: int) -> bool:
    """ "more than 100" is part of a number, and judged with it."""
    pieces = claim.pieces
    if pieces[at].word not in words.MORE | words.LESS | words.COMPARATIVES or at + 2 >= len(pieces) or pieces[at + 1].word != "than":
        return False
    return any(quantity.bound and 0 <= quantity.start - pieces[at + 1].start <= 12 for quantity in claim.quantities)


def _leads(claim: Reading, at: int) -> bool:
    """ "leading to" is a verb."""
    return claim.pieces[at].word == "leading" and at + 1 < len(claim.pieces) and claim.pieces[at + 1].word == "to"


def _juxtaposes(piece: Piece, licence: Licence) -> bool:
    return piece.word in words.JUXTAPOSING and len(licence.artifacts) > 1


def figures_agree(claim: Reading, at: int, licence: Licence) -> bool:
    """Whether two figures, each from one side's documents, bear out a comparative that neither side states: "more than", "smaller"."""
    word = claim.pieces[at].word
    if len(licence.artifacts) < 2 or word not in words.UPWARD | words.DOWNWARD:
        return False
    start = claim.pieces[at].start
    left = [quantity for quantity in claim.quantities if quantity.end <= start]
    right = [quantity for quantity in claim.quantities if quantity.start >= start]
    if not left or not right or left[-1].family != right[0].family:
        return False
    if not (_one_sided(left[-1], licence) & {licence.own.slug}) or not (_one_sided(right[0], licence) - {licence.own.slug}):
        return False
    return left[-1].value > right[0].value if word in words.UPWARD else left[-1].value < right[0].value


def _one_sided(quantity: Quantity, licence: Licence) -> set[str]:
    return {
        source.artifact
        for source in licence.sources
        for reading in source.readings
        if any(other.value == quantity.value and other.family == quantity.family for other in reading.quantities)
    }
