"""The index over a real workspace: what is pending, who finishes it, and what survives damage, other embedders and removal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pipeline_fakes import CountingEmbedder, write_artifact

from agent.domain.base import sha256
from agent.errors import IncompleteError, InputError
from agent.pipeline import Silent
from agent.pipeline.indexing import StoreLedger
from agent.pipeline.library import Library
from agent.store import artifacts as artifact_rows
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog
from agent_sources.passages import headed
from agent_vectorstore import lexical
from agent_vectorstore.chroma import ChromaError, ChromaVectors
from agent_vectorstore.index import PassageIndex
from agent_vectorstore.lock import locked

LOOM = "# Loom\n\nThe loom weaves cloth.\n\n## Rugs\n\nThe loom weaves rugs of wool.\n"
KILN = "# Kiln\n\nThe kiln fires clay pots.\n\n## Glazes\n\nThe kiln melts glazes.\n"


class Shop:
    """A workspace with two bundled artifacts and an index over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.embedder = CountingEmbedder()
        write_artifact(folder / "catalog", "loom", LOOM)
        write_artifact(folder / "catalog", "kiln", KILN)

    @property
    def library(self) -> Library:
        return Library(Workspace(self.folder / "workspace"), Catalog(self.folder / "catalog"), self.embedder, Silent())

    @property
    def index(self) -> PassageIndex:
        workspace = Workspace(self.folder / "workspace")
        return PassageIndex(workspace.folder / "index", StoreLedger(workspace, self.embedder), self.embedder, wait=0)

    def bring(self, *slugs: str) -> None:
        for slug in slugs:
            self.library.bring(slug)

    def remove(self, slug: str) -> None:
        with self.library.workspace.writing() as connection:
            artifact_rows.remove(connection, slug)

    def found(self, question: str, **options: object) -> list[str]:
        return [hit.passage.text for hit in self.index.search(question, **options)]  # type: ignore[arg-type]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def numbers(index: PassageIndex) -> list[tuple[int, int, int, int]]:
    status = index.status()
    return [(half.indexed, half.pending, half.orphaned, half.missing) for half in (status.dense, status.lexical)]


def test_nothing_is_opened_or_made_before_it_is_wanted(shop: Shop) -> None:
    shop.bring("loom")
    status = shop.index.status()
    assert (status.passages, status.vectors, status.bytes) == (2, 2, 0)
    assert numbers(shop.index) == [(0, 2, 0, 0), (0, 2, 0, 0)]
    assert not shop.index.folder.exists()


def test_what_is_ingested_is_pending_until_the_next_opener(shop: Shop) -> None:
    shop.bring("loom")
    shop.index.finish()
    assert numbers(shop.index) == [(2, 0, 0, 0), (2, 0, 0, 0)]
    assert shop.index.status().sound
    shop.bring("kiln")
    assert numbers(shop.index) == [(2, 2, 0, 0), (2, 2, 0, 0)]
    assert shop.found("melts glazes", mode="lexical") == ["The kiln melts glazes."]
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]


def test_a_finished_index_is_not_opened_again(shop: Shop) -> None:
    shop.bring("loom")
    shop.index.finish()
    with locked(shop.index.folder):
        shop.index.finish()


def test_what_is_removed_or_superseded_is_not_found_and_goes(shop: Shop) -> None:
    shop.bring("loom", "kiln")
    shop.index.finish()
    shop.remove("kiln")
    assert not shop.index.status().sound
    assert set(shop.found("anything at all", mode="dense")) == {"The loom weaves cloth.", "The loom weaves rugs of wool."}
    assert numbers(shop.index) == [(2, 0, 0, 0), (2, 0, 0, 0)]
    write_artifact(shop.folder / "catalog", "loom", LOOM.replace("rugs of wool", "sails of flax"))
    shop.bring("loom")
    assert shop.found("wool", mode="lexical") == []
    assert shop.found("flax", mode="lexical") == ["The loom weaves sails of flax."]
    assert numbers(shop.index) == [(2, 0, 0, 0), (2, 0, 0, 0)]


