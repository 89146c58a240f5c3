"""What a run reads from: the workspace's artifacts, and the bundled ones, brought in when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.errors import InputError
from agent.pipeline.listener import Listener
from agent.pipeline.resolve import named
from agent.store import artifacts as artifact_rows
from agent.store import documents as document_rows
from agent.store import fetches as fetch_rows
from agent.store.artifacts import BUNDLED, StoredArtifact
from agent.store.workspace import Connection, Workspace
from agent_sources.catalog import Catalog
from agent_sources.passages import VERSION as CHUNKING
from agent_vectorstore.embedders import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.domain.document import Document, Passage
    from agent.domain.fetch import FetchRecord
    from agent.domain.proposal import Subject
    from agent_sources.ingest import Source
    from agent_vectorstore.index import PassageIndex

    Embed = Callable[[Sequence[str]], NDArray[np.float32]]

MOST_NEIGHBOURS = 8
_BATCH = 1_000  # texts embedded before their vectors are stored


@dataclass(frozen=True)
class Ingested:
    """What one ingest did: the artifact's documents, how many of them are new, how many passages were embedded for it."""

    slug: str
    name: str
    documents: int
    new_documents: int
    embedded: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Index:
    """What documents lack: passages by document id, vectors by passage hash. `known` has the chunking of the stored documents."""

    known: dict[str, str]
    cut: dict[str, list[Passage]]
    vectors: dict[str, bytes]


