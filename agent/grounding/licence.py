"""What a claim may say: the words, numbers and names of its quotes, of the headings above them and of their table's header row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.domain.artifact import Manifest
from agent.domain.document import Block
from agent.grounding.reading import Reading, clean, read
from agent.text.numbers import Quantity
from agent.text.sentences import sentence_spans
from agent.text.tokens import Token, squeeze
from agent.text.words import word_set

# Words are taken whole and bounded, and begun only where one begins: "a-a-a-..." would else be split in every way there is.
_PIECE = r"[A-Za-z][\w-]{0,60}+"
_LONG_SHORT = re.compile(rf"(?<![A-Za-z-])((?:{_PIECE} ){{1,7}})\(([A-Z][A-Za-z0-9-]{{1,9}}?)s?\)")
_SHORT_LONG = re.compile(rf"\b([A-Z][A-Za-z0-9-]{{1,9}}?)s? \(({_PIECE}(?: {_PIECE}){{0,6}})\)")
_SMALL = word_set("of for and the in on to")


@dataclass(frozen=True)
class Source:
    """One quote with what licenses it further: its sentences, the headings above, the header row; `artifact` whose document it is from."""

    artifact: str
    whole: Reading
    sentences: tuple[Reading, ...]
    context: tuple[Reading, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.sentences + self.context


class Names:
    """What an artifact is called: name, aliases and slug, written together; `the` before a name may be missing."""

    def __init__(self, manifest: Manifest) -> None:
        self.slug = manifest.slug
        keys = {squeeze(name) for name in (*manifest.names(), manifest.slug)}
        keys |= {key.removeprefix("the") for key in keys if len(key) > 6}
        keys |= {squeeze(name.rpartition("/")[2]) for name in manifest.names() if "/" in name}
        self.keys = frozenset(key for key in keys if key)
        self._beginnings = frozenset(key[:size] for key in self.keys for size in range(1, len(key) + 1))

    def mentions(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Runs of tokens that are the name, as [first, last) token numbers, the longest first come."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            joined, last = "", at
            for number in range(at, len(tokens)):
                joined += tokens[number].key
                if joined not in self._beginnings:
                    break
                if joined in self.keys:
                    last = number + 1
            if last > at:
                found.append((at, last))
            at = max(last, at + 1)
        return found

    def covers(self, key: str) -> bool:
        return key in self.keys


@dataclass(frozen=True)
class Licence:
    """The sources of one claim. `own` are the subject's names, `others` those of artifacts whose documents are quoted, `texts` these
    documents, folded."""

    sources: tuple[Source, ...]
    own: Names
    others: tuple[Names, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every sentence and context line; first the quotes, then what stands around them."""
        quoted = [reading for source in self.sources for reading in source.sentences]
        around = [reading for source in self.sources for reading in source.context]
        return tuple(dict.fromkeys(quoted + around))

    @cached_property
    def sentences(self) -> tuple[Reading, ...]:
        return tuple(dict.fromkeys(reading for source in self.sources for reading in source.sentences))

    @cached_property
    def quantities(self) -> tuple[tuple[Quantity, Reading], ...]:
        """Every quantity with the quote or context line it stands in."""
        readings = dict.fromkeys(reading for source in self.sources for reading in (source.whole, *source.context))
        return tuple((quantity, reading) for reading in readings for quantity in reading.quantities)

    @cached_property
    def _expanded(self) -> tuple[Reading, ...]:
        """Forms that the documents declare to be other names of what the quotes name: "Common Crawl (CC)"."""
        known = frozenset().union(*(reading.compounds for reading in self.readings)) if self.readings else frozenset()
        forms = []
        for short, long in self.aliases:
            if squeeze(short) in known:
                forms.append(read(long))
            if squeeze(long) in known:
                forms.append(read(short))
        return tuple(forms)

    def has(self, word: str) -> bool:
        """Whether any reading has a form of the word."""
        return any(reading.has(word) for reading in self.readings) or any(reading.has(word) for reading in self._expanded)

    def writes(self, word: str) -> bool:
        """Whether the quoted documents anywhere have a word as it is written here, by itself."""
        whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        return any(whole.search(text) for text in self.texts)

    def has_together(self, key: str) -> bool:
        """Whether words written together (as `squeeze` writes them) stand side by side in any reading."""
        return any(key in reading.compounds for reading in (*self.readings, *self._expanded))

    def named(self, tokens: Sequence[Token]) -> set[int]:
        """Numbers of the tokens that are names licensed as such: the subject's, and a quoted other side's."""
        return {at for names in (self.own, *self.others) for first, last in names.mentions(tokens) for at in range(first, last)}

    @property
    def artifacts(self) -> set[str]:
        return {source.artifact for source in self.sources}


def source_of(artifact: str, quote: str, context: Iterable[str]) -> Source:
    """A quote read sentence by sentence, with its context lines."""
    text = clean(quote)
    sentences = tuple(read(text[start:end]) for start, end in sentence_spans(text, 0, len(text)))
    return Source(artifact, read(text), sentences, tuple(read(clean(line)) for line in context if line.strip()))


def context_of(text: str, blocks: Sequence[Block], start: int, end: int) -> list[str]:
    """The lines that stand above a span: heading paths of its blocks, outermost first, and the header row of a table row."""
    lines: dict[str, None] = {}
    for block in blocks:
        if block.start < end and start < block.end:
            lines.update(dict.fromkeys(block.heading_path))
            if block.header:
                lines[text[slice(*block.header)]] = None
    return list(lines)


def declared_aliases(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs (short, long) that a folded text declares, as in "Common Crawl (CC)" and "CC (Common Crawl)"."""
    pairs: dict[tuple[str, str], None] = {}
    for match in _LONG_SHORT.finditer(text):
        long = _matching_tail(match.group(1).split(), match.group(2))
        if long:
            pairs[match.group(2), long] = None
    for match in _SHORT_LONG.finditer(text):
        long = _matching_tail(match.group(2).split(), match.group(1))
        if long:
            pairs[match.group(1), long] = None
    return tuple(pairs)


def _matching_tail(row: list[str], short: str) -> str:
    """The last words whose initials spell the short form; small words between may be passed over."""
    initials = [c.casefold() for c in short if c.isalpha()]
    pieces = [(piece, at) for at, word in enumerate(row) for piece in re.split("-", word) if piece]
    at = len(pieces) - 1
    for letter in reversed(initials):
        while (
            at >= 0 and pieces[at][0][0].casefold() != letter and pieces[at][0].casefold() in {"of", "for", "and", "the", "in", "on", "to"}
        ):
            at -= 1
        if at < 0 or pieces[at][0][0].casefold() != letter:
            return ""
        at -= 1
    return " ".join(row[pieces[at + 1][1] :])
