"""Claims that sentences could make: each printable sentence as a distinction, a comparison or a limit, with its worth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.domain.proposal import ClaimProposal, Subject
from agent.engines.extractive.claims.alternatives import COMPARISON_THRESHOLD, Setting, comparison_in
from agent.engines.extractive.claims.contrast import background, two_sided
from agent.engines.extractive.claims.limitations import LIMIT_THRESHOLD, limitation
from agent.engines.extractive.claims.results import table_comparisons
from agent.engines.extractive.claims.unique import LEAST, MOSTLY, NEVER, Place, concrete, distinction
from agent.engines.extractive.claims.voiced import clauses, voiced
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.roles import SILENT
from agent.engines.extractive.statements.standalone import Names

__all__ = ["Candidate", "Field", "candidates", "setting_of", "spoken"]

Field = Literal["unique", "vs_alternatives", "limitations"]
_KINDS: dict[Field, Literal["unique", "vs_alternatives", "limitation"]] = {
    "unique": "unique", "vs_alternatives": "vs_alternatives", "limitations": "limitation",
}  # fmt: skip
# With these, a comparison with a mere kind of system ("existing methods") says what the artifact is rather than what the others are.
_OWN_MERIT = frozenset({"as opposed to", "unlike", "in contrast", "than", "instead of", "not", "without", "outperform", "replaces"})
# Notes are written to the point throughout: more is asked of a sentence that is to stand out.
_NOTES_EXTRA, _NOTES_UNNAMED, _NOTES_VAGUE = 0.2, -0.4, 0.2
_BESIDES = re.compile(r"(?:\S+ ){1,5}also\b")
_LEANS = re.compile(r"\b(?:it|its|they|them|their|this|these|those)\b", re.I)
_TABLE_WORTH, _TWO_SIDED_WORTH, _CLAUSE_WORTH = 0.6, 0.2, 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim with its worth; `statement` is what it prints, None where it was composed from several; `place` where that stands."""

    field: Field
    claim: ClaimProposal
    worth: float
    order: int
    statement: Statement | None = None
    place: Place | None = None


def setting_of(subject: Subject, neighbours: Sequence[Subject]) -> Setting:
    """The names an artifact goes by, those of its related artifacts, and the words these use."""
    related = [one.name or one.slug for one in subject.manifest.related]
    for neighbour in neighbours:
        related += [name for name in neighbour.manifest.names() if len(name) > 2]
    return Setting.of(subject.manifest.names(), subject.manifest.variants, list(dict.fromkeys(related)), background(neighbours))


def spoken(statements: Sequence[Statement], subject: Subject) -> Iterator[tuple[Statement, str, Place]]:
    """Every sentence outside silent sections that can be printed by itself: the statement, its printed form, and its place."""
    names = Names.of(subject.manifest)
    for statement, place in _placed(statements, subject):
        text = voiced(statement, names)
        if text is not None:
            yield statement, text, place


def _placed(statements: Sequence[Statement], subject: Subject) -> Iterator[tuple[Statement, Place]]:
    first = subject.documents[0].id if subject.documents else ""
    numbers: Counter[str] = Counter()
    for statement in statements:
        if statement.kind in {"heading", "comment"}:
            continue
        numbers[statement.document_id] += 1
        if statement.role in SILENT - {"acknowledgement", "licence"}:
            continue
        yield (
            statement,
            Place(
                statement.role,
                statement.heading_path,
                numbers[statement.document_id],
                statement.document_id == first,
                bool(statement.lead),
                statement.first_of_block,
                statement.first_of_section,
                statement.before_code,
            ),
        )


