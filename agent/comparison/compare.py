"""The comparison of two artifacts, from what the store holds and a date."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
from numpy.typing import NDArray

from agent.comparison.alignment import NEAR, Similarities, align, capabilities, similarities
from agent.comparison.choices import Ground, choices
from agent.comparison.differences import definition_of
from agent.comparison.rows import rows
from agent.comparison.together import together
from agent.comparison.topics import answers, asked
from agent.comparison.verdict import opening, same_kind, verdict
from agent.domain.base import sha256
from agent.domain.capability import ArtifactHead, DocumentHead
from agent.domain.comparison import Aligned, Comparison, Side

# Rises with every change of rules or wording, so that a stored comparison is not taken for what this version would say.
METHOD = "4"


def compare(a: Side, b: Side, as_of: date) -> Comparison:
    """Compare two artifacts at a date: table, aligned capabilities, verdict, when to choose which.

    A function of the two sides and the date. Swapping the sides swaps the page and changes nothing else: alignment is computed in the
    order of the slugs.
    """
    left, right, swapped = (a, b, False) if a.manifest.slug <= b.manifest.slug else (b, a, True)
    like = same_kind(a, b)
    found = similarities(left, right, same_kind=like)
    pairs = align(left, right, found)
    if swapped:
        pairs = [pair.model_copy(update={"a": pair.b, "b": pair.a}) for pair in pairs]
        found = Similarities(found.values.T, found.allowed.T)
    ours, theirs = {pair.a for pair in pairs}, {pair.b for pair in pairs}
    near_a, near_b = _nearest(a, b, found)
    decided = verdict(a, b)
    # Without the texts of both, silence could not be told from ignorance.
    told_a, told_b = (answers(a), answers(b)) if a.texts and b.texts else ({}, {})
    return Comparison(
        inputs_sha256=inputs_sha256(a, b, as_of),
        as_of=as_of.isoformat(),
        a=_head(a),
        b=_head(b),
        definition_a=definition_of(a),
        definition_b=definition_of(b),
        opening=opening(a, b, decided),
        rows=rows(a, b),
        questions=asked(told_a, told_b),
        together=together(a, b),
        score_a=a.scorecard,
        score_b=b.scorecard,
        aligned=_in_order(pairs, a),
        only_a=[c.id for c in capabilities(a) if c.id not in ours],
        only_b=[c.id for c in capabilities(b) if c.id not in theirs],
        capabilities_a=capabilities(a),
        capabilities_b=capabilities(b),
        documents=_documents(a, b),
        verdict=decided,
        choose_a=choices(Ground(a, b, near_a, _shared(a, found.values >= NEAR), like, told_a, told_b)),
        choose_b=choices(Ground(b, a, near_b, _shared(b, found.values.T >= NEAR), like, told_b, told_a)),
    )


def inputs_sha256(a: Side, b: Side, as_of: date) -> str:
    """The hash of everything a comparison is made from: method, date, and of both sides the manifest, decomposition, score and matches."""

    def inputs(side: Side) -> dict[str, object]:
        return {
            "manifest": side.manifest.model_dump(mode="json"),
            "decomposition": side.decomposition.inputs_sha256 if side.decomposition else None,
            "scorecard": side.scorecard.model_dump(mode="json"),
            "times_matched": side.times_matched,
            "searches_recorded": side.searches_recorded,
            "embedder": side.embedder,
        }

    everything = {"method": METHOD, "as_of": as_of.isoformat(), "a": inputs(a), "b": inputs(b)}
    return sha256(json.dumps(everything, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def _nearest(a: Side, b: Side, found: Similarities) -> tuple[dict[str, float], dict[str, float]]:
    """For each capability of either side, how near the other side comes to it."""
    if 0 in found.values.shape:
        return {}, {}
    best_a, best_b = found.values.max(axis=1), found.values.max(axis=0)
    return (
        {c.id: float(value) for c, value in zip(capabilities(a), best_a, strict=True)},
        {c.id: float(value) for c, value in zip(capabilities(b), best_b, strict=True)},
    )


def _shared(side: Side, near: NDArray[np.bool_]) -> frozenset[str]:
    """The capabilities of a side, the rows, to which the other comes near: no reason to choose, even where they are not aligned."""
    return frozenset(c.id for c, row in zip(capabilities(side), near, strict=True) if np.any(row))


def _in_order(pairs: list[Aligned], a: Side) -> list[Aligned]:
    """Pairs in the order of A's capabilities, the order in which a reader meets them."""
    order = {c.id: number for number, c in enumerate(capabilities(a))}
    return sorted(pairs, key=lambda pair: order[pair.a])


def _head(side: Side) -> ArtifactHead:
    m = side.manifest
    return ArtifactHead(slug=m.slug, name=m.name, type=m.type, license=m.license, homepage=m.homepage, pricing=m.pricing)


def _documents(a: Side, b: Side) -> list[DocumentHead]:
    """The documents of both, each once."""
    heads = {d.id: d for side in (a, b) if side.decomposition for d in side.decomposition.documents}
    return list(heads.values())
