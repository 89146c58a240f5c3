"""Puts the parts together: statements, rank, groups, names, and what differentiation attaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from agent.domain.capability import Importance
from agent.domain.proposal import Proposal, Subject
from agent.engines.extractive.choice.defining import without_definition
from agent.engines.extractive.choice.group import FEWEST, Group, groups_of
from agent.engines.extractive.choice.rank import Rating, rank
from agent.engines.extractive.claims.attach import attach
from agent.engines.extractive.draft import Draft
from agent.engines.extractive.facts.definition import definition
from agent.engines.extractive.naming.namer import POOR, Namer
from agent.engines.extractive.statements.reader import MOST_STATEMENTS, Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent.engines.extractive.version import VERSION
from agent.text.words import tag

MOST, MOST_OF_NOTES = 16, 24  # capabilities of a page
CORE, MAJOR = 0.25, 0.45  # the likelihoods (rank.Rating) from which a capability is core, or major

FEW, PASSABLE = 9, 0.25  # up to so many capabilities, a name with this score will do
SURELY = 0.7  # the likelihood of being core from which a poor name is better than none


class ExtractiveEngine:
    """Proposes capabilities from the documents' own sentences: no model, no network, deterministic."""

    name = "extractive"
    version = VERSION
    model: str | None = None
    prompts: Mapping[str, str] = MappingProxyType({})

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        """Capabilities ordered by rank, each summary led by the statement it was found by."""
        statements = statements_of(subject)
        drafts = drafts_of(subject, statements)
        attached = attach(drafts, statements, subject, neighbours)
        notes = list(attached.notes)
        if not drafts:
            notes.append("The documents say nothing that could be read as a capability.")
        if statements and statements[-1].order >= MOST_STATEMENTS:
            notes.append(f"Only the first {MOST_STATEMENTS:,} sentences, rows and headings are read for capabilities.")
        return Proposal(capabilities=[draft.proposal() for draft in attached.drafts], facts=list(attached.facts), notes=notes)


def drafts_of(subject: Subject, statements: Sequence[Statement], ratings: Mapping[int, Rating] | None = None) -> list[Draft]:
    """The capabilities of a subject before differentiation; `ratings` (by `order`) replace the trained ranker's."""
    rated = rank(statements, subject.manifest) if ratings is None else ratings
    names = Names.of(subject.manifest)
    namer = Namer(names, statements)
    told = without_definition(statements, rated, definition(subject), names)
    drafts = _drafts(*told, namer)
    if len(drafts) < FEWEST:  # better the definition once more than hardly a page
        drafts = _drafts(statements, rated, (), namer)
    return drafts[: MOST_OF_NOTES if drafts and drafts[0].statements[0].origin == "project-notes" else MOST]


def _drafts(statements: Sequence[Statement], rated: Mapping[int, Rating], jobs: Collection[int], namer: Namer) -> list[Draft]:
    drafts: list[Draft] = []
    for group in groups_of(statements, rated):
        named = namer.best(group.statements, [draft.name for draft in drafts])
        if named is None or (named.score < _least_name(len(drafts)) and not _told_otherwise(group, jobs)):
            continue
        drafts.append(
            Draft(
                name=named.text,
                importance=_importance(len(drafts), group),
                statements=group.statements,
                summary=group.statements,
                score=group.rating.sure,
                heads=frozenset(word.lemma for word in tag(named.text) if word.content),
            )
        )
    return drafts


def _least_name(drafts: int) -> float:
    """The score a name must have once there are so many capabilities: a page of few takes a passable one."""
    return 0.0 if drafts < FEWEST else PASSABLE if drafts < FEW else POOR


def _told_otherwise(group: Group, jobs: Collection[int]) -> bool:
    """Whether a poor name is no sign of a poor capability: an item of a list, a note, the artifact's job, what is surely one."""
    lead = group.lead
    return lead.composed or lead.origin == "project-notes" or lead.order in jobs or group.rating.core >= SURELY


def _importance(place: int, group: Group) -> Importance:
    """Core: the best few that readers would surely list; minor: those they would rather not."""
    if place < 5 and group.rating.core >= CORE:
        return "core"
    return "major" if group.rating.capability >= MAJOR else "minor"