def candidates(statements: Sequence[Statement], subject: Subject, neighbours: Sequence[Subject], setting: Setting) -> list[Candidate]:
    """Every claim that could be printed, in the order of the documents; a sentence may be a candidate for two fields."""
    names = Names.of(subject.manifest)
    found: list[Candidate] = []
    namesakes = _of_namesakes(statements, names)
    for statement, text, place in spoken(statements, subject):
        if statement.order in namesakes:
            continue
        named = setting.speaks_of_itself(text[:160]) or statement.role in {"limitations", "comparison"}
        for one in _of(statement, text, place, setting):
            # Notes name what they speak of: a sentence without the name leans on its neighbours, unless it says much by itself.
            if (
                statement.origin != "project-notes"
                or named
                or (one.field == "unique" and one.worth >= _NOTES_UNNAMED and not _LEANS.search(text))
            ):
                found.append(one)
    for statement, _ in _placed(statements, subject):
        if statement.role == "comparison" and voiced(statement, names) is None:
            found += _from_clauses(statement, names, setting)
    last = statements[-1].order + 1 if statements else 0
    composed = [(_TABLE_WORTH, one) for one in table_comparisons(subject, setting)]
    composed += [(_TWO_SIDED_WORTH, one) for one in two_sided(subject, neighbours)]
    return found + [Candidate("vs_alternatives", claim, worth, last + at) for at, (worth, claim) in enumerate(composed)]


def _of_namesakes(statements: Sequence[Statement], names: Names) -> set[int]:
    """Sentences whose "It" is something else of a longer name ("NAME Cloud is a service. It ..."), by order."""
    found: set[int] = set()
    block = -1  # whose last named subject is such a thing
    for statement in statements:
        called = names.opens(statement.text)
        if re.match(r"Its?\b", statement.text):
            found |= {statement.order} if statement.block == block else set()
        elif called and re.match(r"\s+[A-Z][a-z]+\s+[a-z]", statement.text[len(called) :]):
            block = statement.block
        else:
            block = -1
    return found


def _from_clauses(statement: Statement, names: Names, setting: Setting) -> list[Candidate]:
    """A long list of alternatives ("... sets others beside it: A does P; B does Q"), one claim for each."""
    found = []
    for text in clauses(statement, names):
        compared = comparison_in(text, statement.heading_path, statement.role, setting)
        if compared:
            claim = ClaimProposal(kind="vs_alternatives", text=text, quotes=statement.quotes(), alternatives=list(compared.names))
            found.append(Candidate("vs_alternatives", claim, _CLAUSE_WORTH, statement.order))
    return found


def _of(statement: Statement, text: str, place: Place, setting: Setting) -> Iterator[Candidate]:
    """What a sentence may be printed as: a comparison, a limit where it stands among limits or is no distinction, a distinction."""

    def made(field: Field, worth: float, names: Sequence[str] = ()) -> Candidate:
        claim = ClaimProposal(kind=_KINDS[field], text=text, quotes=statement.quotes(), alternatives=list(names))
        return Candidate(field, claim, worth, statement.order, statement, place)

    compared = comparison_in(text, place.heading_path, place.role, setting)
    among_limits = statement.role == "limitations"
    whole = statement.kind == "sentence" or (not statement.composed and bool(statement.sentence or statement.lead))
    unique = distinction(text, place, setting) if statement.role not in SILENT and (whole or concrete(text)) else NEVER
    unique -= _NOTES_EXTRA * (statement.origin == "project-notes")
    own_merit = compared is not None and not compared.named and compared.cue in _OWN_MERIT and unique >= LEAST
    fits = compared is not None and not own_merit and (not among_limits or bool(setting.related_in(" ".join(compared.names))))
    if compared and fits and compared.weight >= COMPARISON_THRESHOLD:
        yield made("vs_alternatives", compared.weight, compared.names)
    limit = limitation(text, statement.role, statement.heading_path, setting)
    if limit >= LIMIT_THRESHOLD and (among_limits or unique < LEAST):
        yield made("limitations", limit)
    elif unique >= LEAST and (statement.origin != "project-notes" or _noted(text, unique, setting)):
        yield made("unique", unique)


def _noted(text: str, unique: float, setting: Setting) -> bool:
    """Whether a note is distinctive: by a figure or a contrast, or likely so and new beside the related artifacts; no mere addition."""
    return not _BESIDES.match(text) and (concrete(text) or (unique >= _NOTES_VAGUE and setting.unheard(text) >= MOSTLY))
