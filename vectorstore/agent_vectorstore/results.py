"""What a search and a look at the index give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from agent_vectorstore.ledger import Passage

Mode = Literal["dense", "lexical", "fused"]
MODES: tuple[Mode, ...] = get_args(Mode)
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Hit:
    """A passage that was found: its score under the mode asked for, and its rank (from 1) in each ranking that has it."""

    passage: Passage
    score: float
    ranks: dict[str, int]


@dataclass(frozen=True)
class Part:
    """One half of the index: what it holds and has to do. `orphaned` are held and unknown to the store, `missing` the reverse.

    `damaged`: its files cannot be read or searched; then it counts as holding nothing.
    """

    name: str
    indexed: int
    pending: int
    orphaned: int
    missing: int
    rebuilt_at: str | None
    damaged: bool = False


@dataclass(frozen=True)
class Status:
    """The index beside the store: passages and their vectors there, both halves, bytes on disk."""

    folder: str
    embedder: str
    passages: int
    vectors: int
    dense: Part
    lexical: Part
    bytes: int

    @property
    def sound(self) -> bool:
        """Whether nothing is pending, orphaned, missing or damaged."""
        return not any(part.pending or part.orphaned or part.missing or part.damaged for part in (self.dense, self.lexical))
