"""A quote is found where it stands, letter by letter after folding, or not at all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.grounding.locate import Locator, locate
from agent.text.fold import fold

TEXT = """# Reader

The reader turns **scanned pages** into plain
text, and keeps \u201ctables\u201d as [tables](https://example.org/t "Tables").

> It never guesses
> a missing value.

Use `read_page(path)` for one page. It never guesses twice.
"""


@pytest.mark.parametrize(
    "quote",
    [
        "turns scanned pages into plain text",
        "turns **scanned pages** into plain\ntext",
        'keeps "tables" as tables.',
        "It never guesses a missing value.",
        "Use read_page(path) for one page",
        "as [tab",
    ],
)
def test_a_quote_is_found_and_its_span_reads_as_the_quote(quote: str) -> None:
    span = Locator(TEXT).locate(quote)
    assert span is not None
    assert fold(TEXT[slice(*span)]).text == fold(quote).text


@pytest.mark.parametrize(
    "quote",
    ["turns scanned page into plain text", "The Reader turns", "keeps tables as tables", "It never guesses a value", "", "  ", "**"],
)
def test_a_near_miss_is_a_miss(quote: str) -> None:
    assert Locator(TEXT).locate(quote) is None


def test_the_nearest_of_several_places_wins() -> None:
    second = TEXT.rindex("It never guesses")
    locator = Locator(TEXT)
    assert locator.locate("It never guesses", near=second - 3) == (second, second + 16)
    assert locator.locate("It never guesses") == (TEXT.index("It never guesses"), TEXT.index("It never guesses") + 16)
    assert locate("It never guesses", fold(TEXT), near=len(TEXT)) == (second, second + 16)


def test_places_outside_skipped_blocks_come_first() -> None:
    text = "Reads images. " * 2
    assert Locator(text, skipped=[(0, 13)]).locate("Reads images.") == (14, 27)
    assert Locator("Reads images.", skipped=[(0, 13)]).locate("Reads images.") == (0, 13)


@pytest.mark.parametrize("quote", ["a multi-modal model", "a multimodal model", "a multi- modal model", "a multi-\nmodal model"])
def test_a_word_broken_at_a_line_end_is_found_however_it_is_joined(quote: str) -> None:
    assert Locator("It is a multi-\nmodal model.").locate(quote) == (6, 26)


def test_a_quote_never_begins_inside_a_ligature() -> None:
    assert Locator("\ufb01ne words").locate("ine words") is None


def test_repetitive_text_gives_the_same_answers_as_a_plain_search() -> None:
    text = "ab" * 3000 + "aab" + "ab" * 3000
    locator = Locator(text)
    for quote in ("ab" * 40, "b" + "aab" + "ab" * 20, "a" * 12, "ba" * 2999 + "c", "abababababaab", "aab"):
        at = text.find(quote)
        assert locator.locate(quote) == (None if at < 0 else (at, at + len(quote)))


@given(st.text(alphabet="ab .", min_size=1, max_size=120), st.data())
def test_every_slice_of_a_plain_text_is_found_at_its_first_place(text: str, data: st.DataObject) -> None:
    text = " ".join(text.split())
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))].strip()
    assume(any(c.isalnum() for c in quote))
    assert Locator(text).locate(quote) == (text.index(quote), text.index(quote) + len(quote))


@given(st.text(alphabet=" \nab9*_`[]()!>\\\u2019\u2014\u00ad\ufb01", max_size=80), st.data())
def test_a_located_span_folds_to_the_folded_quote(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    quote = folded.text[start : data.draw(st.integers(start, len(folded.text)))]
    span = locate(quote, folded)
    if span is None:
        return
    assert 0 <= span[0] < span[1] <= len(text)
    assert fold(text[slice(*span)]).text.strip() == fold(quote).text.strip()
