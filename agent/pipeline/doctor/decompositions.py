"""Checks of decompositions: every quote at its place, and every URI that was ever given written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from agent.domain.base import sha256
from agent.domain.capability import Decomposition
from agent.pipeline.doctor.base import REPAIR, Finding, Patient
from agent.pipeline.doctor.documents import unsound
from agent.store import decompositions as decomposition_rows
from agent.store.database import Connection

_TEXTS = 64  # documents kept in memory: a decomposition cites its own and those of at most 8 neighbours
_SHOWN = 60  # characters of a quote in a message
_BODIES = """SELECT artifact, inputs_sha256, CAST(body AS BLOB) AS body FROM decompositions ORDER BY artifact, version"""


class _Key(NamedTuple):
    artifact: str
    inputs: str

    @property
    def place(self) -> str:
        return f"{self.artifact} {self.inputs[:12]}"


class Evidence:
    """Every quote of every stored decomposition stands at its place (`document.text[start:end] == quote`)."""

    name = "evidence"
    said = "every quote stands at its place"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            broken = unsound(connection)
            for key, problem, document_id in _problems(connection):
                remedy = REPAIR if document_id not in broken else f"Repair document {document_id} first."
                yield Finding(key.place, problem, remedy)

    def repair(self, patient: Patient) -> Iterator[str]:
        """Drop what cannot be right, so that the next run makes it again; its capabilities keep their URIs."""
        with patient.database.writing() as connection:
            broken = unsound(connection)
            # A quote of a document that is itself damaged may be right: nothing is dropped for it.
            for key in dict.fromkeys(key for key, _, document_id in list(_problems(connection)) if document_id not in broken):
                decomposition_rows.drop(connection, key.artifact, key.inputs)
                yield f"Dropped the damaged decomposition {key.place}: the next `agent decompose {key.artifact}` makes it again."


class Uris:
    """Every URI that was ever given has its row, and what is said of decompositions is said of ones that exist."""

    name = "URIs"
    said = "every URI given is written down"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            for uri, _ in _unwritten(connection):
                yield Finding(uri, "this URI was given, and its row is gone.", REPAIR)
            for uri in _unreadable(connection):
                yield Finding(uri, "where this capability was seen cannot be read.", REPAIR)
            for key in _listed_nowhere(connection):
                yield Finding(key.place, "capabilities are listed for a decomposition that is gone.", REPAIR, wrong=False)
            for row in connection.rows('SELECT artifact FROM decompositions WHERE "current" GROUP BY artifact HAVING COUNT(*) > 1'):
                yield Finding(row[0], "more than one decomposition is current.", REPAIR)

    def repair(self, patient: Patient) -> Iterator[str]:
        with patient.database.writing() as connection:
            for uri, lost in list(_unwritten(connection)):
                decomposition_rows.write_uri(connection, **lost)
                yield f"Wrote {uri} down again."
            for uri in _unreadable(connection):
                connection.run("UPDATE capabilities SET evidence = '[]' WHERE uri = :uri", uri=uri)
                yield f"Cleared where {uri} was seen: its name still identifies it."
            for key in _listed_nowhere(connection):
                connection.run("DELETE FROM capability_versions WHERE artifact = :artifact AND inputs_sha256 = :inputs", **key._asdict())
                yield f"Dropped the list of capabilities of {key.place}, a decomposition that is gone."
            for row in connection.rows('SELECT artifact FROM decompositions WHERE "current" GROUP BY artifact HAVING COUNT(*) > 1'):
                newest = "SELECT inputs_sha256 FROM decompositions WHERE artifact = :slug ORDER BY version DESC"
                decomposition_rows.make_current(connection, row[0], connection.value(newest, slug=row[0]))
                yield f"Made the newest decomposition of {row[0]!r} the only current one."


def quotes_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence in a decomposition's JSON, wherever it stands: refused claims too."""
    if isinstance(value, dict):
        if value.keys() >= {"document_id", "start", "end", "quote"}:
            yield value
        else:
            for inner in value.values():
                yield from quotes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes_in(inner)


def _problems(connection: Connection) -> Iterator[tuple[_Key, str, str | None]]:
    """(decomposition, what is wrong, the document it is about); texts are read as they are needed."""

    @lru_cache(maxsize=_TEXTS)
    def text_of(document_id: str) -> str | None:
        found = connection.value("SELECT CAST(text AS BLOB) FROM documents WHERE id = :id", id=document_id)
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else None

    for row in connection.each(_BODIES):
        key = _Key(row["artifact"], row["inputs_sha256"])
        body = _parsed(row["body"])
        if body is None:
            yield key, "it is not JSON any more.", None
            continue
        try:
            made = Decomposition.model_validate(body)
        except ValidationError:
            yield key, "it is not a decomposition as this version knows it.", None
            continue
        if (made.artifact.slug, made.inputs_sha256) != key:
            yield key, "it is another decomposition than its row says.", None
        else:
            yield from _misplaced(key, body, text_of)


def _misplaced(key: _Key, body: Any, text_of: Callable[[str], str | None]) -> Iterator[tuple[_Key, str, str | None]]:
    for evidence in quotes_in(body):
        document_id, start, end, quote = (evidence[name] for name in ("document_id", "start", "end", "quote"))
        text = text_of(document_id)
        if text is None:
            yield key, f"it cites document {document_id}, which is not in the workspace.", None
        elif text[start:end] != quote:
            yield key, f"quote {quote[:_SHOWN]!r} is not at {start}-{end} of document {document_id}.", document_id


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _unwritten(connection: Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """(URI, its row made again) of capabilities that decompositions or their lists name, and that have no row."""
    there = {row[0] for row in connection.rows("SELECT uri FROM capabilities")}
    for row in connection.each(_BODIES):
        body = _parsed(row["body"])
        for one in body.get("capabilities", ()) if isinstance(body, dict) else ():
            if isinstance(one, dict) and {"uri", "id", "name"} <= one.keys() and one["uri"] not in there:
                there.add(one["uri"])
                yield one["uri"], {"uri": one["uri"], "id": one["id"], "slug": row["artifact"], "name": one["name"]}
    for row in connection.rows("SELECT DISTINCT uri, artifact FROM capability_versions ORDER BY uri"):
        if row["uri"] not in there:
            name = row["uri"].rsplit("/", 1)[-1].replace("-", " ")
            yield row["uri"], {"uri": row["uri"], "id": sha256(row["uri"])[:16], "slug": row["artifact"], "name": name}


def _unreadable(connection: Connection) -> list[str]:
    found = []
    for row in connection.rows("SELECT uri, CAST(evidence AS BLOB) AS evidence FROM capabilities ORDER BY uri"):
        seen = _parsed(row["evidence"])
        if not isinstance(seen, list) or any(not isinstance(one, list) or len(one) != 5 for one in seen):
            found.append(row["uri"])
    return found


def _listed_nowhere(connection: Connection) -> list[_Key]:
    rows = connection.rows(
        """SELECT DISTINCT artifact, inputs_sha256 FROM capability_versions v WHERE NOT EXISTS
           (SELECT 1 FROM decompositions d WHERE d.artifact = v.artifact AND d.inputs_sha256 = v.inputs_sha256) ORDER BY 1, 2"""
    )
    return [_Key(row[0], row[1]) for row in rows]
