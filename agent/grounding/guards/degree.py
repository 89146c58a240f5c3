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
        if piece.token in named or piece.word not in words.DEGREE or is_bound(claim, at) or _leads(claim, at):
            continue
        classes = classes_of(piece.word)
        if classes <= {"some"} or _juxtaposes(piece, claim, licence) or _in_time(piece, licence) or _enumerated(piece, licence):
            continue
        places = [place for place in _places(piece, classes, licence) if (place[0].text, place[1]) not in taken]
        if not places and not figures_agree(claim, at, licence):
            return Check(name=NAME, passed=False, detail=f"{piece.word!r} is in none of the quotes")
        fitting = [place for place in places if _same_company(claim, at, *place)]
        if classes <= {"contrast"}:
            fitting = places  # "unlike" and "instead" stand at either end of what they contrast
        if places and not fitting and "exclusive" in classes:
            fitting = [place for place in places if _restricts(claim, at, *place)]
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


def _restricts(claim: Reading, at: int, source: Reading, there: int) -> bool:
    """Whether an "only" behind what it restricts ("for research only") stands before it in the source ("only ... for research"), or the
    other way round."""
    if not claim.following(at, 1):
        return shares(claim.preceding(at, 1), source.following(there, _FAR + 2))
    following = source.following(there, 1)
    ends = not following or any(piece.after_break for piece in source.pieces[there + 1 :] if piece.start <= following[0].start)
    return ends and shares(claim.following(at, 2), source.preceding(there, 2))


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


def is_bound(claim: Reading, at: int) -> bool:
    """ "more than 100", "2.1 or newer" and "at most 15" are part of a number, and judged with it; "how many" asks for one."""
    row, piece = claim.pieces, claim.pieces[at]
    last = row[at - 1].word if at else ""
    following = row[at + 1] if at + 1 < len(row) else None
    bounds = [quantity for quantity in claim.quantities if quantity.bound]
    if last == "how":
        return piece.word in words.PLENTY
    if following and following.word == "than" and piece.word in words.MORE | words.LESS | words.COMPARATIVES:
        return any(0 <= quantity.start - following.start <= 12 for quantity in bounds)
    if (last, piece.word) == ("at", "most"):
        return any(-30 <= quantity.start - piece.start <= 8 for quantity in bounds)
    return last == "or" and any(0 <= piece.start - quantity.end <= 30 for quantity in bounds)


def _leads(claim: Reading, at: int) -> bool:
    """ "leading to" is a verb."""
    return claim.pieces[at].word == "leading" and at + 1 < len(claim.pieces) and claim.pieces[at + 1].word == "to"


def _juxtaposes(piece: Piece, claim: Reading, licence: Licence) -> bool:
    """Whether a word merely sets two things beside each other: two sides' documents, or two figures, which have their own guard."""
    return piece.word in words.JUXTAPOSING and (len(licence.artifacts) > 1 or len(claim.quantities) > 1)


def _in_time(piece: Piece, licence: Licence) -> bool:
    """Whether a comparative of time has a word of the same side in time in its sources."""
    for side in (words.LATER, words.EARLIER):
        if piece.word in side:
            return any(other.word in side for reading in licence.readings for other in reading.pieces)
    return False


def _enumerated(piece: Piece, licence: Licence) -> bool:
    """Whether "several" or "both" counts what a sentence lists, or calls different."""
    if piece.word not in words.SEVERAL:
        return False
    return any(token.key in {"and", "or", "different"} for reading in licence.sentences for token in reading.tokens)


def figures_agree(claim: Reading, at: int, licence: Licence) -> bool:
    """Whether two figures bear out a comparative that no quote states ("more than", "smaller"): one from each side's documents, or two of
    a table's rows, which the number guard has found in their places."""
    word = claim.pieces[at].word
    if word not in words.UPWARD | words.DOWNWARD:
        return False
    if len(licence.artifacts) < 2:
        return _rows_agree(claim, word, licence)
    start = claim.pieces[at].start
    left = [quantity for quantity in claim.quantities if quantity.end <= start]
    right = [quantity for quantity in claim.quantities if quantity.start >= start]
    if not left or not right or left[-1].family != right[0].family:
        return False
    if not (_one_sided(left[-1], licence) & {licence.own.slug}) or not (_one_sided(right[0], licence) - {licence.own.slug}):
        return False
    return left[-1].value > right[0].value if word in words.UPWARD else left[-1].value < right[0].value


def _rows_agree(claim: Reading, word: str, licence: Licence) -> bool:
    """Two figures of two rows, the first on the side that the word says; "better" and "faster" say more than figures do."""
    if len(claim.quantities) != 2 or word not in words.OF_FIGURES:
        return False
    first, second = claim.quantities
    rows = [source.whole for source in licence.sources if source.whole.is_row]
    homes = [[row for row in rows if any(q.value == one.value for q in row.quantities)] for one in (first, second)]
    if not all(homes) or homes[0] == homes[1]:
        return False
    return first.value > second.value if word in words.UPWARD else first.value < second.value


def _one_sided(quantity: Quantity, licence: Licence) -> set[str]:
    return {
        source.artifact
        for source in licence.sources
        for reading in source.readings
        if any(other.value == quantity.value and other.family == quantity.family for other in reading.quantities)
    }
