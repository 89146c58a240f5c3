"""Whether a claim keeps its sources' order of words: "images into text" is not "text into images"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from agent.grounding.copies import sequence
from agent.grounding.licence import Licence, Names
from agent.grounding.reading import Piece, Reading, name_strength
from agent.text.forms import akin
from agent.text.words import word_set

# How sentences refer to their own artifact; the claim's name for it stands where these do.
_REFERENCES = word_set("it this these that we our the they its here")

Find = Callable[[Reading], list[int]]


def moved(claim: Reading, twin: Reading) -> str:
    """The first word of a claim that stands elsewhere than in the sentence it repeats, as a reason; empty where none does."""
    pairs = zip(sequence(claim, twin), sequence(twin, claim), strict=True)
    first = next(((here, there) for here, there in pairs if here != there), None)
    return f"{first[0]!r} stands where the quote has {first[1]!r}" if first else ""


def turned(claim: Reading, content: Sequence[Piece], licence: Licence) -> str:
    """Neighbouring words, names or numbers of a claim that its sources have in the other order only, as a reason.

    An identifier ("page_turn") is one name: the words inside it keep no order with those around it.
    """
    for one, two in pairwise(piece for piece in content if "_" not in claim.tokens[piece.token].text):
        if _reversed(_word(one.word), _word(two.word), licence):
            return _said(one.word, two.word)
    start, end = (content[0].start, content[-1].start) if content else (0, 0)
    for (one_text, one_at), (two_text, two_at) in _marked(claim, licence, start, end):
        if one_text != two_text and _reversed(one_at, two_at, licence):
            return _said(one_text, two_text)
    return ""


def _said(one: str, two: str) -> str:
    return f"{one!r} and {two!r} stand the other way round in the quote"


def _reversed(one: Find, two: Find, licence: Licence) -> bool:
    """Whether the sources have two words in the other order only. A source with one of them alone may have given it: no judgement then."""
    seen = False
    for source in licence.sources:
        both = [(one(reading), two(reading)) for reading in source.readings if not reading.is_row]
        if any(first and second and min(first) < max(second) for first, second in both):
            return False
        if any(first and second for first, second in both):
            seen = True
        elif any(first or second for first, second in both):
            return False
    return seen


def _marked(claim: Reading, licence: Licence, start: int, end: int) -> list[tuple[tuple[str, Find], tuple[str, Find]]]:
    """Names between two offsets, and numbers, each with the next of its sort and a way to find it in a sentence.

    An artifact's name is one name, however many words it has. The subject's name at a claim's head may stand for an "it" of the source.
    """
    found: list[tuple[int, str, Find]] = []
    taken = licence.named(claim.tokens)
    for names in (licence.own, *licence.others):
        for first, _ in names.mentions(claim.tokens):
            refers = names is licence.own and first <= 1 and any(_refers(reading) for reading in licence.sentences)
            if not refers:
                found.append((claim.tokens[first].start, names.slug, _mention(names)))
    for at, token in enumerate(claim.tokens):
        if at not in taken and name_strength(token, claim) and start <= token.start <= end:
            found.append((token.start, token.text, _token(token.text)))
    found.sort(key=lambda one: one[0])
    numbers = [(quantity.text, _quantity(quantity.text)) for quantity in claim.quantities if start <= quantity.start <= end]
    return [*pairwise((text, find) for _, text, find in found), *pairwise(numbers)]


def _refers(reading: Reading) -> bool:
    return bool(reading.tokens) and reading.tokens[0].key in _REFERENCES


def _word(word: str) -> Find:
    return lambda reading: [piece.start for piece in reading.pieces if piece.word == word or akin(piece.word, word)]


def _token(text: str) -> Find:
    return lambda reading: [token.start for token in reading.tokens if token.text.casefold() == text.casefold()]


def _quantity(text: str) -> Find:
    return lambda reading: [quantity.start for quantity in reading.quantities if quantity.text == text]


def _mention(names: Names) -> Find:
    return lambda reading: [reading.tokens[first].start for first, _ in names.mentions(reading.tokens)]
