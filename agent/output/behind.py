"""What stands behind a value of a comparison that has no quote: source and date, its addresses as links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.capability import FactClaim
from agent.domain.comparison import Choice
from agent.output.clean import one_line, web_address
from agent.output.decomposition_view import UNKNOWN
from agent.output.facts_view import address_in_words

Note = tuple[tuple[str, str | None], ...]  # runs of text, some of them links: (text, address or None)
_ADDRESS = re.compile(r"https?://[^\s,;()]+")


def facts_behind(choice: Choice) -> Note:
    """Which facts without a quote a reason rests on, and where and when they were read: "Marsh: size: 80 MB, example.org, 2026-01-01"."""
    found = []
    for c in choice.claims:
        if isinstance(c, FactClaim) and c.source and not c.evidence:
            dated = ["undated" if c.date == "unknown" else c.date] if c.date else ["undated"] if web_address(c.source) else []
            said = c.text.rstrip(".")
            said = said.removesuffix(f": {c.value}") if c.value in choice.text else said  # the reason gives the value itself
            found.append(", ".join([said, c.source, *dated]))
    return _note("", "; ".join(dict.fromkeys(found)))


def cell_behind(value: str, note: str, sources: Sequence[str]) -> Note:
    """The note of a cell, else its sources, at most two; quotes are cited by their numbers, and what is unknown needs no note."""
    if value == UNKNOWN:
        return ()
    places = (one_line(source).rsplit(" (", 1)[-1].removesuffix(")") for source in sources if "“" not in source)
    return _note(value, note or "; ".join(list(dict.fromkeys(places))[:2]))


def in_text(note: Note, *, whole: bool) -> str:
    """A note on a terminal; without `whole`, of an address the site alone: paths fill lines there, and the other formats have links."""
    return "".join(text if whole or link is None else text.split("/", 1)[0] for text, link in note)


def _note(value: str, note: str) -> Note:
    """What stands behind a cell, without what the cell says itself; addresses are links named by site and path."""
    text = one_line(note).removeprefix(one_line(value)).strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    found: list[tuple[str, str | None]] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        found += [(text[at : match.start()], None), (address_in_words(match.group()), web_address(match.group()))]
        at = match.end()
    return tuple(piece for piece in (*found, (text[at:], None)) if piece[0])
