"""Two made-up models and a made-up dataset, with a small embedding that needs no model."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from agent.comparison.lexical import stems
from agent.domain.artifact import Manifest
from agent.domain.capability import (
    ArtifactHead,
    Capability,
    CapabilityScore,
    Claim,
    ClaimKind,
    Decomposition,
    DocumentHead,
    EngineHead,
    Evidence,
    claim_id,
)
from agent.domain.comparison import Side
from agent.domain.scorecard import StoreFacts
from agent.scoring import score

AS_OF = date(2026, 6, 1)


def embed(texts: Sequence[str]) -> Any:
    """Bags of stems hashed to 512 dimensions, unit length."""
    vectors = np.zeros((len(texts), 512))
    for row, text in enumerate(texts):
        for word in stems(text):
            vectors[row, zlib.crc32(word.encode()) % 512] += 1
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(norms == 0, 1, norms)


def make_claim(text: str, kind: ClaimKind = "summary", **more: Any) -> Claim:
    evidence = [Evidence(document_id=more.pop("document", "doc"), start=0, end=len(text), quote=text)]
    identity = claim_id(kind, text, [("doc", 0, len(text))])
    return Claim(id=identity, kind=kind, text=text, status=more.pop("status", "supported"), evidence=evidence, **more)


def make_side(slug: str, name: str, jobs: dict[str, str], *, origin: str = "documentation", **more: Any) -> Side:
    """A side with one capability per job (name: summary); `unique`, `limitations` and `vs` add claims to the first."""
    extra = {kind: more.pop(kind, []) for kind in ("unique", "limitations", "vs")}
    manifest = Manifest.model_validate({"slug": slug, "name": name, "type": "model", **more})
    head = DocumentHead.model_validate(
        {"id": "doc", "artifact": slug, "origin": origin, "uri": f"https://{slug}.example", "title": f"{name} guide",
         "media_type": "text/markdown", "sha256": "0" * 64, "chars": 10, "fetched_at": "2026-01-01"}
    )  # fmt: skip
    found = [
        Capability(
            id=f"{slug}-{number}", uri=f"capability://{slug}/{number}", name=job, importance="core" if number < 2 else "major",
            score=CapabilityScore(value=50), summary=[make_claim(summary)],
            unique=[make_claim(t, "unique") for t in extra["unique"]] if number == 0 else [],
            limitations=[make_claim(t, "limitation") for t in extra["limitations"]] if number == 0 else [],
            vs_alternatives=extra["vs"] if number == 0 else [],
        )
        for number, (job, summary) in enumerate(jobs.items())
    ]  # fmt: skip
    decomposition = Decomposition(
        inputs_sha256=slug.ljust(64, "0"),
        artifact=ArtifactHead(slug=slug, name=name, type=manifest.type),
        engine=EngineHead(name="extractive", version="1"),
        documents=[head],
        capabilities=found,
    )
    card = score(manifest, decomposition, StoreFacts(), AS_OF)
    return Side(manifest=manifest, decomposition=decomposition, scorecard=card, embed=embed, embedder="bags")


@pytest.fixture
def side() -> Callable[..., Side]:
    return make_side


@pytest.fixture
def claim() -> Callable[..., Claim]:
    return make_claim


@pytest.fixture
def heron() -> Side:
    jobs = {
        "Image captioning": "Heron writes a caption for a photograph in one of nine languages.",
        "Object detection": "Heron detects objects and returns a box and a label for each.",
        "Counting birds in flocks": "Heron counts the birds of a flock from a single frame.",
        "Plumage segmentation": "Heron segments plumage into masks by feather type.",
    }
    size = {"field": "size", "value": "0.5B parameters", "source": "https://heron.example", "date": "2026-01-01"}
    limits = ["Heron fails at night."]
    return make_side("heron", "Heron", jobs, license="MIT", homepage="https://heron.example", limitations=limits, facts=[size])


@pytest.fixture
def egret() -> Side:
    jobs = {
        "Detecting objects": "Egret detects objects in a picture and draws a box with a label around each.",
        "Captions for images": "Egret gives each photograph a caption in English.",
        "Speech transcription": "Egret transcribes field recordings of rangers.",
    }
    more: dict[str, Any] = {
        "license": "Egret community licence",
        "homepage": "https://egret.example",
        "facts": [{"field": "size", "value": "7B parameters", "source": "https://egret.example", "date": "2026-01-01"}],
        "unique": ["Egret alone hears and sees with one set of weights."],
        "limitations": ["Egret needs a connection to its makers' service."],
    }
    return make_side("egret", "Egret", jobs, **more)


@pytest.fixture
def marsh() -> Side:
    jobs = {
        "Pretraining text about wetlands": "Marsh holds two million pages of text about wetlands.",
        "Licence filtering of pages": "Marsh drops every page whose licence forbids copying.",
    }
    return make_side("marsh", "Marsh", jobs, type="dataset", license="CC0-1.0")
