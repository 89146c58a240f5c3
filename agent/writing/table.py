"""The lines of a draft's table: what a reader looks up. How a score is made up stands on the page of the score."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain.comparison import Row

_ROWS = (
    "Type", "Score", "Adoption", "Pricing", "License", "Released", "Version", "Size", "Languages", "Input", "Output", "Context length",
    "Trained on", "Requires", "Hardware",
)  # fmt: skip


def compared_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The lines of which either side is known."""
    return _chosen(rows, "unknown")


def portrait_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The lines that are known; the side that is not there is empty."""
    return _chosen(rows, "")


def _chosen(rows: Sequence[Row], silent: str) -> tuple[Row, ...]:
    by_label = {row.label: row for row in rows}
    found = (by_label[label] for label in _ROWS if label in by_label)
    return tuple(row for row in found if row.a != "unknown" or row.b != silent)
