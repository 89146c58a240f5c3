"""Structure of a document's text: headings, paragraphs, list items, table rows and code, each with exact offsets.

Markdown is parsed by markdown-it (CommonMark with tables and front matter); plain text by its line layout. Every block says whether it
belongs in a passage, and if not, why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from agent.domain.document import Block, BlockKind
from agent_sources.boilerplate import skip_reason
from agent_sources.mdx import with_titles, without_components
from agent_sources.plain_text import plain_blocks
from agent_sources.raw_html import pieces
from agent_sources.readers.registry import MDX, PLAIN

_TITLE_WORDS = 14  # a longer one is a sentence that was made to look like a heading
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\[[^\]]*\]|[*`]|<[^<>]*>|\{#[^}]*\}|\\(?=[^\w\s])")
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*(?:\n[> \t]*|\Z)")  # "> [!NOTE]" and its like
_STRAY_FENCE = re.compile(r"\n[> \t]*(?:`{3,}|~{3,})[^`\n]*(?=\n|\Z)")
_SOURCE_LINE = re.compile(r"\ASource:\s+(.+)\Z", re.S)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")


def blocks_of(text: str, media_type: str) -> list[Block]:
    """The blocks of a document's text, in order, without overlap; what no block covers is white space or list and quote marks."""
    return list(_blocks(text, media_type))


@lru_cache(maxsize=64)
def _blocks(text: str, media_type: str) -> tuple[Block, ...]:
    """One run asks for the blocks of a document several times: for its language, its passages, and the engine."""
    if media_type == PLAIN:
        found = plain_blocks(text)
    elif media_type == MDX:
        masked, components = without_components(text)
        found = with_titles(text, _Outline(masked, indented_code=False).read(), components)
    else:
        found = _Outline(text).read()
    return tuple(_with_sources([_marked(text, block) for block in found]))


def plain_title(source: str) -> str:
    """A heading's words without Markdown or HTML marks, emoji-free, on one line."""
    text = _MARKS.sub(lambda m: m.group(1) or m.group(2) or "", source)
    text = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]", "", text)
    return " ".join(text.split()).strip(" #:*_")


@lru_cache(maxsize=2)
def _parser(indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").use(front_matter_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])  # what stands inside a block is not looked at here, and takes half of the time
    return parser if indented_code else parser.disable("code")


@dataclass
class _Outline:
    """Walks markdown-it's block tokens and keeps the heading path."""

    text: str
    indented_code: bool = True  # MDX indents what stands in a component
    starts: list[int] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)
    folded: list[list[tuple[int, str]]] = field(default_factory=list)  # the paths around the open <details>

    def read(self) -> list[Block]:
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        return list(self._walk(_parser(self.indented_code).parse(self.text)))

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self._trimmed(self.starts[first], min(self.starts[last], len(self.text)))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return start, end

    def _block(self, kind: BlockKind, start: int, end: int, **more: object) -> Block:
        return Block.model_validate(
            {"kind": kind, "start": start, "end": end, "heading_path": tuple(title for _, title in self.path), **more}
        )

    def _heading(self, level: int, start: int, end: int, title: str) -> Block:
        self.path = [(n, t) for n, t in self.path if n < level]
        self.path.append((level, title))
        return self._block("heading", start, end, level=level)

    def _walk(self, tokens: list[Token]) -> Iterator[Block]:
        depth = quotes = 0
        header: tuple[int, int] | None = None
        in_head = False
        for number, token in enumerate(tokens):
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                depth += 1
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                depth -= 1
            elif token.type == "blockquote_open":
                quotes += 1
            elif token.type == "blockquote_close":
                quotes -= 1
            elif token.type in {"thead_open", "thead_close"}:
                in_head = token.type == "thead_open"
            if token.map is None:
                continue
            start, end = self._span(token.map[0], token.map[1])
            if token.type == "heading_open":
                start, end = self._content(tokens[number + 1], start, end)
                title = plain_title(self.text[start:end])
                if title:
                    yield self._heading(int(token.tag[1]), start, end, title)
                else:  # an image, a ruler of marks: it heads nothing
                    yield self._block("html", start, end, skip="markup")
            elif token.type == "paragraph_open":
                start, end = self._content(tokens[number + 1], start, end)
                yield from self._paragraph(start, end, depth, quotes)
            elif token.type == "tr_open":
                if in_head:
                    header = (start, end)
                    yield self._block("table_header", start, end)
                else:
                    yield self._block("table_row", start, end, header=header)
            elif token.type in {"fence", "code_block"}:
                yield self._block("code", start, end)
            elif token.type == "front_matter":
                yield self._block("front_matter", start, end, skip="front matter")
            elif token.type == "html_block":
                yield from self._html(start, end)

    def _content(self, inline: Token, start: int, end: int) -> tuple[int, int]:
        """Narrow a block to its inline content: without list, quote and heading marks around it."""
        lines = inline.content.split("\n")
        first, last = lines[0].strip(), lines[-1].strip()
        at = self.text.find(first, start, end)
        if at < 0 or not first:
            return start, end
        tail = self.text.rfind(last, at, end)
        return at, (tail + len(last) if tail >= 0 else end)

    def _paragraph(self, start: int, end: int, depth: int, quotes: int) -> Iterator[Block]:
        alert = _ALERT.match(self.text, start, end)
        start = alert.end() if alert else start
        if start >= end:
            return
        fence = _STRAY_FENCE.search(self.text, start, end)
        if fence:  # indented too far for Markdown, but meant as code
            yield from self._paragraph(*self._trimmed(start, fence.start()), depth, quotes)
            yield self._block("code", *self._trimmed(fence.start(), end))
        elif depth:
            yield self._block("list_item", start, end, level=depth)
        else:
            yield self._block("quote" if quotes else "paragraph", start, end)

    def _html(self, start: int, end: int) -> Iterator[Block]:
        """Raw HTML in Markdown: its headings and runs of prose become blocks, the rest is markup."""
        for piece in pieces(self.text[start:end]):
            first, last = start + piece.start, start + piece.end
            title = plain_title(self.text[first:last])
            if piece.kind == "fold":
                self.folded.append(list(self.path))
            elif piece.kind == "unfold":
                self.path = self.folded.pop() if self.folded else self.path
            elif piece.kind in {"heading", "summary"} and title and len(title.split()) <= _TITLE_WORDS:
                below = self.path[-1][0] + 1 if self.path else 2
                first, last = self._trimmed(first, last)
                yield self._heading(min(piece.level or below, 6), first, last, title)
            elif piece.kind == "code":
                yield self._block("code", first, last)
            elif piece.kind == "markup" or not title:
                yield self._block("html", first, last, skip="markup")
            else:
                yield self._block("paragraph", first, last)


def _marked(text: str, block: Block) -> Block:
    if block.skip is not None:
        return block
    source = _SOURCE_LINE.match(text[block.start : block.end]) if block.kind == "paragraph" else None
    if source:
        titles = "; ".join(_LINK.findall(source.group(1))) or source.group(1).strip()
        return block.model_copy(update={"skip": "source line", "source": titles})
    reason = skip_reason(text[block.start : block.end], block)
    return block.model_copy(update={"skip": reason}) if reason else block


def _with_sources(found: list[Block]) -> list[Block]:
    """Give every block of a section the source its closing "Source:" line names."""
    result: list[Block] = []
    pending: list[Block] = []
    for block in found:
        if block.skip == "source line":
            result += [b.model_copy(update={"source": block.source}) for b in pending] + [block]
            pending = []
        elif block.kind == "heading":
            result += pending
            pending = [block]
        else:
            pending.append(block)
    return result + pending
