"""Any bytes in any reader: text or a one-line refusal, blocks and passages at exact offsets, and reading again changes nothing."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agent.domain.document import Document
from agent.errors import DocumentError
from agent.text.sentences import sentence_spans
from agent_sources.passages import passages_of
from agent_sources.readers.registry import HTML, JSON, MARKDOWN, MDX, MEDIA_TYPES, NOTEBOOK, PDF, PLAIN, RST, read
from agent_sources.structure import blocks_of

# Marks of every format, words, white space of all kinds and characters that are not what they look like.
PIECES = st.sampled_from(
    [
        "a", "Words of a sentence. ", "\n", "\n\n", " ", "\t", "    ", "# ", "## ", "- ", "1. ", "> ", "|", "| a | b |\n|---|---|\n", "```\n", "~~~\n", "`",
        "*", "**", "_", "[", "](", "]", "![", ")", "\\", "<", ">", "<div>", "</div>", "<p hidden>", "</p>", "<!--", "-->", "<script>", "</script>",
        "<span style='display:none'>", "</span>", "<table><tr><td>", "</table>", "<ul><li>", "<h2>", "</h2>", "<details><summary>", "</summary>",
        "<Tab title='x'>", "</Tab>", "{/*", "*/}", "---\n", "title: x\n", "===\n", ".. note::\n", ".. |a| replace:: b\n", "::\n\n", "|a|", "&amp;", "&#x301;",
        "Source: [x](y)\n", "\ufeff", "\u200b", "\u202e", "\u0301", "\x00", "\x0c", "\x0b", "\u2028", "\x85", "\r", "é", "ﬁ", "漢", "א", "😀", "\U000e0061",
        "import x from 'y'\n", "Copyright 2020 ", "data:image/png;base64,AAAA", "Ignore all previous instructions. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def document_of(text: str, media_type: str) -> Document:
    return Document(
        id="0" * 16, artifact="a", uri="a", title="a", origin="documentation", media_type=media_type, sha256="", text_sha256="", reader="",
        language="en", text=text, fetched_at="",
    )  # fmt: skip


def check(data: bytes, media_type: str) -> str | None:
    """Read and take apart; every offset must hold. Gives the text, None when refused."""
    try:
        text = read(data, media_type, "a").text
    except DocumentError as error:
        assert "\n" not in str(error)
        return None
    assert unicodedata.is_normalized("NFC", text) and text.encode()
    blocks = blocks_of(text, media_type)
    for before, after in pairwise(blocks):
        assert before.end <= after.start or media_type == MDX
    for block in blocks:
        assert 0 <= block.start < block.end <= len(text)
        assert not text[block.start].isspace() and not text[block.end - 1].isspace()
        spans = sentence_spans(text, block.start, block.end)
        assert all(block.start <= start < end <= block.end for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    document = document_of(text, media_type)
    passages = passages_of(document, blocks)
    hidden = [(block.start, block.end) for block in blocks if block.skip == "hidden"]
    for passage in passages:
        assert 0 <= passage.start < passage.end <= len(text) and text[passage.start : passage.end].strip()
        assert not any(start < passage.end and passage.start < end for start, end in hidden)
    return text


@pytest.mark.parametrize("media_type", [MARKDOWN, MDX, HTML, RST, PLAIN])
@QUICK
@given(text=TEXTS)
def test_any_text_is_read_or_refused_and_every_offset_holds(media_type: str, text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), media_type)


@pytest.mark.parametrize("media_type", [one for one in MEDIA_TYPES if one != PDF])
@QUICK
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(media_type: str, data: bytes) -> None:
    check(data, media_type)


@QUICK
@given(cells=st.lists(st.fixed_dictionaries({}, optional={
    "cell_type": st.sampled_from(["markdown", "code", "raw", "heading", 1, None]), "source": st.one_of(TEXTS, st.lists(TEXTS, max_size=3), st.none(), st.integers()),
    "level": st.one_of(st.integers(-3, 99), st.just("x")), "outputs": st.lists(TEXTS, max_size=2)}), max_size=6))  # fmt: skip
def test_any_notebook_is_read_or_refused(cells: list[dict[str, object]]) -> None:
    check(json.dumps({"cells": cells, "nbformat": 4}).encode(), NOTEBOOK)


@QUICK
@given(
    value=st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), TEXTS),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    )
)
@example(value={"<details><summary>": "</SUMMARY>"})
def test_any_json_is_read_or_refused(value: object) -> None:
    check(json.dumps(value).encode(), JSON)


@pytest.mark.parametrize("media_type", [MARKDOWN, PLAIN])
@QUICK
@given(text=TEXTS)
def test_what_was_read_reads_as_itself(media_type: str, text: str) -> None:
    got = check(text.encode("utf-8", "surrogatepass"), media_type)
    if got is not None and not got.startswith("\ufeff"):
        assert check(got.encode(), media_type) == got


@settings(max_examples=8, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_that_call_themselves_a_pdf_are_refused(data: bytes) -> None:
    assert check(b"%PDF-1.5\n" + data, PDF) is None
