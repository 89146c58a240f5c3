"""Chroma, embedded: approximate search over all vectors of one embedder. The only module that imports chromadb.

Source of the method: hierarchical navigable small worlds (Malkov and Yashunin, 2018, https://arxiv.org/abs/1603.09320).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from agent.errors import IncompleteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# Inner product: vectors are of unit length, and a zero vector is then far from everything, which it is not by Euclidean distance.
# The graph is Chroma's default, so that adding costs what it costs there. It is searched wider: static vectors of passages about the same
# thing lie close together, and the default width of 100 found 0.74 of the ten exactly nearest among 50,000, 800 found 0.96, 1,200 0.98 and
# 2,400 0.996, for 2, 4, 6 and 9 ms; among 100,000, 2,000 found 0.970. A denser graph (32 neighbours, built with 200) needs only 800, but
# takes 2.5 times as long to build.
HNSW = {"space": "ip", "ef_construction": 100, "ef_search": 4_000, "max_neighbors": 16}
_NAME_LENGTH = 63  # what Chroma allows a name (it wants letters, digits, dots, dashes and underscores, 3 to 512 of them)


class ChromaError(Exception):
    """Chroma cannot open, read or write its files; the index can be made again from the store."""


def collection_name(embedder: str) -> str:
    """A name Chroma takes, another for each embedder: readable where it can be, and always with a hash of the id."""
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder).strip("-")
    return f"p-{readable[: _NAME_LENGTH - 13]}".rstrip("-") + "-" + sha256(embedder.encode()).hexdigest()[:8]


class ChromaVectors:
    """The collection of one embedder, opened by `with`. Only one process may have the folder open: hold `lock.locked` around it."""

    def __init__(self, folder: Path, embedder: str) -> None:
        self._folder = folder
        self._name = collection_name(embedder)
        self._client: Any = None
        self._collection: Any = None

    def __enter__(self) -> ChromaVectors:
        _load()
        with _as_chroma_errors():
            self._client = _client(self._folder)
            # No embedding function: Chroma's own would be fetched from the network the first time it is asked for a vector.
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": dict(HNSW)}
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            with _as_chroma_errors():
                client.close()

    def upsert(self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Mapping[str, str]]) -> None:
        """Write vectors of shape (len(ids), dimensions) under their ids, in place of those that are there."""
        with _as_chroma_errors():
            largest = self._client.get_max_batch_size()
            for at in range(0, len(ids), largest):
                part = slice(at, at + largest)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part], metadatas=[dict(one) for one in metadatas[part]])

    def delete(self, ids: Sequence[str]) -> None:
        """Take ids out; those that are not there do not matter."""
        with _as_chroma_errors():
            largest = self._client.get_max_batch_size()
            for at in range(0, len(ids), largest):
                self._collection.delete(ids=list(ids[at : at + largest]))

    def nearest(self, query: Vectors, k: int) -> list[tuple[str, float]]:
        """About the k ids whose vectors are nearest to a unit vector, with their cosines, best first."""
        with _as_chroma_errors():
            found = self._collection.query(query_embeddings=[query], n_results=k, include=["distances"])
        return [(one, 1.0 - float(distance)) for one, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def __len__(self) -> int:
        with _as_chroma_errors():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Every id in the collection."""
        with _as_chroma_errors():
            return set(self._collection.get(include=[])["ids"])

    def try_out(self) -> None:
        """Search once. Raises ChromaError where the graph of an otherwise readable collection is damaged."""
        with _as_chroma_errors():
            found = self._collection.get(limit=1, include=["embeddings"])
            if found["ids"]:
                self._collection.query(query_embeddings=found["embeddings"], n_results=1, include=[])

    def drop(self, embedder: str) -> None:
        """Take another embedder's collection out, if there is one."""
        name = collection_name(embedder)
        with _as_chroma_errors():
            if name in {str(one.name) for one in self._client.list_collections()}:
                self._client.delete_collection(name)


def _load() -> None:
    """Import Chroma, which reads an .env file of the current folder and fails on what it does not like in it: no fault of the index."""
    try:
        import chromadb  # noqa: F401
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise IncompleteError(
            f"chromadb cannot be loaded: {reason}.", hint="Install it again; it also reads CHROMA_ settings from the environment and .env."
        ) from error


def _client(folder: Path) -> Any:
    from chromadb import PersistentClient
    from chromadb.config import Settings

    # Said here, nothing in the environment or in an .env file of the current folder can say otherwise.
    settings = Settings(
        _env_file=None,
        anonymized_telemetry=False,
        allow_reset=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        is_persistent=True,
        persist_directory=str(folder),
    )
    try:
        return PersistentClient(path=folder, settings=settings)
    except BaseException:
        # Chroma keeps the half-started system of a folder it could not open, and would hand it out again after the folder was mended.
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


class _as_chroma_errors:  # noqa: N801  used as a statement
    """Turns what Chroma raises, a panic of its Rust core included, into ChromaError. A full disk stays what it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, (ChromaError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
            return
        raise ChromaError(f"{type(error).__name__}: {error}") from error
