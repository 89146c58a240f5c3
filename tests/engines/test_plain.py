import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.engines.extractive.statements.plain import plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**Lumen** switches [many lamps](https://a.example/x(1).html) with `lumen on`.", "Lumen switches many lamps with lumen on."),
        ("[![build](https://a.example/b.svg)](https://a.example) Lumen is *quiet*.", "Lumen is quiet."),
        ("It dims slowly (Ash et al., 2020; Oak & Elm, 2021) [12].", "It dims slowly."),
        ("Sizes (224, 448 and 1024 px) are kept.", "Sizes (224, 448 and 1024 px) are kept."),
        ("It works (see the table below).", "It works."),
        ("Keep snake_case_names and 2*3*4 apart.", "Keep snake_case_names and 2*3*4 apart."),
        ("<b>Bold</b> words &amp; more<br>here 🚀", "Bold words & more here"),
        ("A word bro-\nken at the line's end, and well-\nknown too.", "A word broken at the line's end, and wellknown too."),
        ("It reads a `.lamp` file in the folder `.agent/` .", "It reads a .lamp file in the folder .agent/."),
        ("Lamps glow\n> and fade.", "Lamps glow and fade."),
    ],
)
def test_only_the_visible_words_stay(source: str, expected: str) -> None:
    assert plain(source) == expected


@given(st.text(alphabet="ab *_`[]()<>!~\\:.\n#&;", max_size=60))
def test_any_source_gives_one_tidy_line(source: str) -> None:
    text = plain(source)
    assert text == " ".join(text.split())


def test_what_looks_like_a_tag_in_code_is_its_text() -> None:
    assert plain("The model emits four `<loc>` tokens and a <b>label</b>.") == "The model emits four <loc> tokens and a label."


def test_a_bracket_that_belongs_to_a_word_or_to_code_stays() -> None:
    assert plain("Install `lamp_kit[wick]` or lamp_kit[oil] first.") == "Install lamp_kit[wick] or lamp_kit[oil] first."
    assert plain("Read `lamp[1]`, then the results [paper] [12].") == "Read lamp[1], then the results."
