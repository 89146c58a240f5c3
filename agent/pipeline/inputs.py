"""The identity of a decomposition: one hash over everything that reaches it, taken without reading any text again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.capability import DocumentHead, EngineHead
from agent_sources.passages import VERSION as CHUNKING

# Rules outside the engine that reach the output. Raise a number when the same proposal may come out otherwise.
RULES = {"passages": CHUNKING, "grounding": "3", "assembly": "1", "capability score": "1"}


@dataclass(frozen=True)
class Inputs:
    """One artifact's part of the inputs: its manifest, and its current documents with the sha256 of their texts."""

    manifest: Manifest
    documents: tuple[tuple[DocumentHead, str], ...]


def inputs_sha256(subject: Inputs, neighbours: Sequence[Inputs], engine: EngineHead, embedder: str) -> str:
    """The hash of the subject, its named neighbours, engine, embedder and rules."""
    value = {
        "schema": 1,
        "subject": {**subject.manifest.model_dump(exclude={"docs", "signals"}), "documents": list(_documents(subject.documents))},
        "neighbours": [
            {
                "slug": one.manifest.slug,
                "names": one.manifest.names(),
                "type": one.manifest.type,
                "documents": list(_documents(one.documents)),
            }
            for one in neighbours
        ],
        "engine": engine.model_dump(),
        "embedder": embedder,
        "rules": RULES,
    }
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def _documents(documents: Iterable[tuple[DocumentHead, str]]) -> Iterable[list[str]]:
    return ([head.uri, text_sha256, head.origin, head.title, head.media_type, head.language] for head, text_sha256 in documents)
