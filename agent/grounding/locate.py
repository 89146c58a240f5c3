"""Finding a quote in a document: exact after folding, in linear time, never approximate.

`str.find` alone scans the whole text for every quote that stands late or nowhere, and is thirty times slower still on repetitive text.
So a text is indexed once by its n-grams at every eighth place. Wherever a quote stands, every eighth of its n-grams lies on such a place;
for each of the eight ways to count, the rarest of them names all places the quote can stand at, and each is compared exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from agent.text.fold import Breaks, Folded, Folding, folded_text, has_hyphen_breaks, unfolded

Span = tuple[int, int]

_GRAM = 12
_STRIDE = 8
_EDGE = 4
_TELLTALE: dict[Breaks, str] = {"join": "", "keep": "-", "space": "- "}
_CUT_MARKS = re.compile(r"[*_`\[\]\\>]")
_FEW = 8  # candidates cheaper to compare than to thin out further


def locate(quote: str, folded: Folded, near: int | None = None) -> Span | None:
    """Where a quote stands in the original of a folded text, or None.

    Letter case counts. Of several places the one nearest to `near` (an offset in the original) is taken, else the first.
    """
    return _Index(folded).place(folded_text(_composed(quote)), near, ()) if any(map(str.isalnum, quote)) else None


class Locator:
    """One text, folded and indexed at the first question, that says where quotes stand.

    `skipped` are spans of the text (navigation, licence texts) where a quote is looked for only when it stands nowhere else.
    """

    def __init__(self, text: str, skipped: Iterable[Span] = ()) -> None:
        self.text = text
        self._skipped = tuple(sorted(skipped))
        self._readings: tuple[Breaks, ...] = ("join", "keep", "space") if has_hyphen_breaks(text) else ("join",)
        self._folding: Folding | None = None
        self._indexes: dict[str, _Index] = {}

    def folded(self, breaks: Breaks = "join") -> Folded:
        """The text folded, made once."""
        return self._index(breaks).folded

    def locate(self, quote: str, near: int | None = None) -> Span | None:
        """The span of the text that a quote folds to, or None. `near` is an offset the quote is believed to stand at."""
        if not any(map(str.isalnum, quote)):
            return None
        if near is not None and near >= 0 and self.text.startswith(quote, near):
            return near, near + len(quote)
        composed = _composed(quote)
        broken = has_hyphen_breaks(composed)
        for breaks in self._readings:
            words = folded_text(composed, breaks if broken else "join")
            if _TELLTALE[breaks] not in words:
                continue  # only words with the hyphen read otherwise than the reading before
            found = self._index(breaks).place(words, near, self._skipped)
            if found:
                return found
        # A quote cut inside a mark ("see [the") folds differently from its place, and still stands there letter by letter.
        return self._index("raw").place(quote, near, self._skipped) if _CUT_MARKS.search(quote) else None

    def _index(self, breaks: Breaks | Literal["raw"]) -> _Index:
        if breaks not in self._indexes:
            self._indexes[breaks] = _Index(unfolded(self.text) if breaks == "raw" else self._read(breaks))
        return self._indexes[breaks]

    def _read(self, breaks: Breaks) -> Folded:
        self._folding = self._folding or Folding(self.text)
        return self._folding.read(breaks)


class _Index:
    """A folded text with the places of its n-grams."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._grams: dict[str, list[int]] | None = None
        self._edges: set[str] | None = None

    def place(self, quote: str, near: int | None, skipped: Sequence[Span]) -> Span | None:
        """The best place of a folded quote as a span of the original."""
        words = quote.strip()
        first: Span | None = None
        for start in self._starts(words, near):
            if not self.folded.whole(start, start + len(words)):
                continue
            span = self.folded.to_source(start, start + len(words))
            if near is not None or not _inside(span, skipped):
                return span
            first = first or span
        return first

    def _starts(self, words: str, near: int | None) -> Iterator[int]:
        """Every place of the words in the folded text, the best first: the nearest to `near`, else in order."""
        candidates = self._candidates(words)
        text = self.folded.text
        at = 0 if near is None else self.folded.from_source(near, near + 1)[0]
        if candidates is not None:
            found = [start for start in candidates if text.startswith(words, start)]
            yield from found if near is None else sorted(found, key=lambda start: (abs(start - at), start))
            return
        before, start = text.rfind(words, 0, at + len(words)), text.find(words, at)
        if before >= 0 and (start < 0 or at - before <= start - at):
            yield before
        while start >= 0:
            yield start
            start = text.find(words, start + 1)
        if before >= 0:
            yield before

    def _candidates(self, words: str) -> list[int] | None:
        """Places where the words may stand, in order and complete; None where the index does not help."""
        if len(words) < _GRAM + _STRIDE - 1:
            return None
        grams = self._grams_of_text()
        last = len(self.folded.text) - len(words)
        found: list[int] = []
        for residue in range(_STRIDE):
            # The words at a place whose distance to the next indexed place is `residue` have all these n-grams at indexed places.
            fewest: list[int] | None = None
            for at in range(residue, len(words) - _GRAM + 1, _STRIDE):
                places = grams.get(words[at : at + _GRAM], [])
                if fewest is None or len(places) < len(fewest):
                    fewest, offset = places, at
                if len(fewest) <= _FEW:
                    break
            if fewest is None or len(fewest) > _FEW:
                return None if self._edges_occur(words) else []
            found += (place - offset for place in fewest if offset <= place <= last + offset)
        return sorted(found)

    def _edges_occur(self, words: str) -> bool:
        """Whether the text has the short n-grams at both ends of the words: the long ones tell least about these."""
        if self._edges is None:
            text = self.folded.text
            self._edges = {text[start : start + _EDGE] for start in range(len(text) - _EDGE + 1)}
        ends = (*range(_STRIDE), *range(len(words) - _EDGE - _STRIDE + 1, len(words) - _EDGE + 1))
        return all(words[at : at + _EDGE] in self._edges for at in ends)

    def _grams_of_text(self) -> dict[str, list[int]]:
        if self._grams is None:
            text = self.folded.text
            self._grams = {}
            for start in range(0, len(text) - _GRAM + 1, _STRIDE):
                self._grams.setdefault(text[start : start + _GRAM], []).append(start)
        return self._grams


def _composed(quote: str) -> str:
    return unicodedata.normalize("NFC", quote)


def _inside(span: Span, skipped: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in skipped)
