"""From places on a page to reading order: lines, columns, running headers. Sizes and places are in points, y grows upwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_SAME_LINE = 0.45  # of the font size: how far a baseline may lie beside another of its line (superscripts)
_COLUMN_LINES = 3  # a column has at least so many lines
_COLUMN_TEXT = 18  # and so many characters in a line, on average: cells of a table have fewer
_CROSSING = 0.6  # lines across a gutter, of those beside it; two are always allowed, a title and a footnote
_DEEPEST = 4  # columns within columns
_EDGE = 0.12  # of the page's height: where running headers and footers stand
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.I)


@dataclass
class Segment:
    """A run of characters without a wide gap: its text, edges, baseline, and how many of its characters are bold or of a fixed width."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: int = 0
    mono: int = 0

    def goes_on(self, left: float, base: float, size: float, gap: float) -> bool:
        """Whether a character at `left` on `base` continues the run; the letters of one ligature all have its place."""
        largest = max(self.size, size)
        return abs(base - self.y) <= _SAME_LINE * largest and -largest <= left - self.x1 <= gap * largest

    def add(self, character: str, right: float, base: float, size: float) -> None:
        if size > self.size and not character.isspace():
            self.y, self.size = base, size
        self.text += character
        self.x1 = max(self.x1, right)


@dataclass(frozen=True)
class Page:
    """One page: its size and its segments in the file's order."""

    width: float
    height: float
    segments: list[Segment]


@dataclass
class Line:
    """One line of a column: its segments from left to right."""

    segments: list[Segment] = field(default_factory=list)
    new_column: bool = False  # nothing stands above it in its column

    @property
    def text(self) -> str:
        return " ".join(" ".join(segment.text for segment in self.segments).split())

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def y(self) -> float:
        return max(self.segments, key=lambda segment: segment.size).y

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes = Counter[float]()
        for segment in self.segments:
            sizes[round(segment.size * 2) / 2] += len(segment.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return self._mostly([segment.bold for segment in self.segments])

    @property
    def mono(self) -> bool:
        return self._mostly([segment.mono for segment in self.segments])

    def _mostly(self, counts: list[int]) -> bool:
        return sum(counts) >= 0.9 * sum(len("".join(segment.text.split())) for segment in self.segments)


def without_furniture(pages: Sequence[Page]) -> list[list[Segment]]:
    """The segments of each page without page numbers and what stands at the same edge of several pages (figures in it may differ)."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    often = min(3, max(2, len(pages) // 2))
    counting = Counter(offset for number, lines in enumerate(edges) for offset in {o for line in lines for o in _offsets(line, number)})
    numbering = {offset for offset, count in counting.items() if count >= max(3, 0.5 * len(pages))}
    kept = []
    for number, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            id(segment)
            for line in lines
            if seen[_key(line)] >= often or _PAGE_NUMBER.fullmatch(line.text) or numbering.intersection(_offsets(line, number))
            for segment in line.segments
        }
        kept.append([segment for segment in page.segments if id(segment) not in dropped])
    return kept


def reading_order(segments: Sequence[Segment]) -> list[Line]:
    """The lines of a page in the order a person reads them: down each column, and columns from left to right between full-width lines."""
    return _ordered(sorted((s for s in segments if s.text.strip()), key=lambda s: (-s.y, s.x0)), 0)


def _edge_lines(page: Page) -> list[Line]:
    lines = _lines(page.segments)
    low, high = _EDGE * page.height, (1 - _EDGE) * page.height
    return [line for line in (*lines[:3], *lines[-3:]) if line.y <= low or line.y >= high]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.casefold()), round(line.y / 4)


def _offsets(line: Line, page: int) -> set[int]:
    """By how much a number at either end of a line is above the page's own: the same on most pages, it is the page number."""
    return {int(found) - page for found in re.findall(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$", line.text)} if len(line.text) < 100 else set()


def _lines(segments: Sequence[Segment]) -> list[Line]:
    """Segments by baseline, from the top; within a line from the left."""
    lines: list[Line] = []
    for segment in sorted(segments, key=lambda s: (-s.y, s.x0)):
        if not segment.text.strip():
            continue
        if lines and abs(lines[-1].segments[0].y - segment.y) <= _SAME_LINE * max(lines[-1].segments[0].size, segment.size):
            lines[-1].segments.append(segment)
        else:
            lines.append(Line([segment]))
    for line in lines:
        line.segments.sort(key=lambda s: s.x0)
    return lines


def _ordered(segments: list[Segment], depth: int) -> list[Line]:
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        lines = _lines(segments)
        if lines:
            lines[0].new_column = True
        return lines
    ordered: list[Line] = []
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    across: list[Segment] = []

    def flush_sides() -> None:
        for side in sides:
            ordered.extend(_ordered(side, depth + 1) if side else [])
            side.clear()

    def flush_across() -> None:
        ordered.extend(_lines(across))
        across.clear()

    for segment in segments:
        if segment.x0 < gutter < segment.x1:
            flush_sides()
            across.append(segment)
        else:
            flush_across()
            sides[segment.x0 >= gutter].append(segment)
    flush_across()
    flush_sides()
    return ordered


def _gutter(segments: Sequence[Segment]) -> float | None:
    """The middle of the widest strip that (almost) no segment crosses, with a column of prose on each side; None without one."""
    if len(segments) < 2 * _COLUMN_LINES:
        return None
    changes = sorted([(s.x0, 1) for s in segments] + [(s.x1, -1) for s in segments])
    lefts, rights = sorted(s.x0 for s in segments), sorted(s.x1 for s in segments)
    size = sorted(s.size for s in segments)[len(segments) // 2]
    best: tuple[float, float] | None = None
    crossing = left = 0
    for (x, change), (following, _) in pairwise(changes):
        crossing += change
        left += change < 0
        right = len(segments) - left - crossing
        few = min(left, right)
        wide = following - x
        if few >= _COLUMN_LINES and wide >= 0.5 * size and crossing <= max(2, _CROSSING * few):
            score = wide / (1 + crossing)
            if (best is None or score > best[0]) and _is_prose(segments, x + wide / 2):
                best = (score, x + wide / 2)
    return best[1] if best and lefts[0] < best[1] < rights[-1] else None


def _is_prose(segments: Sequence[Segment], at: float) -> bool:
    """Whether both sides of a gutter hold lines of prose, not cells or bullets."""
    for side in ([s for s in segments if s.x1 <= at], [s for s in segments if s.x0 >= at]):
        if len(side) < _COLUMN_LINES or sum(len(s.text) for s in side) < _COLUMN_TEXT * len(side):
            return False
    return True
