"""Names to fall back on: the extractive namer's, for a capability whose own name says more than its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain.proposal import Subject
from agent.engines.extractive.naming.namer import Namer
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent.engines.llm.consolidate import Capability

_LONGEST = 60  # characters of a quote's beginning that stands for a name


def fallback_names(subject: Subject, capabilities: Sequence[Capability]) -> list[str]:
    """A name out of the documents' own words for each capability; the beginning of its first quote where the namer has none."""
    if not capabilities:
        return []
    statements = statements_of(subject)
    namer = Namer(Names.of(subject.manifest), statements)
    taken: list[str] = []
    for one in capabilities:
        group = _group(one, statements)
        named = namer.best(group, taken) if group else None
        taken.append(named.text if named else _beginning(one))
    return taken


def _group(one: Capability, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that a capability's quotes stand in, in the order of the quotes."""
    refs = [ref for claim in one.summary for ref in claim.quotes if ref.start is not None and ref.end is not None]
    return [
        statement
        for ref in refs
        for statement in statements
        if statement.document_id == ref.document_id and statement.start < (ref.end or 0) and (ref.start or 0) < statement.end
    ]


def _beginning(one: Capability) -> str:
    words = " ".join(one.summary[0].quotes[0].quote.split()).strip("*_`#|->: ")
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]
