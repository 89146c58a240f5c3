"""Checks of artifacts and their documents: what was read, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.errors import AgentError
from agent.pipeline.doctor.base import REPAIR, Finding, Patient
from agent.pipeline.library import Library
from agent.store import artifacts as artifact_rows
from agent.store import documents as document_rows
from agent.store.artifacts import BUNDLED
from agent.store.database import Connection

_ROWS = """SELECT d.id, d.artifact, d.uri, d.title, d.origin, d.media_type, d.sha256, d.text_sha256, d.reader, d.language, d.fetched_at,
                  d.chars, CAST(d.text AS BLOB) AS text, COALESCE(a.source, '') AS source
           FROM documents d LEFT JOIN artifacts a ON a.slug = d.artifact"""


class Artifacts:
    """Every manifest can be read, and every document has its artifact."""

    name = "artifacts"
    said = "every record can be read"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            for slug, source in _broken_artifacts(connection):
                remedy = REPAIR if _again(patient.library, slug, source) else f"Ingest {source or slug!r} again: agent ingest."
                yield Finding(slug, "its record cannot be read or is gone.", remedy)

    def repair(self, patient: Patient) -> Iterator[str]:
        with patient.database.reading() as connection:
            broken = _broken_artifacts(connection)
        for slug, source in broken:
            manifest = _again(patient.library, slug, source)
            if manifest is not None:
                with patient.database.writing() as connection:
                    # without a fingerprint a bundled artifact is looked at again when it is next wanted
                    artifact_rows.put(connection, manifest, source or BUNDLED, "")
                yield f"Wrote the record of {slug!r} again, from its source."


class Documents:
    """Every text is the one that was stored, by its hash."""

    name = "documents"
    said = "every text is the one that was stored"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            for row in connection.each(f"{_ROWS} ORDER BY d.id"):
                problem = _problem(dict(row))
                if problem:
                    remedy = f"Run: agent doctor --repair; where {row['source'] or 'its source'} has changed, restore a backup."
                    yield Finding(f"document {row['id']}", problem, remedy)

    def repair(self, patient: Patient) -> Iterator[str]:
        if patient.library is None:
            return
        with patient.database.reading() as connection:
            rows = [
                (row["id"], row["artifact"], row["source"], row["text_sha256"]) for row in connection.each(_ROWS) if _problem(dict(row))
            ]
        for document_id, slug, source, _ in rows:
            document = _read_again(patient.library, slug, source).get(document_id)
            if document is not None:
                with patient.database.writing() as connection:
                    document_rows.rewrite(connection, document)
                yield f"Read document {document_id} of {slug!r} again: its text is what it was."


def unsound(connection: Connection) -> set[str]:
    """The ids of documents whose text is not the one that was stored."""
    return {row["id"] for row in connection.each(_ROWS) if _problem(dict(row))}


def _problem(row: dict[str, object]) -> str:
    text = row["text"]
    if not isinstance(text, bytes) or sha256(text) != row["text_sha256"]:
        return "its text is not the one that was stored: the hash differs."
    try:
        decoded = text.decode()
        document = Document.model_validate({**{name: row[name] for name in Document.model_fields}, "text": decoded})
    except (UnicodeDecodeError, ValidationError):
        return "its record cannot be read."
    if len(decoded) != row["chars"] or document.id != sha256(f"{document.artifact} {document.uri} {document.text_sha256}")[:16]:
        return "its record is not the one that was stored."
    return ""


def _broken_artifacts(connection: Connection) -> list[tuple[str, str]]:
    """(slug, source) of artifacts whose manifest cannot be read, or whose documents are there without it; source "" where it is gone."""
    found = []
    for row in connection.rows("SELECT slug, CAST(manifest AS BLOB) AS manifest, source FROM artifacts ORDER BY slug"):
        try:
            sound = Manifest.model_validate_json(row["manifest"]).slug == row["slug"]
        except ValidationError:
            sound = False
        if not sound:
            found.append((row["slug"], row["source"]))
    alone = connection.rows("SELECT DISTINCT artifact FROM documents WHERE artifact NOT IN (SELECT slug FROM artifacts) ORDER BY artifact")
    return found + [(row[0], "") for row in alone]


def _again(library: Library | None, slug: str, source: str) -> Manifest | None:
    """An artifact's manifest from where it came from, where that is still there."""
    from agent_sources.ingest import sources_at

    if library is None:
        return None
    try:
        if source in ("", BUNDLED):
            return library.catalog.load(slug).manifest if slug in library.catalog.slugs else None
        folder = Path(source)
        found = [one.manifest for one in sources_at(folder)] if folder.is_dir() else []
    except (AgentError, OSError):
        return None
    return next((manifest for manifest in found if manifest.slug == slug), None)


def _read_again(library: Library, slug: str, source: str) -> dict[str, Document]:
    """An artifact's documents by id, read from where it came from as if they had never been; none where that is gone."""
    from agent_sources.ingest import read_documents, source_from_file, source_of, sources_at

    try:
        if source == BUNDLED:
            sources = [source_of(library.catalog.load(slug), BUNDLED)] if slug in library.catalog.slugs else []
        elif Path(source).is_dir():
            sources = [one for one in sources_at(Path(source)) if one.manifest.slug == slug]
        elif Path(source).is_file():
            manifest = library.bring(slug).manifest
            sources = [source_from_file(Path(source), manifest.name, manifest.type)]
        else:
            sources = []
        read = [document for one in sources for document in read_documents(one, lambda *_: None, "")]
    except (AgentError, OSError):
        return {}
    return {one.document.id: one.document for one in read}
