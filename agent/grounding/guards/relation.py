"""A claim says a thing of whom its source says it: same subject, and compared terms on the same sides."""

from __future__ import annotations

from collections.abc import Iterator

from agent.domain.capability import Check
from agent.grounding.guards.degree import classes_of
from agent.grounding.licence import Licence
from agent.grounding.reading import Reading, name_strength
from agent.text.tokens import squeeze
from agent.text.words import word_set

NAME = "relation"
_COMPARING = {"better", "worse", "more", "less", "comparative"}
# What stands after a name that is not the subject of a verb: "GPT-4 and ...", "RGB to depth".
_NO_VERBS = word_set("and or of for in on at to from by with via per as than that which who into over under between but nor")
_FLIPPED = frozenset({"outperformed", "surpassed", "exceeded", "beaten"})


def check(claim: Reading, licence: Licence) -> Check:
    """Around a comparative, names stand on the side they stand on in the source; a claim about the subject rests on no other's sentence."""
    for at, piece in enumerate(claim.pieces):
        kinds = classes_of(piece.word) & _COMPARING
        if not kinds or len(claim.tokens[piece.token].parts) > 1:
            continue  # "higher-quality data" compares nothing
        sides = dict(_sides(claim, at, licence))
        sources = [
            dict(_sides(reading, there, licence))
            for reading in licence.sentences
            for there, other in enumerate(reading.pieces)
            if classes_of(other.word) & kinds
        ]
        if sources and not any(_agree(sides, source) for source in sources):
            return Check(name=NAME, passed=False, detail=f"the terms around {piece.word!r} stand the other way round in the quote")
    other = _other_subject(claim, licence)
    if other:
        return Check(name=NAME, passed=False, detail=f"the quote says this of {other!r}")
    return Check(name=NAME, passed=True)


def _agree(claim: dict[str, bool], source: dict[str, bool]) -> bool:
    return all(source[key] == side for key, side in claim.items() if key in source)


def _sides(reading: Reading, at: int, licence: Licence) -> Iterator[tuple[str, bool]]:
    """Names of a sentence and whether each stands before the comparative at piece `at` (after it, where "by" turns it round)."""
    start = reading.pieces[at].start
    row = [piece.word for piece in reading.pieces[at : at + 2]]
    flipped = row[0] in _FLIPPED and row[1:] == ["by"]
    taken: set[int] = set()
    for names in (licence.own, *licence.others):
        for first, last in names.mentions(reading.tokens):
            taken.update(range(first, last))
            yield names.slug, (reading.tokens[first].start < start) != flipped
    for number, token in enumerate(reading.tokens):
        if number not in taken and name_strength(token, reading):
            yield token.key, (token.start < start) != flipped


def _other_subject(claim: Reading, licence: Licence) -> str:
    """The name a source sentence begins with, where the claim puts the subject's own name in its place."""
    mentions = licence.own.mentions(claim.tokens)
    if not mentions or mentions[0][0] > 1:
        return ""
    content = [piece for piece in claim.pieces if piece.content]
    best = max((sum(reading.has(piece.word) for piece in content) for reading in licence.sentences), default=0)
    found = ""
    for reading in licence.sentences:
        if sum(reading.has(piece.word) for piece in content) < best:
            continue
        named = _first_name(reading, licence)
        if not named or claim.has(squeeze(named)) or licence.own.mentions(reading.tokens):
            return ""
        found = found or named
    return found


def _first_name(reading: Reading, licence: Licence) -> str:
    """The name that is a sentence's subject: its first words, followed by more of the clause."""
    tokens = reading.tokens[1:] if reading.tokens and reading.tokens[0].key in {"the", "a", "an"} else reading.tokens
    if len(tokens) < 3 or tokens[1].after_break:
        return ""
    for names in licence.others:
        mentions = names.mentions(tokens)
        if mentions and mentions[0][0] == 0:
            return tokens[0].text
    first = tokens[0]
    if name_strength(first, reading) == 2 and tokens[1].text[0].islower() and tokens[1].key not in _NO_VERBS:
        return first.text
    return ""
