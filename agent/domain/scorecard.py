"""The artifact's 0-100 score with everything it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agent.domain.artifact import Origin
from agent.domain.base import Frozen
from agent.domain.capability import ScoreInput

NO_SEARCHES = "no searches recorded"
MentionKind = Literal["integration", "format", "package"]


class Component(Frozen):
    """One component: 0-100 (None when no input is known), its weight, the share of its input weight that is known."""

    name: str
    value: float | None
    weight: float
    coverage: float
    inputs: list[ScoreInput]

    def printed(self) -> str:
        """The value as a reader sees it: "62", "62, from 71 % of inputs" or "unknown"."""
        return printed_value(self.value, self.coverage)


class Scorecard(Frozen):
    """`value` is 0-100 over known inputs (None when nothing is known); `coverage` 0-1 the share of weight known; `low` and `high` what the
    unknown inputs allow, each of them ranging over 0-100. Scores of one `kind`, a type or a group of types,
    rank the same sort of thing.
    """

    artifact: str
    type: str
    kind: str = ""
    as_of: str
    value: float | None
    coverage: float
    low: float
    high: float
    components: list[Component]

    def component(self, name: str) -> Component | None:
        """The component of a name, or None."""
        return next((c for c in self.components if c.name == name), None)

    def printed(self) -> str:
        """The value as a reader sees it: "57, from 60 % of inputs" or "unknown"."""
        return printed_value(self.value, self.coverage)

    def interval(self) -> str:
        """What the unknown inputs allow, in whole points: "34 to 74"."""
        return f"{self.low:.0f} to {self.high:.0f}"


def printed_value(value: float | None, coverage: float) -> str:
    """A 0-100 value with the share of inputs behind it; the share is left out where every input is known."""
    if value is None:
        return "unknown"
    share = round(coverage * 100)
    return f"{value:.0f}" if share >= 100 else f"{value:.0f}, from {share} % of inputs"


@dataclass(frozen=True)
class Mention:
    """An integration, format or package a document names; `quote` is `document.text[start:end]`, the line it stands in."""

    kind: MentionKind
    name: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class DocumentOutline:
    """What the score needs to know of a document: its headings, how many blocks show code (fenced or inline), how many
    table rows it has, and what it names."""

    document_id: str
    uri: str
    origin: Origin
    headings: tuple[str, ...] = ()
    code_blocks: int = 0
    table_rows: int = 0
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class StoreFacts:
    """What the store knows of an artifact besides its decomposition.

    `searches_recorded` 0 means that the match graph is unknown, whatever `times_matched` says. `outlines` are of the artifact's current
    English documents; without them what they would tell is unknown.
    """

    times_matched: int = 0
    searches_recorded: int = 0
    outlines: tuple[DocumentOutline, ...] = ()
