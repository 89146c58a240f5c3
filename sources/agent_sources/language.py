"""The language of a document, told from its prose: code, tables and markup say nothing about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.document import Block

_SHORT = 200  # letters; below, a guess would be noise and the text counts as English
_ENOUGH = 20_000  # characters of prose are plenty
_MARKUP = re.compile(r"<[^<>]*>|!?\[[^\]]{0,400}\]\([^)]{0,2000}\)|`[^`]{0,400}`|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
# Function words that only English has in this mass; other European languages share "in", "a", "on" or "is", so those do not count.
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "with", "for", "that", "this", "are", "be", "it", "from", "which", "or", "as", "can", "by", "have", "not"]
)
_ENGLISH_SHARE = 0.12


def language_of(text: str, blocks: Sequence[Block]) -> str:
    """The ISO 639-1 code of a document's prose; "en" for a text too short to tell.

    A text thick with English function words needs no model; any other is classified by py3langid (LIU and BALDWIN 2012,
    "langid.py: an off-the-shelf language identification tool").
    """
    prose = _prose(text, blocks)
    words = [word.casefold() for word in _WORD.findall(prose)]
    letters = sum(map(len, words))
    if letters < _SHORT:
        return "en"
    ascii_letters = sum(character.isascii() for word in words for character in word)
    if ascii_letters > 0.9 * letters and sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    return _classified(prose)


def _prose(text: str, blocks: Sequence[Block]) -> str:
    kept: list[str] = []
    size = 0
    for block in blocks:
        if block.skip is None and block.kind in {"paragraph", "list_item", "quote", "heading"} and size < _ENOUGH:
            kept.append(_MARKUP.sub(" ", text[block.start : min(block.end, block.start + _ENOUGH)]))
            size += len(kept[-1])
    return "\n".join(kept)[:_ENOUGH]


def _classified(prose: str) -> str:
    import py3langid

    code, _ = py3langid.classify(prose)
    return str(code)
