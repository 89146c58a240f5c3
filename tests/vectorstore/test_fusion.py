"""Reciprocal rank fusion: the published sum, and what it does with ties and one-sided finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_vectorstore.fusion import PUBLISHED_K, fused


def test_the_sum_is_the_published_one() -> None:
    found = dict(fused({"dense": ["a", "b"], "lexical": ["b", "c"]}, {}, PUBLISHED_K))
    assert found == {"a": pytest.approx(1 / 61), "b": pytest.approx(1 / 62 + 1 / 61), "c": pytest.approx(1 / 62)}


def test_what_both_find_comes_first_and_equals_go_by_id() -> None:
    assert [one for one, _ in fused({"dense": ["z", "m"], "lexical": ["y", "m"]}, {})] == ["m", "y", "z"]


def test_a_weight_of_nothing_leaves_a_ranking_out_of_the_order() -> None:
    assert [one for one, _ in fused({"dense": ["a", "b"], "lexical": ["b", "a"]}, {"lexical": 0.0})] == ["a", "b"]


def test_what_only_meaning_finds_comes_after_what_words_find() -> None:
    assert [one for one, _ in fused({"dense": ["l3", "d1", "d2"], "lexical": ["l1", "l2", "l3"]})] == ["l1", "l3", "l2", "d1", "d2"]
    assert [one for one, _ in fused({"dense": ["d1", "d2"], "lexical": []})] == ["d1", "d2"]


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
def test_a_ranking_alone_keeps_its_order(ranking: list[str]) -> None:
    assert [one for one, _ in fused({"dense": ranking})] == ranking


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_everything_found_is_there_once(one: list[str], other: list[str]) -> None:
    found = [each for each, _ in fused({"dense": one, "lexical": other})]
    assert sorted(found) == sorted({*one, *other})