def test_a_hit_that_is_no_longer_current_is_dropped(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another process takes an artifact out between the search and the look at the store."""
    shop.bring("loom", "kiln")
    index = shop.index
    rankings = index.rankings("weaves", mode="fused")
    monkeypatch.setattr(PassageIndex, "rankings", lambda self, *a, **k: rankings)
    shop.remove("kiln")
    assert {hit.passage.artifact for hit in index.search("weaves")} == {"loom"}


def test_search_inside_an_artifact_is_exact_and_never_opens_chroma(shop: Shop) -> None:
    shop.bring("loom", "kiln")
    found = shop.index.search("clay pots", artifacts=["kiln"])
    assert {hit.passage.artifact for hit in found} == {"kiln"}
    assert {name for hit in found for name in hit.ranks} == {"dense", "lexical"}
    assert found[0].ranks["lexical"] == 1
    assert not (shop.index.folder / "chroma").exists()
    vectors = shop.embedder.embed([headed(hit.passage.heading_path, hit.passage.text) for hit in found])
    exact = vectors @ shop.embedder.embed(["clay pots"])[0]
    dense = shop.index.search("clay pots", artifacts=["kiln"], mode="dense")
    assert [hit.score for hit in dense] == pytest.approx(sorted(exact.tolist(), reverse=True))


def test_hits_say_where_they_stand(shop: Shop) -> None:
    shop.bring("loom")
    [hit] = shop.index.search("wool rugs", 1, mode="lexical")
    one = hit.passage
    assert (one.artifact, one.type, one.uri, one.title, one.heading_path) == (
        "loom",
        "library",
        "notes.md",
        "Notes on Loom",
        ("Loom", "Rugs"),
    )
    assert LOOM[one.start : one.end] == one.text == "The loom weaves rugs of wool."
    assert sha256(headed(one.heading_path, one.text)) == one.sha256  # type: ignore[attr-defined]


@pytest.mark.parametrize("lost", ["chroma", "lexical.db", "."])
def test_a_deleted_index_is_made_again_without_embedding(shop: Shop, lost: str) -> None:
    shop.bring("loom", "kiln")
    shop.index.finish()
    embedded = len(shop.embedder.texts)
    path = shop.index.folder / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert len(shop.found("kiln loom")) == 4
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]
    assert len(shop.embedder.texts) == embedded + 1  # the question


@pytest.mark.parametrize("damaged", ["chroma/chroma.sqlite3", "lexical.db"])
def test_a_damaged_index_is_made_again(shop: Shop, damaged: str) -> None:
    shop.bring("loom")
    shop.index.finish()
    (shop.index.folder / damaged).write_bytes(b"rubbish" * 3000)
    assert not shop.index.status().sound
    assert len(shop.found("loom")) == 2
    assert numbers(shop.index) == [(2, 0, 0, 0), (2, 0, 0, 0)]


@pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "link_lists.bin"])
def test_a_damaged_graph_gives_the_same_answers(shop: Shop, name: str) -> None:
    """Damage of Chroma's graph files shows only when they are read, or not at all because its own log is read instead."""
    shop.bring("loom", "kiln")
    shop.index.finish()
    [path] = shop.index.folder.glob(f"chroma/*/{name}")
    path.write_bytes(b"rubbish" * 30)
    assert len(shop.found("anything", mode="dense")) == 4
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]


def test_what_fails_only_when_it_is_read_is_made_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.bring("loom")
    shop.index.finish()
    nearest, failures = ChromaVectors.nearest, iter([ChromaError("InternalError: the graph cannot be read")])

    def failing_once(self: ChromaVectors, *arguments: object) -> object:
        for error in failures:
            raise error
        return nearest(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ChromaVectors, "nearest", failing_once)
    assert len(shop.found("anything", mode="dense")) == 2


def test_an_index_of_another_state_of_the_store_is_made_again(shop: Shop) -> None:
    """As after a backup was restored beside an index that went on."""
    shop.bring("loom")
    shop.index.finish()
    shutil.copytree(shop.index.folder, shop.folder / "kept")
    shop.bring("kiln")
    shop.index.finish()
    shutil.rmtree(shop.index.folder)
    shutil.copytree(shop.folder / "kept", shop.index.folder)
    assert numbers(shop.index) == [(4, 0, 0, 2), (4, 0, 0, 2)]
    assert len(shop.found("anything", mode="dense")) == 4
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]


