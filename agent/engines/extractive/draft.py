"""What the parts of the extractive engine hand to each other: capabilities in the making."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from agent.domain.capability import Importance
from agent.domain.proposal import CapabilityProposal, ClaimProposal, FactProposal, TextProposal
from agent.engines.extractive.statements.reader import Statement


@dataclass(frozen=True)
class Draft:
    """One capability in the making.

    `statements` are those of its group, the summary's first (`summary` of them are printed as its summary); `heads` are the lemmas its
    name rests on. The lists below are what differentiation attaches; they start empty. Drafts are ordered by rank, best first.
    """

    name: str
    importance: Importance
    statements: tuple[Statement, ...]
    summary: tuple[Statement, ...]
    score: float
    heads: frozenset[str] = frozenset()
    unique: tuple[ClaimProposal, ...] = ()
    vs_alternatives: tuple[ClaimProposal, ...] = ()
    limitations: tuple[ClaimProposal, ...] = ()
    intents: tuple[str, ...] = ()
    inputs: tuple[TextProposal, ...] = ()
    outputs: tuple[TextProposal, ...] = ()

    def with_(self, **changes: Any) -> Draft:
        """A copy with other values."""
        return replace(self, **changes)

    def proposal(self) -> CapabilityProposal:
        """The draft as engines propose it."""
        return CapabilityProposal(
            name=self.name,
            fallback_name=self.name,
            importance=self.importance,
            summary=[claim_of("summary", statement) for statement in self.summary],
            unique=list(self.unique),
            vs_alternatives=list(self.vs_alternatives),
            limitations=list(self.limitations),
            intents=list(self.intents),
            inputs=list(self.inputs),
            outputs=list(self.outputs),
        )


@dataclass(frozen=True)
class Attached:
    """What differentiation returns: the drafts with their claims, and the typed facts found in the documents."""

    drafts: tuple[Draft, ...]
    facts: tuple[FactProposal, ...] = ()
    notes: tuple[str, ...] = ()


def claim_of(kind: Any, statement: Statement, alternatives: list[str] | None = None) -> ClaimProposal:
    """A claim that prints a statement as it stands and cites it."""
    return ClaimProposal(kind=kind, text=statement.printed or statement.text, quotes=statement.quotes(), alternatives=alternatives or [])
