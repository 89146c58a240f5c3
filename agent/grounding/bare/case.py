"""What the checks of a bare claim look at, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from agent.grounding.bare.likeness import likened
from agent.grounding.licence import Licence
from agent.grounding.reading import Piece, Reading


@dataclass(frozen=True)
class Fault:
    """What a check found against a claim: the unlicensed word, the reason, and whether the evidence says otherwise (not merely nothing)."""

    check: str
    word: str
    detail: str
    against: bool


@dataclass(frozen=True)
class Case:
    """A claim and what it may rest on: `main` sentences bear it out, `near` ones (beside, above) may lend names and
    numbers. `raw` is the evidence as the document has it, link targets and all, in small letters."""

    claim: Reading
    main: tuple[Reading, ...]
    near: tuple[Reading, ...]
    licence: Licence
    raw: str = ""
    alike: Callable[[str, str], bool] = likened

    @cached_property
    def named(self) -> set[int]:
        return self.licence.named(self.claim.tokens)

    @cached_property
    def main_pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for reading in self.main for piece in reading.pieces)

    def says(self, members: Iterable[str]) -> bool:
        """Whether a main sentence has one of some words."""
        wanted = frozenset(members)
        return any(piece.word in wanted for piece in self.main_pieces)
