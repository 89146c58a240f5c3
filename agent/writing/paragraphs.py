"""Sentences in paragraphs of a length that is read in one go."""

from __future__ import annotations

from collections.abc import Sequence

from agent.writing.base import Planned, PlannedBlock, Said

_MOST = 4  # sentences of a paragraph


def paragraphs(said: Sequence[Said], artifact: str) -> list[PlannedBlock]:
    """Paragraphs of nearly equal length, none longer than four sentences, in the order given."""
    if not said:
        return []
    number = -(-len(said) // _MOST)
    size, more = divmod(len(said), number)
    blocks, at = [], 0
    for n in range(number):
        step = size + (n < more)
        blocks.append(PlannedBlock(tuple(Planned((one,)) for one in said[at : at + step]), artifact=artifact))
        at += step
    return blocks
