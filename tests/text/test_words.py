from hypothesis import given
from hypothesis import strategies as st

from agent.text.words import content_words, tag, tokens


def test_words_carry_lemma_part_of_speech_and_place() -> None:
    sentence = "The lamps are switching colours."
    words = {word.text: word for word in tag(sentence)}
    assert words["lamps"].noun and words["lamps"].lemma == "lamp"
    assert words["switching"].verb and words["switching"].lemma == "switch"
    assert all(sentence[word.start : word.end] == word.text for word in tag(sentence))


def test_content_words_leave_out_stop_words_and_marks() -> None:
    assert content_words("It doesn't use the C++ lamps of 1,024 rooms!") == ["use", "c++", "lamp", "1,024", "room"]


def test_addresses_numbers_and_versions_stay_whole() -> None:
    sentence = "See https://a.example/b.c?d=1, GPT-3.5 and v1.5 (12.1 GB)."
    assert {"https://a.example/b.c?d=1", "GPT-3.5", "v1.5", "12.1"} <= {sentence[a:b] for a, b in tokens(sentence)}


def test_an_empty_sentence_has_no_words() -> None:
    assert tag("") == [] and content_words("  ") == []


@given(st.text(max_size=60))
def test_every_token_stands_in_its_place(sentence: str) -> None:
    spans = tokens(sentence)
    assert "".join(sentence[a:b] for a, b in spans) == "".join(sentence.split())
