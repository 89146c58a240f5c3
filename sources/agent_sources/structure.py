"""Structure of a document's text: headings, paragraphs, list items, table rows and code, each with exact offsets.

Markdown is parsed by markdown-it (CommonMark with tables and front matter); plain text by its line layout. Every block says whether it
belongs in a passage, and if not, why.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from agent.domain.document import Block, BlockKind
from agent_sources.boilerplate import skip_reason
from agent_sources.hidden import blanked, hidden_spans
from agent_sources.mdx import shield_code, with_titles, without_components
from agent_sources.plain_text import plain_blocks
from agent_sources.raw_html import pieces
from agent_sources.readers.registry import MARKDOWN, MDX, NOTEBOOK, PLAIN

_WITH_RAW_HTML = {MARKDOWN, MDX, NOTEBOOK}  # the other readers have left out what is hidden, and a tag in their text is only words

_TITLE_WORDS = 14  # a longer one is a sentence that was made to look like a heading
_TITLE_LENGTH = 400  # characters; a longer one is no title, and would be repeated in the path of everything below it
_LONGEST = 4_000  # characters of a paragraph: what is longer is cut at a sentence, so that no later step meets a text without end
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\[[^\]]*\]|[*`]|<[^<>]*>|\{#[^}]*\}|\\(?=[^\w\s])")
_NESTING = 60  # lists and quotes within each other
_MOST_PARSES = 20
_CONTAINERS = {"bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open", "table_open", "thead_open", "tbody_open"}
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*(?:\n[> \t]*|\Z)")  # "> [!NOTE]" and its like
_STRAY_FENCE = re.compile(r"\n[> \t]*(?:`{3,}|~{3,})[^`\n]*(?=\n|\Z)")
_SOURCE_LINE = re.compile(r"\ASource:\s+(.+)\Z", re.S)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")


def blocks_of(text: str, media_type: str) -> list[Block]:
    """The blocks of a document's text, in order, without overlap; what no block covers is white space or list and quote marks."""
    return list(_blocks(text, media_type))


@lru_cache(maxsize=64)
def _blocks(text: str, media_type: str) -> tuple[Block, ...]:
    """One run asks for the blocks of a document several times: for its language, its passages, and the engine."""
    hidden = hidden_spans(text, shield_code) if media_type in _WITH_RAW_HTML else []
    if media_type == PLAIN:
        found = plain_blocks(text)
    elif media_type == MDX:
        masked, components = without_components(text)
        found = with_titles(text, _Outline(masked, indented_code=False, hidden=hidden).read(), components)
    else:
        found = _Outline(text, hidden=hidden).read()
    shown = _with_rest(text, list(_without_hidden(text, found, hidden)), hidden) if hidden else found
    return tuple(_with_sources([_marked(text, piece) for block in shown if block.start < block.end for piece in _cut(text, block)]))


def plain_title(source: str) -> str:
    """A heading's words without Markdown or HTML marks, emoji-free, on one line."""
    text = _MARKS.sub(lambda m: m.group(1) or m.group(2) or "", source)
    text = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]", "", text)
    return " ".join(text.split()).strip(" #:*_")


@lru_cache(maxsize=2)
def _parser(indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").use(front_matter_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])  # what stands inside a block is not looked at here, and takes half of the time
    return parser if indented_code else parser.disable("code")


@dataclass
class _Outline:
    """Walks markdown-it's block tokens and keeps the heading path."""

    text: str
    indented_code: bool = True  # MDX indents what stands in a component
    hidden: list[tuple[int, int]] = field(default_factory=list)
    line: int = 0  # where the piece begins that is being parsed
    starts: list[int] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)
    folded: list[list[tuple[int, str]]] = field(default_factory=list)  # the paths around the open <details>

    def read(self) -> list[Block]:
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.shown = blanked(self.text, self.hidden)
        parser = _parser(self.indented_code)
        found: list[Block] = []
        for _ in range(_MOST_PARSES):
            tokens = parser.parse(self.text[self.starts[self.line] :])
            found += self._walk(tokens)
            # Below its deepest nesting the parser drops everything up to the end of the document: go on after what it has read.
            if max((token.level for token in tokens), default=0) < _NESTING - 2:
                break
            self.line += max([1, *(token.map[1] for token in tokens if token.map and token.type not in _CONTAINERS)])
            if self.line >= len(self.starts) - 1:
                break
        return found

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self._trimmed(self.starts[self.line + first], min(self.starts[self.line + last], len(self.text)))

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
                title = plain_title(self.shown[start:end]) if end - start <= _TITLE_LENGTH else ""
                if end - start > _TITLE_LENGTH:
                    yield self._block("paragraph", start, end)
                elif title:
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
            first, last = self._trimmed(start + piece.start, start + piece.end)
            title = plain_title(self.shown[first : min(last, first + _TITLE_LENGTH)])
            if piece.kind == "fold":
                self.folded.append(list(self.path))
            elif piece.kind == "unfold":
                self.path = self.folded.pop() if self.folded else self.path
            elif piece.kind in {"heading", "summary"} and title and len(title.split()) <= _TITLE_WORDS:
                below = self.path[-1][0] + 1 if self.path else 2
                yield self._heading(min(piece.level or below, 6), first, last, title)
            elif first >= last:
                continue
            elif piece.kind == "code":
                yield self._block("code", first, last)
            elif piece.kind == "markup" or not any(letter.isalnum() for letter in title):
                yield self._block("html", first, last, skip="markup")
            else:
                yield self._block("paragraph", first, last)


