"""A workspace: a folder of ours, marked as such, with the database in it at the newest schema.

The schema is declared in `tables` (SQLAlchemy) and changed by Alembic; neither is imported here. What a run does all the time is plain
SQL through the standard library's driver, because importing SQLAlchemy takes as long as a whole rerun may (measured: 0.4 s).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Any

from agent.errors import NewerWorkspace, WorkspaceError

MARKER = "capability-ledger.workspace"
DATABASE = "ledger.db"
REVISIONS = ("0001", "0002")  # of migrations/versions, oldest first
_WAIT = 30.0  # seconds one process waits for another's transaction
_MARKER_TEXT = "A workspace of the `agent` command (capability-ledger). Its files belong together; remove the whole folder or none.\n"


class Connection:
    """One open transaction. Parameters are named (`:slug`); a row is read by column name or place."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def rows(self, sql: str, **values: Any) -> list[sqlite3.Row]:
        return self._raw.execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._raw.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, **values)
        return None if found is None else found[0]

    def run(self, sql: str, **values: Any) -> int:
        """Change rows; how many were changed."""
        return self._raw.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self._raw.executemany(sql, rows)


class Workspace:
    """The database of one folder, opened and migrated."""

    def __init__(self, folder: Path) -> None:
        """Open the workspace in a folder, which is made if need be.

        Raises WorkspaceError: another program's folder, one that cannot be written, a locked or broken database; NewerWorkspace.
        """
        self.folder = folder
        _claim(folder)
        self._bring_up_to_date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is the only writer from its start; all of it is stored, or nothing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._as_workspace_errors(), closing(self._connect()) as raw:
            raw.execute(begin)
            try:
                yield Connection(raw)
            except BaseException:
                raw.execute("ROLLBACK")
                raise
            raw.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        # isolation_level None: a transaction begins where this class says so, not when the driver sees an INSERT
        raw = sqlite3.connect(self.folder / DATABASE, timeout=_WAIT, isolation_level=None)
        raw.row_factory = sqlite3.Row
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = NORMAL")
        return raw

    @contextmanager
    def _as_workspace_errors(self) -> Iterator[None]:
        name = repr(str(self.folder))
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # ours to repair, not the user's
        except sqlite3.DatabaseError as error:
            locked = "locked" in str(error)
            hint = "Try again when the other process is done." if locked else "Check disk space and permissions, or use --workspace."
            raise WorkspaceError(f"workspace {name} cannot be used: {error}.", hint=hint) from None

    def _bring_up_to_date(self) -> None:
        revision = self._revision()
        if revision == REVISIONS[-1]:
            return
        if revision is None:
            self._create()
            return
        if revision not in REVISIONS:
            raise NewerWorkspace(
                f"workspace {str(self.folder)!r} has schema {revision!r}; this version knows up to {REVISIONS[-1]!r}.",
                hint="Update the program, or choose another folder with --workspace.",
            )
        from agent.store.migrate import upgrade

        with self._as_workspace_errors():
            upgrade(self.folder / DATABASE)

    def _revision(self) -> str | None:
        """The schema version, or None for a database without tables."""
        with self.reading() as connection:
            if connection.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
                return None
            return str(connection.value("SELECT version_num FROM alembic_version"))

    def _create(self) -> None:
        """A new database gets the newest tables at once; a test keeps them equal to what the migrations give."""
        with self._as_workspace_errors(), closing(self._connect()) as raw, suppress(sqlite3.OperationalError):
            raw.execute("PRAGMA journal_mode = WAL")  # refused while another process does the same
        schema = (resources.files("agent.store") / "schema.sql").read_text("utf-8")
        with self.writing() as connection:
            if connection.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
                for statement in schema.split(";\n"):
                    connection.run(statement)
                connection.run("INSERT INTO alembic_version VALUES (:head)", head=REVISIONS[-1])


def _claim(folder: Path) -> None:
    """Make the folder and mark it as ours; a folder with other things in it and no mark is left alone."""
    marker = folder / MARKER
    try:
        if marker.exists():
            return
        # The mark is looked for again after the files: another process that makes the workspace writes it first.
        if folder.is_dir() and any(folder.iterdir()) and not marker.exists():
            raise WorkspaceError(
                f"{str(folder)!r} holds other files and no {MARKER}.", hint="It is not a workspace: choose another folder with --workspace."
            )
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(_MARKER_TEXT, "utf-8")
    except OSError as error:
        raise WorkspaceError(
            f"workspace {str(folder)!r} cannot be made: {error.strerror}.", hint="Choose another folder with --workspace."
        ) from None
