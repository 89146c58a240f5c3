"""Blocks to statements: every sentence, list item, table row, heading and code comment a claim may rest on.

A statement keeps the exact span of the source (its quote) beside the sentence that may be printed for it. All offsets count Unicode code
points of the document's text: `document.text[s.start:s.end] == s.quote`, always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from agent.domain.document import Block, Document
from agent.domain.proposal import Subject
from agent.engines.extractive.statements.announced import Listed, announces, listed_names, with_list
from agent.engines.extractive.statements.components import component_of, described
from agent.engines.extractive.statements.compose import Piece, Printed, printed_form
from agent.engines.extractive.statements.grammar import has_verb
from agent.engines.extractive.statements.headline import headline
from agent.engines.extractive.statements.leads import lead_of
from agent.engines.extractive.statements.leaning import Leaning, Names
from agent.engines.extractive.statements.plain import plain
from agent.engines.extractive.statements.references import subject_of
from agent.engines.extractive.statements.roles import role_of
from agent.engines.extractive.statements.rows import Row
from agent.engines.extractive.statements.shapes import shape_of
from agent.engines.extractive.statements.standalone import stand_alone
from agent.engines.extractive.statements.statement import Statement, StatementKind
from agent.engines.extractive.statements.titles import Titles
from agent.text.orders import gives_orders
from agent.text.sentences import sentence_spans

__all__ = ["MOST_STATEMENTS", "Statement", "StatementKind", "statements_of"]

MOST_STATEMENTS = 20_000  # of one artifact, some 2 MB of prose: what comes after is not read for capabilities
_LONGEST = 4_000  # characters of a block; prose is cut before, and a longer heading or row is no statement
_LONGEST_SENTENCE = 1_500

_COMMENT = re.compile(r"^[ \t]*(?:#+|//+)[ \t]*(?P<words>[A-Za-z][^\n]{12,160})$", re.M)
_CODE_LIKE = re.compile(
    r"[=;{}()<>\[\]$]|^\s*(?:pip|import|from|def|class|export|sudo|cd|git|python|return|type:|noqa|pylint)\b|-{3,}|={3,}|\|"
)
# Bold words of their own before a paragraph's first sentence: a heading in all but name.
_HEADED = re.compile(r"\A\s*\*\*(?P<title>[^*\s]+(?:[ \t]+[^*\s]+){2,14}(?<![.:!?,]))\*\*\s+(?=[A-Z])")
_role_of = lru_cache(maxsize=1024)(role_of)
# Sentences that go on about what the one before them is about.
_GOES_ON = re.compile(r"(?:It|Its)\b")


def statements_of(subject: Subject) -> list[Statement]:
    """Every statement of a subject's documents, in the order of the documents and their text; deterministic."""
    names = Names.of(subject.manifest)
    found: list[Statement] = []
    reader = _Reader(names, Titles((document, subject.blocks.get(document.id, [])) for document in subject.documents))
    for document in subject.documents:
        found.extend(islice(reader.read(document, subject.blocks.get(document.id, [])), MOST_STATEMENTS - len(found)))
    return [
        one
        if not any(map(gives_orders, one.heading_path))
        else replace(one, heading_path=tuple(t for t in one.heading_path if not gives_orders(t)))
        for one in found
        if not gives_orders(f"{one.intro or ''} {one.text}")
    ]


