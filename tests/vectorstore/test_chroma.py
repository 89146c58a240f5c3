"""The Chroma adapter: names, upserts, deletes, nearest, and that nothing of Chroma's own embedder is ever reached."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_vectorstore.chroma import ChromaError, ChromaVectors, collection_name

VECTORS = np.eye(4, dtype=np.float32)
METADATA = [{"artifact": "loom", "document": "d1"}] * 4


def test_vectors_are_kept_replaced_and_taken_out(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path / "chroma", "test/4") as store:
        assert len(store) == 0
        assert store.nearest(VECTORS[0], 3) == []
        store.upsert(["a", "b", "c", "d"], VECTORS, METADATA)
        store.upsert(["a"], VECTORS[1:2], METADATA[:1])
        assert len(store) == 4
    with ChromaVectors(tmp_path / "chroma", "test/4") as store:
        found = store.nearest(VECTORS[1], 10)
        assert {one for one, score in found if score == pytest.approx(1)} == {"a", "b"}
        assert len(found) == 4
        store.delete(["a", "never-there"])
        assert store.ids() == {"b", "c", "d"}
        assert store.nearest(VECTORS[1], 1) == [("b", pytest.approx(1))]


def test_a_zero_vector_is_near_to_nothing(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path / "chroma", "test/4") as store:
        store.upsert(["zero", "near"], np.array([[0, 0, 0, 0], [0.6, 0.8, 0, 0]], dtype=np.float32), METADATA[:2])
        assert [one for one, _ in store.nearest(VECTORS[0], 2)] == ["near", "zero"]


def test_another_embedder_is_another_collection_in_the_same_folder(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path / "chroma", "test/4") as store:
        store.upsert(["a"], VECTORS[:1], METADATA[:1])
    with ChromaVectors(tmp_path / "chroma", "other/2") as store:
        assert len(store) == 0
        store.upsert(["b"], np.array([[1, 0]], dtype=np.float32), METADATA[:1])
    with ChromaVectors(tmp_path / "chroma", "test/4") as store:
        assert store.ids() == {"a"}


@given(st.text(min_size=1))
def test_every_embedder_id_gives_a_name_chroma_takes(embedder: str) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]", collection_name(embedder))


def test_ids_that_read_alike_get_different_names() -> None:
    assert collection_name("a/b") != collection_name("a-b")


def test_a_damaged_folder_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 4000)
    with pytest.raises(ChromaError), ChromaVectors(tmp_path / "chroma", "test/4"):
        pass


@pytest.mark.parametrize("damage", ["a file", "rubbish", "a folder"])
def test_a_folder_that_could_not_be_opened_can_be_once_it_is_mended(tmp_path: Path, damage: str) -> None:
    """In one process, under the same name, without anything of the first attempt: its half-started system is not handed out again."""
    folder = tmp_path / "chroma"
    if damage == "a file":
        folder.write_bytes(b"rubbish")
    else:
        folder.mkdir()
        if damage == "rubbish":
            (folder / "chroma.sqlite3").write_bytes(b"rubbish" * 4000)
        else:
            (folder / "chroma.sqlite3").mkdir()
    with pytest.raises((ChromaError, OSError)), ChromaVectors(folder, "test/4"):
        pass
    folder.rename(tmp_path / "away")
    with ChromaVectors(folder, "test/4") as store:
        store.upsert(["a"], VECTORS[:1], METADATA[:1])
        assert store.nearest(VECTORS[0], 1) == [("a", pytest.approx(1))]


def test_chroma_embeds_nothing_and_reports_nothing(tmp_path: Path) -> None:
    """In a process of its own: neither its model runtime nor a telemetry client is loaded, whatever the environment says."""
    script = (
        "import sys; from pathlib import Path; import numpy as np; from agent_vectorstore.chroma import ChromaVectors\n"
        "with ChromaVectors(Path(sys.argv[1]), 'test/2') as s:\n"
        "    s.upsert(['a'], np.eye(2, dtype=np.float32)[:1], [{'artifact': 'x', 'document': 'y'}])\n"
        "    assert s.nearest(np.eye(2, dtype=np.float32)[0], 1)[0][0] == 'a'\n"
        "    assert s._client._system.settings.anonymized_telemetry is False\n"
        "print(sorted({'onnxruntime', 'tokenizers', 'sentence_transformers'} & set(sys.modules)))"
    )
    (tmp_path / ".env").write_text(
        "ANONYMIZED_TELEMETRY=true\nPERSIST_DIRECTORY=elsewhere\nCHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "chroma")], capture_output=True, text=True, cwd=tmp_path,
        env={"ANONYMIZED_TELEMETRY": "true", "PATH": ""},
    )  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
