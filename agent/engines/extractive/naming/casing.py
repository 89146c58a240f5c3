"""Sentence case for names: ordinary words small, proper names and abbreviations as the documents write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.engines.extractive.statements.reader import Statement
from agent.text.words import tag

_INSIDE = re.compile(r"(?<=[\w,)] )[A-Za-z][a-z]+(?:-[A-Za-z][a-z]+)*(?![\w/(]|\.\w)")  # words of running text, no sentence's first
_PAIR = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) (?=([A-Z][a-z]+))")


@dataclass(frozen=True)
class Casing:
    """How words are written inside the sentences of the artifact's own documents: a proper name has its capital there, too."""

    statements: Sequence[Statement]
    own: frozenset[str] = frozenset()  # words of the artifact's names, small

    def sentence_case(self, text: str) -> str:
        """First letter capital, ordinary words small, names and abbreviations as they are; "&" spelled out."""
        words = re.sub(r"\s&\s", " and ", text).split()
        lowered = [word if self._in_name(words, at) else self._lower(word) for at, word in enumerate(words)]
        joined = " ".join(lowered)
        first = joined.split(" ", 1)[0] if joined else ""
        return joined[:1].upper() + joined[1:] if first[:1].islower() and first.islower() else joined

    @cached_property
    def seen(self) -> Counter[str]:
        """How often each word stands inside running text, as it is written."""
        bodies = (s.body for s in self.statements if s.sentence and s.kind != "heading")
        return Counter(part for body in bodies for word in _INSIDE.findall(body) for part in word.split("-"))

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Pairs of capitalised words that stand so in running text ("Hugging Face"): parts of a name."""
        return frozenset(pair for s in self.statements if s.kind != "heading" for pair in _PAIR.findall(s.body))

    def _in_name(self, words: list[str], at: int) -> bool:
        before = at > 0 and (words[at - 1], words[at].strip(",;")) in self.names
        return before or (at + 1 < len(words) and (words[at], words[at + 1].strip(",;")) in self.names)

    def _lower(self, word: str) -> str:
        parts = word.split("-")
        if not all(re.fullmatch(r"[A-Z][a-z]+[,;]?|[a-z]+[,;]?|\d*", part) for part in parts):
            return word
        if word.lower().strip(",;") in self.own:
            return word
        return "-".join(part.lower() if self._ordinary(part.strip(",;")) else part for part in parts)

    def _ordinary(self, part: str) -> bool:
        """Whether a word is no name: written small far more often than not, or unseen and known to the tagger as a common word."""
        small, capital = part.lower(), part.capitalize()
        if small == part:
            return True
        forms = {small, small.rstrip("s"), small + "s"}
        times = sum(self.seen[form] for form in forms)
        if times or self.seen[capital]:
            return times >= 2 * self.seen[capital]
        return _common(small)


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    """Whether the tagger knows a small-written word as an ordinary one."""
    return tag(f"the {word}")[-1].tag not in {"NP0", "UNC"}
