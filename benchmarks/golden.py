"""Reads the golden files of a folder: capabilities, unique points and alternatives, with their quotes.

The `claims:` part is a verifier benchmark of its own. It is cut out of the file's text before anything is parsed, so nothing here
can see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_CLAIMS = re.compile(r"^claims:.*?(?=^[A-Za-z_]+:|\Z)", re.M | re.S)


@dataclass(frozen=True)
class Quote:
    """A verbatim quote of a file of the artifact's folder."""

    file: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One golden entry: what it is called, what is said of it (empty where the file has no such key), and its quotes."""

    name: str
    description: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Golden:
    """The golden entries of one artifact."""

    slug: str
    capabilities: tuple[Entry, ...]
    unique: tuple[Entry, ...]
    alternatives: tuple[Entry, ...]
    limitations: tuple[Entry, ...]
    facts: tuple[Entry, ...]

    def quotes(self) -> list[Quote]:
        """Every quote of every part that was read."""
        parts = (self.capabilities, self.unique, self.alternatives, self.limitations, self.facts)
        return [quote for part in parts for entry in part for quote in entry.quotes]


def load_golden(folder: Path) -> list[Golden]:
    """The golden files of a folder, by slug."""
    return [_golden(path) for path in sorted(folder.glob("*.yaml"))]


def without_claims(text: str) -> str:
    """A golden file's text with its top-level `claims:` part cut out."""
    return _CLAIMS.sub("", text)


def _golden(path: Path) -> Golden:
    data: dict[str, Any] = yaml.safe_load(without_claims(path.read_text(encoding="utf-8")))
    return Golden(
        slug=str(data.get("slug") or path.stem),
        capabilities=_entries(data.get("capabilities"), "name", "description"),
        unique=_entries(data.get("unique"), "claim", ""),
        alternatives=_entries(data.get("alternatives"), "name", "relation"),
        limitations=_entries(data.get("limitations"), "claim", ""),
        facts=_entries(data.get("facts"), "field", "value"),
    )


def _entries(items: list[dict[str, Any]] | None, name: str, description: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            name=str(item.get(name, "")),
            description=str(item.get(description, "")) if description else "",
            quotes=tuple(Quote(file=str(e["file"]), text=str(e["quote"])) for e in item.get("evidence") or []),
        )
        for item in items or []
    )
