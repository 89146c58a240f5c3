"""What each index over the passages holds and has to do. Nothing here opens an index.

`documents` and `artifacts` call `changed` and `recut` in the transaction that changes which passages are current, so the work of
every known index is recorded with the change that causes it. An index nobody has used is unknown, and costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.store.workspace import Connection

_CURRENT = "passages p JOIN documents d ON d.id = p.document_id WHERE d.position IS NOT NULL"
# SQLite would take the primary key and read all of an index to find that nothing is to be done: 16 ms a search of 100,000 passages.
_OPEN = "index_entries e INDEXED BY ix_index_entries_open WHERE e.state <> 'indexed'"
_COPIED = ("id", "artifact", "type", "document_id", "uri", "title", "origin", "start", "end", "sha256")


@dataclass(frozen=True)
class IndexedPassage:
    """A current passage with what an index needs of it; `title`, `uri` and `origin` are its document's, `type` its artifact's."""

    id: str
    artifact: str
    type: str
    document_id: str
    uri: str
    title: str
    origin: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    sha256: str
    text: str


def number_of(connection: Connection, name: str) -> int | None:
    """The number of a known index."""
    found = connection.value("SELECT number FROM indexes WHERE name = :name", name=name)
    return None if found is None else int(found)


def begin(connection: Connection, name: str, now: str) -> None:
    """Begin an index, or begin it anew: every current passage is pending."""
    connection.run(
        "INSERT INTO indexes (name, rebuilt_at) VALUES (:name, :now) ON CONFLICT (name) DO UPDATE SET rebuilt_at = :now", name=name, now=now
    )
    number = int(connection.value("SELECT number FROM indexes WHERE name = :name", name=name))
    connection.run("DELETE FROM index_entries WHERE index_number = :number", number=number)
    connection.run(
        f"""INSERT INTO index_entries (index_number, passage_id, artifact, state)
            SELECT :number, p.id, d.artifact, 'pending' FROM {_CURRENT}""",
        number=number,
    )


def rebuilt_at(connection: Connection, name: str) -> str | None:
    """When an index was last begun; None for an unknown one."""
    found: str | None = connection.value("SELECT rebuilt_at FROM indexes WHERE name = :name", name=name)
    return found


def names(connection: Connection) -> list[str]:
    """The known indexes."""
    return [row[0] for row in connection.rows("SELECT name FROM indexes ORDER BY name")]


def forget(connection: Connection, number: int) -> None:
    """An index is gone: nothing is recorded for it any more."""
    connection.run("DELETE FROM index_entries WHERE index_number = :number", number=number)
    connection.run("DELETE FROM indexes WHERE number = :number", number=number)


def forget_all(connection: Connection) -> None:
    """Nothing is known of any index: each is made from nothing when it is next wanted."""
    connection.run("DELETE FROM index_entries")
    connection.run("DELETE FROM indexes")


def changed(connection: Connection, slug: str) -> None:
    """Record what follows for every index from an artifact's having other current documents, or none."""
    connection.run(
        f"""UPDATE index_entries SET state = 'removing' WHERE artifact = :slug AND state <> 'removing'
            AND passage_id NOT IN (SELECT p.id FROM {_CURRENT} AND d.artifact = :slug)""",
        slug=slug,
    )
    _enter(connection, "d.artifact = :key", slug)


def recut(connection: Connection, document_id: str) -> None:
    """Record that a document's passages are about to be replaced; call `entered` once they are there."""
    connection.run(
        "UPDATE index_entries SET state = 'removing' WHERE passage_id IN (SELECT id FROM passages WHERE document_id = :id)", id=document_id
    )


def entered(connection: Connection, document_id: str) -> None:
    """Record a document's new passages, if it is current."""
    _enter(connection, "d.id = :key", document_id)


def _enter(connection: Connection, which: str, key: str) -> None:
    connection.run(
        f"""INSERT INTO index_entries (index_number, passage_id, artifact, state)
            SELECT i.number, p.id, d.artifact, 'pending' FROM indexes i JOIN {_CURRENT} AND {which}
            ON CONFLICT (index_number, passage_id) DO UPDATE SET state = 'pending' WHERE state = 'removing'""",
        key=key,
    )


def counts(connection: Connection, number: int) -> dict[str, int]:
    """How many entries of an index are in each state."""
    sql = "SELECT state, COUNT(*) FROM index_entries WHERE index_number = :number GROUP BY state"
    return {row[0]: int(row[1]) for row in connection.rows(sql, number=number)}


def has_work(connection: Connection, number: int) -> bool:
    """Whether anything is still to be written or taken out."""
    sql = f"SELECT 1 FROM {_OPEN} AND e.index_number = :number LIMIT 1"
    return connection.value(sql, number=number) is not None


