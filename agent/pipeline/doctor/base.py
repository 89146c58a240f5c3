"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from agent.pipeline.library import Library
    from agent.store.database import Database

REPAIR = "Run: agent doctor --repair."
RESTORE = "Put a backup in its place: agent restore FILE --force."


@dataclass(frozen=True)
class Finding:
    """One thing: where, what, and what to do. `wrong` False is work that waits or waste, not damage."""

    place: str
    problem: str
    remedy: str = ""
    wrong: bool = True


@dataclass(frozen=True)
class Patient:
    """What is examined: a database, and for a workspace the library over it, from which things can be made again."""

    database: Database
    library: Library | None = None


class Check(Protocol):
    """One thing to look at. `name` is a word or two for the user; `said` is what is true when nothing is found."""

    name: str
    said: str

    def run(self, patient: Patient) -> Iterator[Finding]:
        """What is wrong. Changes nothing."""
        ...

    def repair(self, patient: Patient) -> Iterator[str]:
        """Do what is safe about it, and say so, one line each. What is sound is never touched."""
        ...
