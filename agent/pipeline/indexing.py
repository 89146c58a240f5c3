"""The store's side of the index: what an index has to do, out of the workspace's tables, and vectors from its embedder."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent.errors import IncompleteError
from agent.store import documents as document_rows
from agent.store import indexes as index_rows
from agent.store.workspace import Connection, Workspace
from agent_sources.passages import headed
from agent_vectorstore.embedders import Embedder
from agent_vectorstore.ledger import Counts, Item, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 1_000  # passages embedded before they are stored: what is lost when a far model fails


class CurrentPassage(index_rows.IndexedPassage):
    """A stored passage with the form it is embedded in."""

    @property
    def searched(self) -> str:
        return headed(self.heading_path, self.text)


class StoreLedger:
    """`agent_vectorstore.ledger.Ledger` over a workspace."""

    def __init__(self, workspace: Workspace, embedder: Embedder) -> None:
        self.workspace = workspace
        self.embedder = embedder
        self._kept = threading.local()

    @contextmanager
    def together(self) -> Iterator[None]:
        with self.workspace.reading() as connection:
            self._kept.connection = connection
            try:
                yield
            finally:
                self._kept.connection = None

    def counts(self, name: str) -> Counts | None:
        with self._reading() as connection:
            number = index_rows.number_of(connection, name)
            if number is None:
                return None
            found = index_rows.counts(connection, number)
        return Counts(found.get("indexed", 0), found.get("pending", 0), found.get("removing", 0))

    def has_work(self, name: str) -> bool:
        with self._reading() as connection:
            number = index_rows.number_of(connection, name)
            return number is None or index_rows.has_work(connection, number)

    def begin(self, name: str) -> None:
        with self.workspace.writing() as connection:
            index_rows.begin(connection, name, datetime.now(UTC).replace(microsecond=0).isoformat())

    def forget(self, name: str) -> None:
        with self.workspace.writing() as connection:
            index_rows.forget(connection, self._number(connection, name))

    def others(self, names: Sequence[str]) -> list[str]:
        with self._reading() as connection:
            return [name for name in index_rows.names(connection) if name not in names]

    def rebuilt_at(self, name: str) -> str | None:
        with self._reading() as connection:
            return index_rows.rebuilt_at(connection, name)

    def pending(self, name: str, limit: int) -> list[Item]:
        with self._reading() as connection:
            return [Item(*row) for row in index_rows.pending(connection, self._number(connection, name), limit)]

    def removing(self, name: str, limit: int) -> list[str]:
        with self._reading() as connection:
            return index_rows.removing(connection, self._number(connection, name), limit)

    def written(self, name: str, items: Iterable[Item]) -> None:
        with self.workspace.writing() as connection:
            index_rows.written(connection, self._number(connection, name), ((item.id, item.sha256) for item in items))

    def taken_out(self, name: str, ids: Iterable[str]) -> None:
        with self.workspace.writing() as connection:
            index_rows.taken_out(connection, self._number(connection, name), ids)

    def entries(self, name: str) -> set[str]:
        with self._reading() as connection:
            return index_rows.entries(connection, self._number(connection, name))

    def totals(self) -> tuple[int, int]:
        with self._reading() as connection:
            return index_rows.totals(connection, self.embedder.id)

    def texts(self, items: Sequence[Item]) -> list[str]:
        found = self.passages([item.id for item in items])
        return [found[item.id].searched if item.id in found else "" for item in items]

    def vectors(self, items: Sequence[Item]) -> tuple[list[Item], NDArray[np.float32]]:
        found = self._vectors([(item.id, item.sha256) for item in items])
        there = [item for item in items if item.sha256 in found]
        return there, _stacked([found[item.sha256] for item in there])

    def embed_missing(self) -> int:
        done = 0
        while True:
            with self._reading() as connection:
                missing = index_rows.without_vector(connection, self.embedder.id, _BATCH)
            if not missing:
                return done
            self._embed(missing)
            done += len(missing)

    def within(self, artifacts: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        with self._reading() as connection:
            rows = sorted(index_rows.in_artifacts(connection, artifacts, self.embedder.id))
        vectors = {sha256: vector for _, sha256, vector in rows if vector is not None}
        if len({sha256 for _, sha256, _ in rows}) > len(vectors):
            vectors = self._vectors([(one, sha256) for one, sha256, _ in rows])
        there = [(one, vectors[sha256]) for one, sha256, _ in rows if sha256 in vectors]
        return [one for one, _ in there], _stacked([vector for _, vector in there])

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        with self._reading() as connection:
            return {key: CurrentPassage(**vars(one)) for key, one in index_rows.passages(connection, ids).items()}

    def _vectors(self, wanted: Sequence[tuple[str, str]]) -> dict[str, bytes]:
        """Vectors by sha256 of passages given as (id, sha256), embedding what lacks one; a passage that is gone by now has none."""
        hashes = {sha256: one for one, sha256 in wanted}
        with self._reading() as connection:
            known = document_rows.vectors_of(connection, self.embedder.id, hashes)
        missing = [(one, sha256) for sha256, one in hashes.items() if sha256 not in known]
        for at in range(0, len(missing), _BATCH):
            known |= self._embed(missing[at : at + _BATCH])
        return known

    def _embed(self, wanted: Sequence[tuple[str, str]]) -> dict[str, bytes]:
        """Embed passages given as (id, sha256) and store their vectors; these by sha256."""
        passages = self.passages([one for one, _ in wanted])
        there = [(one, sha256) for one, sha256 in wanted if one in passages]
        found = self.embedder.embed([passages[one].searched for one, _ in there])
        vectors = {sha256: vector.astype("<f4").tobytes() for (_, sha256), vector in zip(there, found, strict=True)}
        with self.workspace.writing() as connection:
            document_rows.put_vectors(connection, self.embedder.id, vectors)
        return vectors

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        kept: Connection | None = getattr(self._kept, "connection", None)
        if kept is not None:
            yield kept
            return
        with self.workspace.reading() as connection:
            yield connection

    def _number(self, connection: Connection, name: str) -> int:
        number = index_rows.number_of(connection, name)
        assert number is not None, name
        return number


def _stacked(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored vectors as rows."""
    import numpy as np

    if len({len(one) for one in vectors}) > 1:
        raise IncompleteError(
            "stored vectors of one embedder have different lengths: its model was exchanged under the same name.",
            hint="Give the new model another name in 'embedder' or 'embedder_url'.",
        )
    return np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(vectors), -1) if vectors else np.zeros((0, 0), dtype=np.float32)
