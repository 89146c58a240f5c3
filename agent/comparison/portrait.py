"""One artifact by itself, described by the same rules as a side of a comparison."""

from __future__ import annotations

import json
from datetime import date

from agent.comparison.alignment import capabilities
from agent.comparison.compare import METHOD
from agent.comparison.differences import definition_of
from agent.comparison.favour import readable
from agent.comparison.phrasing import need
from agent.comparison.rows import rows
from agent.comparison.topics import answers, topics
from agent.domain.base import sha256
from agent.domain.capability import ArtifactHead
from agent.domain.comparison import Choice, Need, Portrait, Side


def portrait(side: Side, as_of: date) -> Portrait:
    """Describe one artifact at a date: table, the needs its documents answer, what its claims are for."""
    m = side.manifest
    return Portrait(
        inputs_sha256=_inputs_sha256(side, as_of),
        as_of=as_of.isoformat(),
        artifact=ArtifactHead(slug=m.slug, name=m.name, type=m.type, license=m.license, homepage=m.homepage, pricing=m.pricing),
        definition=definition_of(side),
        rows=[row.model_copy(update={"b": "", "b_note": "", "b_sources": [], "b_evidence": []}) for row in rows(side, side)],
        needs=_needs(side),
        wants=_wants(side),
        score=side.scorecard,
        capabilities=capabilities(side),
        documents=list(side.decomposition.documents) if side.decomposition else [],
    )


def _needs(side: Side) -> list[Need]:
    """The topics that a printed claim answers with yes, the surest first."""
    found = answers(side)
    order = {topic.need: number for number, topic in enumerate(topics())}
    told = sorted(
        (name for name in found if found[name].claim is not None and found[name].stance == "yes"),
        key=lambda name: (-found[name].rating, order[name]),
    )
    return [
        Need(need=name, text=claim.text, evidence=list(found[name].evidence), main=found[name].main)
        for name in told
        if (claim := found[name].claim) is not None
    ]


def _wants(side: Side) -> list[Choice]:
    """What claims let a user do, where one finite verb is all there is to change in their words."""
    wants = []
    for capability in capabilities(side):
        for claim in capability.summary[:1]:
            wanted = need(claim, side) if claim.printed and readable(claim.text) else "this counts: "
            if not wanted.startswith("this counts: "):
                wants.append(Choice(artifact=side.manifest.slug, text=f"Choose {side.manifest.name} when {wanted}", claims=[claim]))
    return wants


def _inputs_sha256(side: Side, as_of: date) -> str:
    inputs = {
        "method": METHOD,
        "as_of": as_of.isoformat(),
        "manifest": side.manifest.model_dump(mode="json"),
        "decomposition": side.decomposition.inputs_sha256 if side.decomposition else None,
        "scorecard": side.scorecard.model_dump(mode="json"),
    }
    return sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
