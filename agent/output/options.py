"""What a reader may ask of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Format = Literal["table", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

CAPABILITIES = 14  # shown at once: what one reads in a sitting; the rest is named, and complete in the JSON
FACTS = 10


@dataclass(frozen=True)
class PageOptions:
    """`limit` None shows everything. `review` lists claims that wait for a reviewer. `full_quotes` never shortens a quote.

    `whole` says that the format can fold away what is beyond the limit (HTML), so its quotes are needed too; `openings` that it
    gives the first sentence of each capability beyond the limit (Markdown), with its quote.
    """

    limit: int | None = CAPABILITIES
    review: bool = False
    full_quotes: bool = False
    whole: bool = False
    openings: bool = False
    width: int = 80
    colour: bool = False
