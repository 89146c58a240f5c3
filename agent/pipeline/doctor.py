"""Looks for what should never be: a quote that is not at its place, a decomposition without its documents, foreign files in our package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from agent.domain.capability import Decomposition, Evidence
from agent.store import decompositions as decomposition_rows
from agent.store import documents as document_rows
from agent.store.workspace import Workspace

_DISTRIBUTION = "capability-ledger"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, and what."""

    place: str
    problem: str


def examine(workspace: Workspace) -> list[Finding]:
    """Everything wrong with a workspace and with the installation."""
    return [*_quotes(workspace), *_documents(workspace), *_foreign_files()]


def evidence_of(decomposition: Decomposition) -> Iterator[Evidence]:
    """Every quote a decomposition rests on, refused claims included."""
    for capability in decomposition.capabilities:
        for part in (capability.summary, capability.unique, capability.vs_alternatives, capability.limitations):
            for claim in part:
                yield from claim.evidence
        for text in (*capability.inputs, *capability.outputs):
            yield from text.evidence
    for claim in (*decomposition.facts, *decomposition.needs_review, *decomposition.rejected):
        yield from claim.evidence


def _quotes(workspace: Workspace) -> Iterator[Finding]:
    texts: dict[str, str | None] = {}
    with workspace.reading() as connection:
        for decomposition in decomposition_rows.everything(connection):
            place = f"{decomposition.artifact.slug} {decomposition.inputs_sha256[:12]}"
            for evidence in evidence_of(decomposition):
                key = evidence.document_id
                if key not in texts:
                    document = document_rows.document(connection, key)
                    texts[key] = document.text if document else None
                text = texts[key]
                if text is None:
                    yield Finding(place, f"cites document {key}, which is not in the workspace.")
                elif text[evidence.start : evidence.end] != evidence.quote:
                    yield Finding(place, f"quote {evidence.quote[:60]!r} is not at {evidence.start}-{evidence.end} of document {key}.")


def _documents(workspace: Workspace) -> Iterator[Finding]:
    with workspace.reading() as connection:
        for document_id, problem in document_rows.corrupt(connection):
            yield Finding(f"document {document_id}", problem)


def _foreign_files() -> Iterator[Finding]:
    """Other distributions with files under agent/: the last one installed wins, and ours breaks."""
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"]
        if name != _DISTRIBUTION and any(file.parts[:1] == ("agent",) for file in distribution.files or ()):
            yield Finding("installation", f"distribution {name!r} also has files under 'agent/'; install one of both elsewhere.")
