"""Documents, their blocks and their passages. All offsets count Unicode code points of `Document.text`."""

from __future__ import annotations

from typing import Literal

from agent.domain.artifact import Origin
from agent.domain.base import Frozen

BlockKind = Literal["heading", "paragraph", "list_item", "table_header", "table_row", "code", "quote", "html", "front_matter"]
SkipReason = Literal[
    "front matter", "badges", "licence text", "navigation", "encoded data", "placeholder", "source line", "markup", "hidden"
]


class Document(Frozen):
    """One text at one version; immutable.

    `id` is the first 16 hex digits of the sha256 of artifact, uri and text hash. `sha256` is of the bytes, `text_sha256` of the
    reader's text. `language` is an ISO 639-1 code; documents that are not in English are stored and left out of extraction.
    """

    id: str
    artifact: str
    uri: str
    title: str
    origin: Origin
    media_type: str
    sha256: str
    text_sha256: str
    reader: str
    language: str
    text: str
    fetched_at: str

    @property
    def english(self) -> bool:
        return self.language == "en"


class Block(Frozen):
    """A structural piece [start, end) of a document's text.

    `heading_path` holds the plain titles above it, outermost first (for a heading: its ancestors and itself). `level` is a heading's
    level or a list item's depth from 1. `header` is the span of a table row's header row. `skip` says why a block stays out of passages.
    `source` is what a "Source: [title](url)" line says of its section in project notes.
    """

    kind: BlockKind
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    level: int = 0
    header: tuple[int, int] | None = None
    skip: SkipReason | None = None
    source: str | None = None


class Passage(Frozen):
    """A structure-aware slice [start, end) of a document's text: what is embedded and retrieved.

    `id` is the first 16 hex digits of the sha256 of document id, start and end; `sha256` is of what is embedded (heading path and text).
    """

    id: str
    document_id: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    sha256: str
    source: str | None = None
