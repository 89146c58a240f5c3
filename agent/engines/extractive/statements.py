"""Blocks to statements: every sentence, list item, table row, heading and code comment a claim may rest on.

A statement keeps the exact span of the source (its quote) beside the sentence that may be printed for it. All offsets count Unicode code
points of the document's text: `document.text[s.start:s.end] == s.quote`, always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from agent.domain.artifact import Origin
from agent.domain.document import Block, Document
from agent.domain.proposal import QuoteRef, Subject
from agent.engines.extractive.components import component_of, described
from agent.engines.extractive.compose import Piece, plain_word, printed_form, with_lead
from agent.engines.extractive.grammar import has_verb
from agent.engines.extractive.leads import lead_of
from agent.engines.extractive.plain import plain
from agent.engines.extractive.roles import Role, role_of
from agent.engines.extractive.standalone import Leaning, Names, stand_alone
from agent.text.sentences import sentence_spans
from agent.text.words import Word, tag

StatementKind = Literal["sentence", "item", "row", "heading", "comment"]

_COMMENT = re.compile(r"^[ \t]*(?:#+|//+)[ \t]*(?P<words>[A-Za-z][^\n]{12,160})$", re.M)
_CODE_LIKE = re.compile(
    r"[=;{}()<>\[\]$]|^\s*(?:pip|import|from|def|class|export|sudo|cd|git|python|return|type:|noqa|pylint)\b|-{3,}|={3,}|\|"
)
_CELL = re.compile(r"(?<!\\)\|")
# Headings that name a job: an action noun or a gerund.
_TASK = re.compile(
    r"\b(?:\w{3,}(?:tion|sion|ment|ing|ysis|isation|ization)s?|search|inference|export|import|support|retrieval|access|storage|control|"
    r"queries|streaming|"
    r"download|upload|transfer|conversion|management|chat|dialog(?:ue)?|recovery|replay|backup)\b",
    re.I,
)
_NO_TASK = re.compile(
    r"\?$|^(?:using|running|installing|building|getting|setting|understanding|introduction|more|next|step|example|dataset|data|"
    r"additional|known|"
    r"supported|other|general|basic|important|working|why|how|what|when|where|who)\b|\b(?:information|instructions|documentation|"
    r"section|description|"
    r"questions?|considerations?|limitations?|installation|requirements|settings?|started|troubleshooting|configuration|"
    r"evaluation results?|introduction|"
    r"training data|contributions?|citation|licensing|versions?|options?|implementation details|training details|conclusions?|statement|"
    r"annotations?|"
    r"distribution|motivation|composition|testing|pricing|development|environment|billing|meeting|acknowledg\w+|parameters|preparation)$",
    re.I,
)


@dataclass(frozen=True)
class Statement:
    """One thing a document says, with its place, its printed form and what is known about where it stands.

    `quote` is the exact source [start, end). `text` is the quote's visible words on one line, nothing resolved. `printed` is a whole
    sentence that stands alone, or None where none can be made; `sentence` says that it is the source's own sentence, not one composed
    from a fragment. `lead` is the bold lead-in or the term before a colon, `body` the visible words after it (all of `text` without a
    lead). `intro` is the introducing sentence ("vLLM is fast with:") of a list item, `intro_span` its place: whoever prints a composed
    sentence cites both (see `quotes`). `component` is the tool, command or function a reference list describes. `before_code` says
    that a code block follows its block. `section` numbers the subject's sections,
    `block` its blocks, `order` the statements themselves.
    """

    document_id: str
    origin: Origin
    start: int
    end: int
    quote: str
    kind: StatementKind
    text: str
    printed: str | None
    sentence: bool
    lead: str | None
    body: str
    heading_path: tuple[str, ...]
    role: Role
    level: int
    order: int
    block: int
    section: int
    place: float
    first_of_block: bool
    first_of_section: bool
    before_code: bool = False
    intro: str | None = None
    intro_span: tuple[int, int] | None = None
    intro_quote: str | None = None
    composed: bool = False
    component: str | None = None
    source: str | None = None

    @cached_property
    def words(self) -> list[Word]:
        """The tagged words of `printed`, or of `text` where nothing can be printed."""
        return tag(self.printed or self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """Lemmas of the content words of `text`."""
        return frozenset(word.lemma for word in tag(self.text) if word.content)

    @property
    def heading(self) -> str:
        """The innermost heading, "" where there is none."""
        return self.heading_path[-1] if self.heading_path else ""

    def quotes(self) -> list[QuoteRef]:
        """What a claim printed from this statement cites: the statement first, then the introducing sentence it was composed with."""
        found = [QuoteRef(document_id=self.document_id, quote=self.quote, start=self.start, end=self.end)]
        if self.composed and self.intro_span and self.intro_quote:
            first, last = self.intro_span
            found.append(QuoteRef(document_id=self.document_id, quote=self.intro_quote, start=first, end=last))
        return found


def statements_of(subject: Subject) -> list[Statement]:
    """Every statement of a subject's documents, in the order of the documents and their text; deterministic."""
    names = Names.of(subject.manifest)
    found: list[Statement] = []
    reader = _Reader(names)
    for document in subject.documents:
        found.extend(reader.read(document, subject.blocks.get(document.id, [])))
    return found


