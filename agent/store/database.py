"""One SQLite file: transactions that are whole or nothing, a wait for other processes that can be interrupted, and errors in words.

Plain SQL through the standard library's driver, because importing SQLAlchemy takes as long as a whole rerun may (measured: 0.4 s).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from agent.errors import DamagedWorkspace, WorkspaceError

if TYPE_CHECKING:
    from pydantic import BaseModel

Model = TypeVar("Model", bound="BaseModel")

WAIT = 30.0  # seconds one process waits for another's transaction, unless the settings say otherwise
_POLL = 0.1  # seconds SQLite itself waits at once: while it does, nobody can interrupt it
_TELL = 1.0  # seconds after which the user is told what is waited for


class Connection:
    """One open transaction. Parameters are named (`:slug`); a row is read by column name or place."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def rows(self, sql: str, **values: Any) -> list[sqlite3.Row]:
        return self._raw.execute(sql, values).fetchall()

    def each(self, sql: str, **values: Any) -> Iterator[sqlite3.Row]:
        """The rows one by one, for what may be larger than memory; nothing may be changed meanwhile."""
        yield from self._raw.execute(sql, values)

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


class Database:
    """A SQLite file, opened for each transaction. `name` is what messages call it; `told` hears what is waited for."""

    def __init__(
        self, file: Path, name: str, *, wait: float = WAIT, told: Callable[[str], None] | None = None, read_only: bool = False
    ) -> None:
        self.file = file
        self.name = name
        self.wait = wait
        self._told = told
        self._read_only = read_only

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
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction: for pragmas and SQLite's own backup. Raises WorkspaceError, DamagedWorkspace."""
        with self.in_words():
            # isolation_level None: a transaction begins where this class says so, not when the driver sees an INSERT
            uri = f"{self.file.absolute().as_uri()}?mode={'ro' if self._read_only else 'rwc'}"
            with closing(sqlite3.connect(uri, uri=True, timeout=_POLL, isolation_level=None)) as raw:
                raw.row_factory = sqlite3.Row
                raw.execute("PRAGMA foreign_keys = ON")
                # the first to look at the file, which another process may have to itself for a moment
                self.patiently(lambda: raw.execute("PRAGMA synchronous = NORMAL"))
                yield raw

    @contextmanager
    def alone(self) -> Iterator[Database]:
        """The same database with nobody else in it: others wait, to read it too, until the block ends. Not for threads.

        Raises WorkspaceError where others do not leave it in time.
        """
        with self.open() as raw:
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")  # the next write takes the lock, and its end does not give it back
            self.patiently(lambda: raw.execute("BEGIN IMMEDIATE"))
            raw.execute("COMMIT")
            yield _Held(self, raw)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self.open() as raw:
            self.patiently(lambda: raw.execute(begin))
            raw.execute(f"PRAGMA busy_timeout = {int(self.wait * 1000)}")
            try:
                yield Connection(raw)
                raw.execute("COMMIT")
            except BaseException:
                # After a full disk SQLite has rolled back by itself; that first error is the one to tell.
                with suppress(sqlite3.Error):
                    raw.execute("ROLLBACK")
                raise

    def patiently(self, step: Callable[[], object]) -> None:
        """Take a step that another process's lock may stop: again and again until `wait` is over, and so that Ctrl-C is heard."""
        began, told = monotonic(), False
        while True:
            try:
                step()
            except sqlite3.OperationalError as error:
                passed = monotonic() - began
                if _kind(error) not in _BUSY or passed >= self.wait:
                    raise
                if self._told is not None and passed >= _TELL and not told:
                    self._told(f"waiting for another process that writes to {self.name} (at most {self.wait:g} s).")
                    told = True
            else:
                return

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn what SQLite raises into one line for the user; what a mistake of ours raises stays as it is."""
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError):
            raise
        except UnicodeDecodeError as error:  # SQLite quotes the file's garbage in its message
            raise damaged(self.name, f"{error.reason} at {error.start}") from None
        except sqlite3.DatabaseError as error:
            kind = _kind(error)
            if kind in _DAMAGED or "decode to UTF-8" in str(error):
                raise damaged(self.name, str(error)) from None
            said, hint = _in_the_way(self.file) or _WORDS.get(kind, (str(error), "Check disk space and permissions, or use --workspace."))
            raise WorkspaceError(f"{self.name} cannot be used: {said}.", hint=hint) from None


class _Held(Database):
    """A database by way of one connection, which has it alone."""

    def __init__(self, database: Database, raw: sqlite3.Connection) -> None:
        super().__init__(database.file, database.name, wait=database.wait)
        self._raw = raw

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with self.in_words():
            yield self._raw


def _in_the_way(file: Path) -> tuple[str, str] | None:
    """What stands where SQLite has its files and is no file."""
    for place in (file, *(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
        if os.path.lexists(place) and not place.is_file():
            return f"{str(place)!r} is no file", "Move it away."
    return None


def damaged(name: str, problem: str) -> DamagedWorkspace:
    """The error for stored things that are not as they were stored."""
    return DamagedWorkspace(f"{name} is damaged: {problem}.", hint="`agent doctor` says what, and what to do.")


def parsed(model: type[Model], values: Mapping[str, Any] | str, name: str) -> Model:
    """A stored value as what it was stored as: from its columns, or from JSON. Raises DamagedWorkspace."""
    try:
        return model.model_validate_json(values) if isinstance(values, str) else model.model_validate(values)
    except (ValueError, TypeError):
        raise damaged(f"{name} in the workspace", "it cannot be read") from None


def _kind(error: sqlite3.Error) -> int:
    """SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_LOCKED = ("another process has it locked", "Try again when the other process is done.")
_FULL = ("the disk is full or a file may not grow", "Free space and run it again; what was finished is kept.")
_FAILING = ("the disk does not take or give what is asked (full, or failing)", "Free space or check the disk, and run it again.")
_CLOSED = ("it cannot be written here", "Check the permissions of the folder and the files in it, or use --workspace.")
_UNOPENED = ("its database cannot be opened", "Check the permissions of the folder and the files in it, or use --workspace.")
_WORDS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
}
