"""Differentiate: what sets each capability apart and how it stands against alternatives, out of quotes of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.domain.proposal import ClaimProposal, QuoteRef, Subject
from agent.engines.llm.asking import missing_line, question
from agent.engines.llm.consolidate import Capability
from agent.engines.llm.packs import Part, fence_of
from agent.engines.llm.propose import ended, one_line
from agent.engines.llm.quotes import Quotes
from agent.engines.llm.retrieve import Embed, retrieved
from agent.engines.llm.schemas import Difference, Differentiated
from agent.llm.base import Asker, Question

TASK = "differentiate"
BATCH = 16  # capabilities of one call
_MOST_QUOTES = 3  # of a capability that are shown
_MOST_CLAIMS = 4  # of each kind of a capability: three are printed, one stands in for one that fails
_SHOWN = 260  # characters of a quote


@dataclass
class Differences:
    """Claims by the id of their capability."""

    unique: dict[str, list[ClaimProposal]] = field(default_factory=dict)
    vs_alternatives: dict[str, list[ClaimProposal]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, capability: str, claim: ClaimProposal) -> None:
        kept = self.unique if claim.kind == "unique" else self.vs_alternatives
        if all(claim.text != other.text for other in kept.setdefault(capability, [])):
            kept[capability].append(claim)


@dataclass(frozen=True)
class _Batch:
    """What one call is about. Items are the statements that belong to no capability yet, by id ("U3", "V1")."""

    capabilities: tuple[Capability, ...]
    items: Mapping[str, ClaimProposal]
    passages: tuple[Part, ...]
    owners: Mapping[str, str]

    @property
    def own(self) -> dict[str, QuoteRef]:
        """The capabilities' own quotes by id ("K2.1")."""
        return {f"{one.id}.{at}": ref for one in self.capabilities for at, ref in enumerate(_quotes_of(one), 1)}


def differences(
    subject: Subject,
    neighbours: Sequence[Subject],
    capabilities: Sequence[Capability],
    statements: Sequence[ClaimProposal],
    asker: Asker,
    embed: Embed,
) -> Differences:
    """Every statement finds its capability; two-sided comparisons are added where the documents of both sides show one.

    What the model does not place, the code places beside the capability whose quotes and words are nearest: nothing the documents
    claim as distinctive is lost.
    """
    result = Differences()
    if not capabilities:
        return result
    batches = [batch for batch in _batches(neighbours, capabilities, statements, embed) if batch.items or batch.passages]
    questions = [_question(subject, batch, f"capabilities {at} of {len(batches)}") for at, batch in enumerate(batches, 1)]
    for batch, asked, answer in zip(batches, questions, asker.ask(questions) if questions else [], strict=True):
        if answer.value is None:
            result.missing.append(missing_line(f"differences of {asked.label}", answer))
        _place(batch, answer.value, result)
        for one in answer.value.differences if answer.value else []:
            claim = _claim(one, batch, Quotes(batch.passages))
            if claim and any(one.capability == known.id for known in batch.capabilities):
                result.add(one.capability, claim)
    for kept in (result.unique, result.vs_alternatives):
        for key, claims in kept.items():
            kept[key] = claims[:_MOST_CLAIMS]
    return result


def _batches(
    neighbours: Sequence[Subject], capabilities: Sequence[Capability], statements: Sequence[ClaimProposal], embed: Embed
) -> list[_Batch]:
    items = {f"{'U' if claim.kind == 'unique' else 'V'}{at}": claim for at, claim in enumerate(_once(statements), 1)}
    runs = [tuple(capabilities[at : at + BATCH]) for at in range(0, len(capabilities), BATCH)]
    homes = {key: nearest_capability(claim, capabilities) for key, claim in items.items()}
    owners = {document.id: one.manifest.name for one in neighbours for document in one.documents}
    return [
        _Batch(
            capabilities=run,
            items={key: claim for key, claim in items.items() if homes[key] in {one.id for one in run}},
            passages=tuple(retrieved(run, neighbours, embed)),
            owners=owners,
        )
        for run in runs
    ]


