"""Text from documents made safe to print: no control characters, no direction overrides, one line where a line is meant."""

from __future__ import annotations

import re
from typing import Literal

# C0 and C1 controls (escape sequences among them) except tab and newline, and the characters that reorder what a reader sees.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CODE = re.compile(r"`([^`\n]+)`")
ELLIPSIS = "…"

Piece = tuple[Literal["text", "code"], str]


def printable(text: str) -> str:
    """The text without characters that steer a terminal or reorder a line; tabs and newlines stay."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, white-space runs as single spaces."""
    return " ".join(printable(text).split())


def shorten(text: str, width: int) -> str:
    """At most `width` characters of the text on one line, cut at a word and marked where cut."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return cut[: space if space > width // 2 else len(cut)].rstrip(" ,;:") + ELLIPSIS


def pieces(text: str) -> list[Piece]:
    """A sentence as runs of text and of code (between single back-ticks)."""
    line = one_line(text)
    found: list[Piece] = []
    at = 0
    for match in _CODE.finditer(line):
        if match.start() > at:
            found.append(("text", line[at : match.start()]))
        found.append(("code", match.group(1)))
        at = match.end()
    if at < len(line):
        found.append(("text", line[at:]))
    return found


def web_address(text: str | None) -> str | None:
    """The text where it is an http(s) address fit for a link, else None."""
    if text and re.fullmatch(r"https?://[^\s<>\"'`\\]+", text):
        return text
    return None
