"""Sentence case for names: ordinary words small, proper names and abbreviations as the documents write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.engines.extractive.statements import Statement


@dataclass(frozen=True)
class Casing:
    """How words are written in the artifact's own documents: small somewhere in running text, so not a name."""

    statements: Sequence[Statement]
    own: frozenset[str] = frozenset()  # words of the artifact's names, small

    @cached_property
    def small(self) -> frozenset[str]:
        return frozenset(
            word for s in self.statements for word in re.findall(r"(?<![\w-])[a-z][a-z-]+(?![\w.(/])", s.text) if s.kind not in {"heading"}
        )

    def sentence_case(self, text: str) -> str:
        """First letter capital, ordinary words small, names and abbreviations as they are."""
        words = text.split()
        lowered = [word if self._in_name(words, at) else self._lower(word) for at, word in enumerate(words)]
        joined = " ".join(lowered)
        first = joined.split(" ", 1)[0] if joined else ""
        return joined[:1].upper() + joined[1:] if first[:1].islower() and first.islower() else joined

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Pairs of capitalised words that stand so in running text ("Hugging Face"): parts of a name."""
        found: set[tuple[str, str]] = set()
        for s in self.statements:
            if s.kind != "heading":
                found.update(re.findall(r"(?<=[a-z,] )([A-Z][a-z]+) (?=([A-Z][a-z]+))", s.body))
        return frozenset(found)

    def _in_name(self, words: list[str], at: int) -> bool:
        before = at > 0 and (words[at - 1], words[at].strip(",;")) in self.names
        return before or (at + 1 < len(words) and (words[at], words[at + 1].strip(",;")) in self.names)

    def _lower(self, word: str) -> str:
        parts = word.split("-")
        if all(re.fullmatch(r"[A-Z][a-z]+[,;]?|[a-z]+[,;]?|\d*", part) for part in parts):
            plain = word.lower().strip(",;")
            if plain in self.own:
                return word
            capitals = [p.lower().strip(",;") for p in parts if p[:1].isupper()]
            if len(parts) > 1 and not all(p in self.small or _common(p) for p in capitals):
                return word
            if (
                plain in self.small
                or all(p in self.small or not p for p in plain.split("-"))
                or plain.rstrip("s") in self.small
                or _common(plain)
            ):
                return word.lower()
        return word


def _common(word: str) -> bool:
    """Whether the tagger knows a small-written word as an ordinary one with a telling ending."""
    return bool(
        re.search(r"(?:ing|tion|tions|ment|ments|able|ible|ness|ity|ive|ous|ful|less|ly|ized|ised|ated|based|ance|ence|ency)$", word)
    )
