"""What the score needs to know of a document, taken from its text and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.domain.document import Block, Document
from agent.domain.scorecard import DocumentOutline, Mention
from agent.scoring.names import mentions_in

_INLINE_CODE = re.compile(r"`[^`\n]+`|<code>")


def outline_of(document: Document, blocks: Sequence[Block]) -> DocumentOutline:
    """Headings, code and table counts, and the integrations, formats and packages named in a document.

    `blocks` are the document's, in order. Blocks left out of passages (badges, licence text, navigation) count for nothing.
    """
    kept = [block for block in blocks if block.skip is None]
    return DocumentOutline(
        document_id=document.id,
        uri=document.uri,
        origin=document.origin,
        headings=tuple(block.heading_path[-1] for block in kept if block.kind == "heading" and block.heading_path),
        code_blocks=sum(block.kind == "code" or bool(_INLINE_CODE.search(document.text, block.start, block.end)) for block in kept),
        table_rows=sum(block.kind == "table_row" for block in kept),
        mentions=tuple(_mentions(document.text, kept)),
    )


def _mentions(text: str, blocks: Sequence[Block]) -> Iterator[Mention]:
    """The first mention of each name in the blocks that are passages."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        for found in mentions_in(text[block.start : block.end]):
            if (found.kind, found.name) not in seen:
                seen.add((found.kind, found.name))
                yield replace(found, start=found.start + block.start, end=found.end + block.start)
