"""What the doctor finds at the search index, what it repairs, and what a restore does to it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pipeline_fakes import Hearing, doctor_of, make_pipeline, write_artifact

from agent.pipeline.backup import back_up, restore
from agent.pipeline.doctor import Doctor, Report
from agent.pipeline.doctor.index import Index
from agent.pipeline.indexing import StoreLedger
from agent.pipeline.library import Library
from agent.pipeline.listener import Silent
from agent.pipeline.run import Pipeline
from agent.store.workspace import Workspace
from agent_vectorstore import lexical
from agent_vectorstore.index import PassageIndex
from agent_vectorstore.lexical import LexicalIndex

LOOM = "# Loom\n\nThe loom weaves cloth.\n\n## Rugs\n\nThe loom weaves rugs of wool.\n"


def index_of(library: Library) -> PassageIndex:
    return PassageIndex(library.workspace.folder / "index", StoreLedger(library.workspace, library.embedder), library.embedder)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    write_artifact(tmp_path / "catalog", "loom", LOOM)
    made = make_pipeline(tmp_path / "workspace", tmp_path / "catalog")
    made.library.index = index_of(made.library)
    made.decompose("loom")
    return made


def examine(pipeline: Pipeline, *, repair: bool = False) -> Report:
    return Doctor(pipeline.workspace.folder, lambda: pipeline.library, Silent(), (Index(),)).examine(repair=repair)


def test_an_index_nobody_used_is_nothing_to_speak_of(pipeline: Pipeline) -> None:
    assert examine(pipeline).findings == ()
    assert not (pipeline.workspace.folder / "index").exists()


def test_work_that_waits_is_a_note_and_done_by_a_repair(pipeline: Pipeline, tmp_path: Path) -> None:
    index_of(pipeline.library).finish()
    assert examine(pipeline).findings == ()
    pipeline.ingest(str(write_artifact(tmp_path / "own", "reel", "# Reel\n\nThe reel winds rope.\n")))
    report = examine(pipeline)
    assert (report.wrong, len(report.findings)) == ((), 2)
    assert "1 changes wait" in report.findings[0].problem
    assert examine(pipeline, repair=True).repaired == ("Wrote 1 changes to the search index.",)
    assert index_of(pipeline.library).status().sound
    assert examine(pipeline).findings == ()


def test_another_passage_than_the_stores_is_wrong_and_made_again(pipeline: Pipeline) -> None:
    """Where the numbers agree nobody would notice."""
    index_of(pipeline.library).finish()
    with LexicalIndex(pipeline.workspace.folder / "index" / "lexical.db") as words:
        words.delete(sorted(words.ids())[:1])
        words.put([("stranger", "loom", "the loom weaves nothing")])
    report = examine(pipeline)
    assert [finding.problem for finding in report.wrong] == [f"{lexical.NAME!r} lacks 1 passages and holds 1 that are not known."]
    assert "Made the search index again from the database." in examine(pipeline, repair=True).repaired
    assert index_of(pipeline.library).status().sound


def test_an_index_that_is_gone_or_broken_is_no_loss(pipeline: Pipeline) -> None:
    index_of(pipeline.library).finish()
    shutil.rmtree(pipeline.workspace.folder / "index" / "chroma")
    report = examine(pipeline)
    assert (report.wrong, len(report.findings)) == ((), 1)
    (pipeline.workspace.folder / "index" / "lexical.db").write_bytes(b"x" * 5000)
    assert [finding.problem for finding in examine(pipeline).wrong] == [f"{lexical.NAME!r} is damaged and cannot be searched."]
    assert examine(pipeline, repair=True).wrong == ()
    assert index_of(pipeline.library).status().sound


@pytest.mark.parametrize("name", ["lexical.db", "chroma/chroma.sqlite3"])
def test_damage_that_only_a_search_meets_is_found_and_mended(pipeline: Pipeline, name: str) -> None:
    """What counts the passages is whole; what they are found by is not."""
    index_of(pipeline.library).finish()
    file = pipeline.workspace.folder / "index" / name
    table = "words_data" if name == "lexical.db" else "embeddings_queue"
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(whole[: (page - 1) * size] + b"\xa5" * size + whole[page * size :])
    assert [finding.remedy for finding in examine(pipeline).wrong] == ["Run: agent doctor --repair."]
    report = examine(pipeline, repair=True)
    assert (report.wrong, report.repaired) == ((), ("Made the search index again from the database.",))
    assert [hit.passage.artifact for hit in index_of(pipeline.library).search("wool", 1)] == ["loom"]


def test_a_restore_drops_the_index_and_the_next_search_makes_it(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = pipeline.workspace.folder
    back_up(folder, lambda: pipeline.workspace, tmp_path / "b.db")
    pipeline.ingest(str(write_artifact(tmp_path / "own", "reel", "# Reel\n\nThe reel winds rope.\n")))
    index_of(pipeline.library).finish()
    restore(folder, lambda: Workspace(folder), tmp_path / "b.db", Hearing(), force=True)
    assert not (folder / "index" / "chroma").exists()
    assert examine(pipeline).findings == ()
    found = index_of(pipeline.library).search("what winds rope?", 5)
    assert {hit.passage.artifact for hit in found} == {"loom"}
    assert index_of(pipeline.library).status().sound
    assert doctor_of(pipeline).examine().wrong == ()