def _without_hidden(text: str, found: list[Block], hidden: list[tuple[int, int]]) -> Iterator[Block]:
    """The blocks with hidden spans taken out of them: prose in pieces, a heading as its first piece, a table row not at all."""
    at = 0
    for block in found:
        while at < len(hidden) and hidden[at][1] <= block.start:
            at += 1
        last = bisect_left(hidden, (block.end, 0), at)
        inside = hidden[at:last]
        if not inside or block.kind in {"code", "front_matter"}:
            yield block
        elif block.kind in {"table_row", "table_header"}:
            yield block.model_copy(update={"skip": "hidden"})
        else:
            pieces = _around(block, inside)
            seen = [(a, b, skip) for a, b, skip in pieces if text[a:b].strip()]
            heads = block.kind == "heading"
            for start, end, skip in seen:
                kind = (
                    "html" if skip else block.kind if not heads or (start, end, skip) == next(p for p in seen if not p[2]) else "paragraph"
                )
                while text[start].isspace():
                    start += 1
                while text[end - 1].isspace():
                    end -= 1
                yield block.model_copy(update={"kind": kind, "start": start, "end": end, "skip": skip or block.skip})


def _with_rest(text: str, found: list[Block], hidden: list[tuple[int, int]]) -> list[Block]:
    """The blocks with one for each hidden piece that none of them covers: a passage must know of it to end before it."""
    rest: list[Block] = []
    at = 0
    for start, end in hidden:
        while at < len(found) and found[at].end <= start:
            at += 1
        number = at
        while start < end:
            until = min(end, found[number].start) if number < len(found) else end
            if text[start:until].strip():
                left = len(text[start:until]) - len(text[start:until].lstrip())
                rest.append(Block(kind="html", start=start + left, end=start + len(text[start:until].rstrip()), skip="hidden"))
            start = max(start, found[number].end) if number < len(found) else end
            number += 1
    return sorted([*found, *rest], key=lambda block: (block.start, block.end))


def _around(block: Block, inside: list[tuple[int, int]]) -> Iterator[tuple[int, int, str | None]]:
    at = block.start
    for first, last in inside:
        if first > at:
            yield at, first, None
        yield max(at, first), min(last, block.end), "hidden"
        at = min(last, block.end)
    if at < block.end:
        yield at, block.end, None


def _cut(text: str, block: Block) -> Iterator[Block]:
    """A block of prose in pieces of at most _LONGEST characters, cut after a sentence, else at white space, else anywhere."""
    if block.kind not in {"paragraph", "list_item", "quote"} or block.end - block.start <= _LONGEST:
        yield block
        return
    start = block.start
    while block.end - start > _LONGEST:
        half, last = start + _LONGEST // 2, start + _LONGEST
        cut = max(text.rfind(end, half, last) for end in (". ", ".\n", "! ", "? ")) + 1 or text.rfind(" ", half, last) or last
        cut = cut if cut > half else last
        end = cut
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield block.model_copy(update={"start": start, "end": end})
        start = cut
        while start < block.end and text[start].isspace():
            start += 1
    if start < block.end:
        yield block.model_copy(update={"start": start})


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
