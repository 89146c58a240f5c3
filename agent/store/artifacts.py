"""Artifacts of a workspace: their manifests, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass

from agent.domain.artifact import Manifest
from agent.store import decompositions as decomposition_rows
from agent.store import indexes as index_rows
from agent.store.database import Connection, parsed

BUNDLED = "bundled"


@dataclass(frozen=True)
class StoredArtifact:
    """An artifact as the workspace has it. `source` is "bundled" or the place it was ingested from."""

    slug: str
    name: str
    type: str
    manifest_json: str
    source: str
    fingerprint: str

    @property
    def bundled(self) -> bool:
        return self.source == BUNDLED

    @property
    def manifest(self) -> Manifest:
        return parsed(Manifest, self.manifest_json, f"the record of {self.slug!r}")


_SELECT = "SELECT slug, name, type, manifest, source, fingerprint FROM artifacts"


def get(connection: Connection, slug: str) -> StoredArtifact | None:
    row = connection.row(f"{_SELECT} WHERE slug = :slug", slug=slug)
    return StoredArtifact(*row) if row else None


def everything(connection: Connection) -> list[StoredArtifact]:
    """All artifacts by slug."""
    return [StoredArtifact(*row) for row in connection.rows(f"{_SELECT} ORDER BY slug")]


def put(connection: Connection, manifest: Manifest, source: str, fingerprint: str) -> None:
    """Store an artifact's manifest, new or again."""
    connection.run(
        """INSERT INTO artifacts (slug, name, type, manifest, source, fingerprint)
           VALUES (:slug, :name, :type, :manifest, :source, :fingerprint)
           ON CONFLICT (slug) DO UPDATE
           SET name = :name, type = :type, manifest = :manifest, source = :source, fingerprint = :fingerprint""",
        slug=manifest.slug,
        name=manifest.name,
        type=manifest.type,
        manifest=manifest.model_dump_json(exclude_defaults=True),
        source=source,
        fingerprint=fingerprint,
    )


def remove(connection: Connection, slug: str) -> bool:
    """Take an artifact out, with its documents, passages and decompositions; False if it is not there.

    Decompositions of other artifacts that quote its documents go with them: they could not be checked any more. The URIs of its
    capabilities stay: they are given once, and a removed one still resolves to its tombstone.
    """
    own = {row["id"] for row in connection.rows("SELECT id FROM documents WHERE artifact = :slug", slug=slug)}
    for row in connection.rows("SELECT artifact, inputs_sha256, body FROM decompositions"):
        if row["artifact"] == slug or any(document_id in row["body"] for document_id in own):
            decomposition_rows.drop(connection, row["artifact"], row["inputs_sha256"])
    connection.run("DELETE FROM passages WHERE document_id IN (SELECT id FROM documents WHERE artifact = :slug)", slug=slug)
    connection.run("DELETE FROM readings WHERE artifact = :slug", slug=slug)
    connection.run("DELETE FROM fetches WHERE artifact = :slug", slug=slug)
    connection.run("DELETE FROM documents WHERE artifact = :slug", slug=slug)
    index_rows.changed(connection, slug)
    return connection.run("DELETE FROM artifacts WHERE slug = :slug", slug=slug) > 0
