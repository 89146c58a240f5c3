"""Checks of what is derived from documents: passages and vectors. Both can be made again at any time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.errors import DamagedWorkspace
from agent.pipeline.doctor.base import REPAIR, Finding, Patient
from agent.pipeline.doctor.documents import unsound
from agent.store import documents as document_rows
from agent.store.database import Connection
from agent_sources.passages import VERSION as CHUNKING

if TYPE_CHECKING:
    from agent.domain.document import Document, Passage
    from agent.pipeline.library import Library

_BATCH = 4_000  # vectors looked at together
_ROUNDING = 1e-3  # a unit vector's length may differ from 1 by this
_ORPHANS = "FROM vectors WHERE sha256 NOT IN (SELECT sha256 FROM passages)"
_MISSING = """FROM passages p JOIN documents d ON d.id = p.document_id
    WHERE d.position IS NOT NULL AND d.chunking = :chunking
    AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.sha256 = p.sha256 AND v.embedder = :embedder)"""


class Passages:
    """Every document has exactly the passages its text gives."""

    name = "passages"
    said = "every passage is the text it names"

    def run(self, patient: Patient) -> Iterator[Finding]:
        for document_id in _wrongly_cut(patient):
            yield Finding(f"document {document_id}", "its passages are not those of its text.", REPAIR)

    def repair(self, patient: Patient) -> Iterator[str]:
        for document_id in list(_wrongly_cut(patient)):
            with patient.database.writing() as connection:
                document = document_rows.document(connection, document_id)
                if document is not None:
                    document_rows.put_passages(connection, document_id, CHUNKING, _cut(document))
                    yield f"Cut document {document_id} into passages again."


class Vectors:
    """Every passage of a current document has its vector, and every vector is one."""

    name = "vectors"
    said = "every current passage has one"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            bad = len(_misshapen(connection))
            orphans = connection.value(f"SELECT COUNT(*) {_ORPHANS}")
            missing = _missing(connection, patient.library)
        if bad:
            yield Finding("vectors", f"{bad} of them cannot be what was stored: wrong length, or not of length 1.", REPAIR)
        for slug, count in missing:
            yield Finding(slug, f"{count} of its passages have no vector.", REPAIR)
        if orphans:
            problem = f"{orphans} belong to no passage (words of capabilities that were compared, passages of removed artifacts)."
            yield Finding("vectors", problem, "They do no harm; agent doctor --repair deletes them.", wrong=False)

    def repair(self, patient: Patient) -> Iterator[str]:
        with patient.database.writing() as connection:
            bad = _misshapen(connection)
            for sha256, embedder in bad:
                connection.run("DELETE FROM vectors WHERE sha256 = :sha256 AND embedder = :embedder", sha256=sha256, embedder=embedder)
            orphans = connection.run(f"DELETE {_ORPHANS}")
            missing = _missing(connection, patient.library)
        if bad:
            yield f"Deleted {len(bad)} vectors that could not be what was stored."
        if orphans:
            yield f"Deleted {orphans} vectors that belong to no passage."
        for slug, count in missing:
            if patient.library is not None:
                patient.library.refresh(slug)
                yield f"Embedded {count} passages of {slug!r} again."


def _cut(document: Document) -> list[Passage]:
    from agent_sources.passages import passages_of
    from agent_sources.structure import blocks_of

    return passages_of(document, blocks_of(document.text, document.media_type)) if document.english else []


def _wrongly_cut(patient: Patient) -> Iterator[str]:
    """The ids of sound documents whose passages differ from what the present rules give; older rules are asked only for order and place."""
    with patient.database.reading() as connection:
        broken = unsound(connection)
        ids = [(row["id"], row["chunking"]) for row in connection.rows("SELECT id, chunking FROM documents ORDER BY id")]
        for document_id, chunking in ids:
            if document_id in broken:
                continue
            document = document_rows.document(connection, document_id)
            assert document is not None
            try:
                stored = document_rows.passages_of(connection, [document_id])
            except DamagedWorkspace:
                yield document_id
                continue
            if (chunking == CHUNKING and stored != _cut(document)) or any(not _in_place(document, passage) for passage in stored):
                yield document_id


def _in_place(document: Document, passage: Passage) -> bool:
    from agent.domain.base import sha256
    from agent_sources.passages import embedded_text

    inside = 0 <= passage.start < passage.end <= len(document.text)
    return inside and sha256(embedded_text(document.text, passage)) == passage.sha256


def _missing(connection: Connection, library: Library | None) -> list[tuple[str, int]]:
    if library is None:
        return []
    sql = f"SELECT d.artifact, COUNT(DISTINCT p.sha256) {_MISSING} GROUP BY d.artifact ORDER BY d.artifact"
    return [(row[0], row[1]) for row in connection.rows(sql, chunking=CHUNKING, embedder=library.embedder.id)]


def _misshapen(connection: Connection) -> list[tuple[str, str]]:
    """(sha256, embedder) of vectors that are not of length 1 (or 0, of a text without a token), or have not their embedder's dimensions."""
    import numpy as np

    # The length most of an embedder's vectors have is its own: the rarest come first, the last one stays.
    sizes = connection.rows("SELECT embedder, length(vector) AS size, COUNT(*) FROM vectors GROUP BY 1, 2 ORDER BY 3, 2")
    wanted = {row["embedder"]: row["size"] for row in sizes}
    found = []
    for row in connection.each("SELECT sha256, embedder, vector FROM vectors"):
        vector = row["vector"]
        if not isinstance(vector, bytes) or len(vector) % 4 or len(vector) != wanted[row["embedder"]]:
            found.append((row["sha256"], row["embedder"]))
            continue
        with np.errstate(all="ignore"):  # of noise, too
            norm = float(np.linalg.norm(np.frombuffer(vector, dtype="<f4").astype(np.float64)))
        if not (norm == 0 or abs(norm - 1) < _ROUNDING):
            found.append((row["sha256"], row["embedder"]))
    return found