def test_another_embedder_embeds_only_what_it_has_not(shop: Shop) -> None:
    shop.bring("loom", "kiln")
    shop.index.finish()
    first, other = shop.embedder, CountingEmbedder()
    other.id = "other/4"
    shop.embedder = other
    assert numbers(shop.index)[0] == (0, 4, 0, 0)
    shop.index.finish()
    assert len(other.texts) == 4
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]
    shop.embedder = first
    shop.remove("kiln")
    shop.index.finish()
    assert len(first.texts) == 4
    assert numbers(shop.index)[0] == (2, 0, 0, 0)
    shop.embedder = other
    assert numbers(shop.index)[0] == (2, 2, 0, 0)
    shop.index.finish()
    assert numbers(shop.index)[0] == (2, 0, 0, 0)


def test_rebuilding_forgets_what_other_embedders_had(shop: Shop) -> None:
    shop.bring("loom")
    shop.index.finish()
    first = shop.embedder
    shop.embedder = CountingEmbedder()
    shop.embedder.id = "other/4"
    shop.index.rebuild()
    shop.embedder = first
    assert numbers(shop.index)[0] == (0, 2, 0, 0)
    assert len(shop.found("loom", mode="dense")) == 2


def test_an_open_index_takes_up_what_comes_in_meanwhile(shop: Shop) -> None:
    shop.bring("loom")
    index = shop.index
    with index.opened():
        assert len(index.search("anything", mode="dense")) == 2
        shop.bring("kiln")
        assert len(index.search("anything", mode="dense")) == 4


def test_while_another_has_the_index_only_what_needs_it_waits(shop: Shop) -> None:
    shop.bring("loom")
    shop.index.finish()
    with locked(shop.index.folder):
        with pytest.raises(IncompleteError, match=r"in use by process \d+ .* since"):
            shop.index.search("loom")
        assert len(shop.index.search("loom", artifacts=["loom"])) == 2
        shop.bring("kiln")  # ingesting does not wait, indexing does
        with pytest.raises(IncompleteError, match="documents are stored"):
            shop.index.finish()
    assert len(shop.index.search("anything", mode="dense")) == 4


def test_an_empty_workspace_and_an_empty_question(shop: Shop) -> None:
    assert shop.index.search("anything") == []
    assert shop.index.search("anything", artifacts=["nowhere"]) == []
    with pytest.raises(InputError, match="question is empty"):
        shop.index.search("  ")


def test_a_store_that_cannot_be_written_is_told_in_one_line(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise lexical.LexicalError("database or disk is full")

    shop.bring("loom")
    monkeypatch.setattr(lexical.LexicalIndex, "put", full)
    with pytest.raises(IncompleteError, match="disk is full") as raised:
        shop.index.finish()
    assert "\n" not in str(raised.value)
    monkeypatch.undo()
    assert len(shop.found("loom")) == 2


@pytest.mark.parametrize("point", ["put", "upsert", "written"])
def test_an_index_process_killed_at_any_step_is_finished_by_the_next(shop: Shop, point: str) -> None:
    """The process dies right after a step was done, before it is told to the store; and in the middle, between both halves."""
    shop.bring("loom", "kiln")
    script = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from test_indexing import Shop\n"
        "from agent_vectorstore.chroma import ChromaVectors\n"
        "from agent_vectorstore.lexical import LexicalIndex\n"
        "from agent.pipeline.indexing import StoreLedger\n"
        "owner = {'put': LexicalIndex, 'upsert': ChromaVectors, 'written': StoreLedger}[sys.argv[3]]\n"
        "done = getattr(owner, sys.argv[3])\n"
        "setattr(owner, sys.argv[3], lambda *a: (done(*a), os._exit(9)))\n"
        "Shop(Path(sys.argv[1])).index.finish()\n"
    )
    command = [sys.executable, "-c", script, str(shop.folder), str(Path(__file__).parent), point]
    died = subprocess.run(command, capture_output=True, text=True)
    assert died.returncode == 9, died.stderr
    assert not shop.index.status().sound
    assert set(shop.found("anything", mode="dense")) == {hit.passage.text for hit in shop.index.search("kiln loom", mode="lexical")}
    assert numbers(shop.index) == [(4, 0, 0, 0), (4, 0, 0, 0)]


def test_vectors_in_the_index_are_the_stores_own(shop: Shop) -> None:
    shop.bring("loom")
    ids, vectors = StoreLedger(shop.library.workspace, shop.embedder).within(["loom"])
    question = "anything"
    exact = dict(zip(ids, (vectors @ shop.embedder.embed([question])[0]).tolist(), strict=True))
    found = {hit.passage.id: hit.score for hit in shop.index.search(question, mode="dense")}
    assert found == pytest.approx(exact, abs=1e-5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
