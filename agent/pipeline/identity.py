"""Gives capabilities their URIs: an earlier capability's where it is the same one, else a new one. A URI is given once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from agent.domain.base import sha256
from agent.pipeline.resolve import folded_name
from agent.store.decompositions import KnownCapability
from agent_sources.names import kebab

_SAME = 0.5  # of the shorter quote


@dataclass(frozen=True)
class Quoted:
    """A summary's quote: uri and id of its document, place, words."""

    uri: str
    document_id: str
    start: int
    end: int
    quote: str


def assign(slug: str, wanted: Sequence[tuple[str, Sequence[Quoted]]], known: Sequence[KnownCapability]) -> list[tuple[str, str]]:
    """(id, URI) for each capability (name, quotes of its summary), in order.

    Earlier capabilities are matched one to one, best first: by quotes that overlap by half of the shorter one, by equal names.
    Between equals the one that is current comes first, then URI order.
    """
    pairs = []
    for index, (name, quotes) in enumerate(wanted):
        for one in known:
            shared = max((_overlap(quote, Quoted(*earlier)) for quote in quotes for earlier in one.evidence), default=0.0)
            likeness = (shared if shared >= _SAME else 0.0) + (folded_name(name) == folded_name(one.name))
            if likeness:
                pairs.append((-likeness, not one.current, index, one.uri, one.id))
    given: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()
    for _, _, index, uri, identity in sorted(pairs):
        if index not in given and uri not in taken:
            given[index] = (identity, uri)
            taken.add(uri)
    taken |= {one.uri for one in known}
    for index, (name, _) in enumerate(wanted):
        if index not in given:
            uri = _new(slug, name, taken)
            taken.add(uri)
            given[index] = (sha256(uri)[:16], uri)
    return [given[index] for index in range(len(wanted))]


def _new(slug: str, name: str, taken: set[str]) -> str:
    stem = f"capability://{slug}/{kebab(name) or 'capability'}"
    uri, number = stem, 1
    while uri in taken:
        number += 1
        uri = f"{stem}-{number}"
    return uri


def _overlap(a: Quoted, b: Quoted) -> float:
    """How much of the shorter quote both share: by place in one document version, by words across versions of a document."""
    if a.uri != b.uri:
        return 0.0
    shorter = min(len(a.quote), len(b.quote))
    if not shorter:
        return 0.0
    if a.document_id == b.document_id:
        return max(0, min(a.end, b.end) - max(a.start, b.start)) / shorter
    if a.quote in b.quote or b.quote in a.quote:
        return 1.0
    match = SequenceMatcher(None, a.quote, b.quote, autojunk=False).find_longest_match()
    return match.size / shorter
