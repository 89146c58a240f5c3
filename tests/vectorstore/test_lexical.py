"""The lexical index: what words find, inside an artifact and across all, and what happens to passages that change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_vectorstore import lexical
from agent_vectorstore.lexical import LexicalError, LexicalIndex, words_of

PASSAGES = [
    ("p1", "loom", "Weaving\nThe loom weaves woollen cloth and rugs."),
    ("p2", "loom", "Dyeing\nCloth is dyed with madder before it is woven."),
    ("p3", "kiln", "Firing\nThe kiln fires clay pots at 1200 degrees."),
    ("p4", "kiln", "Glazing\nPots are glazed twice; the cloth keeps dust away."),
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[LexicalIndex]:
    with LexicalIndex(tmp_path / "lexical.db") as opened:
        opened.put(PASSAGES)
        yield opened


def ids(found: list[tuple[str, float]]) -> list[str]:
    return [one for one, _ in found]


def test_words_find_passages_in_any_inflection_best_first(index: LexicalIndex) -> None:
    assert ids(index.best("pot glaze", 10)) == ["p4", "p3"]
    assert ids(index.best("weave", 10)) == ["p1"]
    scores = [score for _, score in index.best("cloth dye", 10)]
    assert scores == sorted(scores, reverse=True)
    assert len(index.best("cloth", 2)) == 2


def test_a_search_inside_artifacts_finds_only_theirs(index: LexicalIndex) -> None:
    assert set(ids(index.best("cloth", 10))) == {"p1", "p2", "p4"}
    assert ids(index.best("cloth", 10, ["kiln"])) == ["p4"]
    assert set(ids(index.best("cloth", 10, ["kiln", "loom"]))) == {"p1", "p2", "p4"}
    assert index.best("cloth", 10, ["nowhere"]) == []
    assert index.best("cloth", 10, []) == []


@pytest.mark.parametrize("question", ["", "the of and", "?!", '"', "NEAR(", 'a" OR "b', "text:cloth*", "-cloth NOT", "\x00"])
def test_no_question_is_an_error_of_syntax(index: LexicalIndex, question: str) -> None:
    index.best(question, 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_text_can_be_asked_for(index: LexicalIndex, question: str) -> None:
    index.best(question, 5)
    index.best(question, 5, ["loom"])


def test_a_passage_is_replaced_and_taken_out(index: LexicalIndex) -> None:
    index.put([("p3", "kiln", "Firing\nThe oven bakes bread.")])
    assert ids(index.best("bread", 5)) == ["p3"]
    assert index.best("degrees", 5) == []
    index.delete(["p3", "never-there"])
    assert index.best("bread", 5) == []
    assert index.ids() == {"p1", "p2", "p4"}
    assert len(index) == 3


def test_another_connection_sees_what_was_written(index: LexicalIndex, tmp_path: Path) -> None:
    with LexicalIndex(tmp_path / "lexical.db") as other:
        index.put([("p5", "harp", "Strings\nThe harp has 47 strings.")])
        assert ids(other.best("harp strings", 5)) == ["p5"]


def test_in_a_large_index_the_rarest_words_decide(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Common words are left out when together they would touch more passages than the budget; the rare ones are all that is needed."""
    index.put([(f"c{n}", "loom", "Common cloth words stand everywhere.") for n in range(30)])
    monkeypatch.setattr(lexical, "_FEW", 10)
    monkeypatch.setattr(lexical, "_BUDGET", 3)
    assert ids(index.best("glazed cloth", 40)) == ["p4"]
    assert len(index.best("cloth", 40)) == 33  # the only word counts, however common
    index.put([(f"g{n}", "kiln", "Glazing glazed glaze.") for n in range(5)])
    assert len(index.best("glazed cloth", 40)) == 6


def test_words_that_count() -> None:
    assert words_of("The 3 looms of the LOOM, naïve café_x") == ["3", "looms", "loom", "naïve", "café", "x"]
    assert len(words_of(" ".join(f"w{n}" for n in range(200)))) == 64


def test_a_broken_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "lexical.db"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(LexicalError, match="not a database"):
        LexicalIndex(path).__enter__()


def test_all_of_a_batch_is_written_or_nothing(index: LexicalIndex) -> None:
    with pytest.raises(LexicalError):
        index.put([("p8", "loom", "Fine."), ("p9", "loom", object())])  # type: ignore[list-item]
    assert index.ids() == {one for one, _, _ in PASSAGES}
    assert isinstance(index._open, sqlite3.Connection)
