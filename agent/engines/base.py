"""What every engine is: something that proposes capabilities with quotes. Grounding decides what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from agent.domain.proposal import Proposal, Subject


class Engine(Protocol):
    """Proposes capabilities of a subject; `name` and `version` enter a decomposition's identity: same version, same output."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        """What the documents of `subject` let a user do; `neighbours` are the named related artifacts, for contrast."""
        ...