def _question(subject: Subject, batch: _Batch, label: str) -> Question[Differentiated]:
    shown = [
        {"id": one.id, "name": one.names[0], "quotes": [one_line(ref.quote)[:_SHOWN] for ref in _quotes_of(one)]}
        for one in batch.capabilities
    ]
    items = [
        {"id": key, "text": claim.text + (f" (alternative: {', '.join(claim.alternatives)})" if claim.alternatives else "")}
        for key, claim in batch.items.items()
    ]
    passages = [
        {"heading": " > ".join((batch.owners[part.document.id], *part.passage.heading_path)), "text": part.text} for part in batch.passages
    ]
    variables: dict[str, Any] = {"capabilities": shown, "items": items, "passages": passages}
    variables["fence"] = fence_of(repr(variables))
    variables |= {"name": subject.manifest.name, "type": subject.manifest.type}
    return question(TASK, label, Differentiated, variables, lambda value: _problem(value, batch))


def _problem(value: Differentiated, batch: _Batch) -> str:
    """Where most ids are not there, one more try is worth its price; a few are passed over, and the code places their items."""
    ids = {one.id for one in batch.capabilities}
    strange = [one.item for one in value.placements if one.item not in batch.items]
    strange += [one.capability for one in value.placements if one.capability not in {*ids, "none"}]
    strange += [one.capability for one in value.differences if one.capability not in ids]
    given = len(value.placements) + len(value.differences)
    return f"There is no {strange[0]!r} in the message; give ids as they stand there." if len(strange) * 2 > given else ""


def _place(batch: _Batch, value: Differentiated | None, result: Differences) -> None:
    ids = {one.id for one in batch.capabilities}
    placed = {one.item: one.capability for one in (value.placements if value else []) if one.capability in {*ids, "none"}}
    for key, claim in batch.items.items():
        home = placed.get(key) or nearest_capability(claim, batch.capabilities)
        if home != "none":
            result.add(home, claim)


def nearest_capability(claim: ClaimProposal, capabilities: Sequence[Capability]) -> str:
    """The id of the capability that shares most words with a claim and its quotes; a quote of its own near by decides between equals."""
    words = _words(claim.text, *(ref.quote for ref in claim.quotes))

    def fit(one: Capability) -> tuple[float, int]:
        theirs = _words(*one.names, *(part.text for part in one.summary))
        refs = [ref for part in one.summary for ref in part.quotes]
        near = max((_nearness(a, b) for a in claim.quotes for b in refs), default=-1_000_000)
        return len(words & theirs) / (len(theirs) ** 0.5 or 1), near

    return max(capabilities, key=fit).id


def _nearness(a: QuoteRef, b: QuoteRef) -> int:
    if a.document_id != b.document_id or a.start is None or b.start is None:
        return -1_000_000
    return -abs(a.start - b.start)


def _claim(one: Difference, batch: _Batch, quotes: Quotes) -> ClaimProposal | None:
    own = batch.own
    refs = [own[key] for key in one.own if key in own][:2] + (quotes.refs(one.quotes) if batch.passages else [])
    alternative = one_line(one.alternative)
    if not refs or not one.text.strip() or (one.kind == "vs_alternatives" and not alternative):
        return None
    return ClaimProposal(kind=one.kind, text=ended(one.text), quotes=refs, alternatives=[alternative] if alternative else [])


def _quotes_of(one: Capability) -> list[QuoteRef]:
    """The first quotes of a capability's sentences, each once."""
    return list(dict.fromkeys(ref for claim in one.summary for ref in claim.quotes))[:_MOST_QUOTES]


def _once(statements: Sequence[ClaimProposal]) -> list[ClaimProposal]:
    found: dict[tuple[str, str], ClaimProposal] = {}
    for claim in statements:
        found.setdefault((claim.kind, claim.text.casefold()), claim)
    return list(found.values())


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in text.casefold().replace("-", " ").split() if len(word) > 3}
