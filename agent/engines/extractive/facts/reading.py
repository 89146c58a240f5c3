"""What rules for facts read, and what they give: lines about the artifact, labelled lines, front matter; a value with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agent.domain.artifact import Manifest
from agent.domain.proposal import QuoteRef
from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.facts.lines import Line, Setup

__all__ = ["AMOUNT", "FOREIGN", "SCALE", "Reading", "Rule", "Stated", "entries", "labelled", "listed", "said", "value_of"]

AMOUNT = r"\d[\d,]*(?:\.\d+)?"
SCALE = r"(?: ?(?:[KMBT]|k|million|billion|trillion|thousand)\b)?\+?"
FOREIGN = re.compile(
    r"\b(?:for instance|e\.g\.|if you|per (?:batch|second|image|request)|third[- ]party|dependenc\w+|their licen[sc]e|respective|"
    r"original(?:ly)? licen|subset|sample|filter\w*|took|hours to|instead of|compared|training set of|other than|shards?|"
    r"random(?:ly)?|manually|"
    r"checked|each)\b|^\W*\[?\d{1,4}[/-]\d{1,2}",
    re.I,
)
_LABEL = r"^(?:[\W_]*)(?:{})(?:\(s\))?(?: \([^()]*\))?(?:\s*:\s*|\s+[\-–—]\s+)(?P<v>\S.*)$"


@dataclass(frozen=True)
class Stated:
    """A value as a document states it: `text` is the sentence or the labelled words it stands in."""

    value: str
    text: str
    quotes: tuple[QuoteRef, ...]
    rating: float


@dataclass(frozen=True)
class Reading:
    """What the rules read: the lines of all documents, whose they are, and the sentence that defines the artifact."""

    setup: Setup
    setting: Setting
    manifest: Manifest
    definition: str = ""

    @property
    def nouns(self) -> str:
        """What "the ..." may call the artifact."""
        data = self.manifest.type in {"dataset", "benchmark"}
        return "data ?set|corpus|collection|benchmark|test" if data else "model|project|library|package|framework|server|tool"

    def own(self, line: Line) -> bool:
        return self.setting.names_itself(line.text)

    def matches(self, pattern: re.Pattern[str], *, headed: str = "") -> Iterator[tuple[Line, re.Match[str], float]]:
        """Lines about the artifact that match, with a rating: own sentences of early documents first."""
        under = re.compile(headed, re.I) if headed else None
        for line in self.setup.lines:
            if FOREIGN.search(line.text):
                continue
            about = 2.0 if self.own(line) else 1.5 if under and under.search(line.heading) else 0.0
            about = about or (
                1.0
                if re.match(
                    rf"(?:this|the|our) (?:{self.nouns})\b|we (?:release|introduce|present|open|provide|collect|are (?:shar|releas))\w*",
                    line.text,
                    re.I,
                )
                else 0.0
            )
            match = pattern.search(line.text)
            if match and about:
                yield line, match, about - 0.6 * min(line.document, 4) - line.order / 2000


Rule = Callable[[Reading], Iterable[Stated]]


def value_of(match: re.Match[str]) -> str:
    return " ".join(next(v for k, v in match.groupdict().items() if v and k in {"v", "w", "x"}).split()).strip(" ,.;")


def said(line: Line, value: str, rating: float) -> Stated:
    text = line.text if line.text.endswith((".", "!", "?")) else f"{line.text.rstrip(' :;,')}."
    return Stated(value, text, (line.quote,), rating)


def labelled(reading: Reading, label: str) -> Iterator[tuple[Line, str]]:
    """Lines that begin with a label: "**License:** MIT"."""
    pattern = re.compile(_LABEL.format(label), re.I)
    for line in reading.setup.lines:
        match = pattern.match(line.text)
        if match and len(match["v"]) <= 160 and "needed" not in match["v"].lower():
            yield line, match["v"].strip(" .")


def entries(reading: Reading, *keys: str) -> Iterator[Stated]:
    """Front matter: the key and its values, as they stand there."""
    for entry in reading.setup.entries:
        values = [v for v in entry.values if v.casefold() not in {"other", "unknown", "n/a", "none", "null"}]
        if entry.key in keys and values:
            value = ", ".join(values)
            yield Stated(value, f"{entry.key[:1].upper()}{entry.key[1:]}: {value}.", (entry.quote,), 3.0)


def listed(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"
