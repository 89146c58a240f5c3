"""Documents, passages and vectors of a workspace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.capability import DocumentHead
from agent.domain.document import Document, Passage
from agent.store import artifacts as artifact_rows
from agent.store import indexes as index_rows
from agent.store.database import Connection, damaged, parsed

_DOCUMENT = "id, artifact, uri, title, origin, media_type, sha256, text_sha256, reader, language, text, fetched_at"
_HEAD = "id, artifact, origin, uri, title, media_type, sha256, chars, fetched_at, language"
_CURRENT = "FROM documents WHERE artifact = :slug AND position IS NOT NULL ORDER BY position"
_MANY = 500  # values of one IN list


def document(connection: Connection, document_id: str) -> Document | None:
    row = connection.row(f"SELECT {_DOCUMENT} FROM documents WHERE id = :id", id=document_id)
    return _document(row) if row else None


def current(connection: Connection, slug: str) -> list[Document]:
    """An artifact's current documents, in the manifest's order."""
    return [_document(row) for row in connection.rows(f"SELECT {_DOCUMENT} {_CURRENT}", slug=slug)]


def heads(connection: Connection, slug: str) -> list[tuple[DocumentHead, str]]:
    """An artifact's current documents without their texts: head, and sha256 of the text."""
    rows = connection.rows(f"SELECT {_HEAD}, text_sha256 {_CURRENT}", slug=slug)
    return [(_head(dict(row)), row["text_sha256"]) for row in rows]


def superseded(connection: Connection, slug: str) -> list[DocumentHead]:
    """Earlier versions of an artifact's documents."""
    rows = connection.rows(f"SELECT {_HEAD} FROM documents WHERE artifact = :slug AND position IS NULL ORDER BY uri, id", slug=slug)
    return [_head(dict(row)) for row in rows]


def _head(values: dict[str, Any]) -> DocumentHead:
    """A document's head; it says so where the language keeps the document out of extraction."""
    values.pop("text_sha256", None)
    if values["language"] != "en":
        values |= {"used": False, "note": f"language {values['language']!r}: stored, left out of extraction"}
    return parsed(DocumentHead, values, f"document {values['id']}")


def _document(row: sqlite3.Row) -> Document:
    """A document whose text is the one that was stored: a quote can only be checked against that."""
    found = parsed(Document, dict(row), f"document {row['id']}")
    if sha256(found.text) != found.text_sha256:
        raise damaged(f"document {found.id} in the workspace", "its text is not the one that was stored")
    return found


def read_before(connection: Connection, slug: str, uri: str, sha256: str, reader: str) -> Document | None:
    """The document that these bytes gave when this reader last read them."""
    row = connection.row(
        f"""SELECT {_DOCUMENT} FROM documents WHERE id = (
            SELECT document_id FROM readings WHERE artifact = :slug AND uri = :uri AND sha256 = :sha256 AND reader = :reader)""",
        slug=slug,
        uri=uri,
        sha256=sha256,
        reader=reader,
    )
    return _document(row) if row else None


def replace(connection: Connection, manifest: Manifest, source: str, fingerprint: str, read: Sequence[tuple[Document, str, str]]) -> None:
    """Make these (document, sha256 of its bytes, reader) the artifact's current documents; earlier ones are kept, superseded.

    Of a document that is there already only what the manifest says of it may change: place, title, origin.
    """
    artifact_rows.put(connection, manifest, source, fingerprint)
    connection.run("UPDATE documents SET position = NULL WHERE artifact = :slug", slug=manifest.slug)
    for position, (one, bytes_sha256, reader) in enumerate(read):
        connection.run(
            f"""INSERT INTO documents ({_DOCUMENT}, chars, position, chunking)
                VALUES ({", ".join(":" + name for name in _DOCUMENT.split(", "))}, :chars, :position, '')
                ON CONFLICT (id) DO UPDATE SET position = :position, title = :title, origin = :origin""",
            **one.model_dump(),
            chars=len(one.text),
            position=position,
        )
        connection.run(
            """INSERT INTO readings (artifact, uri, sha256, reader, document_id) VALUES (:artifact, :uri, :sha256, :reader, :document_id)
               ON CONFLICT DO NOTHING""",
            artifact=one.artifact,
            uri=one.uri,
            sha256=bytes_sha256,
            reader=reader,
            document_id=one.id,
        )
    index_rows.changed(connection, manifest.slug)


def rewrite(connection: Connection, one: Document) -> None:
    """Write a document that is there again, all but its place among the current ones and when it was fetched."""
    values = {name: value for name, value in one.model_dump().items() if name not in ("id", "artifact", "fetched_at")}
    connection.run(
        f"UPDATE documents SET chars = :chars, {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :id",
        **values,
        id=one.id,
        chars=len(one.text),
    )


def passages_of(connection: Connection, document_ids: Iterable[str]) -> list[Passage]:
    """The passages of documents, in the order of the ids and within each by place."""
    sql = 'SELECT id, document_id, "start", "end", heading_path, sha256, source FROM passages WHERE document_id = :id ORDER BY "start"'
    return [_passage(dict(row)) for one in document_ids for row in connection.rows(sql, id=one)]


def _passage(row: dict[str, Any]) -> Passage:
    name = f"a passage of document {row['document_id']}"
    try:
        path = tuple(json.loads(row["heading_path"]))
    except (ValueError, TypeError):
        raise damaged(f"{name} in the workspace", "it cannot be read") from None
    return parsed(Passage, {**row, "heading_path": path}, name)


def chunked(connection: Connection, document_ids: Iterable[str]) -> dict[str, str]:
    """The version of the chunking of those documents that are stored; empty where they were never cut."""
    found = {one: connection.value("SELECT chunking FROM documents WHERE id = :id", id=one) for one in document_ids}
    return {one: chunking for one, chunking in found.items() if chunking is not None}


def put_passages(connection: Connection, document_id: str, chunking: str, found: Sequence[Passage]) -> None:
    """Store a document's passages in place of those an older chunking gave."""
    index_rows.recut(connection, document_id)
    connection.run("DELETE FROM passages WHERE document_id = :id", id=document_id)
    connection.run_many(
        """INSERT INTO passages (id, document_id, "start", "end", heading_path, sha256, source)
           VALUES (:id, :document_id, :start, :end, :heading_path, :sha256, :source)""",
        ({**one.model_dump(), "heading_path": json.dumps(one.heading_path, ensure_ascii=False)} for one in found),
    )
    connection.run("UPDATE documents SET chunking = :chunking WHERE id = :id", chunking=chunking, id=document_id)
    index_rows.entered(connection, document_id)


def vectors_of(connection: Connection, embedder: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """The stored vectors (float32 bytes) among some text hashes."""
    wanted = sorted(set(hashes))
    result: dict[str, bytes] = {}
    for at in range(0, len(wanted), _MANY):
        values = {f"h{number}": value for number, value in enumerate(wanted[at : at + _MANY])}
        names = ", ".join(f":{name}" for name in values)
        sql = f"SELECT sha256, vector FROM vectors WHERE embedder = :embedder AND sha256 IN ({names})"
        result.update({row["sha256"]: row["vector"] for row in connection.rows(sql, embedder=embedder, **values)})
    return result


def put_vectors(connection: Connection, embedder: str, found: Mapping[str, bytes]) -> None:
    """Store vectors by text hash; those that are there already stay."""
    connection.run_many(
        "INSERT INTO vectors (sha256, embedder, vector) VALUES (:sha256, :embedder, :vector) ON CONFLICT DO NOTHING",
        ({"sha256": key, "embedder": embedder, "vector": value} for key, value in found.items()),
    )
