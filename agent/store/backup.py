"""Copies of a workspace's database in one file: made while others write, checked by the caller, put back in one transaction."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from agent.errors import DamagedWorkspace, InputError, WorkspaceError
from agent.store import indexes as index_rows
from agent.store.database import Database
from agent.store.workspace import DATABASE, REVISIONS, Workspace, revision_of

STAGED = "restoring-"  # begins the name of a copy that is being made ready inside a workspace
KEPT = "before-restore-"  # begins the name of what a workspace held before it was replaced
BROKEN = "broken-"  # begins the name of a database that could not be used when a backup took its place
_APPLICATION = 0x43415042  # "CAPB": SQLite's application_id, by which a backup is told from any other database
_HEADER = b"SQLite format 3\x00"


def copy(source: Database, file: Path, name: str) -> Database:
    """Copy a database as it is at one moment into a new file of its own, marked as a backup; `name` is what messages call it."""
    made = Database(file, name)
    with source.open() as raw, made.open() as target:
        _copied(raw, target, source.wait)
    with made.open() as target:
        # One file: no log beside it; marked; written through to the disk before anybody relies on it.
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("PRAGMA synchronous = FULL")
        target.execute(f"PRAGMA application_id = {_APPLICATION}")
    return made


def write(source: Database, file: Path, check: Callable[[Database], None]) -> None:
    """Write a checked backup; the file is the old one or the whole new one. Raises InputError where it is something else."""
    if file.exists() and not _marked(file):
        raise InputError(f"{str(file)!r} is there and is not a backup.", hint="Give another name, or remove it first.")
    place, file = f"backup {str(file)!r}", file.resolve()  # what a link leads to is replaced, not the link
    with _fresh(file.parent / f".{file.name[:100]}.{os.getpid()}.partial") as partial:
        check(copy(source, partial, place))
        if file.exists():
            partial.chmod(file.stat().st_mode & 0o777)
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(file)


def opened(file: Path) -> Database:
    """The backup in a file, to be read. Raises InputError for a file that is none; NewerWorkspace; DamagedWorkspace."""
    found = Database(file, f"backup {str(file)!r}", read_only=True)
    if not _marked(file) or revision_of(found) is None:
        raise InputError(f"{str(file)!r} is not a backup.", hint="Give a file that `agent backup` wrote.")
    return found


@contextmanager
def staged(backup: Database, folder: Path) -> Iterator[Database]:
    """A copy of a backup in a workspace's folder, brought to this version's schema; gone afterwards.

    It knows of no index: what lies in the folder was made from what was there before.
    """
    with _fresh(folder / f"{STAGED}{_stamp()}.db") as path:
        ready = copy(backup, path, backup.name)
        if revision_of(ready) != REVISIONS[-1]:
            from agent.store.migrate import upgrade

            with ready.in_words():
                upgrade(path)
        with ready.writing() as connection:
            index_rows.forget_all(connection)
        yield ready


def put_back(ready: Database, workspace: Workspace, check: Callable[[Database], None], *, force: bool) -> None:
    """Make a workspace hold what a staged copy holds. Other processes see all of the old or all of the new; nothing is stopped halfway.

    Nobody else is in the workspace meanwhile: what others store is in what was held before, or comes on top of what is put back, and is
    not undone when that fails. What was held is kept in a dated file beside it until the new is there and checked, and put back where it
    is not. Without `force` that must be nothing: another process may have stored something since the caller looked. Raises InputError then.
    """
    kept = workspace.folder / f"{KEPT}{_stamp()}.db"
    with workspace.alone() as held:
        before = copy(held, kept, f"the copy {str(kept)!r}")
        if not force and holds_anything(before):
            kept.unlink()
            raise InputError(f"the workspace in {str(workspace.folder)!r} holds something by now.", hint="Replace it: --force.")
        try:
            _replace(ready, held)
            check(held)
        except BaseException:
            with suppress(WorkspaceError):
                _replace(before, held)
                kept.unlink()
            raise
    kept.unlink()


def set_aside(folder: Path) -> Path:
    """Move a database that cannot be used, with its log, out of the way under a dated name. Returns the new place."""
    place = folder / f"{BROKEN}{_stamp()}.db"
    for suffix in ("-shm", "-wal", ""):
        with suppress(FileNotFoundError):
            (folder / (DATABASE + suffix)).replace(place.with_name(place.name + suffix))
    return place


def is_whole(database: Database) -> bool:
    """Whether SQLite can read every page of it."""
    try:
        with database.reading() as connection:
            return bool(connection.value("PRAGMA quick_check(1)") == "ok")
    except DamagedWorkspace:
        return False


def holds_anything(database: Database) -> bool:
    """Whether anybody has stored anything in it."""
    with database.reading() as connection:
        tables = [row[0] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'")]
        return any(connection.value(f'SELECT EXISTS (SELECT 1 FROM "{table}")') for table in tables)


def _replace(source: Database, held: Database) -> None:
    with source.open() as raw, held.open() as target:
        _copied(raw, target, held.wait)
        target.execute("PRAGMA application_id = 0")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copied(source: sqlite3.Connection, target: sqlite3.Connection, wait: float) -> None:
    """SQLite's backup of all pages at once: one moment of the source, one transaction in the target."""
    began = monotonic()

    def heard(status: int, remaining: int, total: int) -> None:  # noqa: ARG001
        # Called between attempts while another process has the target locked, so that the wait ends and Ctrl-C is heard.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() - began > wait:
            raise WorkspaceError("another process has the workspace locked.", hint="Try again when it is done.")

    source.backup(target, pages=-1, progress=heard, sleep=0.1)


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"


def _marked(file: Path) -> bool:
    """Whether a file begins as a backup of ours does. Raises InputError where it cannot be read."""
    try:
        if not stat.S_ISREG(file.stat().st_mode) and not file.is_dir():  # whoever opens a pipe waits for its other end
            raise InputError(f"{str(file)!r} is not a file.", hint="Give a file that `agent backup` wrote, or a new name.")
        with file.open("rb") as stream:
            head = stream.read(72)
    except OSError as error:
        raise InputError(f"{str(file)!r} cannot be read: {error.strerror}.", hint="Give a file that `agent backup` wrote.") from None
    return head.startswith(_HEADER) and int.from_bytes(head[68:72], "big") == _APPLICATION


@contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """A new file of this name, and nothing of it left afterwards unless it was moved."""
    try:
        yield path
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + suffix).unlink()
