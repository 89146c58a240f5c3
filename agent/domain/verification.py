"""Verdicts on claims that came without a quote, and the page of them: what `agent verify` gives."""

from __future__ import annotations

from typing import Literal

from agent.domain.base import Frozen
from agent.domain.capability import ArtifactHead, Check, DocumentHead, Evidence

Outcome = Literal["supported", "contradicted", "not_found", "undecided"]


class ClaimVerdict(Frozen):
    """What an artifact's documents say of one claim.

    `evidence` is the best there is, for a refusal what the claim came nearest to; `unlicensed` the word or number of the claim that it does
    not license; `checks` what decided; `score`, 0 to 1, how sure the words make it that the evidence says the claim. `line` is where the
    claim stands in the file it came from, from 1.
    """

    text: str
    verdict: Outcome
    reason: str = ""
    unlicensed: str = ""
    evidence: list[Evidence] = []
    checks: list[Check] = []
    score: float = 0.0
    line: int | None = None


class Verification(Frozen):
    """Claims about one artifact against its documents. `skipped` counts sentences that claim nothing."""

    schema_version: int = 1
    artifact: ArtifactHead
    documents: list[DocumentHead]
    claims: list[ClaimVerdict]
    skipped: int = 0

    def count(self, verdict: Outcome) -> int:
        """How many claims have this verdict."""
        return sum(claim.verdict == verdict for claim in self.claims)
