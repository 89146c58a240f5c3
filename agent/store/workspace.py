"""A workspace: a folder of ours, marked as such, with the database in it at the newest schema.

The schema is declared in `tables` (SQLAlchemy) and changed by Alembic; neither is imported here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path

from agent.errors import NewerWorkspace, WorkspaceError
from agent.store.database import WAIT, Connection, Database, damaged

__all__ = ["DATABASE", "MARKER", "REVISIONS", "Connection", "Workspace"]

MARKER = "capability-ledger.workspace"
DATABASE = "ledger.db"
REVISIONS = ("0001", "0002", "0003", "0004")  # of migrations/versions, oldest first
_MARKER_TEXT = "A workspace of the `agent` command (capability-ledger). Its files belong together; remove the whole folder or none.\n"


class Workspace(Database):
    """The database of one folder, opened and migrated."""

    def __init__(self, folder: Path, *, wait: float = WAIT, told: Callable[[str], None] | None = None) -> None:
        """Open the workspace in a folder, which is made if need be.

        `wait` is how many seconds another process's transaction is waited for; `told` hears of it. Raises WorkspaceError: another
        program's folder, one that cannot be written, a locked database; DamagedWorkspace; NewerWorkspace.
        """
        super().__init__(folder / DATABASE, f"workspace {str(folder)!r}", wait=wait, told=told)
        self.folder = folder
        claim(folder)
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        revision = revision_of(self)
        if revision is None:
            self._create()
        elif revision != REVISIONS[-1]:
            from agent.store.migrate import upgrade

            with self.in_words():
                self.patiently(lambda: upgrade(self.file))

    def _create(self) -> None:
        """A new database gets the newest tables at once; a test keeps them equal to what the migrations give."""
        with self.open() as raw, suppress(sqlite3.OperationalError):
            # Refused while another process looks at the file; one of those that make it at once succeeds.
            self.patiently(lambda: raw.execute("PRAGMA journal_mode = WAL"))
        with self.writing() as connection:
            if connection.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
                for statement in schema_statements():
                    connection.run(statement)
                connection.run("INSERT INTO alembic_version VALUES (:head)", head=REVISIONS[-1])


def revision_of(database: Database) -> str | None:
    """The schema a database has, or None for one without tables.

    Raises NewerWorkspace for a schema this version does not know, DamagedWorkspace where none is named.
    """
    with database.reading() as connection:
        if connection.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
            return None
        revision = connection.value("SELECT version_num FROM alembic_version")
    if revision is None:
        raise damaged(database.name, "it does not say which schema it has")
    if revision not in REVISIONS:
        raise NewerWorkspace(
            f"{database.name} has schema {revision!r}; this version knows up to {REVISIONS[-1]!r}.",
            hint="Update the program, or choose another folder with --workspace.",
        )
    return str(revision)


def schema_statements() -> list[str]:
    """The newest schema, statement by statement."""
    return (resources.files("agent.store") / "schema.sql").read_text("utf-8").split(";\n")


def claim(folder: Path) -> None:
    """Make the folder and mark it as ours; a folder with other things in it and no mark is left alone."""
    marker = folder / MARKER
    try:
        if marker.exists():
            return
        # The mark is looked for again after the files: another process that makes the workspace writes it first.
        if folder.is_dir() and any(folder.iterdir()) and not marker.exists():
            raise WorkspaceError(f"{str(folder)!r} holds other files and no {MARKER}.", hint=_unmarked(folder))
        if folder.exists() and not folder.is_dir():
            raise WorkspaceError(f"workspace {str(folder)!r} is a file.", hint="Name a folder with --workspace.")
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(_MARKER_TEXT, "utf-8")
    except OSError as error:
        raise WorkspaceError(
            f"workspace {str(folder)!r} cannot be made: {error.strerror}.", hint="Choose another folder with --workspace."
        ) from None


def _unmarked(folder: Path) -> str:
    if (folder / DATABASE).exists():
        return "If it is a workspace of this program, put an empty file of that name into it; else choose another with --workspace."
    return "It is not a workspace: choose another folder with --workspace."
