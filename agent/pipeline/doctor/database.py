"""Checks of the database file itself: its pages, its tables, its references."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from agent.pipeline.doctor.base import REPAIR, RESTORE, Finding, Patient
from agent.store.database import Connection
from agent.store.workspace import revision_of, schema_statements

_MOST = 20  # findings of one kind that are listed


class Integrity:
    """SQLite's own examination of every page and index."""

    name = "database"
    said = "the file is whole"

    def run(self, patient: Patient) -> Iterator[Finding]:
        problems = _integrity(patient)
        remedy = REPAIR if problems and all(map(_of_an_index, problems)) else RESTORE
        for problem in problems:
            yield Finding("database", f"{problem}.", remedy)

    def repair(self, patient: Patient) -> Iterator[str]:
        problems = _integrity(patient)
        if problems and all(map(_of_an_index, problems)):
            try:
                with patient.database.writing() as connection:
                    connection.run("REINDEX")
            except sqlite3.IntegrityError:
                return  # rows that an index would refuse: only a backup helps
            yield "Built the database's own indexes again."


class Schema:
    """The tables and columns are those of this version."""

    name = "schema"
    said = "the tables are this version's"

    def run(self, patient: Patient) -> Iterator[Finding]:
        revision_of(patient.database)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
            raw.row_factory = sqlite3.Row
            for statement in schema_statements():
                raw.execute(statement)
            wanted = _columns(Connection(raw))
        with patient.database.reading() as connection:
            there = _columns(connection)
        for table in sorted(wanted):
            if table not in there:
                yield Finding("database", f"table {table!r} is missing.", RESTORE)
            elif there[table] != wanted[table]:
                yield Finding("database", f"table {table!r} does not have the columns it should have.", RESTORE)

    def repair(self, patient: Patient) -> Iterator[str]:  # noqa: ARG002
        yield from ()


class References:
    """Every row that names another has it. What only serves reading faster is dropped; a URI that was given is written down again."""

    name = "references"
    said = "no row refers to one that is gone"

    def run(self, patient: Patient) -> Iterator[Finding]:
        with patient.database.reading() as connection:
            counts = Counter((row[0], row[2]) for row in connection.each("PRAGMA foreign_key_check"))
        for (table, parent), count in sorted(counts.items()):
            remedy = REPAIR if table in ("passages", "readings", "capability_versions") else RESTORE
            yield Finding("database", f"{count} row{'s' * (count > 1)} of {table!r} refer to {parent!r} that are gone.", remedy)

    def repair(self, patient: Patient) -> Iterator[str]:
        with patient.database.writing() as connection:
            broken: dict[str, list[int]] = {}
            for row in connection.rows("PRAGMA foreign_key_check"):
                broken.setdefault(row[0], []).append(row[1])
            for table in ("passages", "readings"):
                for number in broken.get(table, ()):
                    connection.run(f"DELETE FROM {table} WHERE rowid = :number", number=number)
                if table in broken:
                    yield f"Dropped {len(broken[table])} rows of {table!r} without a document."


def _integrity(patient: Patient) -> list[str]:
    with patient.database.reading() as connection:
        found = [str(row[0]) for row in connection.rows(f"PRAGMA integrity_check({_MOST})")]
    return [] if found == ["ok"] else [line.strip().rstrip(".") for text in found for line in text.split("\n") if line.strip()]


def _of_an_index(problem: str) -> bool:
    return "index" in problem and ("missing from" in problem or "wrong # of entries" in problem or "non-unique" in problem)


def _columns(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = [row[0] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: sorted((row["name"], row["type"], row["notnull"], row["pk"]) for row in connection.rows(f"PRAGMA table_info({table})"))
        for table in tables
    }
