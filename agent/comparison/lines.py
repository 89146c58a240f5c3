"""The lines of a document in which it may answer a question about its subject: headings, list items and sentences of its text.

Left out is what stands in code and tables, and every section that speaks of something else: plans, news, other projects, references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.domain.capability import Evidence
from agent.text.sentences import sentence_spans

__all__ = ["Line", "lines"]

_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ x]\]\s+)?")
_OPEN_TASK = re.compile(r"\s*[-*+]\s+\[ \]")
_ELSEWHERE = re.compile(
    r"roadmap|to-?do\b|future|upcoming|planned|related|acknowledg|thanks|citation|citing|references?\b|bibliograph|contribut|change ?log|"
    r"release notes|what['’]s new|\bnews\b|updates?\b|community|projects using|built with|who uses|used by|"
    r"alternatives|comparison|versus|\bvs\b|"
    r"requirements?$|training data|table of contents|examples?\b",
    re.I,
)
_MARKUP = re.compile(r"[|<>{}=\\$→]|https?:|\]\(|^\s*:")
_LONGEST = 300


@dataclass(frozen=True)
class Line:
    """A sentence of a document without its marks, whether it is a heading or begins a list item, and where it stands."""

    text: str
    heading: bool
    item: bool
    evidence: Evidence


def lines(document_id: str, text: str) -> Iterator[Line]:
    """The lines in order; quotes are the document's own characters."""
    fenced, path, at = False, [""] * 7, 0
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        if _FENCE.match(raw):
            fenced = not fenced
            continue
        if fenced or not raw.strip() or raw.startswith("    ") or _OPEN_TASK.match(raw):
            continue
        heading = _HEADING.match(raw)
        if heading:
            level = len(heading[1])
            path[level:] = [heading[2], *[""] * (6 - level)]
            span = (start + heading.start(2), start + heading.end(2))
            if not any(_ELSEWHERE.search(title) for title in path):
                yield from _line(document_id, text, span, heading=True, item=False)
            continue
        if any(_ELSEWHERE.search(title) for title in path):
            continue
        item = _ITEM.match(raw)
        first = start + (item.end() if item else 0)
        for number, span in enumerate(sentence_spans(text, first, start + len(raw))):
            yield from _line(document_id, text, span, heading=False, item=bool(item) and number == 0)


def _line(document_id: str, text: str, span: tuple[int, int], *, heading: bool, item: bool) -> Iterator[Line]:
    quote = text[slice(*span)]
    bare = _bare(quote)
    if bare and len(bare) <= _LONGEST and not _MARKUP.search(bare):
        yield Line(bare, heading, item, Evidence(document_id=document_id, start=span[0], end=span[1], quote=quote))


def _bare(quote: str) -> str:
    """The words of a sentence without the marks of links, emphasis and code."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", quote)
    text = re.sub(r"\[([^\[\]]+)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`", "", text)
    return " ".join(re.sub(r"^[^\w(\"“']+", "", text).split())
