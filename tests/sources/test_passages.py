"""Passages: ordered, disjoint slices of blocks that belong together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.base import sha256
from agent.domain.document import Document, Passage
from agent_sources.passages import LONGEST, embedded_text, passages_of
from agent_sources.structure import blocks_of


def document(text: str) -> Document:
    return Document(
        id="d", artifact="a", uri="u", title="t", origin="documentation", media_type="text/markdown", sha256="0", text_sha256="0",
        reader="markdown/1", language="en", text=text, fetched_at="2020-01-01",
    )  # fmt: skip


def cut(text: str) -> list[Passage]:
    return passages_of(document(text), blocks_of(text, "text/markdown"))


def test_short_neighbours_of_one_section_share_a_passage() -> None:
    text = "# A\n\nOne.\n\nTwo.\n\n## B\n\nThree.\n\nMore information needed\n"
    assert [(text[p.start : p.end], p.heading_path) for p in cut(text)] == [("One.\n\nTwo.", ("A",)), ("Three.", ("A", "B"))]


def test_a_passage_carries_the_source_of_its_notes() -> None:
    assert [p.source for p in cut("## A\n\nOne.\n\nSource: [Book](b)\n\n## B\n\nTwo.\n")] == ["Book", None]


def test_what_is_embedded_is_the_path_and_the_words_and_is_hashed() -> None:
    text = "# A\n\n## B\n\nOne.\n"
    [passage] = cut(text)
    assert embedded_text(text, passage) == "A > B\nOne."
    assert passage.sha256 == sha256("A > B\nOne.")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Word. ", "longword" * 40 + " ", "\n\n", "# H\n\n", "a b c, d; e ", "é漢 "]), max_size=60).map("".join))
def test_passages_are_ordered_disjoint_and_not_too_long(text: str) -> None:
    at = 0
    for passage in cut(text):
        assert at <= passage.start < passage.end <= len(text)
        assert passage.end - passage.start <= LONGEST
        at = passage.end


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Baking takes an hour. ", "Clay dries slowly; ", "no end "]), min_size=1, max_size=200).map("".join))
def test_splitting_loses_no_word(text: str) -> None:
    kept = "".join(text[p.start : p.end] for p in cut(text))
    assert "".join(kept.split()) == "".join(text.split())
