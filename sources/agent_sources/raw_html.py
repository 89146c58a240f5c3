"""Raw HTML inside Markdown: which of it is a heading, which is prose, and where a folded section begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["heading", "summary", "prose", "markup", "code", "fold", "unfold"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_PART = re.compile(
    r"<h(?P<level>[1-6])\b[^<>]*>(?P<heading>(?:(?!<h[1-6]\b).)*?)</h(?P=level)\s*>"
    r"|<summary\b[^<>]*>(?P<summary>(?:(?!<summary\b).)*?)</summary\s*>"
    r"|(?P<fold><details\b[^<>]*>)|(?P<unfold></details\s*>)",
    re.I | re.S,
)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|dl|dt|dd|td|th|tr|table|thead|tbody|img|center|hr|blockquote|picture|source)\b[^<>]*>|\n\s*\n", re.I
)
_TAG = re.compile(r"<[^<>]*>")
_PROSE_WORDS = 6  # fewer words between two tags are a label, not a sentence


@dataclass(frozen=True)
class Piece:
    """A piece [start, end) of raw HTML; `level` is a heading's."""

    kind: PieceKind
    start: int
    end: int
    level: int = 0


def pieces(source: str) -> Iterator[Piece]:
    """The pieces of a run of raw HTML, in order; tags and comments between them are left out."""
    shown = _COMMENT.sub(_spaces, source)
    at = 0
    for found in _VERBATIM.finditer(shown):
        yield from _parts(shown, at, found.start())
        yield Piece("code" if found[1].lower() == "pre" else "markup", *found.span())
        at = found.end()
    yield from _parts(shown, at, len(shown))


def _parts(source: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for found in _PART.finditer(source, start, end):
        yield from _runs(source, at, found.start())
        at = found.end()
        if found["level"]:
            yield Piece("heading", *found.span("heading"), level=int(found["level"]))
        elif found["summary"] is not None:
            yield Piece("summary", *found.span("summary"))
        else:
            yield Piece("fold" if found["fold"] else "unfold", *found.span())
    yield from _runs(source, at, end)


def _runs(source: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for found in (*_BREAK.finditer(source, start, end), None):
        first, last = at, found.start() if found else end
        at = found.end() if found else end
        while first < last and source[first].isspace():
            first += 1
        while last > first and source[last - 1].isspace():
            last -= 1
        if first < last:
            words = _TAG.sub(" ", source[first:last]).split()
            yield Piece("prose" if len(words) >= _PROSE_WORDS else "markup", first, last)


def _spaces(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
