"""Backups of a workspace, and putting one back: nothing counts as either before it has been checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from agent.errors import CheckFailed, DamagedWorkspace, IncompleteError, InputError
from agent.pipeline.doctor import sound
from agent.pipeline.listener import Listener
from agent.store import backup as backups
from agent.store.database import Database
from agent.store.workspace import DATABASE, Workspace, claim

_COUNTED = ("artifacts", "documents", "decompositions", "capabilities")


@dataclass(frozen=True)
class Copied:
    """What was copied: file or workspace, its bytes, and how many rows of the things a user knows."""

    place: str
    bytes: int
    artifacts: int
    documents: int
    decompositions: int
    capabilities: int


def back_up(folder: Path, opened: Callable[[], Workspace], file: Path) -> Copied:
    """Write the workspace in a folder into one file, while others may go on using it.

    Raises InputError where there is no workspace or the file is something else; CheckFailed where the copy is not sound: then the file
    is what it was before.
    """
    if not (folder / DATABASE).exists():
        raise InputError(f"there is no workspace in {str(folder)!r}.", hint="Name another with --workspace.")
    if file.is_dir() or not file.parent.is_dir():
        raise InputError(f"{str(file)!r} is no place for a file.", hint="Name a file in a folder that is there.")
    backups.write(opened(), file, _sound_or("The workspace is as it was, and no backup was written: agent doctor --repair first."))
    return _copied(backups.opened(file), file)


def restore(folder: Path, opened: Callable[[], Workspace], file: Path, listener: Listener, *, force: bool = False) -> Copied:
    """Make the workspace in a folder hold what a backup holds; without `force` only where it holds nothing yet.

    Raises InputError for a file that is no sound backup and for a workspace that holds something; then the workspace is as it was.
    """
    as_it_was = "The workspace is as it was; try another backup."
    try:
        backup = backups.opened(file)
        whole = _whole(folder, opened)
        if not force and whole is not None and not (whole and not backups.holds_anything(opened())):
            raise InputError(
                f"the workspace in {str(folder)!r} {'holds something' if whole else 'is damaged'}.", hint="Replace it: --force."
            )
        claim(folder)
        with backups.staged(backup, folder) as ready:
            _sound_or(as_it_was)(ready)
            if whole is False:
                listener.note(f"The damaged database is kept as {backups.set_aside(folder)}.")
            workspace = opened()
            backups.put_back(ready, workspace, _sound_or(as_it_was), force=force or whole is False)
        _drop_index(folder)
    except DamagedWorkspace as error:
        raise InputError(str(error.args[0]), hint=as_it_was) from None
    return _copied(workspace, folder)


def _drop_index(folder: Path) -> None:
    """Delete the index of what was there before. Should it stay, whoever opens it next sees that it is another's and makes it again."""
    from agent_vectorstore.lock import locked
    from agent_vectorstore.upkeep import FOLDER

    index = folder / FOLDER
    if index.is_dir():
        with suppress(IncompleteError, OSError), locked(index):
            if (index / "chroma").is_dir():
                shutil.rmtree(index / "chroma")
            for path in index.glob("lexical.db*"):
                path.unlink(missing_ok=True)


def _whole(folder: Path, opened: Callable[[], Workspace]) -> bool | None:
    """Whether the database of a workspace can be read; None where there is none."""
    if not (folder / DATABASE).exists():
        return None
    try:
        return backups.is_whole(opened())
    except DamagedWorkspace:
        return False


def _sound_or(hint: str) -> Callable[[Database], None]:
    def check(database: Database) -> None:
        wrong = sound(database)
        if wrong:
            raise CheckFailed(f"{database.name}: {wrong[0].place}: {wrong[0].problem}", hint=hint)

    return check


def _copied(database: Database, place: Path) -> Copied:
    with database.reading() as connection:
        counts = {table: int(connection.value(f"SELECT COUNT(*) FROM {table}")) for table in _COUNTED}
    return Copied(str(place), database.file.stat().st_size, **counts)
