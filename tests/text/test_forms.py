"""Forms of one word are recognised; words that only begin alike are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.forms import akin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("segment", "segmentation"), ("describe", "description"), ("run", "running"), ("tokenise", "tokenization"),
        ("labelled", "labeling"),
        ("colour", "colors"), ("classify", "classification"), ("retrieve", "retrieval"), ("analyse", "analysis"), ("written", "writes"),
        ("library", "libraries"), ("licence", "licenses"), ("indices", "index"), ("extends", "extension"), ("recognise", "recognition"),
    ],
)  # fmt: skip
def test_forms_of_one_word(one: str, other: str) -> None:
    assert akin(one, other)
    assert akin(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("general", "generate"), ("useful", "useless"), ("support", "unsupported"), ("image", "imagine"), ("four", "for"),
        ("model", "modal"), ("train", "translate"), ("text", "test"), ("v1", "v2"), ("dataset", "data"),
    ],
)  # fmt: skip
def test_words_that_only_begin_alike(one: str, other: str) -> None:
    assert not akin(one, other)


@given(st.text(alphabet="abceginorst", max_size=12), st.text(alphabet="abceginorst", max_size=12))
def test_kinship_has_no_direction(one: str, other: str) -> None:
    assert akin(one, one)
    assert akin(one, other) == akin(other, one)
