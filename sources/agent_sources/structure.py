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
from agent_sources.plain_text import plain_blocks
from agent_sources.readers.registry import MDX, PLAIN

_HTML_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.I | re.S)
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.I | re.S)
_HTML_TEXT = re.compile(r">([^<>]+)(?=<|\Z)|\A([^<>]+)", re.S)
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\[[^\]]*\]|[*`]|<[^<>]*>|\{#[^}]*\}|\\(?=[^\w\s])")
_MDX_MODULE = re.compile(r"^(?:import|export)\s.+", re.S)
_SOURCE_LINE = re.compile(r"\ASource:\s+(.+)\Z", re.S)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")


def blocks_of(text: str, media_type: str) -> list[Block]:
    """The blocks of a document's text, in order, without overlap; what no block covers is white space or list and quote marks."""
    found = plain_blocks(text) if media_type == PLAIN else _Outline(text, mdx=media_type == MDX).read()
    return _with_sources([_marked(text, block) for block in found])


def plain_title(source: str) -> str:
    """A heading's words without Markdown or HTML marks, emoji-free, on one line."""
    text = _MARKS.sub(lambda m: m.group(1) or m.group(2) or "", source)
    text = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]", "", text)
    return " ".join(text.split()).strip(" #:*_")


@lru_cache(maxsize=2)
def _parser(mdx: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").use(front_matter_plugin)
    return parser.disable("code") if mdx else parser


@dataclass
class _Outline:
    """Walks markdown-it's block tokens and keeps the heading path."""

    text: str
    mdx: bool
    starts: list[int] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)

    def read(self) -> list[Block]:
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        return list(self._walk(_parser(self.mdx).parse(self.text)))

    def _span(self, first: int, last: int) -> tuple[int, int]:
        start, end = self.starts[first], min(self.starts[last], len(self.text))
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
                yield self._heading(int(token.tag[1]), start, end, plain_title(self.text[start:end]))
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
        if self.mdx and _MDX_MODULE.match(self.text[start:end]):
            yield self._block("html", start, end, skip="markup")
        elif depth:
            yield self._block("list_item", start, end, level=depth)
        else:
            yield self._block("quote" if quotes else "paragraph", start, end)

    def _html(self, start: int, end: int) -> Iterator[Block]:
        """Raw HTML in Markdown: its headings and runs of prose become blocks, the rest is markup."""
        source = self.text[start:end]
        if source.startswith("<!--") and source.endswith("-->") and source.count("<!--") == 1:
            yield self._block("html", start, end, skip="markup")
            return
        heading = _HTML_HEADING.search(source) or _SUMMARY.search(source)
        if heading and not _TAG.sub("", source[: heading.start()]).strip():
            inner = heading.lastindex or 1
            title = plain_title(heading.group(inner))
            if title and len(title.split()) <= 14:
                level = int(heading.group(1)) if inner == 2 else (self.path[-1][0] + 1 if self.path else 2)
                yield self._heading(min(level, 6), start + heading.start(inner), start + heading.end(inner), title)
                if source[heading.end() :].strip():
                    yield from self._html_prose(start + heading.end(), end)
                return
        yield from self._html_prose(start, end)

    def _html_prose(self, start: int, end: int) -> Iterator[Block]:
        runs = []
        for piece in re.split(
            r"(?:</?(?:p|div|br|li|ul|ol|td|tr|table|img|h[1-6]|details|summary|center|hr|Tabs?|Card|Note)\b[^<>]*>|\n\s*\n)",
            self.text[start:end],
        ):
            runs.append(piece)
        at = start
        for run in runs:
            at = self.text.find(run, at, end) if run else at
            words = _TAG.sub(" ", run).split()
            if len(words) >= 6 and "<script" not in run and "<style" not in run:
                left = len(run) - len(run.lstrip())
                yield self._block("paragraph", at + left, at + len(run.rstrip()))
            elif run.strip():
                yield self._block("html", at + len(run) - len(run.lstrip()), at + len(run.rstrip()), skip="markup")
            at += len(run)


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
