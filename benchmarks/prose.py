"""The sentences of an artifact's documents that claim something: what mutations and paraphrases are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.grounding.reading import clean
from agent.text.sentences import sentence_spans

_PROSE = {"paragraph", "list_item", "quote"}
_FEWEST = 6  # words


def sentences_of(subject: Subject, most: int) -> Iterator[tuple[Document, int, int, tuple[int, int] | None]]:
    """Whole sentences of six to `most` words with their places, and the place of the sentence after each in the same block."""
    for document in subject.documents:
        for block in subject.blocks[document.id]:
            if block.skip or block.kind not in _PROSE:
                continue
            spans = sentence_spans(document.text, block.start, block.end)
            for span, following in zip(spans, [*spans[1:], None], strict=True):
                said = clean(document.text[slice(*span)])
                words = len(said.split())
                if _FEWEST <= words <= most and said.endswith(".") and said[0].isupper() and "|" not in said and "http" not in said:
                    yield document, *span, following
