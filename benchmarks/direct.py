"""Decomposes a folder of documents without a workspace: readers, structure, passages, engine, grounding, in memory.

What the engine needs to be measured while it is being written. `--golden /path --corpus /path` of capabilities.py uses it when no
decompositions are given.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def subject_of(corpus: Path, slug: str) -> Any:
    """An artifact of a corpus folder as engines get it: English documents, their blocks and passages, no vectors."""
    from agent.domain.artifact import DocumentRef, Manifest, Related
    from agent.domain.base import sha256
    from agent.domain.document import Document
    from agent.domain.proposal import Subject
    from agent.errors import DocumentError
    from agent_sources.passages import passages_of
    from agent_sources.readers.registry import media_type_of, read
    from agent_sources.structure import blocks_of

    folder = corpus / slug
    raw = yaml.safe_load((folder / "artifact.yaml").read_text(encoding="utf-8"))
    known = {key: value for key, value in raw.items() if key in Manifest.model_fields and key not in {"docs", "related"}}
    docs = [DocumentRef.model_validate(entry) for entry in raw["docs"]]
    related = [Related.model_validate(r if isinstance(r, dict) else {"slug": r}) for r in raw.get("related") or []]
    manifest = Manifest(**{**known, "docs": docs, "related": related})
    documents, blocks, passages = [], {}, []
    for reference in docs:
        if not reference.file:
            continue
        name = str(reference.file)
        data = (folder / name).read_bytes()
        media_type = media_type_of(name, reference.media_type)
        try:
            got = read(data, media_type, name)
        except DocumentError:
            continue
        language = _language(got.text)
        text_sha = sha256(got.text)
        document = Document(
            id=sha256(f"{slug} {name} {text_sha}")[:16], artifact=slug, uri=name, title=reference.title or name, origin=reference.origin,
            media_type=media_type, sha256=sha256(data), text_sha256=text_sha, reader=got.reader, language=language, text=got.text,
            fetched_at="1970-01-01T00:00:00Z",
        )  # fmt: skip
        if document.english:
            documents.append(document)
            blocks[document.id] = blocks_of(got.text, media_type)
            passages += passages_of(document, blocks[document.id])
    return Subject(manifest=manifest, documents=documents, blocks=blocks, passages=passages)


def decompose_folder(corpus: Path, slug: str, neighbours: tuple[str, ...] | None = None, engine: Any = None) -> dict[str, Any]:
    """A decomposition's JSON (heads shortened) of one corpus artifact; neighbours are its manifest's related ones present there."""
    subject = subject_of(corpus, slug)
    names = neighbours if neighbours is not None else tuple(r.slug for r in subject.manifest.related)[:8]
    others = [subject_of(corpus, name) for name in names if (corpus / name / "artifact.yaml").exists()]
    if engine is None:
        from agent.engines.extractive import ExtractiveEngine

        engine = ExtractiveEngine()
    return as_json(subject, others, engine.propose(subject, others))


def as_json(subject: Any, others: list[Any], proposal: Any) -> dict[str, Any]:
    """Ground a proposal and lay it out as the printed part of a decomposition's JSON."""
    claim = _grounded(subject, others)
    capabilities = []
    for item in proposal.capabilities:
        fields = {
            name: [made for made in (claim(c) for c in getattr(item, name)) if made is not None]
            for name in ("summary", "unique", "vs_alternatives", "limitations")
        }
        if fields["summary"]:
            capabilities.append({"name": item.name, "importance": item.importance, "intents": list(item.intents), **fields})
    documents = [
        {"id": d.id, "artifact": d.artifact, "uri": d.uri, "title": d.title, "sha256": d.sha256, "chars": len(d.text)}
        for side in (subject, *others)
        for d in side.documents
    ]
    manifest = subject.manifest
    artifact = {"slug": manifest.slug, "name": manifest.name, "type": manifest.type}
    return {"artifact": artifact, "documents": documents, "capabilities": capabilities, "notes": list(proposal.notes)}


def _grounded(subject: Any, others: list[Any]) -> Any:
    """A function from a proposed claim to a printed claim's JSON, or None where grounding rejects it."""
    try:
        from agent.grounding import Grounder
    except ImportError:
        texts = {d.id: d.text for side in (subject, *others) for d in side.documents}
        return lambda proposed: _ungrounded(proposed, texts)
    grounder = Grounder(subject, others)

    def ground(proposed: Any) -> dict[str, Any] | None:
        made = grounder.claim(proposed)
        return made.model_dump() if made.printed else None

    return ground


def _ungrounded(proposed: Any, texts: dict[str, str]) -> dict[str, Any] | None:
    """Until grounding is there: a claim stands when each of its quotes stands verbatim."""
    evidence = []
    for quote in proposed.quotes:
        start = quote.start if quote.start is not None else texts[quote.document_id].find(quote.quote)
        if start < 0:
            return None
        evidence.append({"document_id": quote.document_id, "start": start, "end": start + len(quote.quote), "quote": quote.quote})
    return {"kind": proposed.kind, "text": proposed.text, "status": "supported", "evidence": evidence, "checks": []} if evidence else None


def _language(text: str) -> str:
    import py3langid

    return str(py3langid.classify(text[:20000])[0])
