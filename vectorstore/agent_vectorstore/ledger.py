"""What an index needs of the store that is the truth: which passages are current, and what was already done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Item:
    """A current passage: `sha256` is of what is embedded, its heading path and text."""

    id: str
    artifact: str
    document_id: str
    sha256: str


@dataclass(frozen=True)
class Counts:
    """Entries of an index by state."""

    indexed: int = 0
    pending: int = 0
    removing: int = 0


class Passage(Protocol):
    """A current passage as it is shown; offsets count code points of its document's text."""

    @property
    def id(self) -> str: ...
    @property
    def artifact(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def document_id(self) -> str: ...
    @property
    def uri(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def heading_path(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...
    @property
    def searched(self) -> str:
        """What is embedded and searched for words: the text under its heading path."""
        ...


class Ledger(Protocol):
    """The store's side. An index is known by name: the embedder's id, or the lexical index's. Every call is one transaction."""

    def together(self) -> AbstractContextManager[None]:
        """Let what this thread reads inside be one view of the store, over one connection."""
        ...

    def counts(self, name: str) -> Counts | None:
        """The entries of an index, or None for one that was never begun."""
        ...

    def has_work(self, name: str) -> bool:
        """Whether an index was never begun or has pending entries; cheap."""
        ...

    def begin(self, name: str) -> None:
        """Begin an index, or begin it anew: every current passage is pending."""
        ...

    def forget(self, name: str) -> None:
        """An index is gone."""
        ...

    def others(self, names: Sequence[str]) -> list[str]:
        """Known indexes besides these."""
        ...

    def rebuilt_at(self, name: str) -> str | None:
        """When an index was last begun, ISO 8601; None for one that never was."""
        ...

    def pending(self, name: str, limit: int) -> list[Item]:
        """Passages still to be written to an index."""
        ...

    def removing(self, name: str, limit: int) -> list[str]:
        """Ids still to be taken out."""
        ...

    def written(self, name: str, items: Iterable[Item]) -> None:
        """These are in the index now."""
        ...

    def taken_out(self, name: str, ids: Iterable[str]) -> None:
        """These are no longer in the index."""
        ...

    def entries(self, name: str) -> set[str]:
        """The ids of all that an index may hold."""
        ...

    def totals(self) -> tuple[int, int]:
        """(current passages, those with a vector of the ledger's embedder)."""
        ...

    def texts(self, items: Sequence[Item]) -> list[str]:
        """What is embedded and searched for words, heading path first."""
        ...

    def vectors(self, items: Sequence[Item]) -> tuple[list[Item], NDArray[np.float32]]:
        """Those of the items that are still there, and their vectors as rows; what has none is embedded and stored first."""
        ...

    def embed_missing(self) -> int:
        """Embed every current passage that has no vector of the ledger's embedder; how many these were. Keeps what it did if it fails."""
        ...

    def within(self, artifacts: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """Ids of the current passages of some artifacts, in order of id, and their vectors; embeds as `vectors` does."""
        ...

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The current passages among some ids."""
        ...
