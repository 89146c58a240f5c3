"""Runs of the program that asked a model, and their calls, as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RunStatus = Literal["open", "done", "incomplete", "interrupted", "failed"]
"""How a run ended; "open" is one that works now, or was killed before it could say how it ended."""


@dataclass(frozen=True)
class KeptRun:
    """One command that asked a model. Times are ISO 8601; `artifacts` are slugs in the order in which they were asked for.

    `cost_usd` is what its calls with a known price cost together, `unpriced` how many answered calls have none.
    """

    id: str
    command: str
    started: str
    ended: str | None
    model: str
    artifacts: tuple[str, ...]
    status: RunStatus
    calls: int = 0
    statuses: tuple[tuple[str, int], ...] = ()
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    unpriced: int = 0


@dataclass(frozen=True)
class KeptCall:
    """One call of a run. `request` and `reply` are JSON as they were sent and came; `status` "open" is one without an end.

    `number` is its identity in the workspace, counted over all runs.
    """

    number: int
    run: str
    artifact: str
    stage: str
    label: str
    key: str
    prompt_sha256: str
    request: str
    status: str
    reply: str | None
    detail: str
    attempts: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    started: str
    ended: str | None
