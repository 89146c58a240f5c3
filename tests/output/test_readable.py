"""Quotes as a reader sees them; the exact characters stay in the passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.output.readable import readable


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (r"Set \*\*kwargs and see https\://example.org.", "Set **kwargs and see https://example.org."),
        ("**Fast**: reads [forty labels](https://example.org/a_(b)) a *second*.", "Fast: reads forty labels a second."),
        ("- The `read <box>` prompt keeps `a_b` and snake_case_name.", "The `read <box>` prompt keeps `a_b` and snake_case_name."),
        ("Emits four `<loc>` tokens and two <b>bold</b> words.", "Emits four `<loc>` tokens and two bold words."),
        ("[`read`](#read) and **`count`** work.", "`read` and `count` work."),
        ("See :ref:`the guide <guide>` and ``lamp.read()``.", "See the guide and `lamp.read()`.".replace("the guide", "`the guide`")),
        ("| Size | Time |\n| --- | ---: |\n| 3 B | 2 s |", "Size | Time\n3 B | 2 s"),
        ("> ## Reading labels", "Reading labels"),
        ("![a lamp](lamp.png) Lights &amp; lamps at <https://example.org>.", "a lamp Lights & lamps at https://example.org."),
        ("2 * 3 * 4 is 24, and -5 is less than 3 < 4.", "2 * 3 * 4 is 24, and -5 is less than 3 < 4."),
        ("__Bold__ and _soft_ words, __init__ in `__init__`.", "Bold and soft words, init in `__init__`."),
    ],
)
def test_marks_are_left_out_and_words_stay(quote: str, shown: str) -> None:
    assert readable(quote, "text/markdown") == shown


def test_text_without_markup_of_its_own_is_not_touched() -> None:
    assert readable(r"A \*literal\* [1](2)", "text/html") == r"A \*literal\* [1](2)"


def test_a_quote_of_marks_alone_is_shown_as_it_stands() -> None:
    assert readable("![](x.png)", "text/markdown") == "![](x.png)"


@given(st.text(alphabet=" abz019.,:;()'\n", max_size=60))
def test_plain_words_come_through(text: str) -> None:
    assert readable(text, "text/markdown").split() == text.split()
