"""A claim denies what its sources deny, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.capability import Check
from agent.grounding import vocabulary as words
from agent.grounding.copies import negators, repeated
from agent.grounding.licence import Licence
from agent.grounding.reading import Piece, Reading
from agent.text.forms import akin

NAME = "negation"
_SHARED = 0.3  # of a claim's content words in a sentence, for the sentence to be about the same thing
_COVERED = 0.9  # of them in another sentence, for that one to carry the claim alone


@dataclass(frozen=True, slots=True)
class Denial:
    """A negator and the words it reaches: what is denied first, its objects after."""

    word: str
    heads: tuple[Piece, ...]


def check(claim: Reading, licence: Licence) -> Check:
    """A negator reaches the next few words of its clause ("not", "cannot", "without", "no", "lacks", "non-")."""
    sources = [denial for reading in licence.readings for denial in denials(reading)]
    own = denials(claim)
    for denial in own:
        if not any(_meet(denial.heads, other.heads) for other in sources):
            return Check(name=NAME, passed=False, detail=f"{denial.word!r} before {_said(denial)} is in none of the quotes")
    twin = repeated(claim, licence)
    if twin is not None:
        if negators(twin).total() != negators(claim).total():
            more, less = (twin, claim) if negators(twin).total() > negators(claim).total() else (claim, twin)
            word = next(iter(negators(more) - negators(less)), "not")
            where = "the quote" if more is twin else "the claim"
            return Check(name=NAME, passed=False, detail=f"only {where} has {word!r}")
        return Check(name=NAME, passed=True)
    content = [piece for piece in claim.pieces if piece.content]
    for reading in licence.sentences:
        if _coverage(content, reading) < _SHARED:
            continue
        for denial in denials(reading):
            if _dropped(denial, claim, own, reading) and not _carried_elsewhere(claim, own, reading, licence):
                return Check(name=NAME, passed=False, detail=f"the quote says {denial.word!r} before {_said(denial)}; the claim does not")
    return Check(name=NAME, passed=True)


def denials(reading: Reading) -> list[Denial]:
    """The negations of a sentence with the words they reach. "not only" denies nothing."""
    found: list[Denial] = []
    pieces = reading.pieces
    for at, piece in enumerate(pieces):
        if piece.word not in words.NEGATORS or _empty(pieces, at):
            continue
        heads = _reached(pieces, at)
        if heads and heads[0].word in words.BARE_PREDICATES and len(heads) == 1:
            heads += [other for other in pieces[max(0, at - 5) : at] if _denied(other)][-2:]
        if not heads:
            heads = [other for other in pieces[max(0, at - 4) : at] if _denied(other)][-1:]
        if heads:
            found.append(Denial(piece.word, tuple(heads)))
    return found


def _empty(pieces: Sequence[Piece], at: int) -> bool:
    """ "not only", "whether or not", "with or without" and the answer "No, ..." deny nothing."""
    following = pieces[at + 1].word if at + 1 < len(pieces) else ""
    if pieces[at].word == "no" and (not following or pieces[at + 1].after_break):
        return True
    before = pieces[at - 1].word if at else ""
    return following in {"only", "just", "merely", "limited"} or (before == "or" and pieces[at].word in {"not", "without"})


def _reached(pieces: Sequence[Piece], at: int) -> list[Piece]:
    reach = words.NEGATOR_REACH.get(pieces[at].word, words.DEFAULT_REACH)
    heads: list[Piece] = []
    for piece in pieces[at + 1 :]:
        if piece.after_break or (piece.word in words.SCOPE_ENDS and heads) or len(heads) == reach:
            break
        if _denied(piece):
            heads.append(piece)
    return heads


def _denied(piece: Piece) -> bool:
    return piece.word not in words.STOP and piece.word not in words.NEGATORS and piece.word not in words.DEGREE


def _telling(heads: Sequence[Piece]) -> list[Piece]:
    """The heads that carry content of their own, or all where none does."""
    content = [piece for piece in heads if piece.content]
    return [piece for piece in content if piece.word not in words.BARE_PREDICATES] or content or list(heads)


def _meet(some: Sequence[Piece], others: Sequence[Piece]) -> bool:
    return any(akin(one.base, other.base) for one in _telling(some) for other in _telling(others))


def _coverage(content: Sequence[Piece], reading: Reading) -> float:
    return sum(reading.has(piece.word) for piece in content) / len(content) if content else 1.0


def _dropped(denial: Denial, claim: Reading, own: Sequence[Denial], reading: Reading) -> bool:
    """Whether a claim says most of what a sentence denies, and denies none of it."""
    heads = _telling(denial.heads)
    said = [head for head in heads if claim.has(head.word)]
    if not said or len(said) * 2 < len(heads) or (not claim.has(heads[0].word) and len(heads) > 1 and len(said) < 2):
        return False
    if any(_meet(heads, other.heads) for other in own):
        return False
    affirmed = [piece.base for piece in reading.pieces if not any(piece is head for d in denials(reading) for head in d.heads)]
    return not all(any(akin(head.base, other) for other in affirmed) for head in said)


def _carried_elsewhere(claim: Reading, own: Sequence[Denial], reading: Reading, licence: Licence) -> bool:
    """Whether another sentence says all of the claim and denies none of it."""
    content = [piece for piece in claim.pieces if piece.content]
    return any(
        other is not reading
        and _coverage(content, other) >= _COVERED
        and not any(_dropped(denial, claim, own, other) for denial in denials(other))
        for other in licence.sentences
    )


def _said(denial: Denial) -> str:
    return repr(" ".join(piece.word for piece in denial.heads))
