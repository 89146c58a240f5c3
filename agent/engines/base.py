"""What every engine is: something that proposes capabilities with quotes. Grounding decides what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from agent.domain.judgement import Judgeable, Judgement
from agent.domain.proposal import Proposal, Subject


class Engine(Protocol):
    """Proposes capabilities of a subject.

    `name`, `version`, `model` (None where none is asked) and `prompts` (task -> sha256 of its templates) enter a decomposition's identity:
    with all of them equal, the same documents give the same output.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def model(self) -> str | None: ...

    @property
    def prompts(self) -> Mapping[str, str]: ...

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        """What the documents of `subject` let a user do; `neighbours` are the named related artifacts, for contrast."""
        ...


@runtime_checkable
class JudgingEngine(Engine, Protocol):
    """An engine that can also read claims against their quotes, after grounding's guards have passed them."""

    def judge(self, subject: Subject, claims: Sequence[Judgeable]) -> list[Judgement]:
        """What each claim's quotes say of it, in the order of the claims. Never raises for what a provider does."""
        ...
