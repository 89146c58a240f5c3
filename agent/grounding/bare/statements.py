"""What an artifact's documents state, one by one: sentences, table rows, lines of code and of front matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.domain.document import Block, Document
from agent.domain.proposal import Subject
from agent.grounding.reading import Reading, clean, read
from agent.text.orders import gives_orders
from agent.text.sentences import sentence_spans

_PROSE = {"paragraph", "list_item", "quote", "html"}
_LINES = {"code", "front_matter"}
LONGEST = 1_200  # characters of one statement that are read: a longer one is data
_SHORTEST = 3


@dataclass(frozen=True)
class Statement:
    """The span [start, end) of a document; `path` holds its headings and a table row's header row."""

    document: Document
    start: int
    end: int
    kind: str
    path: tuple[str, ...]

    @property
    def quote(self) -> str:
        return self.document.text[self.start : self.end]

    @cached_property
    def reading(self) -> Reading:
        return read(clean(self.quote[:LONGEST]))

    @cached_property
    def context(self) -> tuple[Reading, ...]:
        return tuple(read(clean(line[:LONGEST])) for line in self.path)


def statements_of(subject: Subject) -> list[Statement]:
    """Every statement of a subject's documents in order; what a page hides, its navigation and its orders to machines are none."""
    found: list[Statement] = []
    for document in subject.documents:
        for block in subject.blocks.get(document.id, []):
            path = _path(document, block)
            for start, end in _spans(document.text, block):
                if end - start >= _SHORTEST and not gives_orders(document.text[start:end]):
                    found.append(Statement(document, start, end, block.kind, path))
    return found


def within(statements: Sequence[Statement], document_id: str, start: int, end: int) -> list[int]:
    """The numbers of the statements that a span of a document touches."""
    return [at for at, one in enumerate(statements) if one.document.id == document_id and one.start < end and start < one.end]


def _path(document: Document, block: Block) -> tuple[str, ...]:
    header = (document.text[slice(*block.header)],) if block.header else ()
    return (*(line for line in block.heading_path if not gives_orders(line)), *header)


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.skip is not None and block.skip != "front matter":
        return
    if block.kind in _PROSE:
        yield from sentence_spans(text, block.start, block.end)
    elif block.kind in {"heading", "table_row"}:
        yield block.start, block.end
    elif block.kind in _LINES or block.skip == "front matter":
        yield from _lines(text, block.start, block.end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        first, last = at, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if any(c.isalnum() for c in text[first:last]):
            yield first, last
        at = stop + 1
