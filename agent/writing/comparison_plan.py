"""What the page of two artifacts says, section by section, out of their comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim, Evidence
from agent.domain.comparison import Comparison, Row
from agent.writing.base import Party, Plan, Planned, PlannedBlock, PlannedSection, Said, party_of
from agent.writing.fitness import contrasts, leads_with
from agent.writing.material import (
    Shelf,
    distinct,
    is_kind,
    jobs_of,
    kind_of,
    phrase,
    purposes,
    silent,
    wanted_of,
    with_purpose,
)
from agent.writing.paragraphs import paragraphs
from agent.writing.table import compared_rows

_PURPOSES, _ONLY, _SHARED, _LIMITS, _PICKS, _JOBS, _NEEDS, _WANTED = 2, 8, 5, 4, 3, 3, 3, 7
_NOT_ALIKE = 0.6  # similarity from which different kinds of thing are said to share a job
_SILENT = "not documented"


def comparison_plan(made: Comparison, manifests: Mapping[str, Manifest]) -> Plan:
    """The plan of two artifacts' page; a function of the comparison and the manifests."""
    parties = (
        party_of(made.a, manifests[made.a.slug], made.definition_a, made.capabilities_a),
        party_of(made.b, manifests[made.b.slug], made.definition_b, made.capabilities_b),
    )
    return Plan(
        parties=parties,
        sections=tuple(_Planner(made, parties).sections()),
        as_of=made.as_of,
        inputs_sha256=made.inputs_sha256,
        documents=tuple(made.documents),
        alike=tuple(_alike(made)),
    )


