"""Keeping the index true to the store: opening it, doing what is pending, making it again, and saying how it stands."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from agent.errors import IncompleteError
from agent_vectorstore import lexical
from agent_vectorstore.chroma import ChromaError, ChromaVectors
from agent_vectorstore.embedders.base import Embedder
from agent_vectorstore.ledger import Counts, Ledger
from agent_vectorstore.lexical import LexicalError, LexicalIndex
from agent_vectorstore.lock import FILES, locked
from agent_vectorstore.results import Part, Status

T = TypeVar("T")
FOLDER = "index"  # of a workspace; it may be deleted at any time
_CHROMA, _WORDS = "chroma", "lexical.db"  # in it
BATCH = 2_000  # passages written at once; Chroma makes a Python float of every number
_NOT_BROKEN = ("disk is full", "no space", "readonly", "read-only", "permission denied", "unable to open")


@dataclass
class _Open:
    chroma: ChromaVectors
    lexical: LexicalIndex


def _unheard(stage: str, done: int, total: int) -> None:
    """Nobody listens."""


@dataclass
class Upkeep:
    """The files of an index in one folder. Chroma is open inside `with index.opened()`, or for the length of one call; then it is locked.

    Threads take turns as processes do: each opens it for itself.
    """

    folder: Path
    ledger: Ledger
    embedder: Embedder
    progress: Callable[[str, int, int], None] = _unheard
    wait: float | None = None
    _mine: threading.local = field(default_factory=threading.local)  # SQLite's connections belong to one thread

    def has_work(self) -> bool:
        """Whether anything is still to be written or taken out; opens nothing."""
        return any(self.ledger.has_work(name) for name in (self.embedder.id, lexical.NAME))

    def finish(self) -> None:
        """Do what is pending; opens nothing where nothing is.

        Raises IndexBusy while another process has the index, IncompleteError where it cannot be written. What was done stays done.
        """
        if self.has_work():
            with self.opened():
                pass

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the index open and locked for several searches; what is pending is done first."""
        if self._open is not None:
            yield
            return
        self._embed_missing()
        with self._locked():
            try:
                self._mine.open = self._brought_up()
            except (ChromaError, LexicalError) as error:
                self._refuse_if_not_broken(error)
                self._wipe()
                self._mine.open = self._brought_up_again()
            try:
                yield
            finally:
                opened, self._mine.open = self._open, None
                self._close(opened)

    def rebuild(self) -> None:
        """Make the index again from the store; only passages without a vector are embedded."""
        self._embed_missing(everything=True)
        with self._locked():
            self._wipe()
            self._close(self._brought_up_again())

    def status(self) -> Status:
        """What the index holds beside what it should. Changes nothing; opens Chroma where there is one."""
        passages, vectors = self.ledger.totals()
        held: dict[str, set[str] | None] = {}
        if os.path.lexists(self.folder):
            with self._locked():
                held = self._held()
        return Status(
            folder=str(self.folder),
            embedder=self.embedder.id,
            passages=passages,
            vectors=vectors,
            dense=self._part(self.embedder.id, held.get("dense", set()), passages),
            lexical=self._part(lexical.NAME, held.get("lexical", set()), passages),
            bytes=sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        )

    # Steps

    @property
    def _open(self) -> _Open | None:
        found: _Open | None = getattr(self._mine, "open", None)
        return found

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._refuse_foreign()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder, self.wait):
                yield
        except OSError as error:
            if not isinstance(error, PermissionError) and not str(error.filename or "").startswith(str(self.folder)):
                raise  # another's, from inside the `with`
            raise IncompleteError(
                f"the index in {str(self.folder)!r} cannot be written: {error.strerror}.", hint="Check disk space and its permissions."
            ) from None

    def _refuse_foreign(self) -> None:
        """Raises IncompleteError where a place of the index is taken by what is none of ours: it is not deleted, and nothing else helps."""
        try:
            str(self.folder).encode("utf-8")
        except UnicodeEncodeError:
            raise IncompleteError(
                f"{str(self.folder)!r} is not a name in UTF-8, which Chroma wants.", hint="Use another workspace: --workspace."
            ) from None
        folders = (self.folder, self.folder / _CHROMA)
        files = tuple(self.folder / name for name in (*FILES, _WORDS, f"{_WORDS}-wal", f"{_WORDS}-shm"))
        for path in (*folders, *files):
            right = path.is_dir() if path in folders else path.is_file()
            if os.path.lexists(path) and not right:
                raise IncompleteError(
                    f"{str(path)!r} is no {'folder' if path in folders else 'file'}: it stands where the index has its own.",
                    hint="Move it away; the index is made again from the database.",
                )

    def _brought_up(self) -> _Open:
        """Both halves opened, with nothing pending. Raises ChromaError, LexicalError."""
        with ExitStack() as stack:
            chroma = stack.enter_context(ChromaVectors(self.folder / _CHROMA, self.embedder.id))
            opened = _Open(chroma, stack.enter_context(self._lexical()))
            self._finish(opened)
            for name, half in ((self.embedder.id, opened.chroma), (lexical.NAME, opened.lexical)):
                counts = self.ledger.counts(name) or Counts()
                # Fewer or more than the store believes: the folder is another one than the store's, or was damaged.
                if not counts.pending and not counts.removing and len(half) != counts.indexed:
                    raise ChromaError(f"{name} holds {len(half)} passages and should hold {counts.indexed}")
            stack.pop_all()
        return opened

    def _brought_up_again(self) -> _Open:
        with self._as_incomplete():
            return self._brought_up()

    def _close(self, opened: _Open | None) -> None:
        if opened is not None:
            opened.lexical.__exit__(None, None, None)
            with suppress(ChromaError):  # what was written is written
                opened.chroma.__exit__(None, None, None)

    def _finish(self, opened: _Open) -> None:
        self._write_words(opened.lexical)
        self._write_vectors(opened.chroma)

    def _write_words(self, index: LexicalIndex) -> None:
        self._begin(lexical.NAME, empty=not len(index))
        for ids in _until_done(lambda: self.ledger.removing(lexical.NAME, BATCH)):
            index.delete(ids)
            self.ledger.taken_out(lexical.NAME, ids)
        for items in _until_done(lambda: self.ledger.pending(lexical.NAME, BATCH)):
            texts = self.ledger.texts(items)
            index.put([(item.id, item.artifact, text) for item, text in zip(items, texts, strict=True)])
            self.ledger.written(lexical.NAME, items)

    def _write_vectors(self, index: ChromaVectors) -> None:
        name = self.embedder.id
        self._begin(name, empty=not len(index))
        for ids in _until_done(lambda: self.ledger.removing(name, BATCH)):
            index.delete(ids)
            self.ledger.taken_out(name, ids)
        counts = self.ledger.counts(name) or Counts()
        done, total = 0, counts.pending
        for items in _until_done(lambda: self.ledger.pending(name, BATCH)):
            self.progress("indexing passages", done, total)
            there, vectors = self.ledger.vectors(items)
            if there:
                metadatas = [{"artifact": item.artifact, "document": item.document_id} for item in there]
                index.upsert([item.id for item in there], vectors, metadatas)
                self.ledger.written(name, there)
            done += len(items)
        if total:
            self.progress("indexing passages", total, total)

    def _begin(self, name: str, *, empty: bool) -> None:
        """Begin a half that is new, or that is empty while the store believes it is not: its folder was deleted."""
        counts = self.ledger.counts(name)
        if counts is None or (empty and counts.indexed):
            self.ledger.begin(name)

    def _embed_missing(self, *, everything: bool = False) -> None:
        """Embed what lacks vectors before the lock is taken: a model far away would keep others waiting."""
        if everything or self.ledger.has_work(self.embedder.id):
            self.ledger.embed_missing()

    def _wipe(self) -> None:
        """Delete both halves, those of other embedders too, which lie in the same folder; each is made again when it is next wanted."""
        # Each step leaves what the next opener can tell from a whole index: Chroma's folder goes at once, by its name, and SQLite's journal
        # goes before its database, which without it is an older one.
        if (self.folder / _CHROMA).is_dir():
            (self.folder / _CHROMA).rename(self.folder / f"chroma-removed-{uuid4().hex[:8]}")
        for path in sorted(self.folder.glob(f"{_WORDS}*"), reverse=True):
            path.unlink(missing_ok=True)
        for name in self.ledger.others([self.embedder.id, lexical.NAME]):
            self.ledger.forget(name)
        for name in (self.embedder.id, lexical.NAME):
            self.ledger.begin(name)
        for path in self.folder.glob("chroma-removed-*"):
            shutil.rmtree(path, ignore_errors=True)

    def _lexical(self) -> LexicalIndex:
        return LexicalIndex(self.folder / _WORDS)

    def _held(self) -> dict[str, set[str] | None]:
        """The ids in each half that is there; None for one that cannot be read or searched."""
        held: dict[str, set[str] | None] = {}
        if (self.folder / _CHROMA).is_dir():
            held["dense"] = None
            with suppress(ChromaError), ChromaVectors(self.folder / _CHROMA, self.embedder.id) as chroma:
                chroma.try_out()
                held["dense"] = chroma.ids()
        if (self.folder / _WORDS).is_file():
            held["lexical"] = None
            with suppress(LexicalError), self._lexical() as index:
                index.try_out()
                held["lexical"] = index.ids()
        return held

    def _part(self, name: str, found: set[str] | None, passages: int) -> Part:
        counts = self.ledger.counts(name)
        held = found or set()
        if counts is None:
            return Part(name, 0, passages, len(held), 0, None, found is None)
        known = self.ledger.entries(name)
        return Part(
            name=name,
            indexed=counts.indexed,
            pending=counts.pending + counts.removing,
            orphaned=len(held - known),
            missing=max(0, counts.indexed - len(held & known)),
            rebuilt_at=self.ledger.rebuilt_at(name),
            damaged=found is None,
        )

    def _refuse_if_not_broken(self, error: Exception) -> None:
        """A full or read-only disk is not cured by deleting the index."""
        if any(sign in str(error).lower() for sign in _NOT_BROKEN):
            raise self._incomplete(error) from None

    @contextmanager
    def _as_incomplete(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, LexicalError) as error:
            raise self._incomplete(error) from error

    def _incomplete(self, error: Exception) -> IncompleteError:
        return IncompleteError(
            f"the index in {str(self.folder)!r} cannot be used: {error}.",
            hint="Check disk space and permissions, then: agent index rebuild.",
        )


def _until_done(more: Callable[[], list[T]]) -> Iterator[list[T]]:
    """Batches until there is none."""
    while batch := more():
        yield batch
