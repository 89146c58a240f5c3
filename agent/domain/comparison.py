"""Two artifacts side by side."""

from __future__ import annotations

from typing import Literal

from agent.domain.base import Frozen
from agent.domain.capability import ArtifactHead, Capability, Claim, DocumentHead
from agent.domain.scorecard import Scorecard


class Row(Frozen):
    """One line of the feature table; `sources` and notes are what stands behind each cell."""

    label: str
    a: str
    b: str
    a_note: str = ""
    b_note: str = ""


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
    """A reason to choose one side: a sentence whose parts rest on claims (evidence inside them)."""

    artifact: str
    text: str
    claims: list[Claim]


class Comparison(Frozen):
    schema_version: int = 1
    inputs_sha256: str
    as_of: str
    a: ArtifactHead
    b: ArtifactHead
    opening: str
    rows: list[Row]
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
