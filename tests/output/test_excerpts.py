"""The passage shown around a quote always holds the quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.document import Passage
from agent.output.excerpts import PassageExcerpts

TEXT = "".join(f"Sentence number {n} of the text. " for n in range(60))


def passage(start: int, end: int, **more: object) -> Passage:
    return Passage.model_validate(
        {"id": f"p{start}", "document_id": "d", "start": start, "end": end, "heading_path": ("A", "B"), "sha256": "", **more}
    )


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 400))
def test_the_quote_is_inside_the_excerpt_at_its_offset(start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    find = PassageExcerpts({"d": TEXT}, [passage(100, 400), passage(402, 700), passage(900, 1000)])
    excerpt = find("d", start, end)
    assert excerpt is not None
    at = start - excerpt.start
    assert excerpt.text[at : at + end - start] == TEXT[start:end]


def test_headings_and_source_come_from_the_passage() -> None:
    find = PassageExcerpts({"d": TEXT}, [passage(0, 50), passage(60, 120, heading_path=("A", "C"), source="Card")])
    excerpt = find("d", 70, 80)
    assert excerpt is not None
    assert (excerpt.heading_path, excerpt.source, excerpt.text) == (("A", "C"), "Card", TEXT[60:120])


def test_a_quote_outside_every_passage_gets_its_surroundings() -> None:
    excerpt = PassageExcerpts({"d": TEXT}, [passage(0, 50)])("d", 1000, 1010)
    assert excerpt is not None
    assert len(excerpt.text) > 100


def test_an_unknown_document_has_no_excerpt() -> None:
    assert PassageExcerpts({}, [])("d", 0, 1) is None
