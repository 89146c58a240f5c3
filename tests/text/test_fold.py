"""Folding leaves words and signs, and every folded character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.fold import fold, folded_text

MARKDOWN = st.text(alphabet=" \n\tabz09*_`[]()!>-\\\"'\u2019\u2014\u00ad\u200b\ufb01|#", max_size=60)


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("two  words\n\tthree", "two words three"),
        ("\u201cReads\u201d \u2018text\u2019 \u2014 fast", "\"Reads\" 'text' - fast"),
        ("\ufb01ne-tuning of\ufb02ine", "fine-tuning offline"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("multi-\nmodal model", "multimodal model"),
        ("**bold**, *slanted*, __strong__ and `code`", "bold, slanted, strong and code"),
        ("keep snake_case and 2*3 and a * b", "keep snake_case and 2*3 and a * b"),
        ("see [the guide](https://e.org/a_(b)) now", "see the guide now"),
        ('an ![icon](i.png "title") here', "an icon here"),
        ("[text][ref] and grid[0][1] and [12]", "text and grid[0][1] and [12]"),
        ("quoted words\n> go on", "quoted words go on"),
        ("a > b stays", "a > b stays"),
        ("escaped snake\\_case and \\[this\\]", "escaped snake_case and [this]"),
        ("10\u00b2 and \u00bd and \u2264 5", "10\u00b2 and \u00bd and \u2264 5"),
        ("| cell | cell |", "| cell | cell |"),
        ("Upper and lower", "Upper and lower"),
    ],
)
def test_what_is_folded_and_what_is_kept(source: str, folded: str) -> None:
    assert fold(source).text == folded
    assert folded_text(source) == folded


def test_a_hyphen_at_a_line_end_has_three_readings() -> None:
    assert fold("state-of-the-\nart", "join").text == "state-of-theart"
    assert fold("state-of-the-\nart", "keep").text == "state-of-the-art"
    assert fold("state-of-the-\nart", "space").text == "state-of-the- art"


def test_spans_map_both_ways() -> None:
    source = "It **reads**   \u201ctext\u201d in [images](u)."
    folded = fold(source)
    start = folded.text.index("reads")
    first, last = folded.to_source(start, start + len('reads "text" in images'))
    assert source[first:last] == "reads**   \u201ctext\u201d in [images"
    assert folded.from_source(first, last) == (start, start + len('reads "text" in images'))


@given(MARKDOWN)
def test_folding_twice_changes_nothing(source: str) -> None:
    once = fold(source).text
    assert fold(once).text == once


@given(MARKDOWN | st.text(max_size=40))
def test_offsets_are_inside_and_in_order(source: str) -> None:
    folded = fold(source)
    assert len(folded.starts) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < len(source) for start in folded.starts)
    for at in range(len(folded.text)):
        start, end = folded.to_source(at, at + 1)
        first, last = folded.from_source(start, end)
        assert first <= at < last


@given(st.text(alphabet="abc \n*_()>-`!12", max_size=40))
def test_letters_and_digits_outside_links_are_never_lost(source: str) -> None:
    assert [c for c in fold(source).text if c.isalnum()] == [c for c in source if c.isalnum()]
