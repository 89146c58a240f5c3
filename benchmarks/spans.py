"""Positions of quotes in documents, in folded coordinates, and the overlap rule by which two quotes are the same passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from agent.grounding.locate import Locator
from agent.text.fold import fold

CUT = 200  # only so much of a predicted quote counts


@dataclass(frozen=True)
class Span:
    """[start, end) of a document's folded text."""

    document: str
    start: int
    end: int

    def same_passage(self, other: Span) -> bool:
        """Whether the overlap is at least half of the shorter one."""
        if self.document != other.document:
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared > 0 and 2 * shared >= min(self.end - self.start, other.end - other.start)


@dataclass(frozen=True)
class Source:
    """A document of the corpus as the program's reader gives it."""

    file: str
    sha256: str
    text: str

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return folded_with_offsets(self.text)

    @property
    def folded(self) -> str:
        return self._folded[0]

    def span(self, start: int, end: int) -> Span:
        """The folded span of [start, end) of the text."""
        offsets = self._folded[1]
        return Span(self.file, bisect_left(offsets, start), bisect_left(offsets, end))

    def find(self, quote: str) -> list[Span]:
        """Every place where a quote stands, folded; for one that is cut inside a mark, where the program's locator places it."""
        wanted = folded_with_offsets(quote)[0].strip()
        found = [Span(self.file, m.start(), m.end()) for m in re.finditer(re.escape(wanted), self.folded)] if wanted else []
        place = None if found else self._locator.locate(quote)
        return [self.span(*place)] if place else found

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.text)


def folded_with_offsets(text: str) -> tuple[str, list[int]]:
    """A text folded for matching, and for each folded character the offset in the text it came from."""
    folded = fold(text)
    return folded.text, [folded.to_source(at, at + 1)[0] for at in range(len(folded.text))]


def sources_of(folder: Path) -> list[Source]:
    """The documents of one corpus artifact, read as the program reads them; those no reader takes are left out."""
    from agent.domain.base import sha256
    from agent.errors import DocumentError
    from agent_sources.readers.registry import media_type_of, read

    manifest = yaml.safe_load((folder / "artifact.yaml").read_text(encoding="utf-8"))
    found = []
    for entry in manifest.get("docs", []):
        data = (folder / entry["file"]).read_bytes()
        try:
            text = read(data, media_type_of(entry["file"], entry.get("media_type")), entry["file"]).text
        except DocumentError:
            continue
        found.append(Source(file=entry["file"], sha256=sha256(data), text=text))
    return found


def tiles(sources: list[Source], count: int) -> list[Span]:
    """Blind tiling: evenly spaced pieces of CUT characters over all documents laid end to end, their text unread."""
    total = sum(len(source.text) for source in sources)
    found = []
    for number in range(count):
        at = int((number + 0.5) * total / count) - CUT // 2
        for source in sources:
            if at < len(source.text):
                start = max(0, at)
                found.append(source.span(start, min(start + CUT, len(source.text))))
                break
            at -= len(source.text)
    return found
