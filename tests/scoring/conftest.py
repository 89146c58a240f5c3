"""Small made-up artifacts for the score."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.domain.artifact import Manifest
from agent.domain.capability import (
    ArtifactHead,
    Capability,
    CapabilityScore,
    Claim,
    ClaimKind,
    ClaimStatus,
    Decomposition,
    DocumentHead,
    EngineHead,
    Evidence,
    claim_id,
)


@pytest.fixture
def manifest() -> Callable[..., Manifest]:
    def make(**more: Any) -> Manifest:
        return Manifest.model_validate({"slug": "brook", "name": "Brook", "type": "library", "license": "MIT", **more})

    return make


@pytest.fixture
def claim() -> Callable[..., Claim]:
    def make(text: str, kind: ClaimKind = "summary", status: ClaimStatus = "supported", start: int = 0, document: str = "d1") -> Claim:
        evidence = [Evidence(document_id=document, start=start, end=start + len(text), quote=text)]
        return Claim(
            id=claim_id(kind, text, [(document, start, start + len(text))]), kind=kind, text=text, status=status, evidence=evidence
        )

    return make


@pytest.fixture
def decomposition() -> Callable[..., Decomposition]:
    def make(*claims: Claim, rejected: list[Claim] | None = None) -> Decomposition:
        def of(kind: ClaimKind) -> list[Claim]:
            return [c for c in claims if c.kind == kind]

        one = Capability(
            id="one",
            uri="capability://brook/one",
            name="Joining streams",
            importance="core",
            score=CapabilityScore(value=50),
            summary=of("summary"),
            limitations=of("limitation"),
        )
        head = DocumentHead(
            id="d1",
            artifact="brook",
            origin="documentation",
            uri="https://brook.example/readme",
            title="Brook",
            media_type="text/markdown",
            sha256="0" * 64,
            chars=900,
            fetched_at="2026-01-01",
        )
        return Decomposition(
            inputs_sha256="f" * 64,
            artifact=ArtifactHead(slug="brook", name="Brook", type="library"),
            engine=EngineHead(name="extractive", version="1"),
            documents=[head],
            capabilities=[one],
            rejected=rejected or [],
        )

    return make
