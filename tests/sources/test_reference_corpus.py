"""The reference corpus: real documentation of every form, read without loss."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from agent_sources.ingest import ReadDocument, Source, read_documents, sources_at
from agent_sources.passages import passages_of
from agent_sources.structure import blocks_of

CORPUS = Path(os.environ.get("AGENT_REFERENCE") or Path(__file__).parents[2].parent / "shared") / "corpus"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no reference corpus at {CORPUS}")]
FOREIGN = re.compile(r"[-_](ar|es|ja|jp|ko|cn|zh)(?:[-_.]|$)", re.I)  # how file names of translations end


@pytest.fixture(scope="module")
def corpus() -> list[tuple[Source, list[ReadDocument]]]:
    return [(source, read_documents(source, lambda *_: None, "2020-01-01")) for source in sources_at(CORPUS)]


def test_every_manifest_and_document_is_read(corpus: list[tuple[Source, list[ReadDocument]]]) -> None:
    assert len(corpus) == 47
    for source, read in corpus:
        assert len(read) == len(source.files) > 0
        assert all(one.document.title for one in read)


def test_translations_are_marked_and_english_is_not(corpus: list[tuple[Source, list[ReadDocument]]]) -> None:
    wrong = [
        f"{source.manifest.slug}/{file.name}: {one.document.language}"
        for source, read in corpus
        for file, one in zip(source.files, read, strict=True)
        if one.document.english == bool(FOREIGN.search(file.name))
    ]
    assert wrong == []


def test_blocks_and_passages_stand_in_their_text(corpus: list[tuple[Source, list[ReadDocument]]]) -> None:
    for _, read in corpus:
        for one in read:
            text = one.document.text
            at = 0
            blocks = blocks_of(text, one.document.media_type)
            for block in blocks:
                assert at <= block.start < block.end <= len(text)
                at = block.end
            at = 0
            for passage in passages_of(one.document, blocks):
                assert at <= passage.start < passage.end <= len(text)
                assert len(passage.sha256) == 64
                at = passage.end
            assert at > 0, one.document.uri


def test_no_prose_holds_components_fences_or_encoded_data(corpus: list[tuple[Source, list[ReadDocument]]]) -> None:
    junk = re.compile(r"^</?[A-Z]\w+[^>\n]*>\s*$|^\s*```[^`\n]*$|;base64,", re.M)
    found = [
        one.document.text[block.start : block.end][:80]
        for _, read in corpus
        for one in read
        if one.document.english
        for block in blocks_of(one.document.text, one.document.media_type)
        if block.kind in {"paragraph", "list_item", "quote"} and not block.skip and junk.search(one.document.text, block.start, block.end)
    ]
    assert found == []
