"""What a printed sentence may not look like: the rules of form that every page is held to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

_DANGLING = (
    "he she it they we i you this that these those its their our his her my your them us me him who which whose what "
    "and or but nor so yet because although though whereas while if unless when whenever once also however therefore"
)
_FIRST = re.compile(r"^[^\w]*(\w+)")
_RULES = {
    "holds a pipe": re.compile(r"\|"),
    "holds a URL": re.compile(r"https?://|\bwww\.", re.I),
    "holds a badge or image": re.compile(r"!\[|<img\b|shields\.io", re.I),
    "holds a code fence": re.compile(r"```|~~~"),
    "ends without punctuation": re.compile(r"[^.!?](?<![.!?][\"')\]\u201d\u2019])$"),
}
_TOKEN = re.compile(r"\w+")
NEAR_DUPLICATE = 0.8


def faults(text: str) -> list[str]:
    """What is wrong with the form of one printed sentence."""
    found = [name for name, pattern in _RULES.items() if pattern.search(text.strip())]
    first = _FIRST.match(text)
    if first and first[1].lower() in _DANGLING.split():
        found.append("begins with a pronoun or conjunction")
    return found


def jaccard(one: str, other: str) -> float:
    """Shared tokens over all tokens, case folded."""
    a, b = set(_TOKEN.findall(one.casefold())), set(_TOKEN.findall(other.casefold()))
    return len(a & b) / len(a | b) if a | b else 0.0


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of sentences with a token Jaccard of 0.8 or more."""
    return ((a, b) for a, b in combinations(texts, 2) if jaccard(a, b) >= NEAR_DUPLICATE)