def pending(connection: Connection, number: int, limit: int) -> list[tuple[str, str, str, str]]:
    """At most so many passages that are still to be written: id, artifact, document id, sha256 of what is embedded."""
    sql = f"""SELECT p.id, d.artifact, p.document_id, p.sha256
              FROM (SELECT e.passage_id FROM {_OPEN} AND e.index_number = :number AND e.state = 'pending') e
              JOIN {_CURRENT} AND p.id = e.passage_id LIMIT :limit"""
    return [(row[0], row[1], row[2], row[3]) for row in connection.rows(sql, number=number, limit=limit)]


def removing(connection: Connection, number: int, limit: int) -> list[str]:
    """Ids of at most so many passages that are still to be taken out."""
    sql = f"SELECT e.passage_id FROM {_OPEN} AND e.index_number = :number AND e.state = 'removing' LIMIT :limit"
    return [row[0] for row in connection.rows(sql, number=number, limit=limit)]


def written(connection: Connection, number: int, passages: Iterable[tuple[str, str]]) -> None:
    """These (passage id, sha256 of what was written) are in the index; one that has changed since stays pending."""
    connection.run_many(
        """UPDATE index_entries SET state = 'indexed' WHERE index_number = :number AND passage_id = :id AND state = 'pending'
           AND EXISTS (SELECT 1 FROM passages WHERE id = :id AND sha256 = :sha256)""",
        ({"number": number, "id": one, "sha256": sha256} for one, sha256 in passages),
    )


def taken_out(connection: Connection, number: int, ids: Iterable[str]) -> None:
    """These are no longer in the index; one that has come back since stays pending."""
    connection.run_many(
        "DELETE FROM index_entries WHERE index_number = :number AND passage_id = :id AND state = 'removing'",
        ({"number": number, "id": one} for one in ids),
    )


def entries(connection: Connection, number: int) -> set[str]:
    """The ids of all passages an index holds or is about to."""
    return {row[0] for row in connection.rows("SELECT passage_id FROM index_entries WHERE index_number = :number", number=number)}


def passages(connection: Connection, ids: Sequence[str]) -> dict[str, IndexedPassage]:
    """The current passages among some ids, with their text."""
    texts: dict[str, str] = {}
    found = {}
    for row in connection.rows(
        f"""SELECT p.*, d.artifact, d.uri, d.title, d.origin, (SELECT type FROM artifacts WHERE slug = d.artifact) AS type
            FROM {_CURRENT} AND p.id IN (SELECT value FROM json_each(:ids))""",
        ids=json.dumps(ids),
    ):
        document = row["document_id"]
        if document not in texts:
            texts[document] = connection.value("SELECT text FROM documents WHERE id = :id", id=document)
        found[row["id"]] = IndexedPassage(
            **{name: row[name] for name in _COPIED},
            heading_path=tuple(json.loads(row["heading_path"])),
            text=texts[document][row["start"] : row["end"]],
        )
    return found


def in_artifacts(connection: Connection, slugs: Sequence[str], embedder: str) -> list[tuple[str, str, bytes | None]]:
    """The current passages of some artifacts: id, sha256 of what is embedded, vector (float32 bytes) if there is one."""
    sql = f"""SELECT p.id, p.sha256, (SELECT vector FROM vectors WHERE sha256 = p.sha256 AND embedder = :embedder)
              FROM {_CURRENT} AND d.artifact IN (SELECT value FROM json_each(:slugs))"""
    return [(row[0], row[1], row[2]) for row in connection.rows(sql, slugs=json.dumps(slugs), embedder=embedder)]


def without_vector(connection: Connection, embedder: str, limit: int) -> list[tuple[str, str]]:
    """At most so many current passages (id, sha256 of what is embedded) that an embedder has not embedded, each text once."""
    sql = f"""SELECT MIN(p.id), p.sha256 FROM {_CURRENT}
              AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.sha256 = p.sha256 AND v.embedder = :embedder)
              GROUP BY p.sha256 LIMIT :limit"""
    return [(row[0], row[1]) for row in connection.rows(sql, embedder=embedder, limit=limit)]


def totals(connection: Connection, embedder: str) -> tuple[int, int]:
    """(current passages, those of them that this embedder has embedded)."""
    row = connection.row(
        """SELECT COUNT(*), COUNT(v.sha256) FROM passages p JOIN documents d ON d.id = p.document_id
            LEFT JOIN vectors v ON v.sha256 = p.sha256 AND v.embedder = :embedder WHERE d.position IS NOT NULL""",
        embedder=embedder,
    )
    assert row is not None
    return int(row[0]), int(row[1])
