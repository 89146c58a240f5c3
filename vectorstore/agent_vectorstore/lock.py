"""One process at a time works in an index folder, and one that waits can say for whom."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.errors import IncompleteError

WAIT = 10.0  # seconds before a waiter gives up
_LOCK = "lock"
_HOLDER = "holder.json"  # beside the lock and not in it: Windows lets nobody read a locked file
FILES = (_LOCK, _HOLDER)


@dataclass(frozen=True)
class Holder:
    """Who has the lock: process id, command line, and since when (UTC)."""

    pid: int
    command: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command}) since {self.since}"


class IndexBusy(IncompleteError):
    """Another process is using the index."""


@contextmanager
def locked(folder: Path, wait: float | None = None) -> Iterator[None]:
    """Hold an index folder alone, for one operation; the operating system lets go when the process dies.

    Raises IndexBusy after `wait` seconds (WAIT where none are given), naming the holder; OSError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    wait = WAIT if wait is None else wait
    lock = FileLock(folder / _LOCK, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        holder = read_holder(folder)
        raise IndexBusy(
            f"the index in {str(folder)!r} is in use by {holder or 'another process'}; waited {wait:g} s.",
            hint="Nothing is lost: documents are stored, and whoever opens the index next indexes what is left.",
        ) from None
    try:
        (folder / _HOLDER).write_text(json.dumps(asdict(_myself())), "utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def read_holder(folder: Path) -> Holder | None:
    """Who wrote down last that it holds the lock."""
    try:
        return Holder(**json.loads((folder / _HOLDER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _myself() -> Holder:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]) if sys.argv and sys.argv[0] else "python"
    return Holder(os.getpid(), command[:200], datetime.now(UTC).replace(microsecond=0).isoformat())
