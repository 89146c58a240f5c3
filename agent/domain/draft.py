"""A draft: prose about one artifact or two, in which every sentence is a claim with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Literal

from agent.domain.base import Frozen, sha256
from agent.domain.capability import ArtifactHead, Check, Claim, DocumentHead, EngineHead, Evidence
from agent.domain.comparison import Row

SectionKey = Literal[
    "verdict", "what", "purpose", "table", "shared", "only", "capabilities", "unique", "alternatives", "limitations", "choose"
]
Form = Literal["paragraph", "item"]


class DraftSentence(Claim):
    """One printed sentence: a claim whose `text` is as printed, with the evidence of everything it says.

    `artifact` is the slug it speaks of. `said` are the sentences and phrases of the claims inside it, each of which was grounded by itself:
    the rest of `text` is the style's own words, which claim nothing. `claims` are the ids of the claims it rests on.
    """

    artifact: str
    said: list[str] = []
    claims: list[str] = []


class DraftBlock(Frozen):
    """A paragraph or an item of a list; `label` is the name it begins with, `artifact` whose it is (None: of both)."""

    form: Form = "paragraph"
    label: str = ""
    artifact: str | None = None
    sentences: list[DraftSentence]


class DraftSection(Frozen):
    """One section of the page. `note` is the program speaking of what it found or did not find; it claims nothing of an artifact."""

    key: SectionKey
    title: str
    artifact: str | None = None
    blocks: list[DraftBlock] = []
    rows: list[Row] = []
    note: str = ""


class LeftOut(Frozen):
    """A sentence that was not printed, with the reason: what failed, in the words of the check."""

    section: SectionKey
    artifact: str
    text: str
    reason: str
    status: Literal["rejected", "needs_review"]
    evidence: list[Evidence] = []
    checks: list[Check] = []


class Draft(Frozen):
    """Prose from a decomposition or a comparison.

    `sha256` is of what is approved: title, sentences, tables and quotes, in order; `inputs_sha256` of what the draft was made from: the
    same inputs give the same draft. `version` counts the drafts of one page, from 1.
    """

    schema_version: int = 1
    version: int = 1
    sha256: str
    inputs_sha256: str
    style: str
    as_of: str
    artifacts: list[ArtifactHead]
    engine: EngineHead
    title: str
    sections: list[DraftSection]
    left_out: list[LeftOut] = []
    documents: list[DocumentHead] = []
    missing: list[str] = []
    notes: list[str] = []

    def sentences(self) -> Iterator[DraftSentence]:
        """Every printed sentence, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                yield from block.sentences


def content_sha256(title: str, sections: Sequence[DraftSection], documents: Sequence[DocumentHead]) -> str:
    """The hash of what a reviewer approves: words and quotes, each quote by its document's bytes and place."""
    hashes = {document.id: document.sha256 for document in documents}

    def quotes(evidence: Sequence[Evidence]) -> list[list[object]]:
        return [[hashes.get(e.document_id, e.document_id), e.start, e.end, e.quote] for e in evidence]

    content = [
        [
            section.key,
            section.title,
            section.note,
            [
                [block.form, block.label, [[s.kind, s.text, s.status, quotes(s.evidence)] for s in block.sentences]]
                for block in section.blocks
            ],
            [[row.label, row.a, row.b, quotes(row.a_evidence), quotes(row.b_evidence)] for row in section.rows],
        ]
        for section in sections
    ]
    return sha256(json.dumps([title, content], ensure_ascii=False, separators=(",", ":")))
