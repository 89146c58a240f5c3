"""Structure-aware chunking: neighbouring blocks of one section form a passage; what is too long is split at sentences."""

from __future__ import annotations

from collections.abc import Iterable

from agent.domain.base import sha256
from agent.domain.document import Block, Document, Passage

VERSION = "3"  # rises whenever the same text may be cut otherwise: by these rules or by those of structure and boilerplate
TARGET = 700  # characters: static embeddings blur beyond a few sentences
LONGEST = 1200


def passages_of(document: Document, blocks: Iterable[Block]) -> list[Passage]:
    """The passages of a document: ordered, disjoint, none across a heading, each at most LONGEST characters.

    A table keeps its header row with its first rows; a code block stands alone only when it is long.
    """
    found: list[Passage] = []
    run: list[Block] = []

    def flush() -> None:
        if run:
            found.extend(_cut(document, run))
            run.clear()

    for block in blocks:
        if block.skip == "hidden":
            flush()  # a passage is one piece of the text: it must end before what is hidden
        if block.skip is not None:
            continue
        if block.kind == "heading":
            flush()
            continue
        if run and (block.heading_path != run[-1].heading_path or block.end - run[0].start > TARGET):
            flush()
        run.append(block)
    flush()
    return found


def _cut(document: Document, run: list[Block]) -> list[Passage]:
    start, end = run[0].start, run[-1].end
    spans = [(start, end)] if end - start <= LONGEST else _split(document.text, start, end)
    return [_passage(document, span, run[0]) for span in spans]


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut [start, end) into spans of at most LONGEST with langchain's recursive splitter, whose pieces are verbatim."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=LONGEST, chunk_overlap=0, separators=["\n\n", "\n", ". ", "; ", ", ", " ", ""], keep_separator="end"
    )
    spans, at = [], start
    for piece in splitter.split_text(text[start:end]):
        first = text.find(piece, at, end)
        spans.append((first, first + len(piece)))
        at = first + len(piece)
    return spans


def _passage(document: Document, span: tuple[int, int], block: Block) -> Passage:
    start, end = span
    return Passage(
        id=sha256(f"{document.id} {start} {end}")[:16],
        document_id=document.id,
        start=start,
        end=end,
        heading_path=block.heading_path,
        sha256=sha256(_embedded(document.text, span, block.heading_path)),
        source=block.source,
    )


def embedded_text(text: str, passage: Passage) -> str:
    """What is embedded for a passage of a document's text, and hashed as `passage.sha256`: its heading path and its words."""
    return _embedded(text, (passage.start, passage.end), passage.heading_path)


def _embedded(text: str, span: tuple[int, int], heading_path: tuple[str, ...]) -> str:
    return headed(heading_path, text[span[0] : span[1]])


def headed(heading_path: Iterable[str], words: str) -> str:
    """A passage's words under its heading path: the form in which they are embedded and searched."""
    return " > ".join(heading_path) + "\n" + words
