"""What stands in for a model's own words where these say more than their quotes: the extractive engine's name and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.proposal import ClaimProposal, Subject
from agent.engines.extractive.draft import claim_of
from agent.engines.extractive.naming.namer import Namer
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent.engines.llm.consolidate import Capability

_LONGEST = 60  # characters of a quote's beginning that stands for a name


@dataclass(frozen=True)
class Fallback:
    """A name out of the documents' own words, and the sentences the quotes stand in, each as it is printed by itself."""

    name: str
    sentences: tuple[ClaimProposal, ...]


def fallbacks(subject: Subject, capabilities: Sequence[Capability]) -> list[Fallback]:
    """What stands in for each capability; the beginning of its first quote is its name where the namer has none."""
    if not capabilities:
        return []
    statements = statements_of(subject)
    namer = Namer(Names.of(subject.manifest), statements)
    found: list[Fallback] = []
    for one in capabilities:
        group = _group(one, statements)
        named = namer.best(group, [other.name for other in found]) if group else None
        sentences = tuple(claim_of("summary", statement) for statement in group if statement.printed and statement.kind != "heading")
        found.append(Fallback(named.text if named else _beginning(one), sentences))
    return found


def _group(one: Capability, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that a capability's quotes stand in, in the order of the quotes."""
    refs = [ref for claim in one.summary for ref in claim.quotes if ref.start is not None and ref.end is not None]
    found = {
        statement.order: statement
        for ref in refs
        for statement in statements
        if statement.document_id == ref.document_id and statement.start < (ref.end or 0) and (ref.start or 0) < statement.end
    }
    return list(found.values())


def _beginning(one: Capability) -> str:
    words = " ".join(one.summary[0].quotes[0].quote.split()).strip("*_`#|->: ")
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]
