"""Lists and records as plain tables, for what is shown besides pages: artifacts, documents, settings, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.table import Table
from rich.text import Text

from agent.output.clean import one_line, shorten, web_address
from agent.output.options import PageOptions
from agent.output.terminal import FAINT, TITLE, Terminal

_NAME = 26  # characters of a first column that are never broken: slugs and ids


@dataclass(frozen=True)
class Listing:
    """One table. A cell that is an address becomes a link where links exist.

    `sites` shows of an address its site only; `clip` cuts cells on a terminal to that many characters.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    empty: str = "none"
    sites: bool = False
    clip: int | None = None

    def cells(self) -> list[list[tuple[str, str | None]]]:
        """Rows of (text, address or None)."""
        return [[self._cell(one_line(cell)) for cell in row] for row in self.rows]

    def _cell(self, text: str) -> tuple[str, str | None]:
        address = web_address(text)
        return (address.split("/")[2].removeprefix("www.") if address and self.sites else text), address


@dataclass(frozen=True)
class ListingPage:
    """A title, a line under it, and tables."""

    title: str
    lead: str = ""
    listings: Sequence[Listing] = field(default_factory=tuple)


def render(page: ListingPage, options: PageOptions) -> str:
    """The page as text; a table is as wide as the screen allows, at most 80 columns."""
    out = Terminal(options)
    if page.title:
        out.line(Text(page.title, style=TITLE))
    if page.lead:
        out.paragraph(Text(page.lead, style=FAINT))
    for listing in page.listings:
        if listing.title:
            out.heading(listing.title)
        elif page.title or page.lead:
            out.blank()
        if not listing.rows:
            out.paragraph(Text(listing.empty, style=FAINT), indent=2)
            continue
        out.table(_table(listing))
    return out.text()


def _table(listing: Listing) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(any(listing.columns)), header_style=FAINT, padding=(0, 2, 0, 0))
    for number, column in enumerate(listing.columns):
        narrow = number == 0 and all(len(row[0]) <= _NAME for row in listing.rows)
        table.add_column(column, overflow="fold", no_wrap=narrow)
    for row in listing.cells():
        texts = [shorten(text, listing.clip) if listing.clip else text for text, _ in row]
        table.add_row(*(Text(text, style=FAINT if text == "unknown" else "") for text in texts))
    return table
