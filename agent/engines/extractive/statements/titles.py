"""Title Case in running text: ordinary words small, names as the documents write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from agent.domain.document import Block, Document

_SMALL = re.compile(r"(?<![\w./-])[a-z][a-z-]{2,}(?![\w(/])")
_PAIR = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) (?=([A-Z][a-z]+))")
_ALONE = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+)(?= [a-z])")
_CODE = re.compile(r"`[^`\n]*`|\]\([^)\s]*\)|<[^<>\n]*>|https?://\S+")
_WORD = re.compile(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)*")


class Titles:
    """Which words the prose of some documents writes small, and which stand together as a name."""

    def __init__(self, documents: Iterable[tuple[Document, list[Block]]]) -> None:
        self._small: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        self._names: Counter[str] = Counter()
        for document, blocks in documents:
            prose = "\n".join(
                document.text[b.start : b.end] for b in blocks if b.kind in {"paragraph", "list_item", "quote"} and not b.skip
            )
            prose = _CODE.sub(" ", prose)
            self._small.update(_SMALL.findall(prose))
            self._pairs.update(_PAIR.findall(prose))
            self._names.update(_ALONE.findall(prose))

    def lowered(self, text: str, names: Iterable[str] = ()) -> str:
        """A heading's or lead's words as they stand inside a sentence, the first one and the given names as they are."""
        words = text.split(" ")
        made = " ".join([words[0], *(self._lower(words, at) for at in range(1, len(words)))])
        for name in names:
            if " " in name or name[:1].isupper():
                made = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _, name=name: name, made, flags=re.I)  # type: ignore[misc]
        return made

    def named(self, text: str) -> bool:
        """Whether a text's first two words stand together as a name somewhere in the prose."""
        return self._in_name(text.split(" "), 0)

    def _lower(self, words: list[str], at: int) -> str:
        word = words[at]
        bare = word.strip(",;:.()'\"")
        if not _WORD.fullmatch(bare) or self._in_name(words, at):
            return word
        parts = bare.lower().split("-")
        known = all(part in self._small or part.rstrip("s") in self._small or _common(part) for part in parts)
        if not known and bare.lower() not in self._small:
            return word
        if self._names[bare] > self._small[bare.lower()] and not _common(bare.lower()):
            return word
        return word.replace(bare, bare.lower())

    def _in_name(self, words: list[str], at: int) -> bool:
        here = words[at].strip(",;:.()")
        pairs = [(words[at - 1], here)] if at else []
        pairs += [(here, words[at + 1].strip(",;:.()"))] if at + 1 < len(words) else []
        # two ordinary words that a page sometimes writes in Title Case are no name
        return any(pair in self._pairs and not all(self._small[word.lower()] > 1 for word in pair) for pair in pairs)


def _common(word: str) -> bool:
    """Whether a word has the ending of an ordinary one."""
    return bool(
        re.search(r"(?:ing|tion|tions|ment|ments|able|ible|ness|ity|ive|ous|ful|less|ed|ance|ence|aware|driven)$", word)
        or word
        in {"and", "or", "for", "with", "of", "in", "on", "to", "the", "a", "an", "from", "by", "custom", "simple", "multiple", "easy"}
    )
