"""Replies of any text: read in good time, never with an exception, and what stands in prose is found or refused."""

from __future__ import annotations

import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_runs import Birds, reply

from agent.llm.replies import read_reply

PROSE = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=80)
BIRDS = st.builds(
    Birds, names=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=4), count=st.integers(0, 99)
)


@given(PROSE, BIRDS, PROSE)
def test_one_object_between_prose_without_braces_is_found(before: str, birds: Birds, after: str) -> None:
    reading = read_reply(reply(before + birds.model_dump_json() + after), Birds)
    assert (reading.status, reading.value) == ("ok", birds)


@given(PROSE, BIRDS, PROSE, BIRDS)
def test_of_two_objects_none_is_chosen(before: str, one: Birds, between: str, other: Birds) -> None:
    reading = read_reply(reply(before + one.model_dump_json() + between + other.model_dump_json()), Birds)
    assert reading.status == "invalid"
    assert reading.value is None


@given(BIRDS, st.data())
def test_a_reply_that_was_cut_anywhere_is_never_ok(birds: Birds, data: st.DataObject) -> None:
    text = birds.model_dump_json()
    cut = data.draw(st.integers(1, len(text) - 1))
    assert read_reply(reply(text[:cut]), Birds).status == "invalid"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    reading = read_reply(reply(text), Birds)
    assert (reading.value is not None) == (reading.status == "ok")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8
    )
)
def test_any_json_is_read(value: object) -> None:
    reading = read_reply(reply(json.dumps(value)), Birds)
    assert reading.status in ("ok", "invalid")


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 100_000, '{"' * 200_000, "{" * 400_000, "{ " * 200_000, '{"a": ' + '"x' * 200_000, "[" * 400_000, "<think>" * 50_000,
        '{"names": ["' + "\\u0041" * 60_000, "```json\n" * 50_000, "9" * 400_000, '{"count": ' + "9" * 100_000 + "}", "\ud800{}",
    ],
    ids=range(12),
)  # fmt: skip
def test_a_hostile_reply_is_read_in_good_time(text: str) -> None:
    began = perf_counter()
    assert read_reply(reply(text), Birds).status == "invalid"
    assert perf_counter() - began < 5


def test_problems_are_told_shortly() -> None:
    text = json.dumps({"names": list(range(500)), "count": "many"})
    reading = read_reply(reply(text), Birds)
    assert reading.detail.startswith("names.0: Input should be a valid string; ")
    assert reading.detail.endswith("; and 496 more")
    assert len(reading.detail) < 400
