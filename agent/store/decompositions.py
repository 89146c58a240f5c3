"""Decompositions by the hash of their inputs, the history of capability URIs, and what searches found."""

from __future__ import annotations

import json
from dataclasses import dataclass

from agent.domain.capability import Decomposition
from agent.store.database import Connection, damaged, parsed


@dataclass(frozen=True)
class KnownCapability:
    """A capability that has a URI: its name and its summary's quotes (document uri and id, start, end, words) when last seen."""

    uri: str
    id: str
    name: str
    evidence: tuple[tuple[str, str, int, int, str], ...]
    current: bool


def get(connection: Connection, slug: str, inputs_sha256: str) -> Decomposition | None:
    """The decomposition made from exactly these inputs."""
    sql = "SELECT body FROM decompositions WHERE artifact = :slug AND inputs_sha256 = :inputs"
    return _parsed(connection.value(sql, slug=slug, inputs=inputs_sha256), slug)


def current(connection: Connection, slug: str) -> Decomposition | None:
    """The decomposition an artifact was last asked for."""
    return _parsed(connection.value('SELECT body FROM decompositions WHERE artifact = :slug AND "current"', slug=slug), slug)


def is_current(connection: Connection, slug: str, inputs_sha256: str) -> bool:
    sql = 'SELECT "current" FROM decompositions WHERE artifact = :slug AND inputs_sha256 = :inputs'
    return bool(connection.value(sql, slug=slug, inputs=inputs_sha256))


def make_current(connection: Connection, slug: str, inputs_sha256: str) -> None:
    connection.run(
        'UPDATE decompositions SET "current" = (inputs_sha256 = :inputs) WHERE artifact = :slug', slug=slug, inputs=inputs_sha256
    )


def put(connection: Connection, decomposition: Decomposition) -> None:
    """Store a new version, make it current, and record where its capabilities were seen."""
    slug, inputs = decomposition.artifact.slug, decomposition.inputs_sha256
    connection.run(
        """INSERT INTO decompositions (artifact, inputs_sha256, version, "current", body)
           SELECT :slug, :inputs, COALESCE(MAX(version), 0) + 1, TRUE, :body FROM decompositions WHERE artifact = :slug""",
        slug=slug,
        inputs=inputs,
        body=decomposition.model_dump_json(),
    )
    uris = {head.id: head.uri for head in decomposition.documents}
    for one in decomposition.capabilities:
        seen = [[uris[e.document_id], e.document_id, e.start, e.end, e.quote] for claim in one.summary for e in claim.evidence]
        connection.run(
            """INSERT INTO capabilities (uri, id, artifact, name, evidence) VALUES (:uri, :id, :slug, :name, :evidence)
               ON CONFLICT (uri) DO UPDATE SET name = :name, evidence = :evidence""",
            uri=one.uri,
            id=one.id,
            slug=slug,
            name=one.name,
            evidence=json.dumps(seen, ensure_ascii=False),
        )
        connection.run(
            "INSERT INTO capability_versions (artifact, inputs_sha256, uri) VALUES (:slug, :inputs, :uri)",
            slug=slug,
            inputs=inputs,
            uri=one.uri,
        )
    make_current(connection, slug, inputs)


def citing(connection: Connection, document_id: str) -> list[Decomposition]:
    """The current decompositions, of whatever artifact, that read or cite a document."""
    sql = 'SELECT artifact, body FROM decompositions WHERE "current" AND instr(body, :id) ORDER BY artifact'
    made = [
        parsed(Decomposition, row["body"], f"a decomposition of {row['artifact']!r}") for row in connection.rows(sql, id=f'"{document_id}"')
    ]
    return [one for one in made if any(head.id == document_id for head in one.documents)]


def drop(connection: Connection, slug: str, inputs_sha256: str) -> None:
    """Take one decomposition out; the URIs of its capabilities stay."""
    for table in ("capability_versions", "decompositions"):
        connection.run(f"DELETE FROM {table} WHERE artifact = :slug AND inputs_sha256 = :inputs", slug=slug, inputs=inputs_sha256)


def write_uri(connection: Connection, *, uri: str, id: str, slug: str, name: str) -> None:  # noqa: A002
    """Write down a URI that was given and has no row. Where it was seen is learnt when it is next decomposed; till then its name tells."""
    connection.run(
        "INSERT INTO capabilities (uri, id, artifact, name, evidence) VALUES (:uri, :id, :slug, :name, '[]') ON CONFLICT DO NOTHING",
        uri=uri,
        id=id,
        slug=slug,
        name=name,
    )


def known_capabilities(connection: Connection, slug: str) -> list[KnownCapability]:
    """Every capability of an artifact that was ever given a URI, by URI; those of the current decomposition are `current`."""
    rows = connection.rows(
        """SELECT uri, id, name, evidence, EXISTS (
               SELECT 1 FROM capability_versions v JOIN decompositions d USING (artifact, inputs_sha256)
               WHERE v.uri = c.uri AND d."current") AS live
           FROM capabilities c WHERE artifact = :slug ORDER BY uri""",
        slug=slug,
    )
    return [KnownCapability(row["uri"], row["id"], row["name"], _seen(row["uri"], row["evidence"]), bool(row["live"])) for row in rows]


def times_matched(connection: Connection, slug: str) -> int:
    """How often a search has found one of an artifact's capabilities."""
    return int(connection.value("SELECT COUNT(*) FROM matches WHERE artifact = :slug", slug=slug))


def searches(connection: Connection) -> int:
    """How many searches the workspace has recorded."""
    return int(connection.value("SELECT COUNT(DISTINCT query) FROM matches"))


def _seen(uri: str, evidence: str) -> tuple[tuple[str, str, int, int, str], ...]:
    try:
        return tuple((place, document_id, int(start), int(end), quote) for place, document_id, start, end, quote in json.loads(evidence))
    except (ValueError, TypeError):
        raise damaged(f"{uri} in the workspace", "where it was seen cannot be read") from None


def _parsed(body: str | None, slug: str) -> Decomposition | None:
    return None if body is None else parsed(Decomposition, body, f"a decomposition of {slug!r}")
