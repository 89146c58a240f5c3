"""Tokens of a folded sentence with exact offsets: words with their inner marks, numbers with their letters; no parts of speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"https?://[^\s<>()]*[^\s<>().,;:!?]"
    r"|\d+(?:,\d{3})+(?:\.\d+)?[^\W\d_]*"
    r"|[^\W_]+(?:['.&/_+:-][^\W_]+)*(?:\+\+|#)?"
)
_LETTERS = re.compile(r"[^\W_]+(?:\+\+|#)?")
_INNER = re.compile(r"['.&/_+:-]+")
_POSSESSIVE = re.compile(r"'s?$")
_BREAK = re.compile(r"[.!?:;|()\[\]\n]|,|--| - ")
_OPENING = re.compile(r"[.!?:|][\"')\]]*\s|\n|^\W*[-\u2022]\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at [start, end) of its text.

    `key` is the word in small letters without inner marks and possessive ("GPT-4's" is "gpt4"), `parts` its pieces between the marks.
    `initial` says that it begins a sentence, so that its capital means nothing; `after_break` that punctuation stands before it.
    """

    text: str
    key: str
    parts: tuple[str, ...]
    start: int
    end: int
    initial: bool
    after_break: bool

    @property
    def plain_number(self) -> bool:
        return self.key.isdigit()


def squeeze(text: str) -> str:
    """Small letters and digits only: how names that differ in hyphens, spaces or case are compared."""
    return "".join(_LETTERS.findall(text.casefold()))


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order."""
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match.group()) or match.group()
        gap = text[at : match.start()]
        parts = tuple(part.casefold() for part in _INNER.split(word) if part)
        found.append(
            Token(
                text=word,
                key=squeeze(word),
                parts=parts,
                start=match.start(),
                end=match.start() + len(word),
                initial=not found or bool(_OPENING.search(gap)),
                after_break=not found or bool(_BREAK.search(gap)),
            )
        )
        at = match.end()
    return tuple(found)
