"""Embedding: the same vectors as the library gives, unit length, and no dependence on company."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from agent_vectorstore.embedders import WordLlamaEmbedder

TEXTS = ["Detects birds in garden photographs.", "A small", "Counts parcels on a conveyor belt, day and night. " * 12, "naïve café ☕ 漢字"]


@pytest.fixture(scope="module")
def embedder() -> WordLlamaEmbedder:
    return WordLlamaEmbedder()


def test_vectors_are_unit_length_and_of_the_promised_shape(embedder: WordLlamaEmbedder) -> None:
    found = embedder.embed(TEXTS)
    assert found.shape == (len(TEXTS), embedder.dimensions)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_vectors_are_those_of_the_library(embedder: WordLlamaEmbedder) -> None:
    script = (
        "import sys, wordllama, numpy as np; from pathlib import Path\n"
        "model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)\n"
        "sys.stdout.buffer.write(np.asarray(model.embed(sys.argv[1:], norm=True), dtype='<f4').tobytes())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *TEXTS], capture_output=True, check=True)
    theirs = np.frombuffer(done.stdout, dtype="<f4").reshape(len(TEXTS), -1)
    assert np.allclose(embedder.embed(TEXTS), theirs, atol=1e-6)


def test_a_vector_does_not_depend_on_what_is_embedded_with_it(embedder: WordLlamaEmbedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert together.tobytes() == alone.tobytes()


def test_likeness_follows_meaning(embedder: WordLlamaEmbedder) -> None:
    query, near, far = embedder.embed(["reading text in pictures", "optical character recognition of images", "payroll tax rules"])
    assert query @ near > query @ far


def test_nothing_and_emptiness_have_vectors_too(embedder: WordLlamaEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 256)
    assert not embedder.embed([""]).any()


def test_loading_imports_neither_the_package_nor_an_http_client() -> None:
    script = (
        "import sys; from agent_vectorstore.embedders import WordLlamaEmbedder as E; E().embed(['x'])\n"
        "print(sorted({'wordllama', 'requests', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, cwd=Path(__file__).parent)
    assert done.stdout.strip() == "[]"
