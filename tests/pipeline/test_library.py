"""What the library hands to engines, and when it embeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pipeline_fakes import CountingEmbedder, write_artifact

from agent.errors import IncompleteError
from agent.pipeline import Silent
from agent.pipeline.library import MOST_NEIGHBOURS, Library
from agent.store import documents as document_rows
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog


def library(tmp_path: Path, embedder: CountingEmbedder) -> Library:
    return Library(Workspace(tmp_path / "workspace"), Catalog(tmp_path / "catalog"), embedder, Silent())


def test_a_subject_holds_documents_blocks_passages_and_a_vector_for_each(tmp_path: Path) -> None:
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth.\n\n## Rugs\n\nLoom weaves rugs.\n")
    one = library(tmp_path, CountingEmbedder())
    one.bring("loom")
    subject = one.subject("loom")
    [document] = subject.documents
    assert [document.text[p.start : p.end] for p in subject.passages] == ["Loom weaves cloth.", "Loom weaves rugs."]
    assert [p.heading_path for p in subject.passages] == [("Loom",), ("Loom", "Rugs")]
    assert len(subject.blocks[document.id]) == 4
    assert {p.id for p in subject.passages} == set(subject.vectors)
    assert all(vector.shape == (4,) and vector.dtype == np.float32 for vector in subject.vectors.values())


def test_the_same_words_are_embedded_once(tmp_path: Path) -> None:
    text = "# Tool\n\nCuts wood.\n"
    for slug in ("axe", "saw"):
        write_artifact(tmp_path / "catalog", slug, text)
    embedder = CountingEmbedder()
    one = library(tmp_path, embedder)
    one.bring("axe")
    one.bring("saw")
    assert len(embedder.texts) == 1
    assert one.embed(["Cuts wood", "Cuts wood"]).shape == (2, 4)
    assert one.embed(["Cuts wood"]).shape == (1, 4)
    assert len(embedder.texts) == 2
    assert one.embed([]).shape == (0, 4)


def test_what_was_embedded_before_a_failure_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(CountingEmbedder):
        failing = True

        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if self.failing and len(self.texts) == 4:
                raise IncompleteError("no answer")
            return super().embed(texts)

    monkeypatch.setattr("agent.pipeline.library._BATCH", 2)
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\n" + "".join(f"## S{n}\n\nLoom weaves {n} things.\n\n" for n in range(6)))
    embedder = Failing()
    with pytest.raises(IncompleteError):
        library(tmp_path, embedder).bring("loom")
    embedder.failing = False
    one = library(tmp_path, embedder)
    one.bring("loom")
    assert len(embedder.texts) == len(set(embedder.texts)) == len(one.subject("loom").vectors) == 6


def test_another_embedder_embeds_again_and_older_rules_cut_again(tmp_path: Path) -> None:
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth.\n")
    library(tmp_path, CountingEmbedder()).bring("loom")
    other = CountingEmbedder()
    other.id = "other/4"
    one = library(tmp_path, other)
    one.refresh("loom")
    assert len(other.texts) == 1
    with one.workspace.writing() as connection:
        connection.run("UPDATE documents SET chunking = 'old'")
        connection.run('UPDATE passages SET "end" = "end" - 5')
    one.refresh("loom")
    with one.workspace.reading() as connection:
        [head] = document_rows.heads(connection, "loom")
        [passage] = document_rows.passages_of(connection, [head[0].id])
    assert passage.end - passage.start == len("Loom weaves cloth.")


def test_neighbours_are_the_related_within_reach_at_most_eight(tmp_path: Path) -> None:
    slugs = [f"n{number}" for number in range(10)]
    for slug in slugs:
        write_artifact(tmp_path / "catalog", slug, "# N\n\nN is.\n")
    related = ", ".join(f"{{slug: {slug}}}" for slug in ["loom", "nowhere", *slugs, "n0"])
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves.\n", related=f"[{related}]")
    one = library(tmp_path, CountingEmbedder())
    assert one.neighbours(one.bring("loom").manifest) == tuple(slugs[:MOST_NEIGHBOURS])


def test_old_versions_of_a_document_are_kept_and_not_current(tmp_path: Path) -> None:
    folder = write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth.\n")
    one = library(tmp_path, CountingEmbedder())
    one.bring("loom")
    [old] = one.subject("loom").documents
    (folder / "notes.md").write_text("# Loom\n\nLoom weaves rugs.\n", "utf-8")
    one.bring("loom")
    assert [document.text for document in one.subject("loom").documents] == ["# Loom\n\nLoom weaves rugs.\n"]
    with one.workspace.reading() as connection:
        assert [head.id for head in document_rows.superseded(connection, "loom")] == [old.id]
        assert document_rows.document(connection, old.id) == old


def test_other_bytes_with_the_same_text_are_the_same_document(tmp_path: Path) -> None:
    folder = write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth.\n")
    one = library(tmp_path, CountingEmbedder())
    one.bring("loom")
    [old] = one.subject("loom").documents
    (folder / "notes.md").write_bytes(b"\xef\xbb\xbf# Loom\r\n\r\nLoom weaves cloth.\r\n")
    one.bring("loom")
    assert one.subject("loom").documents == [old]


def test_known_bytes_are_not_read_again(tmp_path: Path, monkeypatch: object) -> None:
    from agent_sources.ingest import read_documents, sources_at

    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth.\n")
    one = library(tmp_path, CountingEmbedder())
    one.bring("loom")
    [old] = one.subject("loom").documents
    [source] = sources_at(tmp_path / "catalog" / "loom")
    asked: list[tuple[str, str, str]] = []

    def known(uri: str, sha256: str, reader: str) -> object:
        asked.append((uri, sha256, reader))
        return old

    [read] = read_documents(source, known, "2021-01-01")  # type: ignore[arg-type]
    assert read.document == old
    assert asked == [("notes.md", old.sha256, "markdown/1")]
