"""What every component is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agent.domain.artifact import UNDATED, Manifest, Signal
from agent.domain.capability import Claim, Decomposition, ScoreInput
from agent.domain.scorecard import StoreFacts
from agent.scoring.normalise import joined
from agent.scoring.table import TypeTable


@dataclass(frozen=True)
class Case:
    """One artifact to be scored at one date; `decomposition` is None where its documents have not been read."""

    manifest: Manifest
    decomposition: Decomposition | None
    store: StoreFacts
    as_of: date
    table: TypeTable

    def claims(self) -> Iterator[Claim]:
        """Every claim of the capabilities, printed or not."""
        if self.decomposition is None:
            return
        for capability in self.decomposition.capabilities:
            yield from capability.summary
            yield from capability.unique
            yield from capability.vs_alternatives
            yield from capability.limitations


def dated(date_text: str | None) -> str | None:
    """A date as it is stored with an input: None where it is unknown, which views print as "undated"."""
    return None if date_text in (None, "", UNDATED) else date_text


def signal_note(signal: Signal, *more: str) -> str:
    """What has to be said of a figure: how it was normalised, its period and precision, that it is undated, its own note."""
    return joined(
        *more,
        f"over {signal.period}" if signal.period else None,
        "rounded at its source" if signal.precision == "rounded" else None,
        None if dated(signal.date) else "undated",
        signal.note,
    )


def unknown(name: str, weight: float, why: str) -> ScoreInput:
    """An input nothing is known of: it carries no weight in the value and its whole range in the interval."""
    return ScoreInput(name=name, value=None, normalised=None, weight=weight, note=why)


def shown(signal: Signal, why: str) -> ScoreInput:
    """A figure that is shown and never scored."""
    return ScoreInput(
        name=signal.name, value=signal.value, normalised=None, weight=0.0, source=signal.source, date=dated(signal.date),
        note=signal_note(signal, why),
    )  # fmt: skip
