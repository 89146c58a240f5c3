"""From lines in reading order to Markdown-like text: paragraphs, headings by their size, lists, tables, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agent_sources.readers.pdf_layout import Line, Page, reading_order, without_furniture

_BULLET = re.compile(r"^[•‣▪●○■–∙·\uf0b7]\s*(?=\S)|^[-*]\s+(?=\S)")
_NUMBERED_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)]|\[\d{1,3}\])\s+\S")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BROKEN_WORD = re.compile(r"(\w*[^\W\d_])-$")
_FIRST_WORD = re.compile(r"[^\W\d_][\w-]*")
_MARKDOWN = re.compile(r"^(?=#{1,6}\s|>|\||`{3}|~{3}|-{3,}\s*$|={3,}\s*$|<)")
_LEADERS = re.compile(r"(?:\s*[.·…]){5,}\s*\w*\s*$")  # an entry of a table of contents: dots, then a page number
_TITLE_WORDS = 16
_CELL_TEXT = 24  # characters, on average
_LARGER = 1.12  # times the body's size: a heading
_SHORT_LINE = 0.85  # of the column's width


@dataclass
class _Paragraph:
    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


def markdown_of(pages: Sequence[Page]) -> str:
    """The text of a PDF's pages; "" where they have none."""
    read = (line for segments in without_furniture(pages) for line in reading_order(segments))
    lines = [line for line in read if not _LEADERS.search(line.text)]
    if not lines:
        return ""
    return _Writer(lines).write()


class _Writer:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        sizes = Counter[float]()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0]
        self.words = Counter(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text))
        gaps = sorted(a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 4 * a.size)
        self.leading = gaps[len(gaps) // 2] if gaps else 1.2 * self.body
        larger = sorted({line.size for line in lines if self._is_large(line)}, reverse=True)
        self.levels = {size: min(number, 4) for number, size in enumerate(larger, 1)}

    def write(self) -> str:
        parts: list[str] = []
        code: list[str] = []
        for block in self._blocks():
            if not isinstance(block, list) and block.first.mono:
                code += [*([""] if code else []), *_code(block.lines)]
                continue
            if code:
                parts.append("\n".join(["```", *code, "```"]))
                code = []
            parts.append(_table(block) if isinstance(block, list) else self._text(block))
        if code:
            parts.append("\n".join(["```", *code, "```"]))
        return "\n\n".join(part for part in parts if part) + "\n"

    def _blocks(self) -> Iterator[_Paragraph | list[Line]]:
        """Paragraphs, and tables as lists of lines."""
        waiting: _Paragraph | None = None
        at = 0
        while at < len(self.lines):
            rows = self._table_at(at)
            if rows:
                if waiting:
                    yield waiting
                waiting = None
                yield self.lines[at : at + rows]
                at += rows
                continue
            line = self.lines[at]
            if waiting and not self._begins(waiting, line):
                waiting.lines.append(line)
            else:
                if waiting:
                    yield waiting
                waiting = _Paragraph([line])
            at += 1
        if waiting:
            yield waiting

    def _table_at(self, at: int) -> int:
        """How many lines from here form a table: the same number of short cells, aligned; 0 where none begins."""
        width = len(self.lines[at].segments)
        if width < 2:
            return 0
        rows = [self.lines[at]]
        for line in self.lines[at + 1 : at + 200]:
            if len(line.segments) != width or line.new_column or not _aligned(rows[0], line):
                break
            rows.append(line)
        cells = [segment.text for row in rows for segment in row.segments]
        enough = len(rows) >= (2 if width > 2 else 3)
        return len(rows) if enough and sum(map(len, cells)) <= _CELL_TEXT * len(cells) and not all(row.mono for row in rows) else 0

    def _begins(self, paragraph: _Paragraph, line: Line) -> bool:
        """Whether a line begins a new paragraph."""
        last, text = paragraph.last, line.text
        if abs(line.size - last.size) > 0.08 * last.size or line.mono != last.mono or (line.bold != last.bold and self._is_heading([last])):
            return True
        if _BULLET.match(text) or (_NUMBERED_ITEM.match(text) and (_ENDS.search(last.text) or _NUMBERED_ITEM.match(paragraph.first.text))):
            return True
        drop = last.y - line.y
        if line.new_column or drop <= 0:
            return not (text[:1].islower() or _BROKEN_WORD.search(last.text)) or (bool(_ENDS.search(last.text)) and not text[:1].islower())
        if drop > 1.35 * max(self.leading, last.size):
            return True
        if line.mono or self._is_large(line):
            return False
        ended = bool(_ENDS.search(last.text))
        indented = line.x0 > paragraph.last.x0 + 0.8 * line.size and not _BULLET.match(paragraph.first.text)
        short = last.x1 - last.x0 < _SHORT_LINE * max(other.x1 - other.x0 for other in (*paragraph.lines[-3:], line))
        return ended and (indented or (short and text[:1].isupper()))

    def _is_large(self, line: Line) -> bool:
        return line.size >= _LARGER * self.body

    def _is_heading(self, lines: Sequence[Line]) -> bool:
        text = " ".join(line.text for line in lines)
        words = text.split()
        if not words or len(words) > _TITLE_WORDS or not re.search(r"[^\W\d_]{2}", text) or lines[0].mono:
            return False
        if self._is_large(lines[0]):
            return True
        return lines[0].size >= 0.95 * self.body and all(line.bold for line in lines) and not re.search(r"[.,;:!?]$", text)

    def _text(self, paragraph: _Paragraph) -> str:
        if self._is_heading(paragraph.lines):
            level = self.levels.get(paragraph.first.size, min(len(set(self.levels.values())) + 1, 5))
            return f"{'#' * level} {' '.join(line.text for line in paragraph.lines)}"
        text = self._joined([line.text for line in paragraph.lines])
        if _BULLET.match(text):
            return "- " + _BULLET.sub("", text, count=1)
        return _MARKDOWN.sub(r"\\", text)

    def _joined(self, lines: Sequence[str]) -> str:
        """Lines as one, words that were cut at a line's end rejoined: with their hyphen where the document writes them so elsewhere."""
        pieces = [lines[0]]
        for line in lines[1:]:
            cut, rest = _BROKEN_WORD.search(pieces[-1]), _FIRST_WORD.match(line)
            if not (cut and rest and line[:1].islower()):
                pieces.append((" " if not pieces[-1].endswith("-") or not cut else "") + line)
                continue
            second = rest[0].split("-")[0]
            hyphened, whole = f"{cut[1]}-{second}".casefold(), f"{cut[1]}{second}".casefold()
            if self.words[hyphened] <= self.words[whole] or not self.words[hyphened]:
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        return "".join(pieces)


def _aligned(first: Line, line: Line) -> bool:
    """Whether the cells of two rows stand under each other: by their left edges, right edges or middles."""
    for a, b in zip(first.segments, line.segments, strict=True):
        near = 1.2 * max(a.size, b.size)
        if min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x0 + a.x1 - b.x0 - b.x1) / 2) > near:
            return False
    return True


def _code(lines: Sequence[Line]) -> list[str]:
    """Lines of a fixed-width font with their indentation."""
    left = min(line.x0 for line in lines)
    return [" " * min(40, round((line.x0 - left) / (0.6 * line.size))) + line.text.replace("```", "'''") for line in lines]


def _table(rows: Sequence[Line]) -> str:
    written = ["| " + " | ".join(" ".join(s.text.split()).replace("|", "/") for s in row.segments) + " |" for row in rows]
    written.insert(1, "|" + " --- |" * len(rows[0].segments))
    return "\n".join(written)
