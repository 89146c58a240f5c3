"""Sentences that announce a list: "supports three ways:" with the names of the items that follow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.document import Block
from agent.engines.extractive.statements.leads import lead_of
from agent.engines.extractive.statements.leaning import Leaning, Names
from agent.engines.extractive.statements.phrasing import inside
from agent.engines.extractive.statements.shapes import shape_of

_OPEN = re.compile(
    r"\b(?:the following|following|below|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|various|many|multiple|these|are|is|"
    r"includes?|including|supports?|for|with|by|via|provides?|offers?|such as|like|from|of|in|to)(?: [\w-]+){0,4}$",
    re.I,
)
_GLUE = re.compile(r"\b(?:includes?|including|supports?|for|with|by|via|provides?|offers?|such as|like|from|of|in|are|is)$", re.I)
_FEWEST, _MOST, _LONGEST, _WORDS = 2, 9, 300, 7

Listed = tuple[tuple[int, int, str], ...]


def listed_names(source: str, items: Sequence[Block], names: Names) -> tuple[list[str], Listed]:
    """The names of a list's items with their spans, or nothing where an item is a sentence or an order."""
    found: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for block in items:
        quote = source[block.start : block.end].strip().split("\n")[0]
        lead, body = lead_of(quote, names)
        name = (lead or body).rstrip(" .;:,!")
        if not 0 < len(name.split()) <= _WORDS or re.search(r"[|{}<>=]|https?:", name):
            return [], ()
        if len(name.split()) > 1 and shape_of(name) not in {"phrase", "gerund"}:
            return [], ()
        if ", " in name and len(items) > 1:
            return [], ()
        found.append(name)
        start = source.index(quote, block.start)
        spans.append((start, start + len(quote), quote))
    return (found, tuple(spans)) if _FEWEST <= len(found) <= _MOST else ([], ())


def announces(text: str) -> bool:
    """Whether a sentence ends openly, so that the names of its list complete it."""
    return text.endswith(":") and bool(_OPEN.search(text.rstrip(": ")))


def with_list(text: str, found: Sequence[str], leaning: Leaning) -> str | None:
    """The sentence with the names at its end, None where that grows too long."""
    stem = text.rstrip(": ")
    # A lone capitalised word may be a name: small only where the prose writes it so.
    small = [inside(name, leaning) if " " in name or not leaning.titles else leaning.titles.lowered(f"x {name}")[2:] for name in found]
    joined = f"{', '.join(small[:-1])} and {small[-1]}"
    whole = f"{stem} {joined}" if _GLUE.search(stem) else f"{stem}: {joined}"
    return whole if len(whole) <= _LONGEST else None
