"""Whether two sentences of a page say the same: by the content words they share, the artifact's own name aside."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.engines.extractive.claims.names import stem
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import tag

__all__ = ["contained", "said_words"]


def said_words(text: str, names: Names) -> frozenset[str]:
    """Stems of a sentence's content words and numbers, without the artifact's names."""
    for name in names.known:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.I)
    return _words(text)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(stem(word.lemma.casefold()) for word in tag(text) if word.content or any(c.isdigit() for c in word.text))


def contained(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the shorter's words that the other has; 0 where one is empty."""
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0
