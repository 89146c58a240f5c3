"""How a run tells what it is doing, to whoever wants to know."""

from __future__ import annotations

from typing import Protocol


class Listener(Protocol):
    """Hears notes (one line a person should see) and progress (`done` of `total` steps of a stage, and `detail` beside it).

    Both may be told from several threads.
    """

    def note(self, line: str) -> None: ...

    def progress(self, stage: str, done: int, total: int, detail: str = "") -> None: ...


class Silent:
    """Hears everything and says nothing."""

    def note(self, line: str) -> None:
        """Nobody listens."""

    def progress(self, stage: str, done: int, total: int, detail: str = "") -> None:
        """Nobody listens."""
