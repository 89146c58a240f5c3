"""The sentence-transformers embedder over a stand-in for that library, which brings torch and is not installed for tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.errors import IncompleteError, SettingsError
from agent_vectorstore.embedders import embedder_of

STAND_IN = """
import numpy as np

class SentenceTransformer:
    def __init__(self, name):
        if name == "missing":
            raise OSError("no such\\nmodel")

    def encode(self, texts, batch_size, convert_to_numpy, show_progress_bar):
        assert convert_to_numpy and not show_progress_bar
        return np.array([[len(text), 1.0] for text in texts])
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sentence_transformers.py").write_text(STAND_IN, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "sentence_transformers", raising=False)


@pytest.mark.usefixtures("library")
def test_texts_become_unit_vectors() -> None:
    found = embedder_of("sentence-transformers:some/model").embed(["abc", "", "x" * 9_000])
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 0, 1])
    assert found[0][0] == pytest.approx(3 / 10**0.5)
    assert found[2][0] == pytest.approx(2_000 / (2_000**2 + 1) ** 0.5)
    assert embedder_of("sentence-transformers:some/model").embed([]).shape[0] == 0


@pytest.mark.usefixtures("library")
def test_a_model_that_cannot_be_loaded_is_one_line() -> None:
    with pytest.raises(IncompleteError, match="'missing' of sentence-transformers cannot be loaded: no such model"):
        embedder_of("sentence-transformers:missing").embed(["a"])


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(SettingsError, match=r"Install capability-ledger\[sentence-transformers\]"):
        embedder_of("sentence-transformers:some/model").embed(["a"])