class _Planner:
    def __init__(self, made: Comparison, parties: tuple[Party, Party]) -> None:
        self.made, self.parties = made, parties
        self.shelves = (Shelf(parties[0]), Shelf(parties[1]))
        self.alike = made.verdict.kind != "different_kinds"
        self.needs = tuple(self._needs(side) for side in (0, 1))
        self.jobs = tuple(self._jobs(side) for side in (0, 1))
        self.common = self._common()

    def sections(self) -> list[PlannedSection]:
        """Every section; which claims the early ones take, the later ones do not have."""
        verdict = self._verdict()
        purposes = [self._purpose(side) for side in (0, 1)]
        shared = self._shared()
        chosen = [self._choose(side) for side in (0, 1)]
        only = [self._only(side) for side in (0, 1)]
        limits = [self._limits(side) for side in (0, 1)]
        return [
            PlannedSection("verdict", tuple(verdict)),
            PlannedSection("purpose", tuple(block for blocks in purposes for block in blocks)),
            PlannedSection("table", rows=compared_rows(self.made.rows), note=self.made.verdict.sentence),
            PlannedSection("shared", tuple(shared), note="" if shared or (self.made.aligned and self.alike) else "none"),
            *(PlannedSection("only", tuple(only[side]), self.parties[side].slug) for side in (0, 1)),
            PlannedSection("limitations", tuple(b for blocks in limits for b in blocks), note=silent(self.parties, "limitations")),
            *(
                PlannedSection("choose", tuple(chosen[side]), self.parties[side].slug, note="" if chosen[side] else "none")
                for side in (0, 1)
            ),
        ]

    def _verdict(self) -> list[PlannedBlock]:
        """What the two are, what to choose each for, and what the documents of one say of the other."""
        sentences: list[Planned] = []
        kinds = [kind for party in self.parties if (kind := kind_of(party)) is not None]
        if len(kinds) == 2:
            sentences.append(Planned(tuple(kinds), "alike" if self.alike else "unlike", 2))
        if self.common:
            sentences.append(Planned(self.common[0], "both", 2))
        for side in (0, 1):
            plain = sorted([*self.jobs[side], *self.needs[side]], key=lambda said: " and " in said.text)
            pieces = with_purpose(self.parties[side], distinct(plain))[:_PICKS]
            if pieces and is_kind(pieces[0]):
                pieces = pieces[:1]  # a kind and jobs make no list
            if pieces:
                sentences.append(Planned(tuple(pieces), "pick"))
        sentences += [Planned((said,)) for said in self._against()]
        return [PlannedBlock(tuple(sentences))] if sentences else []

    def _against(self) -> list[Said]:
        """What either side's documents say of the other by name: at most one sentence a side, with one of the two as its subject."""
        found = []
        for side in (0, 1):
            party, other = self.parties[side], self.parties[1 - side]
            names = {name.casefold() for name in (*other.names, *other.variants)}
            led = (*party.names, *party.variants, *other.names, *other.variants)
            named = [
                one
                for one in self.shelves[side].find("vs_alternatives")
                if names & {n.casefold() for n in one.claim.alternatives} and leads_with(one.claim.text, led)
            ]
            found += self.shelves[side].some([one for one in named if self.shelves[1 - side].free(one.claim)][:1], 1, 1)
            if found and len({e.document_id for e in found[0].evidence}) > 1:
                break  # it quotes both sides: the other's sentence would say the same
        return found

    def _purpose(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        said = [] if party.definition is None else [shelf.take(party.definition)]
        told = [s for s in said if s is not None] + purposes(shelf, _PURPOSES, "summary", "unique")
        return [PlannedBlock(tuple(Planned((one,)) for one in told), artifact=party.slug)] if told else []

    def _shared(self) -> list[PlannedBlock]:
        """Jobs both do, each in a sentence of either side."""
        blocks: list[PlannedBlock] = []
        places = {c.id: c for c in (*self.made.capabilities_a, *self.made.capabilities_b)}
        for pair in self.made.aligned:
            if len(blocks) >= _SHARED or (not self.alike and pair.similarity < _NOT_ALIKE):
                continue
            sides = [self._of(side, places[name]) for side, name in ((0, pair.a), (1, pair.b))]
            if sides[0] is not None and sides[1] is not None:
                label = min((places[pair.a].name, places[pair.b].name), key=lambda name: (len(name), name))
                told = [self.shelves[side].take(claim) for side, claim in enumerate(sides) if claim is not None]
                if all(told):
                    blocks.append(PlannedBlock(tuple(Planned((one,)) for one in told if one), "item", label))
        return blocks

    def _of(self, side: int, capability: Capability) -> Claim | None:
        """The sentence of a capability that names whose it is: two sides are told apart by their names."""
        party = self.parties[side]
        found = self.shelves[side].find("summary", within=lambda c: c.id == capability.id)
        return next((one.claim for one in found if leads_with(one.claim.text, (*party.names, *party.variants))), None)

    def _only(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        alone = set(self.made.only_a if side == 0 else self.made.only_b) if self.alike else {c.id for c in party.capabilities}
        apart = shelf.some([one for one in shelf.find("unique", within=lambda c: c.id in alone) if contrasts(one.claim.text)][:1], 1)
        rest = shelf.some(shelf.find("summary", within=lambda c: c.id in alone), _ONLY - len(apart), least=3)
        return paragraphs([*rest, *apart], party.slug)

    def _limits(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        said = shelf.some(shelf.find("limitation"), _LIMITS, least=_LIMITS)
        return [PlannedBlock(tuple(Planned((one,)) for one in said), artifact=party.slug)] if said else []

    def _choose(self, side: int) -> list[PlannedBlock]:
        """Needs one side's documents meet and the other's do not mention, then what its claims are for."""
        party = self.parties[side]
        wanted = [*self.jobs[side][:_JOBS], *self.needs[side][:_NEEDS]]
        for choice in self.made.choose_a if side == 0 else self.made.choose_b:
            clause = wanted_of(choice)
            if clause is None or not all(self.shelves[side].fits(claim) for claim in choice.claims):
                continue
            evidence = [e for claim in choice.claims for e in claim.evidence]
            free = [claim for claim in choice.claims if self.shelves[side].free(claim)]
            if len(wanted) < _WANTED and (free or not wanted):
                wanted.append(phrase(party, clause, evidence, [claim.id for claim in choice.claims]))
                for claim in free:
                    self.shelves[side].take(claim)
        wanted = with_purpose(party, distinct(wanted))
        return [PlannedBlock((Planned((one,), "need"),), "item", artifact=party.slug) for one in wanted]

    def _jobs(self, side: int) -> list[Said]:
        """What users do with one side and not with the other."""
        alone = set(self.made.only_a if side == 0 else self.made.only_b)
        return jobs_of(self.parties[side], lambda capability: capability.id in alone)

    def _needs(self, side: int) -> list[Said]:
        """Questions that this side's documents answer with yes, and the other's with no or not at all."""
        found = []
        for row in self.made.questions:
            ours, theirs, evidence = _cells(row, side)
            if _yes(ours) and (theirs == _SILENT or theirs.startswith("no:") or theirs == "no"):
                found.append(phrase(self.parties[side], _need(row.label), evidence))
        return found

    def _common(self) -> list[tuple[Said, ...]]:
        """Questions that both answer with yes."""
        found: list[tuple[Said, ...]] = []
        for row in self.made.questions:
            if _yes(row.a) and _yes(row.b):
                need = _need(row.label)
                found.append((phrase(self.parties[0], need, row.a_evidence), phrase(self.parties[1], need, row.b_evidence)))
        return found


def _yes(cell: str) -> bool:
    return cell == "yes" or cell.startswith("yes: ")


def _alike(made: Comparison) -> Iterator[tuple[str, str]]:
    """The first printed claims of aligned capabilities."""
    firsts = {c.id: next((one.id for one in c.summary if one.printed), "") for c in (*made.capabilities_a, *made.capabilities_b)}
    for pair in made.aligned:
        yield firsts[pair.a], firsts[pair.b]


def _cells(row: Row, side: int) -> tuple[str, str, list[Evidence]]:
    return (row.a, row.b, row.a_evidence) if side == 0 else (row.b, row.a, row.b_evidence)


def _need(label: str) -> str:
    """A question's label inside a sentence: "Captions for images" is "captions for images", "OCR" and "An HTTP API" keep theirs."""
    first = label.split(" ", 1)[0]
    return label if any(letter.isupper() for letter in first[1:]) else label[:1].lower() + label[1:]
