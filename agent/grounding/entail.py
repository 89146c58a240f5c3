"""Whether quotes support a claim: the checker protocol, and the deterministic checker that needs no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from agent.grounding import vocabulary as words
from agent.grounding.copies import repeated, substituted
from agent.grounding.licence import Licence
from agent.grounding.order import moved, turned
from agent.grounding.reading import Piece, Reading
from agent.text.sentences import sentence_spans
from agent.text.words import tag

Outcome = Literal["supported", "contradicted", "not_found", "undecided"]

_UNITED = 0.75  # of a claim's word pairs that its quote has, in one sentence of it
_ENDINGS = ("ing", "ion", "ment", "ness", "ity", "ance", "ence", "ers", "ors", "s")  # of common nouns that begin a sentence bare
_LABEL = re.compile(r"\w+(?: \w+)?: ")
_LEAD = re.compile(r"[^:.!?]{1,80}: ")
_LOST = 0.65  # below this share of licensed content words the quotes are about something else


@dataclass(frozen=True)
class Verdict:
    """What a checker found, and the word or reason that decided.

    `doubtful` marks a "not_found" that rests on unfamiliar words alone: a paraphrase looks like that too, and a judge may find otherwise.
    """

    outcome: Outcome
    detail: str = ""
    doubtful: bool = False


class Checker(Protocol):
    """Anything that can say whether sources support a claim: words alone, an NLI model, a language model."""

    @property
    def name(self) -> str:
        """How the check is called on the claim."""
        ...

    def check(self, claim: Reading, licence: Licence) -> Verdict:
        """Judge a claim whose quotes are found and whose guards have passed."""
        ...


class LexicalChecker:
    """Supports a claim whose every content word its sources have, in their order.

    Quotes are the source's own sentences and good claims keep close to them, so a content word from nowhere is a reason to doubt: one or
    a few leave the claim undecided, for a person or a better checker; many mean that the quotes do not say it.
    """

    name = "entailment"

    def check(self, claim: Reading, licence: Licence) -> Verdict:
        """Judge by words, order and hedges."""
        named = licence.named(claim.tokens)
        content = [piece for piece in claim.pieces if piece.content and piece.token not in named]
        missing = [piece for piece in content if not self._licensed(piece, claim, licence)]
        if missing:
            listed = ", ".join(repr(piece.word) for piece in missing[:4])
            share = 1 - len(missing) / len(content)
            other = self._subject(missing[0], claim)
            outcome: Outcome = "not_found" if share < _LOST or other else "undecided"
            return Verdict(outcome, f"{listed} not in the quotes", doubtful=not (other and _is_named(claim, licence)))
        twin = repeated(claim, licence)
        if twin is not None:
            reason = _hedged(claim, content, licence) or moved(claim, twin)
            return Verdict("undecided", reason) if reason else Verdict("supported")
        stranger = substituted(claim, licence)
        if stranger:
            return Verdict("undecided", f"{stranger!r} stands for another word of the quote")
        for start, end in _parts(claim):
            said = [piece for piece in content if start <= piece.start < end]
            for judge in (_hedged, turned, _scattered):
                reason = judge(claim, said, licence)
                if reason:
                    return Verdict("undecided", reason)
        return Verdict("supported")

    @staticmethod
    def _licensed(piece: Piece, claim: Reading, licence: Licence) -> bool:
        token = claim.tokens[piece.token]
        if licence.has(piece.word) or licence.has_together(token.key) or licence.has(token.key):
            return True
        if piece.word in words.SUBJECT_NOUNS and piece.token == 1 and claim.tokens[0].key in {"the", "this"}:
            return True  # "The model ..." is the subject, whatever its source calls it
        return licence.own.covers(piece.word) or _joined(piece, claim, licence)

    @staticmethod
    def _subject(piece: Piece, claim: Reading) -> bool:
        """An unlicensed first word is another subject."""
        return piece.token == 0 and claim.tokens[0].text[:1].isupper()


def _is_named(claim: Reading, licence: Licence) -> bool:
    """Whether a claim begins with a name. An ordinary word has its capital from the sentence: the documents write it small, or its form
    shows what it is. A label ("Size: 3 GB.") is none."""
    first = next(iter(tag(claim.text)), None)
    if first is None or _LABEL.match(claim.text) or licence.writes(first.text.casefold()):
        return False
    return first.tag == "NP0" or (first.noun and not first.text.endswith(_ENDINGS))


def _parts(claim: Reading) -> list[tuple[int, int]]:
    """A claim's sentences, and a lead before its colon ("Long inputs: The model reads ..."), as spans of its text."""
    lead = _LEAD.match(claim.text)
    first = lead.end() if lead else 0
    return ([(0, first)] if lead else []) + sentence_spans(claim.text, first, len(claim.text))


def _joined(piece: Piece, claim: Reading, licence: Licence) -> bool:
    """Whether two words of the claim are one in the source: "data set" and "dataset"."""
    row = claim.pieces
    at = row.index(piece)
    around = [row[at - 1].word + piece.word] if at else []
    if at + 1 < len(row):
        around.append(piece.word + row[at + 1].word)
    return any(licence.has_together(pair) for pair in around)


def _hedged(claim: Reading, content: Sequence[Piece], licence: Licence) -> str:
    """A "may" or "planned" of the sentence a claim rests on, which the claim leaves out."""
    if any(piece.word in words.HEDGES for piece in claim.pieces):
        return ""
    full = [reading for reading in licence.sentences if _covered(content, reading) == len(content)]
    hedges = [next((piece.word for piece in reading.pieces if _hedges(reading, piece)), "") for reading in full]
    return f"the quote says {hedges[0]!r}" if hedges and all(hedges) else ""


def _hedges(reading: Reading, piece: Piece) -> bool:
    """Whether a hedge word hedges here: "plans" after an article or "may" as the month does not."""
    if piece.word not in words.HEDGES:
        return False
    text = reading.tokens[piece.token].text
    at = reading.pieces.index(piece)
    before = reading.pieces[at - 1].word if at else ""
    return not text[0].isupper() and before not in {"a", "an", "the", "their", "your", "of", "query", "execution"}


def _covered(content: Sequence[Piece], reading: Reading) -> int:
    return sum(reading.has(piece.word) for piece in content)


def _scattered(claim: Reading, content: Sequence[Piece], licence: Licence) -> str:
    """A claim pieced together from sentences of one quote, where no sentence has all of it, or none most of its turns of phrase."""
    if len(content) < 2 or len(licence.sources) > 1:
        return ""
    (source,) = licence.sources
    rest = [piece for piece in content if not any(reading.has(piece.word) for reading in source.context)]
    if not any(_covered(rest, reading) == len(rest) for reading in source.sentences):
        return "no single sentence of the quote says it"
    pairs = _pairs(claim, content[0].start, content[-1].start)
    found = [pairs & _pairs(reading, 0, len(reading.text)) for reading in source.sentences]
    if max(map(len, found)) < _UNITED * len(frozenset().union(*found)):
        return "the claim joins parts of two sentences"
    return ""


def _pairs(reading: Reading, start: int, end: int) -> frozenset[tuple[str, str]]:
    """Neighbouring words of a stretch of a sentence."""
    row = [piece.base for piece in reading.pieces if start <= piece.start <= end]
    return frozenset(pairwise(row))
