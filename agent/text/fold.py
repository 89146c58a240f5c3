"""Folding: a copy of a text in which only its words and their signs are left, with an offset map back to the text.

What is folded is written down here as data and nothing else is: white-space runs, quote and dash characters, ligatures, invisible
characters, line-end hyphenation, and Markdown's emphasis, code, link, escape and block-quote marks. Letter case, superscripts, fractions
and mathematical signs keep their meaning, so this is never NFKC.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Breaks = Literal["join", "keep", "space"]

QUOTES = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u2039\u203a\uff07",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02",
}
DASHES = {"-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"}
LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f"
ESCAPABLE = r"\\`*_{}\[\]()#+\-.!|<>~"

# A mark removed may bring two others together ("[a]![](x)(y)"). Ordinary text needs one pass and one to see that nothing is left.
_MOST_PASSES = 8

_SIGNS = {ord(sign): plain for table in (QUOTES, DASHES) for plain, signs in table.items() for sign in signs}
_DROPPED = re.compile(f"[{INVISIBLE}`]")
_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
_ESCAPE = re.compile(rf"\\(?=[{ESCAPABLE}])")
_EMPHASIS = re.compile(r"[*_]+")
_BRACKET = re.compile(
    r"!?\["
    r"|\](?P<link>\((?:[^()\[\]\s]|\([^()\[\]\s]*\))*(?:[\s>]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)|\[[^\[\]\n]{0,80}\])?"
)
_AT_BREAK = r"[^\S\n]*\n[^\S\n]*(?:>[^\S\n]*)*"
_BREAKS: dict[Breaks, re.Pattern[str] | None] = {
    "join": re.compile(rf"(?<=[^\W\d_])-{_AT_BREAK}(?=[^\W\d_])"),
    "keep": re.compile(rf"(?<=\w-){_AT_BREAK}(?=\w)"),
    "space": None,
}
_HYPHEN_BREAK = re.compile(rf"\w-[{INVISIBLE}*_`]*{_AT_BREAK}")
_MORE = r"(?:[^\S\n]|\n(?:[^\S\n]*>)*)*"
_WIDE = re.compile(r"[^\S ]|  ")
_SPACES = re.compile(rf"[^\S\n]{{2}}{_MORE}|[^\S\n]?\n(?:[^\S\n]*>)*{_MORE}|[^\S \n]{_MORE}")

# A text nothing of which is folded: most quotes and sentences are such, and need no passes.
_PLAIN = re.compile(rf"(?:[^\s*_`\[\]\\{INVISIBLE}{''.join(LIGATURES)}{''.join(map(chr, _SIGNS))}]| (?! ))*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `starts[i]` is the offset in the original of the character that gave `text[i]`; it never decreases."""

    text: str
    starts: Sequence[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind a non-empty span of the folded text."""
        return self.starts[start], self.starts[end - 1] + 1

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the folded text that a span of the original left; empty where all of it was folded away."""
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.starts, end - 1))

    def whole(self, start: int, end: int) -> bool:
        """Whether a span of the folded text begins and ends between characters of the original, not inside a ligature."""
        starts = self.starts
        return (start == 0 or starts[start - 1] != starts[start]) and (end >= len(starts) or starts[end - 1] != starts[end])


def fold(text: str, breaks: Breaks = "join") -> Folded:
    """Fold a text and keep the way back.

    `breaks` says what a hyphen between letters at a line end becomes: nothing ("multi-\\nmodal" is "multimodal"), the hyphen alone
    ("multi-modal"), or what any line end becomes, white space. Linear in the length of the text.
    """
    return Folding(text).read(breaks)


class Folding:
    """A text on its way to being folded: what all readings of its line ends share is done once."""

    def __init__(self, text: str) -> None:
        self._draft = _Draft(text, array("l", range(len(text))))
        _simplify(self._draft)

    def read(self, breaks: Breaks) -> Folded:
        """The folded text in one reading of its hyphens at line ends."""
        draft = _Draft(self._draft.text, self._draft.starts)
        _close_up(draft, breaks)
        assert draft.starts is not None
        return Folded(draft.text, draft.starts)


@lru_cache(maxsize=4096)
def folded_text(text: str, breaks: Breaks = "join") -> str:
    """The text of `fold(text)` alone, cheaper because no map is kept."""
    if _PLAIN.fullmatch(text):
        return text
    draft = _Draft(text, None)
    _simplify(draft)
    _close_up(draft, breaks)
    return draft.text


