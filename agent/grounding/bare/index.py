"""Which statements may bear out a claim: for each of its words, how well each statement has it, alone and with what stands around."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from agent.grounding.bare.likeness import Embed, Lexicon
from agent.grounding.bare.sayings import GLUE
from agent.grounding.bare.statements import Statement
from agent.grounding.licence import Names
from agent.grounding.reading import Piece, Reading
from agent.text.tokens import squeeze
from agent.text.words import tag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEIGHBOUR, _ABOVE = 0.9, 0.95  # worth of a word that only the next statement, or only the heading, has
_COSINE = 0.6  # weight of the sentences' vectors beside the words'
_FIGURE = 0.15  # weight of the claim's figures
_AROUND = 0.35  # weight of the words that only the surroundings have
_GLUE = 0.35  # worth of a word that carries a sentence along
_REACH = 5  # statements on each side that stand around one
_MOST_WORDS = 80  # of one claim that are looked up


@dataclass(frozen=True)
class Word:
    """A content word of a claim with its weight: rare words of the documents tell more than frequent ones, words that carry a sentence tell
    little. `part` is its part of speech: "noun", "verb" or "other".
    """

    text: str
    base: str
    start: int
    weight: float
    part: str


@dataclass(frozen=True)
class Match:
    """A claim against all statements: `own[w, s]` and `around[w, s]` say how well statement s has word w, 0 to 1."""

    words: tuple[Word, ...]
    own: NDArray[np.float32]
    around: NDArray[np.float32]
    cosines: NDArray[np.float32]
    score: NDArray[np.float32]

    def best(self, number: int, among: Sequence[int] | None = None) -> list[int]:
        """The statements that have most of the claim, best first."""
        if among is not None:
            return sorted(among, key=lambda at: (-float(self.score[at]), at))[:number]
        import numpy as np

        if not len(self.score):
            return []
        number = min(number, len(self.score))
        top = np.argpartition(-self.score, number - 1)[:number]
        return sorted(map(int, top), key=lambda at: (-float(self.score[at]), at))


class StatementIndex:
    """The words of statements, and their vectors."""

    def __init__(self, statements: Sequence[Statement], own: Names, embed: Embed | None, kept: Embed | None = None) -> None:
        import numpy as np

        self.statements = statements
        self._own = own
        self._embed = embed
        self._paths: dict[tuple[str, ...], int] = {}
        self._path_of = np.array([self._paths.setdefault(one.path, len(self._paths)) for one in statements], dtype=np.int64)
        of_words: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(statements):
            for word in words_of(one.reading):
                of_words[word].append(at)
        of_paths: dict[str, list[int]] = defaultdict(list)
        contexts = {self._paths[one.path]: one for one in statements}
        for at, one in contexts.items():
            for word in {word for reading in one.context for word in words_of(reading)}:
                of_paths[word].append(at)
        self._figures: dict[Decimal, set[int]] = defaultdict(set)
        for at, one in enumerate(statements):
            for quantity in one.reading.quantities:
                self._figures[quantity.value].add(at)
        self.lexicon = Lexicon([*of_words, *of_paths], embed)
        self._postings = [np.array(of_words.get(word, ()), dtype=np.int64) for word in self.lexicon.words]
        self._headings = [np.array(of_paths.get(word, ()), dtype=np.int64) for word in self.lexicon.words]
        joins = np.array(
            [
                one.document.id == two.document.id and one.path == two.path and "code" not in (one.kind, two.kind)
                for one, two in pairwise(statements)
            ],
            dtype=bool,
        )
        self._joins = joins if len(statements) > 1 else np.zeros(0, dtype=bool)
        texts = [one.reading.text for one in statements]
        kept = kept or embed
        self._vectors = kept(texts) if kept and texts else np.zeros((len(texts), 0), dtype=np.float32)

    def section(self, at: int, reach: int = _REACH) -> range:
        """The numbers of the statements around one: those of its document that stand within a few of it."""
        document = self.statements[at].document.id
        first, last = at, at + 1
        while first > max(0, at - reach) and self.statements[first - 1].document.id == document:
            first -= 1
        while last < min(len(self.statements), at + reach + 1) and self.statements[last].document.id == document:
            last += 1
        return range(first, last)

    def vector(self, at: int) -> NDArray[np.float32]:
        """A statement's vector."""
        found: NDArray[np.float32] = self._vectors[at]
        return found

    def learn(self, claims: Sequence[Reading]) -> None:
        """Look up the words of many claims at once."""
        self.lexicon.learn(word for claim in claims for word in words_of(claim))

    def match(self, claim: Reading, vector: NDArray[np.float32] | None = None) -> Match:
        """One claim against all statements; time grows with its words and with the statements that have them."""
        import numpy as np

        pieces = self._content(claim)
        parts = _parts_of_speech(claim.text)
        size = len(self.statements)
        words, rows, around = [], [], []
        for piece, forms in pieces:
            like = {at: weight for form in forms for at, weight in self.lexicon.like(form).items()}
            own_row, above = np.zeros(size, dtype=np.float32), np.zeros(len(self._paths), dtype=np.float32)
            for at, weight in sorted(like.items(), key=lambda item: item[1]):
                own_row[self._postings[at]] = weight
                above[self._headings[at]] = weight * _ABOVE
            near = np.maximum(own_row, above[self._path_of]) if size else own_row
            if size > 1:
                near[:-1] = np.maximum(near[:-1], own_row[1:] * self._joins * _NEIGHBOUR)
                near[1:] = np.maximum(near[1:], own_row[:-1] * self._joins * _NEIGHBOUR)
            frequency = sum(len(self._postings[at]) for at, weight in like.items() if weight >= _ABOVE)
            weight = math.log(2 + size / (1 + frequency)) * (_GLUE if piece.word in GLUE else 1.0)
            words.append(Word(piece.word, piece.base, piece.start, weight, parts.get(piece.start, "other")))
            rows.append(own_row)
            around.append(near)
        own = np.array(rows, dtype=np.float32).reshape(len(rows), size)
        wide = np.array(around, dtype=np.float32).reshape(len(rows), size)
        weights = np.array([word.weight for word in words], dtype=np.float32)
        total = float(weights.sum()) or 1.0
        cosines = self._cosines(claim, vector)
        score = (weights @ own * (1 - _AROUND) + weights @ wide * _AROUND) / total + _COSINE * cosines + _FIGURE * self._with_figures(claim)
        return Match(tuple(words), own, wide, cosines, score)

    def _with_figures(self, claim: Reading) -> NDArray[np.float32]:
        """For each statement the share of a claim's figures that it has, by value or inside a name ("pt-224")."""
        import numpy as np

        found = np.zeros(len(self.statements), dtype=np.float32)
        figures = [quantity for quantity in claim.quantities if quantity.value > 1][:_MOST_WORDS]
        for quantity in figures:
            number = self.lexicon.number(squeeze(quantity.text))
            among = self._figures.get(quantity.value, set()).union([] if number is None else map(int, self._postings[number]))
            found[sorted(among)] += 1 / len(figures)
        return found

    def _cosines(self, claim: Reading, vector: NDArray[np.float32] | None) -> NDArray[np.float32]:
        import numpy as np

        if self._embed is None or not self._vectors.size:
            return np.zeros(len(self.statements), dtype=np.float32)
        if vector is None:
            vector = self._embed([claim.text])[0]
        found: NDArray[np.float32] = self._vectors @ vector
        return found

    def _content(self, claim: Reading) -> list[tuple[Piece, list[str]]]:
        """The content words of a claim, but for the subject's own name, each with its forms: alone, and written with the next."""
        named = {at for first, last in self._own.mentions(claim.tokens) for at in range(first, last)}
        row = [piece for piece in claim.pieces if piece.content and piece.token not in named][:_MOST_WORDS]
        found = []
        for at, piece in enumerate(row):
            forms = [piece.base]
            for one, two in ((at - 1, at), (at, at + 1)):
                if one >= 0 and two < len(row):
                    joined = row[one].word + row[two].word
                    if self.lexicon.number(joined) is not None:
                        forms.append(joined)
            found.append((piece, forms))
        return found


def words_of(reading: Reading) -> frozenset[str]:
    """The words under which a statement is found: base forms, and words with inner marks written together."""
    return frozenset({piece.base for piece in reading.pieces} | {token.key for token in reading.tokens if len(token.parts) > 1})


def _parts_of_speech(text: str) -> dict[int, str]:
    return {word.start: "noun" if word.noun else "verb" if word.verb else "other" for word in tag(text)}
