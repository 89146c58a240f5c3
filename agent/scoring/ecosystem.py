"""Ecosystem: the integrations, packages and formats that the artifact's own documents and manifest name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.domain.artifact import Fact
from agent.domain.capability import ScoreInput
from agent.domain.scorecard import MentionKind
from agent.scoring.case import Case, dated, unknown
from agent.scoring.names import mentions_in
from agent.scoring.normalise import joined, log_note, log_scaled

# Manifest fields whose values are such names.
_FIELDS: dict[MentionKind, tuple[str, ...]] = {
    "integration": ("integrations", "backends", "hardware", "sandboxes", "browsers", "bindings", "clients", "platforms"),
    "package": ("package", "packages"),
    "format": ("formats", "format", "file_formats", "export_formats"),
}
_PLURALS: dict[MentionKind, str] = {"integration": "integrations", "package": "packages", "format": "formats"}


@dataclass
class _Names:
    """Names of one kind in the order found, each with where it stands."""

    found: dict[str, ScoreInput] = field(default_factory=dict)

    def add(self, name: str, source: str | None, date: str | None, note: str) -> None:
        key = re.sub(r"[^a-z0-9+#]+", " ", name.casefold()).strip()
        if key and not any(key == old or re.search(rf"\b{re.escape(key)}\b", old) for old in self.found):
            self.found[key] = ScoreInput(name="", value=name, normalised=None, weight=0.0, source=source, date=date, note=note)


def inputs(case: Case) -> list[ScoreInput]:
    """A count per kind of name, each followed by the names it counts (weight 0) with their quote or source."""
    result: list[ScoreInput] = []
    for kind, row in case.table.ecosystem.items():
        names = _Names()
        for name, fact in _in_manifest(case, kind):
            names.add(name, fact.source, dated(fact.date), joined(f"manifest, {fact.field}", fact.note))
        for name, source, note in _in_documents(case, kind):
            names.add(name, source, None, note)
        label = _PLURALS[kind]  # type: ignore[index]
        if not names.found:
            result.append(unknown(label, row.weight, f"no {kind} named in what was read"))
            continue
        count = len(names.found)
        note = log_note(row.low, row.high)
        result.append(ScoreInput(name=label, value=count, normalised=log_scaled(count, row.low, row.high), weight=row.weight, note=note))
        result.extend(item.model_copy(update={"name": kind}) for item in names.found.values())
    return result


def _in_manifest(case: Case, kind: str) -> Iterator[tuple[str, Fact]]:
    for fact in case.manifest.facts:
        if fact.field in _FIELDS[kind]:  # type: ignore[index]
            for value in fact.value if isinstance(fact.value, list) else [fact.value]:
                yield str(value), fact


def _in_documents(case: Case, kind: str) -> Iterator[tuple[str, str, str]]:
    """Names in the artifact's own documents with their address and quote; notes of this project are said to be such.

    Neither the artifact itself nor a neighbour is counted: documents name neighbours to compare with them. Where one is also something
    it works with, the manifest says so.
    """
    own = {re.sub(r"\W+", "", name.casefold()) for name in (*case.manifest.names(), *(r.name or r.slug for r in case.manifest.related))}
    if case.store.outlines:
        found = [(o.uri, o.origin, m) for o in case.store.outlines for m in o.mentions]
    elif case.decomposition is not None:
        heads = {head.id: head for head in case.decomposition.documents if head.artifact == case.manifest.slug}
        quotes = [e for claim in case.claims() if claim.printed for e in claim.evidence if e.document_id in heads]
        found = [(heads[e.document_id].uri, heads[e.document_id].origin, m) for e in quotes for m in mentions_in(e.quote)]
    else:
        found = []
    for uri, origin, mention in found:
        if mention.kind != kind or origin == "third-party" or re.sub(r"\W+", "", mention.name.casefold()) in own:
            continue
        quote = " ".join(mention.quote.split())
        whose = f"from this project's notes on {case.manifest.name}: " if origin == "project-notes" else ""
        yield mention.name, uri, f"{whose}“{quote}”"
