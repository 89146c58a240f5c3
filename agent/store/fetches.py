"""What was asked of the network, in the order in which it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields

from agent.domain.fetch import FetchRecord
from agent.store.workspace import Connection

_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(FetchRecord))
_GAVE = "kind = 'document' AND outcome IN ('fetched', 'unchanged')"


def put(connection: Connection, slug: str, records: Iterable[FetchRecord]) -> None:
    """Add records of an artifact."""
    values = ", ".join(f":{field.name}" for field in fields(FetchRecord))
    connection.run_many(
        f"INSERT INTO fetches (artifact, {_COLUMNS}) VALUES (:slug, {values})", ({"slug": slug, **asdict(one)} for one in records)
    )


def of_artifact(connection: Connection, slug: str) -> list[FetchRecord]:
    """The newest record of every address that was asked for, robots.txt left out, in the order of the addresses' first records."""
    rows = connection.rows(f"SELECT {_COLUMNS} FROM fetches WHERE artifact = :slug AND kind = 'document' ORDER BY id", slug=slug)
    return list({row["asked"]: FetchRecord(**dict(row)) for row in rows}.values())


def good(connection: Connection, slug: str) -> dict[str, FetchRecord]:
    """The newest record of each address that gave a document, by the address that was asked for."""
    rows = connection.rows(f"SELECT {_COLUMNS} FROM fetches WHERE artifact = :slug AND {_GAVE} ORDER BY id", slug=slug)
    return {row["asked"]: FetchRecord(**dict(row)) for row in rows}


def of_document(connection: Connection, document_id: str) -> FetchRecord | None:
    """The record of the fetch that last gave a document."""
    row = connection.row(f"SELECT {_COLUMNS} FROM fetches WHERE document_id = :id AND {_GAVE} ORDER BY fetches.id DESC", id=document_id)
    return FetchRecord(**dict(row)) if row else None


def artifacts(connection: Connection) -> list[str]:
    """The slugs of artifacts with documents out of the network, in order."""
    sql = f"SELECT DISTINCT artifact FROM fetches JOIN artifacts ON slug = artifact WHERE {_GAVE} ORDER BY artifact"
    return [row[0] for row in connection.rows(sql)]
