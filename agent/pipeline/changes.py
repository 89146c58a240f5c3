"""What differs between two versions of a document, and which capabilities rest on what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from agent.domain.capability import Capability, Decomposition, Evidence
    from agent.domain.document import Document, Passage
    from agent.pipeline.library import Ingested

State = Literal["new", "not modified", "same text", "changed"]


@dataclass(frozen=True)
class Change:
    """One document after a fetch. Sections are heading paths; lines are counted wherever they stand, so that a moved one is no change."""

    title: str
    address: str
    document_id: str
    state: State
    sections_added: tuple[str, ...] = ()
    sections_removed: tuple[str, ...] = ()
    sections_changed: tuple[str, ...] = ()
    lines_added: int = 0
    lines_removed: int = 0


@dataclass(frozen=True)
class Touched:
    """A capability with `quotes` in passages that changed, of which `quotes_gone` stand nowhere in the new version."""

    artifact: str
    name: str
    uri: str
    document: str
    quotes: int
    quotes_gone: int


@dataclass(frozen=True)
class Missing:
    """An address that gave no document, and why; `kept` where an earlier version of it is still there."""

    address: str
    reason: str
    kept: bool


@dataclass(frozen=True)
class Report:
    """What fetching one artifact's documents did; `ingested` is None where nothing was stored."""

    slug: str
    ingested: Ingested | None = None
    changes: tuple[Change, ...] = ()
    missing: tuple[Missing, ...] = ()
    touched: tuple[Touched, ...] = field(default=())


def change_between(old: Document | None, new: Document) -> Change:
    """How a fetched document differs from the version before."""
    if old is None:
        return Change(new.title, new.uri, new.id, "new")
    if old.text_sha256 == new.text_sha256:
        return Change(new.title, new.uri, new.id, "same text")
    before, after = _sections(old), _sections(new)
    lines_before, lines_after = Counter(_lines(old.text)), Counter(_lines(new.text))
    return Change(
        new.title,
        new.uri,
        new.id,
        "changed",
        sections_added=tuple(path for path in after if path not in before),
        sections_removed=tuple(path for path in before if path not in after),
        sections_changed=tuple(path for path in after if path in before and after[path] != before[path]),
        lines_added=(lines_after - lines_before).total(),
        lines_removed=(lines_before - lines_after).total(),
    )


def touched(made: Iterable[Decomposition], old: Document, new: Document) -> list[Touched]:
    """The capabilities that quote a passage of the old version which the new one does not have word for word."""
    changed = _changed_passages(old, new)
    found = []
    for decomposition in made:
        for capability in decomposition.capabilities:
            quotes = {
                (quote.start, quote.end): quote.quote
                for quote in _evidence(capability)
                if quote.document_id == old.id and any(p.start < quote.end and quote.start < p.end for p in changed)
            }
            if quotes:
                gone = sum(quote not in new.text for quote in quotes.values())
                found.append(Touched(decomposition.artifact.slug, capability.name, capability.uri, old.title, len(quotes), gone))
    return found


def _evidence(capability: Capability) -> Iterable[Evidence]:
    for group in (capability.summary, capability.unique, capability.vs_alternatives, capability.limitations):
        for claim in group:
            yield from claim.evidence
    for text in (*capability.inputs, *capability.outputs):
        yield from text.evidence


def _changed_passages(old: Document, new: Document) -> list[Passage]:
    """Passages of the old version, by their headings and words, that the new version lacks."""
    from agent_sources.passages import passages_of
    from agent_sources.structure import blocks_of

    def cut(document: Document) -> list[Passage]:
        return passages_of(document, blocks_of(document.text, document.media_type))

    standing = {passage.sha256 for passage in cut(new)}
    return [passage for passage in cut(old) if passage.sha256 not in standing]


def _sections(document: Document) -> dict[str, str]:
    """The text under each heading path, sub-headings' text left out; text before the first heading stands under the title."""
    from agent_sources.structure import blocks_of

    found: dict[str, list[str]] = {}
    for block in blocks_of(document.text, document.media_type):
        path = " > ".join(block.heading_path) or document.title
        found.setdefault(path, [])
        if block.kind != "heading":
            found[path].append(" ".join(document.text[block.start : block.end].split()))
    return {path: "\n".join(parts) for path, parts in found.items()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
