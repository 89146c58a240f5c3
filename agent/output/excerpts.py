"""Where a quote stands: the passage around it, its headings, and the source that project notes name for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from agent.domain.document import Passage

_AROUND = 240  # characters of context where no passage holds the quote (a heading, a skipped block)


@dataclass(frozen=True)
class Excerpt:
    """A slice of a document that holds a quote: `text` begins at code point `start` of the document."""

    start: int
    text: str
    heading_path: tuple[str, ...] = ()
    source: str | None = None


class Excerpts(Protocol):
    """Finds the excerpt around [start, end) of a document, or None where the document is not at hand."""

    def __call__(self, document_id: str, start: int, end: int) -> Excerpt | None: ...


def no_excerpts(document_id: str, start: int, end: int) -> Excerpt | None:  # noqa: ARG001
    """Excerpts for views that have the quotes only."""
    return None


class PassageExcerpts:
    """Excerpts out of documents' texts (by document id) and their passages."""

    def __init__(self, texts: Mapping[str, str], passages: Iterable[Passage]) -> None:
        self._texts = texts
        self._passages: dict[str, list[Passage]] = {}
        for passage in passages:
            self._passages.setdefault(passage.document_id, []).append(passage)

    def __call__(self, document_id: str, start: int, end: int) -> Excerpt | None:
        text = self._texts.get(document_id)
        if text is None:
            return None
        around = [p for p in self._passages.get(document_id, []) if p.start < end and start < p.end]
        if not around:
            first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
            return Excerpt(start=first, text=text[first:last])
        first = min(start, *(p.start for p in around))
        last = max(end, *(p.end for p in around))
        return Excerpt(start=first, text=text[first:last], heading_path=around[0].heading_path, source=around[0].source)
