"""Claims that nearly repeat a sentence: compared word by word, because where all words agree the small ones decide.

"can be used with" and "can be used without" share every content word; so do a sentence and the same with two names exchanged.
"""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest

from agent.grounding import vocabulary as words
from agent.grounding.licence import Licence
from agent.grounding.reading import Piece, Reading
from agent.text.words import word_set

_DENIALS = word_set("not never cannot n no none nor neither")
_REPEATED = 0.85  # of a sentence's content words in a claim that has no others


def repeated(claim: Reading, licence: Licence) -> Reading | None:
    """The sentence or whole quote that a claim nearly repeats: it has all the claim's content words, and the claim nearly all of its."""
    named = licence.named(claim.tokens)
    content = [piece.word for piece in claim.pieces if piece.content and piece.token not in named]
    for reading in (*licence.sentences, *(source.whole for source in licence.sources)):
        own = {at for first, last in licence.own.mentions(reading.tokens) for at in range(first, last)}
        theirs = [piece.word for piece in reading.pieces if piece.content and piece.token not in own]
        if not theirs or reading.is_row or not all(reading.has(word) for word in content):
            continue
        if len(content) >= _REPEATED * len(theirs) and sum(claim.has(word) for word in theirs) >= _REPEATED * len(theirs):
            return reading
    return None


def substituted(claim: Reading, licence: Licence) -> str:
    """The word of a claim that stands for another of the sentence it otherwise repeats, and comes from elsewhere: a heading, another quote.

    Not where the sentence begins: there a name from the heading may stand for "it".
    """
    named = licence.named(claim.tokens)
    content = [piece for piece in claim.pieces if piece.content and piece.token not in named]
    for reading in licence.sentences:
        strange = [piece for piece in content if not reading.has(piece.word)]
        if len(strange) != 1 or len(content) < 3 or strange[0].token < 2 or reading.is_row:
            continue
        left = [piece for piece in reading.pieces if piece.content and not claim.has(piece.word) and piece.token > 1]
        if len(left) == 1 and _between(strange[0], claim) & _between(left[0], reading):
            return strange[0].word
    return ""


def _between(piece: Piece, reading: Reading) -> set[tuple[str, str]]:
    """The words before and after a piece, marked with their side."""
    at = reading.pieces.index(piece)
    before, after = reading.pieces[max(0, at - 1) : at], reading.pieces[at + 1 : at + 2]
    return {("before", other.base) for other in before} | {("after", other.base) for other in after}


def negators(reading: Reading) -> Counter[str]:
    """The negations of a sentence, counted; those that mean the same count as one."""
    found: Counter[str] = Counter()
    for piece, following in zip_longest(reading.pieces, reading.pieces[1:]):
        answers = piece.word == "no" and (following is None or following.after_break)  # "No, ..." answers a question
        if piece.word in words.NEGATORS and not answers:
            found["not" if piece.word in _DENIALS else piece.word] += 1
    return found


def sequence(reading: Reading, other: Reading) -> list[str]:
    """The words of a sentence that another has exactly as often, in order, but for stop words."""
    here = Counter(piece.base for piece in reading.pieces)
    there = Counter(piece.base for piece in other.pieces)
    return [piece.base for piece in reading.pieces if here[piece.base] == there[piece.base] and piece.base not in words.STOP]
