"""How grounding reads a sentence: its pieces with what each may be (content, degree word, negator, name), and its quantities."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from agent.grounding import vocabulary as words
from agent.text.fold import folded_text
from agent.text.forms import akin, base
from agent.text.numbers import Quantity, quantities
from agent.text.tokens import Token, squeeze, tokens

_TAG = re.compile(r"<(?P<raise>/?su[pb])\b[^<>]*>|</?[a-zA-Z][^<>]{0,400}>|<!--|-->")
_PIECE = re.compile(r"[^\W_]+")
_NOT = re.compile(r"^(?:ca|wo|sha|\w+)n't$")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """A text folded, with HTML entities resolved and tags gone; a raised number stays apart from what it stands on."""
    folded = folded_text(text)
    if "&" in folded:
        folded = html.unescape(folded)
    if "<" in folded:
        folded = _TAG.sub(lambda tag: "^" if tag["raise"] == "sup" else " ", folded)
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A word between inner marks: of "GPT-4-based" the pieces are "gpt", "4" and "based". `after_break`: punctuation stands before."""

    word: str
    base: str
    token: int
    start: int
    content: bool
    after_break: bool


class Reading:
    """One sentence as grounding reads it; made once for a text (`read`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = tokens(text)
        self.quantities: tuple[Quantity, ...] = quantities(text)

    @property
    def is_row(self) -> bool:
        """Whether the text is a row of a Markdown table, whose cells stand in no sentence's order."""
        return self.text.count("|") >= 2

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        for number, token in enumerate(self.tokens):
            if _NOT.match(token.text.casefold()):
                yield Piece("not", "not", number, token.start, False, token.after_break)
                continue
            for match in _PIECE.finditer(token.text):
                word = match.group().casefold()
                start = token.start + match.start()
                content = not self.counted(start) and is_content(word)
                yield Piece(word, base(word), number, start, content, token.after_break and match.start() == 0)

    @cached_property
    def bases(self) -> frozenset[str]:
        """Base forms of all words, with and without inner marks."""
        return frozenset({piece.base for piece in self.pieces} | {base(token.key) for token in self.tokens})

    @cached_property
    def compounds(self) -> frozenset[str]:
        """One to five neighbouring pieces written together: how "data set", "data-set" and "dataset" meet."""
        row = [piece.word for piece in self.pieces]
        marks = [squeeze(token.text) for token in self.tokens]
        return frozenset("".join(row[at : at + size]) for size in range(1, 6) for at in range(len(row) - size + 1)) | frozenset(marks)

    @cached_property
    def _buckets(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self.bases):
            found.setdefault(word[:3], []).append(word)
        return found

    def counted(self, start: int) -> bool:
        """Whether an offset lies inside a quantity."""
        return any(quantity.start <= start < quantity.end for quantity in self.quantities)

    def has(self, word: str) -> bool:
        """Whether the sentence has a form of the word, written together or apart."""
        form = base(word)
        if form in self.bases or word in self.compounds or form in self.compounds:
            return True
        return any(akin(form, other) for other in self._buckets.get(form[:3], ()))

    def following(self, at: int, reach: int) -> list[Piece]:
        """Up to `reach` content pieces after the piece numbered `at`."""
        return list(islice((piece for piece in self.pieces[at + 1 :] if piece.content), reach))

    def preceding(self, at: int, reach: int) -> list[Piece]:
        """Up to `reach` content pieces before the piece numbered `at`, the nearest first."""
        return list(islice((piece for piece in reversed(self.pieces[:at]) if piece.content), reach))


@lru_cache(maxsize=16384)
def read(text: str) -> Reading:
    """The reading of a cleaned sentence."""
    return Reading(text)


def is_content(word: str) -> bool:
    """Whether a word says something of its own: no stop word, connecting word, degree word, negator or bare letter."""
    return (
        (len(word) > 1 or word.isdigit())
        and word not in words.STOP
        and word not in words.CONNECTING
        and word not in words.DEGREE
        and word not in words.NEGATORS
    )


def shares(some: Collection[Piece], others: Collection[Piece]) -> bool:
    """Whether two runs of words have a form of one word in common."""
    return any(akin(one.base, other.base) for one in some for other in others)


def name_strength(token: Token, reading: Reading) -> int:
    """How surely a token is a name: 2 by its form (vLLM, GPT-4, snake_case), 1 by a capital inside a sentence, 0 not."""
    text = token.text
    if reading.counted(token.start) or text.casefold() in words.STOP or text.startswith("http"):
        return 0
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return 0
    if any(c.isdigit() for c in text) or "_" in text or "::" in text:
        return 2
    if any(c.isupper() for part in _PIECE.findall(text) for c in part[1:]):
        return 2
    if "." in text and len(token.parts) > 1 and len(letters) > 3:
        return 2
    return 1 if text[0].isupper() and not token.initial else 0
