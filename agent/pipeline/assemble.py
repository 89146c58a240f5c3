"""Makes the decomposition out of what verification kept: heads, facts, scores, ids and URIs."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain.artifact import Fact, Manifest
from agent.domain.capability import (
    ArtifactHead,
    Capability,
    Claim,
    Decomposition,
    DocumentHead,
    EngineHead,
    FactClaim,
    Usage,
    claim_id,
)
from agent.pipeline.identity import Quoted, assign
from agent.pipeline.verify import Verified, VerifiedCapability
from agent.store.decompositions import KnownCapability


def head_of(manifest: Manifest) -> ArtifactHead:
    """What a decomposition repeats of its artifact."""
    return ArtifactHead(
        slug=manifest.slug,
        name=manifest.name,
        type=manifest.type,
        license=manifest.license,
        homepage=manifest.homepage,
        pricing=manifest.pricing,
    )


def decomposition_of(
    inputs_sha256: str,
    manifest: Manifest,
    engine: EngineHead,
    documents: Sequence[DocumentHead],
    verified: Verified,
    usage: Usage,
) -> Decomposition:
    """The decomposition without ids and URIs: those come from the artifact's history, at the moment it is stored.

    `documents` are all that may be cited; of the neighbours' only those that are cited are listed.
    """
    capabilities = [_capability(one) for one in verified.capabilities]
    facts = [*(_from_manifest(fact) for fact in manifest.facts), *verified.facts]
    claims: list[Claim] = [*facts, *verified.needs_review, *verified.rejected]
    cited = {e.document_id for claim in claims for e in claim.evidence}
    for capability in capabilities:
        cited |= {e.document_id for part in (capability.inputs, capability.outputs) for text in part for e in text.evidence}
        for part in (capability.summary, capability.unique, capability.vs_alternatives, capability.limitations):
            cited |= {e.document_id for claim in part for e in claim.evidence}
    return Decomposition(
        inputs_sha256=inputs_sha256,
        artifact=head_of(manifest),
        engine=engine,
        documents=[head for head in documents if head.artifact == manifest.slug or head.id in cited],
        capabilities=capabilities,
        facts=facts,
        needs_review=verified.needs_review,
        rejected=verified.rejected,
        usage=usage,
        notes=verified.notes,
        missing=verified.missing,
    )


def with_identities(decomposition: Decomposition, known: Sequence[KnownCapability]) -> Decomposition:
    """The decomposition with the ids and URIs its capabilities take from history, or get now."""
    uris = {head.id: head.uri for head in decomposition.documents}
    wanted = [
        (
            capability.name,
            [Quoted(uris[e.document_id], e.document_id, e.start, e.end, e.quote) for claim in capability.summary for e in claim.evidence],
        )
        for capability in decomposition.capabilities
    ]
    given = assign(decomposition.artifact.slug, wanted, known)
    named = [
        capability.model_copy(update={"id": identity, "uri": uri})
        for capability, (identity, uri) in zip(decomposition.capabilities, given, strict=True)
    ]
    return decomposition.model_copy(update={"capabilities": named})


def _capability(one: VerifiedCapability) -> Capability:
    from agent.scoring.capability import capability_score

    return Capability(
        id="",
        uri="",
        name=one.name,
        importance=one.importance,
        score=capability_score(one.summary, one.unique, one.vs_alternatives, one.limitations, one.inputs, one.outputs),
        summary=one.summary,
        unique=one.unique,
        vs_alternatives=one.vs_alternatives,
        limitations=one.limitations,
        intents=one.intents,
        inputs=one.inputs,
        outputs=one.outputs,
    )


def _from_manifest(fact: Fact) -> FactClaim:
    """A fact out of the manifest: its source and date stand where a document's fact has its quote."""
    label = fact.field.replace("_", " ").capitalize()
    text = f"{label}: {fact.printed().rstrip('.')}."
    return FactClaim(
        id=claim_id("fact", f"{text}\n{fact.source or ''}", []),
        kind="fact",
        text=text,
        status="supported",
        field=fact.field,
        value=fact.printed(),
        source=fact.source,
        date=fact.date,
    )
