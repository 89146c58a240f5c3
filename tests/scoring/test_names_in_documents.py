"""Names of integrations, formats and packages in documents, and the outline they come with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.document import Block, Document
from agent.scoring import outline_of
from agent.scoring.names import mentions_in


def names(text: str) -> set[tuple[str, str]]:
    return {(m.kind, m.name) for m in mentions_in(text)}


def test_names_are_found_as_whole_words_in_their_usual_spellings() -> None:
    text = "Export to .jsonl or Parquet, then `pip install brook`; a LangChain wrapper and Hugging Face Hub upload exist."
    formats = {("format", "JSON Lines"), ("format", "Parquet")}
    assert names(text) == formats | {("package", "PyPI"), ("integration", "LangChain"), ("integration", "Hugging Face Hub")}


def test_parts_of_other_words_and_paths_are_no_names() -> None:
    assert names("We slack off, beam with pride, array the rays, and visit acme/transformers-fork.") == set()


@given(st.text(alphabet="JSON CSVpip install\nPyTorch .,", max_size=400))
def test_a_mention_quotes_the_text_it_stands_in(text: str) -> None:
    for mention in mentions_in(text):
        assert mention.quote == text[mention.start : mention.end]
        assert "\n" not in mention.quote


def test_a_long_line_is_cut_around_the_name() -> None:
    text = "word " * 200 + "GGUF " + "tail " * 200
    (mention,) = mentions_in(text)
    assert "GGUF" in mention.quote
    assert len(mention.quote) < 320
    assert mention.quote == text[mention.start : mention.end]


def test_an_outline_leaves_out_what_passages_leave_out() -> None:
    text = "# Brook\n\nReads CSV.\n\n[![npm](b.svg)](npm)\n"
    fields = {"id": "d", "artifact": "brook", "uri": "u", "title": "t", "origin": "documentation", "media_type": "text/markdown"}
    hashes = {"sha256": "0", "text_sha256": "0", "reader": "r", "language": "en", "fetched_at": "2026-01-01"}
    document = Document.model_validate({**fields, **hashes, "text": text})
    blocks = [
        Block(kind="heading", start=2, end=7, heading_path=("Brook",), level=1),
        Block(kind="paragraph", start=9, end=19, heading_path=("Brook",)),
        Block(kind="paragraph", start=21, end=len(text) - 1, heading_path=("Brook",), skip="badges"),
    ]
    outline = outline_of(document, blocks)
    assert outline.headings == ("Brook",)
    assert [(m.name, text[m.start : m.end]) for m in outline.mentions] == [("CSV", "Reads CSV.")]
