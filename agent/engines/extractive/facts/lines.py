"""The lines that typed facts are read from: sentences, list items, table rows with their header, and front matter, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from agent.domain.document import Block, Document
from agent.domain.proposal import QuoteRef, Subject
from agent.engines.extractive.statements.plain import plain
from agent.text.sentences import sentence_spans

__all__ = ["Entry", "Line", "Row", "Setup", "read"]

_CELL = re.compile(r"(?<!\\)\|")
_KEY = re.compile(r"^(?P<key>[A-Za-z_]\w*):(?P<rest>[^\n]*(?:\n(?:[ \t]+|- )[^\n]*)*)", re.M)


@dataclass(frozen=True)
class Line:
    """A sentence or list item in plain words. `document` counts the subject's documents, `order` the lines of all of them."""

    text: str
    quote: QuoteRef
    path: tuple[str, ...]
    document: int
    order: int
    item: bool = False
    intro: str = ""  # the paragraph a list stands under, where it ends with a colon

    @property
    def heading(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Row:
    """A table row: its cells under the header's, the first being what the row is about."""

    cells: tuple[str, ...]
    header: tuple[str, ...]
    quotes: tuple[QuoteRef, ...]
    path: tuple[str, ...]
    document: int
    table: int


@dataclass(frozen=True)
class Entry:
    """One key of a document's front matter with its values as text."""

    key: str
    values: tuple[str, ...]
    quote: QuoteRef


@dataclass(frozen=True)
class Setup:
    """Everything facts are read from, in the order of the documents."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]


def read(subject: Subject) -> Setup:
    """The lines, table rows and front-matter entries of a subject's documents."""
    lines: list[Line] = []
    rows: list[Row] = []
    entries: list[Entry] = []
    for number, document in enumerate(subject.documents):
        table, header, intro = 0, None, ""
        for block in subject.blocks.get(document.id, []):
            if block.kind == "front_matter":
                entries += _entries(document, block)
            elif block.skip is not None and not _bare(document, block, intro):
                continue
            elif block.kind == "table_row" and block.header:
                table, header = table + (block.header != header), block.header
                rows.append(_row(document, block, number, table))
            elif block.kind in {"paragraph", "quote", "list_item"}:
                lines += _lines(document, block, number, len(lines), intro)
                intro = _introduction(document, block, intro)
            elif block.kind == "heading":
                intro = ""
    return Setup(tuple(lines), tuple(rows), tuple(entries))


def _bare(document: Document, block: Block, intro: str) -> bool:
    """A link that is all there is to say: below "License", or in a list that a sentence introduces."""
    if block.skip != "navigation" or block.kind not in {"paragraph", "list_item"}:
        return False
    short = len(plain(document.text[block.start : block.end]).split()) <= 6
    return short and (bool(intro) or bool(block.heading_path and re.search(r"licen[sc]", block.heading_path[-1], re.I)))


def _lines(document: Document, block: Block, number: int, order: int, intro: str) -> Iterator[Line]:
    for at, (start, end) in enumerate(sentence_spans(document.text, block.start, block.end)):
        text = plain(document.text[start:end])
        item = block.kind == "list_item"
        if text:
            yield Line(text, _quote(document, start, end), block.heading_path, number, order + at, item, intro if item else "")


def _introduction(document: Document, block: Block, before: str) -> str:
    if block.kind == "list_item":
        return before
    text = plain(document.text[block.start : block.end])
    return text if text.endswith(":") else ""


def _row(document: Document, block: Block, number: int, table: int) -> Row:
    assert block.header is not None
    first, last = block.header
    quotes = (_quote(document, block.start, block.end), _quote(document, first, last))
    return Row(_cells(document.text[block.start : block.end]), _cells(document.text[first:last]), quotes, block.heading_path, number, table)


def _cells(source: str) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in _CELL.split(source.strip().strip("|")))


def _entries(document: Document, block: Block) -> Iterator[Entry]:
    source = document.text[block.start : block.end]
    for match in _KEY.finditer(source):
        try:
            value = yaml.safe_load(match.group())[match["key"]]
        except (yaml.YAMLError, TypeError, KeyError):
            continue
        values = value if isinstance(value, list) else [value]
        texts = tuple(str(v) for v in values if isinstance(v, (str, int, float)) and str(v).strip())
        if texts:
            start = block.start + match.start()
            yield Entry(match["key"].casefold(), texts, _quote(document, start, start + len(match.group().rstrip())))


def _quote(document: Document, start: int, end: int) -> QuoteRef:
    return QuoteRef(document_id=document.id, quote=document.text[start:end], start=start, end=end)
