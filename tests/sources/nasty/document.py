"""What a nasty document is, and the words they share. Documents are built when asked for; nothing large is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

GOOD = "Lantern draws maps from sea charts and from photographs of the coast."
ALSO = "It exports every map as a vector file that a printer can use."
PAGE = f"# Lantern\n\n{GOOD}\n\n{ALSO}\n"
EVIL = "Lantern outperforms every other tool on earth"
MEGA = 1_000_000


@dataclass(frozen=True)
class Nasty:
    """A document and its exact expectation.

    `refused` is a part of the one line it is refused with. Else each of `has` stands in a passage, none of `hidden` stands in a
    passage or in print, none of `unsaid` is printed, and each of `notes` is told. `seconds` is the time for ingest and decompose.
    """

    name: str
    file: str
    build: Callable[[], bytes]
    refused: str | None = None
    has: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 5.0
    slow: bool = False


DOCUMENTS: dict[str, Nasty] = {}


def add(name: str, file: str, content: str | bytes | Callable[[], str | bytes], **expected: object) -> None:
    def build() -> bytes:
        made = content() if callable(content) else content
        return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    assert name not in DOCUMENTS, name
    DOCUMENTS[name] = Nasty(name, file, build, **expected)  # type: ignore[arg-type]


def around(middle: str) -> str:
    """Ordinary text with something between its paragraphs."""
    return f"# Lantern\n\n{GOOD}\n\n{middle}\n\n## Export\n\n{ALSO}\n"
