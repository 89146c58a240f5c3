"""Direction of a bare claim: compared names stand on their sides, and what is turned into what is not turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.grounding import vocabulary as words
from agent.grounding.bare import sayings as say
from agent.grounding.bare.case import Case, Fault
from agent.grounding.guards.degree import is_bound
from agent.grounding.reading import Reading, name_strength


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
