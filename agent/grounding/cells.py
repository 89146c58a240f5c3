"""Figures in table rows: a row's label and the column's head say what a figure is of."""

from __future__ import annotations

import re

from agent.grounding.licence import Licence
from agent.grounding.reading import Reading, read
from agent.grounding.vocabulary import STOP
from agent.text.numbers import Quantity

_CLAUSE = re.compile(r"[,;:()]| and | while | whereas | against | versus ")


def fits(quantity: Quantity, claim: Reading, source: Quantity, row: Reading, licence: Licence) -> bool:
    """Whether a claim says of a row's figure what its row and column say.

    The words beside the figure in the claim must not name another column's head, or another quoted row's label, without its own.
    """
    said = _clause(claim, quantity)
    column = row.text[: source.start].count("|") - row.text.startswith("|")
    heads = _heads(column, row, licence)
    rows = [_cells(one.whole) for one in licence.sources if one.whole.is_row and one.whole is not row and one.whole.quantities]
    own_head = heads[column] if heads else ""
    other_heads = [cell for at, cell in enumerate(heads) if at not in (0, column)]
    return not _strangers(said, own_head, other_heads) and not _strangers(said, _cells(row)[0], [cells[0] for cells in rows])


def _strangers(said: set[str], own: str, others: list[str]) -> bool:
    """Whether a clause names one of the other cells by words that its own cell lacks, and its own cell not at all."""
    mine = _words(own)
    return bool(mine) and not said & mine and any(said & (_words(other) - mine) for other in others)


def _heads(column: int, row: Reading, licence: Licence) -> list[str]:
    """The cells of the row's header row: the one above it in the table, else a quoted one of as many cells; empty where there is none."""
    above = [line for one in licence.sources if one.whole is row for line in one.context]
    for line in [*above, *(one.whole for one in licence.sources)]:
        cells = _cells(line)
        if line is not row and line.is_row and column < len(cells) == len(_cells(row)) and not read(cells[column]).text.isdigit():
            return cells
    return []


def _cells(reading: Reading) -> list[str]:
    text = reading.text.strip()
    return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]


def _words(cell: str) -> set[str]:
    reading = read(cell)
    return {token.key for token in reading.tokens if token.key not in STOP} | {piece.base for piece in reading.pieces if piece.content}


def _clause(claim: Reading, quantity: Quantity) -> set[str]:
    """The words around a figure, up to the next figure or the clause's end on each side."""
    before = [other.end for other in claim.quantities if other.end <= quantity.start]
    after = [other.start for other in claim.quantities if other.start >= quantity.end]
    left, right = claim.text[max(before, default=0) : quantity.start], claim.text[quantity.end : min(after, default=len(claim.text))]
    return _words(_CLAUSE.split(left)[-1]) | _words(_CLAUSE.split(right)[0])