@dataclass
class _Reader:
    """Walks a document's blocks and keeps what a sentence may lean on."""

    names: Names
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
    _before_code: bool = False

    def read(self, document: Document, blocks: list[Block]) -> Iterator[Statement]:
        self._document, self._opening, self._own = document, True, False
        self._described = set()
        self._new_section()
        for number, block in enumerate(blocks):
            self._before_code = number + 1 < len(blocks) and blocks[number + 1].kind == "code"
            if block.kind == "heading":
                self._new_section()
            if block.skip is not None or block.kind == "front_matter":
                continue
            self._block, self.block = block, self.block + 1
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
            printed=printed, heading_path=block.heading_path, role=role_of(block.heading_path), level=block.level, order=self.order,
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
        printed = None
        role = role_of(block.heading_path)
        if (
            role not in {"data", "overview", "limitations", "changelog", "notes"}
            and len(block.heading_path) > 1
            and _TASK.search(text)
            and not _NO_TASK.search(text)
            and not has_verb(text)
        ):
            name = self.names.name
            small = text[:1].lower() + text[1:] if plain_word(text) else text
            if not self.names.opens(text):
                printed = stand_alone(f"{name} supports {small}", Leaning(self.names))
        yield self._make(block.start, block.end, "heading", text, printed, sentence=False)

    def _prose(self, block: Block) -> Iterator[Statement]:
        """Sentences of a paragraph or list item; a lead alone joins the sentence after it."""
        spans = self._joined(sentence_spans(self._source(0, block.end), block.start, block.end))
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
        for number, (start, end) in enumerate(spans):
            text = plain(self._source(start, end))
            if not text:
                continue
            lead, body = lead_of(self._source(start, end), self.names) if number == 0 else (None, text)
            text = body if lead is None else text
            leaning = Leaning(self.names, after_own=self._own, opening=self._opening and number == 0)
            yield self._said(start, end, (text, lead, body), leaning, introduction if number == 0 else None, number == 0)
            self._own = self.names.opens(text) is not None or (self._own and bool(re.match(r"(?:It|Its|This|The)\b", text)))
            self._opening = self._opening and len(text.split()) < 4
        if spans:
            last = spans[-1]
            introduces = self._source(*last).rstrip().rstrip("*_` ").endswith(":")
            if item:
                self._parents[block.level] = spans[0] if not introduces else last
            else:
                self._intro = (1, last) if introduces else None

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
        printed, composed, whole = printed_form(Piece(text, lead, body, block, intro if item else None), leaning)
        component = component_of(lead) if lead and first else None
        said = described(component, body) if component else None
        if said:
            printed, composed, whole = said, False, True
        return self._make(
            start, end, "item" if item else "sentence", text, printed, sentence=whole, lead=lead, body=body, first_of_block=first,
            intro=intro, intro_span=introduction, composed=composed,
            intro_quote=self._source(*introduction) if introduction else None, component=component if said else None,
        )  # fmt: skip

    def _row(self, block: Block) -> Iterator[Statement]:
        """A table row whose cells make a sentence: a term and one cell of prose."""
        cells = [plain(cell) for cell in _CELL.split(self._source(block.start, block.end))]
        cells = [cell for cell in cells if cell]
        prose = [cell for cell in cells[1:] if len(cell.split()) >= 4 and re.search(r"[a-z]{3}", cell)]
        printed = None
        if cells and len(prose) == 1 and len(cells) <= 4 and 1 <= len(cells[0].split()) <= 8 and re.search(r"[A-Za-z]{2}", cells[0]):
            printed = with_lead(cells[0], prose[0], Leaning(self.names))
        lead = cells[0] if cells else None
        body = prose[0] if len(prose) == 1 else " ".join(cells[1:])
        if len(cells) >= 2:
            yield self._make(block.start, block.end, "row", "; ".join(cells), printed, sentence=False, lead=lead, body=body)

    def _comments(self, block: Block) -> Iterator[Statement]:
        """Comments in a code block that say in words what the code does."""
        source = self._source(block.start, block.end)
        for match in _COMMENT.finditer(source):
            words = match["words"].rstrip()
            if _CODE_LIKE.search(words) or len(words.split()) < 3 or not re.search(r"[a-z]{3}", words):
                continue
            start = block.start + match.start("words")
            text = plain(words)
            printed = stand_alone(text, Leaning(self.names)) if has_verb(text) else None
            yield self._make(start, start + len(words), "comment", text, printed, first_of_block=False)
