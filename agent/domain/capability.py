"""Evidence, claims, capabilities and the decomposition that holds them: the program's JSON contract."""

from __future__ import annotations

from typing import Literal

from agent.domain.artifact import ArtifactType, Origin
from agent.domain.base import Frozen, sha256

ClaimKind = Literal["summary", "unique", "vs_alternatives", "limitation", "fact"]
ClaimStatus = Literal["supported", "one_sided", "needs_review", "rejected"]
Importance = Literal["core", "major", "minor"]
PRINTED: tuple[ClaimStatus, ...] = ("supported", "one_sided")


class Evidence(Frozen):
    """A quote at [start, end) of a document: `document.text[start:end] == quote`, always."""

    document_id: str
    start: int
    end: int
    quote: str


class Check(Frozen):
    """One test a claim was put to: its name, whether it passed, and the word, number or reason that decided."""

    name: str
    passed: bool
    detail: str = ""


class Claim(Frozen):
    """One sentence, the evidence it stands on, its status and the checks that gave it."""

    id: str
    kind: ClaimKind
    text: str
    status: ClaimStatus
    alternatives: list[str] = []
    evidence: list[Evidence] = []
    checks: list[Check] = []

    @property
    def printed(self) -> bool:
        return self.status in PRINTED


def claim_id(kind: ClaimKind, text: str, evidence: list[tuple[str, int, int]]) -> str:
    """The first 16 hex digits of the sha256 of kind, text and evidence (document sha256, start, end)."""
    places = "\n".join(f"{document} {start} {end}" for document, start, end in evidence)
    return sha256(f"{kind}\n{text}\n{places}")[:16]


class ScoreInput(Frozen):
    """One number a score was made from: raw value, its 0-100 value, weight, source and date. `value` None is unknown."""

    name: str
    value: float | int | str | None
    normalised: float | None
    weight: float
    source: str | None = None
    date: str | None = None
    note: str = ""


class CapabilityScore(Frozen):
    """0-100: how well a capability is documented. It never enters the artifact's score."""

    value: float
    inputs: list[ScoreInput] = []


class GroundedText(Frozen):
    """An input or output of a capability with the quote that names it."""

    text: str
    evidence: list[Evidence]


class Capability(Frozen):
    """What an artifact lets a user do."""

    id: str
    uri: str
    name: str
    importance: Importance
    score: CapabilityScore
    summary: list[Claim]
    unique: list[Claim] = []
    vs_alternatives: list[Claim] = []
    limitations: list[Claim] = []
    intents: list[str] = []
    inputs: list[GroundedText] = []
    outputs: list[GroundedText] = []


class FactClaim(Claim):
    """A typed fact found in the documents or the manifest; a fact out of the manifest has `source` and `date` instead of evidence."""

    field: str
    value: str
    source: str | None = None
    date: str | None = None


class ArtifactHead(Frozen):
    """What a decomposition repeats of its artifact."""

    slug: str
    name: str
    type: ArtifactType
    license: str | None = None
    homepage: str | None = None
    pricing: str | None = None


class EngineHead(Frozen):
    name: str
    version: str
    model: str | None = None
    prompts: dict[str, str] = {}


class DocumentHead(Frozen):
    """A document that was read or cited; `used` is False where it was stored but left out, and `note` says why."""

    id: str
    artifact: str
    origin: Origin
    uri: str
    title: str
    media_type: str
    sha256: str
    chars: int
    fetched_at: str
    language: str = "en"
    used: bool = True
    note: str = ""


class Usage(Frozen):
    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0


class Decomposition(Frozen):
    """The capabilities of one artifact, identified by `inputs_sha256`.

    `missing` lists what a model left unanswered, one line each; such a decomposition is printed, never stored.
    """

    schema_version: int = 1
    inputs_sha256: str
    artifact: ArtifactHead
    engine: EngineHead
    documents: list[DocumentHead]
    capabilities: list[Capability]
    facts: list[FactClaim] = []
    needs_review: list[Claim] = []
    rejected: list[Claim] = []
    usage: Usage = Usage()
    notes: list[str] = []
    missing: list[str] = []
