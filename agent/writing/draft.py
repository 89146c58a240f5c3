"""The draft of a page: planned, written, grounded sentence by sentence, put into words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from agent.domain.base import sha256
from agent.domain.capability import EngineHead
from agent.domain.draft import Draft, DraftSection, content_sha256
from agent.domain.proposal import ClaimProposal
from agent.writing.base import Grounding, Plan, PlannedSection
from agent.writing.grounded import Grounded, grounded, proposal_of
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


Judged = Callable[[Mapping[str, Sequence[ClaimProposal]]], tuple[Mapping[str, Grounding], list[str]]]
"""Gives the groundings that know what a judge says of these sentences, by artifact, and a line for each thing it did not answer."""


def draft(plan: Plan, writer: Writer, groundings: Mapping[str, Grounding], judged: Judged | None = None) -> Draft:
    """The draft of a plan. The same plan, writer and documents give the same draft, byte for byte.

    `judged` is asked once, about all sentences that are not the plan's own. A section of which nothing stands is told in the plan's
    sentences.
    """
    engine = EngineHead(name=writer.name, version=writer.version, model=writer.model, prompts=dict(writer.prompts))
    inputs = _inputs_sha256(plan, engine)
    sections, missing = writer.write(plan)
    if judged is not None:
        groundings, unanswered = judged(_proposals(sections))
        missing = [*missing, *unanswered]
    checked = grounded(sections, groundings)
    if sections != plan.sections:
        _fill(checked, plan, groundings)
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


def _proposals(sections: Sequence[PlannedSection]) -> dict[str, list[ClaimProposal]]:
    """The sentences that no grounding has seen yet, by artifact."""
    found: dict[str, list[ClaimProposal]] = {}
    for section in sections:
        for block in section.blocks:
            for said in (said for one in block.sentences for said in one.pieces if not said.phrase and said.stored is None):
                found.setdefault(said.artifact, []).append(proposal_of(said))
    return found


def _fill(checked: Grounded, plan: Plan, groundings: Mapping[str, Grounding]) -> None:
    """Tell what is empty in the plan's own sentences, for each side where a section has both, as far as none says the same already."""
    told = {claim for section in checked.sections if section.key != "choose" for claim in _alone(section)}
    own = {(section.key, section.artifact): section for section in plan.sections}
    for place, section in enumerate(checked.sections):
        planned = own[section.key, section.artifact]
        sides = {block.artifact for block in section.blocks}
        wanted = [
            block
            for block in planned.blocks
            if not section.blocks or (block.artifact and None not in sides and block.artifact not in sides)
        ]
        blocks = []
        for block in wanted:
            kept = tuple(one for one in block.sentences if one.frame or not told & {claim for said in one.pieces for claim in said.claims})
            if kept:
                blocks.append(replace(block, sentences=kept))
        (again,) = grounded((replace(planned, blocks=tuple(blocks)),), groundings, checked).sections
        order = [party.slug for party in plan.parties]
        both = sorted((*section.blocks, *again.blocks), key=lambda block: order.index(block.artifact) if block.artifact else 0)
        checked.sections[place] = replace(section, blocks=tuple(both) if again.blocks else section.blocks)
        told |= set(_alone(again))


def _alone(section: PlannedSection) -> Iterator[str]:
    """The claims that a sentence of a section rests on alone."""
    for block in section.blocks:
        for one in block.sentences:
            if one.frame in ("", "as_is") and len(one.pieces[0].claims) == 1:
                yield from one.pieces[0].claims


def _cited(sections: list[DraftSection]) -> set[str]:
    sentences = {e.document_id for section in sections for block in section.blocks for s in block.sentences for e in s.evidence}
    return sentences | {e.document_id for section in sections for row in section.rows for e in (*row.a_evidence, *row.b_evidence)}


def _inputs_sha256(plan: Plan, engine: EngineHead) -> str:
    inputs = {"method": METHOD, "style": plan.style, "page": plan.inputs_sha256, "as_of": plan.as_of, "engine": engine.model_dump()}
    return sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