@dataclass
class _Reader:
    """Walks a document's blocks and keeps what a sentence may lean on."""

    names: Names
    titles: Titles
    order: int = 0
    block: int = 0
    section: int = 0
    _intro: tuple[int, tuple[int, int]] | None = None  # list level it introduces, span
    _parents: dict[int, tuple[int, int]] = field(default_factory=dict)
    _described: set[tuple[int, int]] = field(default_factory=set)
    _fresh: bool = True
    _opening: bool = True
    _own: bool = False
    _document: Document | None = None
    _block: Block | None = None
    _items: list[Block] = field(default_factory=list)  # of the list behind the block being read
    _before_code: bool = False

    def read(self, document: Document, blocks: list[Block]) -> Iterator[Statement]:
        self._document, self._opening, self._own = document, True, False
        self._described = set()
        self._new_section()
        for number, block in enumerate(blocks):
            self._before_code = number + 1 < len(blocks) and blocks[number + 1].kind == "code"
            if block.kind == "heading":
                self._new_section()
            if block.skip is not None or block.kind == "front_matter" or (block.kind != "code" and block.end - block.start > _LONGEST):
                continue
            self._block, self.block = block, self.block + 1
            self._items = _list_behind(blocks, number)
            if block.kind == "heading":
                yield from self._heading(block)
            elif block.kind in {"paragraph", "quote", "list_item"}:
                yield from self._prose(block)
            elif block.kind == "table_row":
                yield from self._row(block)
            elif block.kind == "code":
                yield from self._comments(block)

    def _new_section(self) -> None:
        self.section += 1
        self._intro, self._fresh, self._own = None, True, False
        self._parents = {}

    def _make(self, start: int, end: int, kind: StatementKind, text: str, printed: str | None, **more: object) -> Statement:
        document, block = self._document, self._block
        assert document is not None and block is not None
        self.order += 1
        given: dict[str, object] = {
            "sentence": printed is not None, "lead": None, "body": text, "first_of_block": True, "first_of_section": self._fresh, **more,
        }  # fmt: skip
        if kind != "heading":
            self._fresh = False
        return Statement(
            document_id=document.id, origin=document.origin, start=start, end=end, quote=document.text[start:end], kind=kind, text=text,
            printed=printed, heading_path=block.heading_path, role=_role_of(block.heading_path), level=block.level, order=self.order,
            block=self.block, section=self.section, place=start / max(1, len(document.text)), source=block.source,
            before_code=self._before_code, **given,  # type: ignore[arg-type]
        )  # fmt: skip

    def _source(self, start: int, end: int) -> str:
        assert self._document is not None
        return self._document.text[start:end]

    def _heading(self, block: Block) -> Iterator[Statement]:
        text = plain(self._source(block.start, block.end).lstrip("#").rstrip("# "))
        if len(text.split()) < 2:
            return
        printed = headline(text, block.heading_path, Leaning(self.names, path=block.heading_path, titles=self.titles))
        yield self._make(block.start, block.end, "heading", text, printed, sentence=False)

    def _prose(self, block: Block) -> Iterator[Statement]:
        """Sentences of a paragraph or list item; a lead alone joins the sentence after it."""
        spans = [(a, b) for a, b in self._sentences(block) if b - a <= _LONGEST_SENTENCE]
        if headed := _HEADED.match(self._source(*spans[0])) if spans and block.kind == "paragraph" else None:
            block = self._block = block.model_copy(update={"heading_path": (*block.heading_path, plain(headed["title"]))})
            spans[0] = (spans[0][0] + headed.end(), spans[0][1])
        spans = self._joined(spans)
        item = block.kind == "list_item"
        if item:
            self._parents = {level: span for level, span in self._parents.items() if level < block.level}
        introduction = self._introduction(block) if item else None
        self._own = False
        if item and spans and introduction and (component := self._undescribed(introduction)):
            text = plain(self._source(*spans[0]))
            if said := described(component, text):
                self._described.add(introduction)
                yield self._component(spans[0], introduction, component, text, said)
                spans = spans[1:]
        subject: str | None = None
        for number, (start, end) in enumerate(spans):
            text = plain(self._source(start, end))
            if not text:
                continue
            lead, body = lead_of(self._source(start, end), self.names) if number == 0 else (None, text)
            text = body if lead is None else text
            leaning = Leaning(self.names, self._own, self._opening and number == 0, block.heading_path, self.titles, subject)
            made = self._said(start, end, (text, lead, body), leaning, introduction if number == 0 else None, number == 0)
            subject = subject_of(made.printed)
            yield made
            self._own = self.names.opens(text) is not None or (self._own and bool(_GOES_ON.match(text)))
            self._opening = self._opening and len(text.split()) < 4
        if spans:
            last = spans[-1]
            introduces = self._source(*last).rstrip().rstrip("*_` ").endswith(":")
            if item:
                self._parents[block.level] = spans[0] if not introduces else last
            else:
                self._intro = (1, last) if introduces else None

    def _sentences(self, block: Block) -> list[tuple[int, int]]:
        assert self._document is not None
        return sentence_spans(self._document.text, block.start, block.end)

    def _undescribed(self, item: tuple[int, int]) -> str | None:
        """The component a list item names and nothing below it has described yet."""
        return None if item in self._described else component_of(plain(self._source(*item)))

    def _component(self, span: tuple[int, int], item: tuple[int, int], component: str, text: str, said: str) -> Statement:
        return self._make(
            span[0], span[1], "item", text, said, sentence=True, body=text, intro=component, intro_span=item, composed=True,
            intro_quote=self._source(*item), component=component,
        )  # fmt: skip

    def _joined(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if len(spans) < 2:
            return spans
        first = self._source(*spans[0]).strip()
        short_lead = re.fullmatch(r"[^\w*_]*(?:\*\*|__)[^*\n]{2,80}(?:\*\*|__)[.:!]?", first) or re.fullmatch(
            r"[^\w*_]*(?:\*\*|__)[^*\n]{2,80}[.:!](?:\*\*|__)", first
        )
        return [(spans[0][0], spans[1][1]), *spans[2:]] if short_lead else spans

    def _introduction(self, block: Block) -> tuple[int, int] | None:
        if block.level > 1:
            return self._parents.get(block.level - 1)
        return self._intro[1] if self._intro else None

    def _said(
        self, start: int, end: int, words: tuple[str, str | None, str], leaning: Leaning, introduction: tuple[int, int] | None, first: bool
    ) -> Statement:
        text, lead, body = words
        block = self._block
        assert block is not None
        item = block.kind == "list_item"
        intro = plain(self._source(*introduction)) if introduction else None
        piece = Piece(text, lead, body, block, intro if item else None, self._numbered(block))
        printed, listed = self._with_list(piece, leaning, end)
        component = component_of(lead) if lead and first else None
        said = described(component, body) if component else None
        if said:
            printed = Printed(said, sentence=True)
        return self._make(
            start, end, "item" if item else "sentence", text, printed.text, sentence=printed.sentence, lead=lead, body=body,
            first_of_block=first, intro=intro, intro_span=introduction, composed=printed.composed,
            intro_quote=self._source(*introduction) if introduction else None, component=component if said else None, listed=listed,
        )  # fmt: skip

    def _with_list(self, piece: Piece, leaning: Leaning, end: int) -> tuple[Printed, Listed]:
        """The printed form; of a sentence that announces the list behind it, with the names of the items."""
        if self._items and piece.lead is None and end == piece.block.end and announces(piece.text):
            assert self._document is not None
            found, spans = listed_names(self._document.text, self._items, self.names)
            text = with_list(piece.text, found, leaning) if found else None
            printed = printed_form(replace(piece, text=text, body=text), leaning) if text else Printed()
            if printed.text and printed.sentence and printed.text.casefold().rstrip(".").endswith(found[-1].casefold().rstrip(".")):
                return printed, spans
        return printed_form(piece, leaning), ()

    def _numbered(self, block: Block) -> bool:
        """Whether a list item stands in a numbered list: a step."""
        before = self._source(max(0, block.start - 6), block.start)
        return bool(re.search(r"\d[.)]\s*$", before) or re.match(r"\s*\d{1,2}[.)]\s", self._source(block.start, block.end)[:8]))

    def _row(self, block: Block) -> Iterator[Statement]:
        """A table row; what its header says decides whether it is printed."""
        row = Row.of(self._source(block.start, block.end), self._source(*block.header) if block.header else "")
        if len(row.cells) < 2:
            return
        printed = row.printed(Leaning(self.names, path=block.heading_path, titles=self.titles))
        yield self._make(
            block.start, block.end, "row", "; ".join(row.cells), printed, sentence=False, lead=row.lead or row.cells[0], body=row.body,
            component=row.component(printed),
        )  # fmt: skip

    def _comments(self, block: Block) -> Iterator[Statement]:
        """Comments in a code block that say in words what the code does."""
        source = self._source(block.start, block.end)
        for match in _COMMENT.finditer(source):
            words = match["words"].rstrip()
            if _CODE_LIKE.search(words) or len(words.split()) < 3 or not re.search(r"[a-z]{3}", words):
                continue
            start = block.start + match.start("words")
            text = plain(words)
            printed = (
                stand_alone(text, Leaning(self.names, path=block.heading_path))
                if has_verb(text) and shape_of(text) in {"sentence", "imperative"}
                else None
            )
            yield self._make(start, start + len(words), "comment", text, printed, first_of_block=False)


def _list_behind(blocks: list[Block], number: int) -> list[Block]:
    """The top items of the list that follows a block directly."""
    found: list[Block] = []
    if blocks[number].kind not in {"paragraph", "quote"}:
        return found
    for block in blocks[number + 1 :]:
        if block.kind != "list_item" or block.skip is not None:
            break
        if block.level <= 1:
            found.append(block)
    return found
