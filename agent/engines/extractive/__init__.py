"""The engine that needs no language model: it finds, ranks, groups and names what the documents themselves say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from agent.engines.extractive.version import VERSION

if TYPE_CHECKING:
    from agent.domain.proposal import Proposal, Subject

__all__ = ["ExtractiveEngine"]


class ExtractiveEngine:
    """Proposes capabilities from the documents' own sentences: no model, no network, deterministic. Its parts load when it is used."""

    name = "extractive"
    version = VERSION
    model: str | None = None
    prompts: Mapping[str, str] = MappingProxyType({})

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        """Capabilities ordered by rank, each summary led by the statement it was found by."""
        from agent.engines.extractive.engine import ExtractiveEngine as Loaded

        return Loaded().propose(subject, neighbours)