def unfolded(text: str) -> Folded:
    """The text itself in the form of a folded one."""
    return Folded(text, range(len(text)))


def has_hyphen_breaks(text: str) -> bool:
    """Whether a line of the text ends in a hyphen, so that the three ways to read it differ."""
    return _HYPHEN_BREAK.search(text) is not None


@dataclass(slots=True)
class _Draft:
    """A text under folding and, where asked for, its map."""

    text: str
    starts: array[int] | None

    def cut(self, edits: Iterable[tuple[int, int, str]]) -> bool:
        """Replace the spans of `edits`, in order, and say whether there were any. A replacement maps to where its span began."""
        pieces: list[str] = []
        starts = array("l")
        at = 0
        for start, end, plain in edits:
            pieces += (self.text[at:start], plain)
            if self.starts is not None:
                starts.extend(self.starts[at:start])
                starts.extend([self.starts[start]] * len(plain))
            at = end
        if not pieces:
            return False
        pieces.append(self.text[at:])
        self.text = "".join(pieces)
        if self.starts is not None:
            starts.extend(self.starts[at:])
            self.starts = starts
        return True


def _simplify(draft: _Draft) -> None:
    """Signs, invisible characters and ligatures, then the marks of Markdown."""
    if not draft.text.isascii():
        draft.text = draft.text.translate(_SIGNS)
        draft.cut((*m.span(), LIGATURES[m.group()]) for m in _LIGATURE.finditer(draft.text))
    if "`" in draft.text or not draft.text.isascii():
        draft.cut((*m.span(), "") for m in _DROPPED.finditer(draft.text))
    _unmark(draft)


def _unmark(draft: _Draft) -> None:
    for _ in range(_MOST_PASSES):
        text = draft.text
        if "\\" in text:
            draft.cut((*m.span(), "") for m in _ESCAPE.finditer(text))
        if "*" in text or "_" in text:
            draft.cut(_emphasis(draft.text))
        if not (("[" in text or "]" in text) and draft.cut(_links(draft.text))):
            return


def _close_up(draft: _Draft, breaks: Breaks) -> None:
    """Line ends and white space. A link whose target was broken between lines shows only then."""
    hyphen = _BREAKS[breaks]
    for _ in range(_MOST_PASSES):
        closed = hyphen is not None and "\n" in draft.text and draft.cut((*m.span(), "") for m in hyphen.finditer(draft.text))
        if _WIDE.search(draft.text):
            draft.cut((*m.span(), " ") for m in _SPACES.finditer(draft.text))
        if not closed or "](" not in draft.text:
            return
        _unmark(draft)


def _emphasis(text: str) -> Iterable[tuple[int, int, str]]:
    """Runs of `*` and `_`, but those inside a word or between digits (`snake_case`, 2*3) and those that stand alone (a * b)."""
    for mark in _EMPHASIS.finditer(text):
        start, end = mark.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        inside = before.isalnum() and after.isalnum()
        alone = (not before or before.isspace()) and (not after or after.isspace())
        if not inside and not alone:
            yield start, end, ""


def _links(text: str) -> list[tuple[int, int, str]]:
    """The brackets and targets of links and images, so that their words are left; brackets that are no link stay.

    A bracket that is never closed goes as well: a quote may end inside a link's words.
    """
    edits: list[tuple[int, int, str]] = []
    opened: list[tuple[int, int]] = []
    for token in _BRACKET.finditer(text):
        start, end = token.span()
        if not token.group().startswith("]"):
            opened.append((start, end))
            continue
        target = token["link"]
        if target is None:
            if opened:
                opened.pop()
        elif target[0] == "(" or not _indexes(text, opened):
            edits.append((start, end, ""))
            if opened:
                edits.append((*opened.pop(), ""))
        else:
            opened.pop()
    edits += [(*span, "") for span in opened]
    return sorted(edits)


def _indexes(text: str, opened: list[tuple[int, int]]) -> bool:
    """Whether brackets side by side are indexes of a name (`grid[0][1]`) and no reference link."""
    return bool(opened) and opened[-1][0] > 0 and (text[opened[-1][0] - 1].isalnum() or text[opened[-1][0] - 1] in "_])")