class Library:
    """The artifacts within reach of a run. Everything it brings in for one artifact is stored in one transaction."""

    def __init__(
        self, workspace: Workspace, catalog: Catalog, embedder: Embedder, listener: Listener, index: PassageIndex | None = None
    ) -> None:
        self.workspace = workspace
        self.catalog = catalog
        self.embedder = embedder
        self.listener = listener
        self.index = index  # over everything that is brought in; nothing here opens it

    def resolve(self, wanted: str) -> str:
        """The slug of what a user named. Raises UnknownArtifact, with suggestions."""
        if wanted in self.catalog.slugs or self._stored(wanted):
            return wanted
        slug, note = named(wanted, [manifest for manifest, _ in self.manifests().values()])
        if note:
            self.listener.note(note)
        return slug

    def manifests(self) -> dict[str, tuple[Manifest, str]]:
        """Every artifact within reach, by slug, with its source; a workspace artifact shadows the bundled one of its slug."""
        found = {slug: (loaded.manifest, BUNDLED) for slug, loaded in self.catalog.manifests.items()}
        with self.workspace.reading() as connection:
            for one in artifact_rows.everything(connection):
                if not one.bundled or one.slug not in found:
                    found[one.slug] = (one.manifest, one.source)
        return dict(sorted(found.items()))

    def bring(self, slug: str) -> StoredArtifact:
        """The artifact as stored; a bundled one is ingested when it is absent or its files have changed."""
        stored = self._stored(slug)
        if slug not in self.catalog.slugs:
            if stored is None:
                raise _absent(slug)
            return stored
        if stored is not None and not stored.bundled:
            return stored
        fingerprint = self.catalog.fingerprint(slug)
        if stored is not None and stored.fingerprint == fingerprint:
            return stored
        from agent_sources.ingest import source_of

        self.take(source_of(self.catalog.load(slug), BUNDLED), fingerprint)
        return self.bring(slug)

    def manifest(self, slug: str) -> Manifest:
        """The manifest of an artifact that is in the workspace. Raises InputError."""
        stored = self._stored(slug)
        if stored is None:
            raise _absent(slug)
        return stored.manifest

    def take(self, source: Source, fingerprint: str = "") -> Ingested:
        """Read a source's documents and store what is new: manifest, documents, passages and vectors, in one transaction."""
        return self.store(source, self.read(source), fingerprint)

    def read(self, source: Source) -> list[tuple[Document, str, str]]:
        """The documents of a source as (document, sha256 of its bytes, reader). Changes nothing."""
        from agent_sources.ingest import read_documents

        slug = source.manifest.slug
        with self.workspace.reading() as connection:
            read = read_documents(
                source, lambda uri, sha256, reader: document_rows.read_before(connection, slug, uri, sha256, reader), _now()
            )
        return [(one.document, one.bytes_sha256, one.reader) for one in read]

    def store(
        self, source: Source, read: Sequence[tuple[Document, str, str]], fingerprint: str = "", records: Sequence[FetchRecord] = ()
    ) -> Ingested:
        """Store documents that `read` gave, or the network, and then the `records` of how."""
        documents = [document for document, _, _ in read]
        index = self._index(documents)
        with self.workspace.writing() as connection:
            document_rows.replace(connection, source.manifest, source.label, fingerprint, read)
            self._put(connection, index)
            if records:
                fetch_rows.put(connection, source.manifest.slug, records)
        notes = tuple(
            f"{document.title!r} ({document.uri}) is in language {document.language!r}: stored, left out of extraction."
            for document in documents
            if not document.english
        )
        new = sum(document.id not in index.known for document in documents)
        return Ingested(source.manifest.slug, source.manifest.name, len(documents), new, len(index.vectors), notes)

    def refresh(self, slug: str) -> None:
        """Cut again what older rules cut, and embed what this embedder has not embedded."""
        with self.workspace.reading() as connection:
            documents = document_rows.current(connection, slug)
        index = self._index(documents)
        if index.cut or index.vectors:
            with self.workspace.writing() as connection:
                self._put(connection, index)

    def neighbours(self, manifest: Manifest) -> tuple[str, ...]:
        """The slugs of the related artifacts within reach, in the manifest's order, at most 8."""
        within: list[str] = []
        for related in manifest.related:
            if related.slug != manifest.slug and related.slug not in within and self._within_reach(related.slug):
                within.append(related.slug)
        return tuple(within[:MOST_NEIGHBOURS])

    def subject(self, slug: str) -> Subject:
        """An artifact as engines get it: English documents, their blocks, passages and vectors."""
        import numpy as np

        from agent.domain.proposal import Subject
        from agent_sources.structure import blocks_of

        with self.workspace.reading() as connection:
            stored = artifact_rows.get(connection, slug)
            documents = [document for document in document_rows.current(connection, slug) if document.english]
            passages = document_rows.passages_of(connection, [document.id for document in documents])
            vectors = document_rows.vectors_of(connection, self.embedder.id, [passage.sha256 for passage in passages])
        if stored is None:
            raise _absent(slug)
        if any(passage.sha256 not in vectors for passage in passages):  # deleted as damaged, or another embedder's
            self.refresh(slug)
            return self.subject(slug)
        arrays = {key: np.frombuffer(value, dtype="<f4") for key, value in vectors.items()}
        return Subject(
            manifest=stored.manifest,
            documents=documents,
            blocks={document.id: blocks_of(document.text, document.media_type) for document in documents},
            passages=passages,
            vectors={passage.id: arrays[passage.sha256] for passage in passages},
        )

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of texts, shape (len(texts), dimensions); those embedded before come from the store."""
        import numpy as np

        keys = [sha256(text) for text in texts]
        with self.workspace.reading() as connection:
            known = document_rows.vectors_of(connection, self.embedder.id, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            found = self._embedded(missing)
            with self.workspace.writing() as connection:
                document_rows.put_vectors(connection, self.embedder.id, found)
            known |= found
        if not keys:
            return self.embedder.embed([])
        return np.stack([np.frombuffer(known[key], dtype="<f4") for key in keys])

    @property
    def word_vectors(self) -> tuple[Embed, Embed]:
        """What gives vectors to single words and claims, and to statements of documents, whose vectors are kept in the store.

        Always the model that comes with the package: what is near and what is not was measured with it.
        """
        from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

        if isinstance(self.embedder, WordLlamaEmbedder):
            return self.embedder.embed, self.embed
        own = WordLlamaEmbedder()
        return own.embed, own.embed

    def _stored(self, slug: str) -> StoredArtifact | None:
        with self.workspace.reading() as connection:
            return artifact_rows.get(connection, slug)

    def _within_reach(self, slug: str) -> bool:
        return slug in self.catalog.slugs or self._stored(slug) is not None

    def _index(self, documents: Sequence[Document]) -> _Index:
        """Passages and vectors that some documents still lack; none for documents left out of extraction. Changes nothing."""
        from agent_sources.passages import embedded_text, passages_of
        from agent_sources.structure import blocks_of

        ids = [document.id for document in documents]
        with self.workspace.reading() as connection:
            known = document_rows.chunked(connection, ids)
            kept = document_rows.passages_of(connection, [one for one in ids if known.get(one) == CHUNKING])
            cut = {
                document.id: passages_of(document, blocks_of(document.text, document.media_type)) if document.english else []
                for document in documents
                if known.get(document.id) != CHUNKING
            }
            wanted = {passage.sha256: passage for passage in (*kept, *(p for found in cut.values() for p in found))}
            embedded = document_rows.vectors_of(connection, self.embedder.id, wanted)
        texts = {document.id: document.text for document in documents}
        missing = {key: embedded_text(texts[one.document_id], one) for key, one in wanted.items() if key not in embedded}
        return _Index(known, cut, self._embedded(missing))

    def _put(self, connection: Connection, index: _Index) -> None:
        for document_id, found in index.cut.items():
            document_rows.put_passages(connection, document_id, CHUNKING, found)
        document_rows.put_vectors(connection, self.embedder.id, index.vectors)

    def _embedded(self, texts: dict[str, str]) -> dict[str, bytes]:
        """Vectors by the key of their text, as they are stored. Of many, each batch is stored at once: a far model may fail at the next."""
        keys, found = list(texts), dict[str, bytes]()
        for at in range(0, len(keys), _BATCH):
            self.listener.progress("embedding passages", at, len(keys))
            batch = keys[at : at + _BATCH]
            vectors = self.embedder.embed([texts[key] for key in batch])
            made = {key: vector.astype("<f4").tobytes() for key, vector in zip(batch, vectors, strict=True)}
            if len(keys) > _BATCH:
                with self.workspace.writing() as connection:
                    document_rows.put_vectors(connection, self.embedder.id, made)
            found |= made
        if keys:
            self.listener.progress("embedding passages", len(keys), len(keys))
        return found


def _absent(slug: str) -> InputError:
    return InputError(f"{slug!r} is not in this workspace.", hint="`agent artifacts list` shows what is.")


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
