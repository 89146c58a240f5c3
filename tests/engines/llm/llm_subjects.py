"""Made-up artifacts for the llm engine: documents, blocks, passages and vectors as the library makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent_sources.passages import embedded_text, passages_of
from agent_sources.structure import blocks_of


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of words: texts that share words are near."""
    rows = np.zeros((len(texts), 64), dtype=np.float32)
    for at, text in enumerate(texts):
        for word in text.casefold().replace(".", " ").split():
            rows[at, hashlib.sha256(word.encode()).digest()[0] % 64] += 1.0
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def subject(slug: str, name: str, *texts: str, kind: str = "library") -> Subject:
    """An artifact with one Markdown document for each text (`<slug>-0`, ...)."""
    documents, blocks, passages, vectors = [], {}, [], {}
    for at, text in enumerate(texts):
        document = Document(
            id=f"{slug}-{at}", artifact=slug, uri=f"{slug}-{at}.md", title=f"{name} guide {at}", origin="documentation",
            media_type="text/markdown", sha256=sha256(text), text_sha256=sha256(text), reader="markdown/1", language="en", text=text,
            fetched_at="2026-01-01T00:00:00Z",
        )  # fmt: skip
        documents.append(document)
        blocks[document.id] = blocks_of(text, "text/markdown")
        found = passages_of(document, blocks[document.id])
        passages += found
        vectors |= {one.id: row for one, row in zip(found, embed([embedded_text(text, one) for one in found]), strict=True)}
    manifest = Manifest.model_validate({"slug": slug, "name": name, "type": kind})
    return Subject(manifest=manifest, documents=documents, blocks=blocks, passages=passages, vectors=vectors)
