"""The draft of a page: planned, written, grounded sentence by sentence, put into words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Protocol

from agent.domain.base import sha256
from agent.domain.capability import EngineHead
from agent.domain.draft import Draft, DraftSection, content_sha256
from agent.writing.base import Grounding, Plan, PlannedSection
from agent.writing.grounded import grounded
from agent.writing.realise import realised, words_for
from agent.writing.styles import Wording

METHOD = "1"  # rises with every change of planning or realising


class Writer(Protocol):
    """Decides what each section says; grounding and style are the same for every writer."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def model(self) -> str | None: ...

    @property
    def prompts(self) -> Mapping[str, str]: ...

    def write(self, plan: Plan) -> tuple[tuple[PlannedSection, ...], list[str]]:
        """The sections, and a line for each part that is missing because it could not be had."""
        ...


def draft(plan: Plan, writer: Writer, groundings: Mapping[str, Grounding]) -> Draft:
    """The draft of a plan. The same plan, writer and documents give the same draft, byte for byte."""
    engine = EngineHead(name=writer.name, version=writer.version, model=writer.model, prompts=dict(writer.prompts))
    inputs = _inputs_sha256(plan, engine)
    sections, missing = writer.write(plan)
    checked = grounded(sections, groundings)
    wording = Wording(plan.style, inputs)
    words = words_for(plan.parties, plan.documents, checked.verdicts, wording)
    made = [realised(section, words) for section in checked.sections]
    title = wording("title", [party.name for party in plan.parties])
    cited = _cited(made)
    documents = [document for document in plan.documents if document.id in cited]
    return Draft(
        sha256=content_sha256(title, made, documents),
        inputs_sha256=inputs,
        style=plan.style,
        as_of=plan.as_of,
        artifacts=[party.head for party in plan.parties],
        engine=engine,
        title=title,
        sections=made,
        left_out=checked.left_out,
        documents=documents,
        missing=missing,
    )


def _cited(sections: list[DraftSection]) -> set[str]:
    sentences = {e.document_id for section in sections for block in section.blocks for s in block.sentences for e in s.evidence}
    return sentences | {e.document_id for section in sections for row in section.rows for e in (*row.a_evidence, *row.b_evidence)}


def _inputs_sha256(plan: Plan, engine: EngineHead) -> str:
    inputs = {"method": METHOD, "style": plan.style, "page": plan.inputs_sha256, "as_of": plan.as_of, "engine": engine.model_dump()}
    return sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
