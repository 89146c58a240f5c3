"""What an engine proposes, before grounding has looked at it."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from agent.domain.artifact import Manifest
from agent.domain.base import Frozen
from agent.domain.capability import ClaimKind, Importance
from agent.domain.document import Block, Document, Passage


class QuoteRef(Frozen):
    """A quote an engine rests a claim on: its words, and where it believes they stand (`start`, `end` of the document), if it knows."""

    document_id: str
    quote: str
    start: int | None = None
    end: int | None = None


class ClaimProposal(Frozen):
    kind: ClaimKind
    text: str
    quotes: list[QuoteRef]
    alternatives: list[str] = []


class TextProposal(Frozen):
    text: str
    quotes: list[QuoteRef]


class FactProposal(Frozen):
    field: str
    value: str
    text: str
    quotes: list[QuoteRef]


class CapabilityProposal(Frozen):
    """One capability as an engine sees it.

    `other_names` are tried in their order where `name` says more than the quotes; `fallback_name`, what the extractive namer calls it, is
    taken where none of them stands. `spare` are sentences in the documents' own words; the first leads where
    the first of `summary` does not stand.
    """

    name: str
    fallback_name: str
    importance: Importance
    summary: list[ClaimProposal]
    other_names: list[str] = []
    spare: list[ClaimProposal] = []
    unique: list[ClaimProposal] = []
    vs_alternatives: list[ClaimProposal] = []
    limitations: list[ClaimProposal] = []
    intents: list[str] = []
    inputs: list[TextProposal] = []
    outputs: list[TextProposal] = []


class Proposal(Frozen):
    """What an engine proposes; `missing` lists what it could not read, one line each with the reason: then the proposal is incomplete."""

    capabilities: list[CapabilityProposal]
    facts: list[FactProposal] = []
    notes: list[str] = []
    missing: list[str] = []


class Subject(Frozen):
    """One artifact as an engine gets it: manifest, the current documents (English ones only), their blocks and passages.

    `blocks[document_id]` covers a document's text in order. `vectors[passage_id]` is a float32 array of shape (dimensions,), unit length.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    manifest: Manifest
    documents: list[Document]
    blocks: dict[str, list[Block]]
    passages: list[Passage]
    vectors: dict[str, Any] = {}
