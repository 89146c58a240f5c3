"""Two artifacts side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from agent.domain.artifact import Manifest
from agent.domain.base import Frozen
from agent.domain.capability import ArtifactHead, Capability, Claim, Decomposition, DocumentHead, Evidence, FactClaim
from agent.domain.scorecard import Scorecard


@dataclass(frozen=True)
class Side:
    """One of the two artifacts of a comparison, with everything the comparison may use of it.

    `embed` turns n texts into unit vectors, shape (n, dimensions); `embedder` names it. Without it capabilities are aligned by their words
    alone. `searches_recorded` 0 means that nothing is known of matches. `texts` are the artifact's own documents by id: what they do not
    speak of can be told only with them.
    """

    manifest: Manifest
    decomposition: Decomposition | None
    scorecard: Scorecard
    times_matched: int = 0
    searches_recorded: int = 0
    embed: Callable[[Sequence[str]], Any] | None = None
    embedder: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


class Row(Frozen):
    """One line of the feature table: a cell a side, a short note for readers, and what stands behind the cell: sources and quotes."""

    label: str
    a: str
    b: str
    a_note: str = ""
    b_note: str = ""
    a_sources: list[str] = []
    b_sources: list[str] = []
    a_evidence: list[Evidence] = []
    b_evidence: list[Evidence] = []


class Aligned(Frozen):
    """Two capabilities that do the same job: ids in A and B, and the similarity (0-1) with its reason."""

    a: str
    b: str
    similarity: float
    reason: str


class Verdict(Frozen):
    """What can be said: a leader only where the interval of the difference (A minus B, points) allows one."""

    kind: Literal["leader", "too_close", "different_kinds", "unknown"]
    leader: str | None
    sentence: str
    low: float | None = None
    high: float | None = None
    known_share: float | None = None


class Choice(Frozen):
    """A reason to choose one side: a sentence whose parts rest on claims (evidence inside them; a manifest fact has source and date)."""

    artifact: str
    text: str
    claims: list[FactClaim | Claim]


class Comparison(Frozen):
    """`questions` are asked of both sides' documents alike; `together` are claims that name the other side."""

    schema_version: int = 1
    inputs_sha256: str
    as_of: str
    a: ArtifactHead
    b: ArtifactHead
    definition_a: FactClaim | None = None
    definition_b: FactClaim | None = None
    opening: str
    rows: list[Row]
    questions: list[Row] = []
    together: list[Claim] = []
    score_a: Scorecard
    score_b: Scorecard
    aligned: list[Aligned]
    only_a: list[str]
    only_b: list[str]
    capabilities_a: list[Capability]
    capabilities_b: list[Capability]
    documents: list[DocumentHead]
    verdict: Verdict
    choose_a: list[Choice]
    choose_b: list[Choice]


class Need(Frozen):
    """A question of the comparison that an artifact's documents answer: what a reader needs, in words that follow "you need".

    `text` is the claim or line that answers; `main` says that it is a job rather than a way to use or keep the artifact.
    """

    need: str
    text: str
    evidence: list[Evidence]
    main: bool = False


class Portrait(Frozen):
    """One artifact by itself: what a comparison says of a side. `wants` are what its core claims are for, in words that follow "when"."""

    schema_version: int = 1
    inputs_sha256: str
    as_of: str
    artifact: ArtifactHead
    definition: FactClaim | None = None
    rows: list[Row]
    needs: list[Need] = []
    wants: list[Choice] = []
    score: Scorecard
    capabilities: list[Capability]
    documents: list[DocumentHead]
