"""What the layers around one request know of each other: whose question it is, and what became of it on the way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Call:
    """One request's way through the stack, in one thread. `artifact`, `stage`, `label` and `prompt_sha256` are what the call log keeps.

    `number` is the log's, None where nothing was sent; `cached` says that the reply was there already; `attempts` counts what was sent.
    """

    artifact: str
    stage: str
    label: str
    prompt_sha256: str
    number: int | None = None
    cached: bool = False
    attempts: int = 0
