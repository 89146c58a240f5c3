"""What the page of two artifacts says, section by section, out of their comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim, Evidence
from agent.domain.comparison import Comparison, Row
from agent.writing.base import Party, Plan, Planned, PlannedBlock, PlannedSection, Said, party_of
from agent.writing.material import Shelf, at_the_front, kind_of, phrase, purpose_of
from agent.writing.paragraphs import paragraphs

_PURPOSES, _ONLY, _SHARED, _LIMITS, _PICKS, _NEEDS, _WANTS = 2, 8, 5, 4, 3, 4, 3
_NOT_ALIKE = 0.6  # similarity from which different kinds of thing are said to share a job
_ROWS = (
    "Type", "Score", "Adoption", "Pricing", "License", "Released", "Version", "Size", "Languages", "Input", "Output", "Context length",
    "Trained on", "Requires", "Hardware",
)  # fmt: skip
_SILENT = ("not stated", "stated")
_WANTED = re.compile(r"^Choose .+? when (you (?:need|want) .+)$", re.S)


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
    )


class _Planner:
    def __init__(self, made: Comparison, parties: tuple[Party, Party]) -> None:
        self.made, self.parties = made, parties
        self.shelves = (Shelf(parties[0]), Shelf(parties[1]))
        self.alike = made.verdict.kind != "different_kinds"
        self.needs = tuple(self._needs(side) for side in (0, 1))
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
            PlannedSection("table", rows=self._rows(), note=self.made.verdict.sentence),
            PlannedSection("shared", tuple(shared), note="" if shared else "none"),
            *(PlannedSection("only", tuple(only[side]), self.parties[side].slug, note="" if only[side] else "none") for side in (0, 1)),
            PlannedSection("limitations", tuple(b for blocks in limits for b in blocks), note=self._silent_on_limits(limits)),
            *(PlannedSection("choose", tuple(chosen[side]), self.parties[side].slug, note="" if chosen[side] else "none") for side in (0, 1)),
        ]

    def _verdict(self) -> list[PlannedBlock]:
        sentences: list[Planned] = []
        kinds = [kind for party in self.parties if (kind := kind_of(party)) is not None]
        if not self.alike and len(kinds) == 2:
            sentences.append(Planned(tuple(kinds), "unlike", 2))
        elif self.common:
            sentences.append(Planned(self.common[0], "both", 2))
        sentences += [Planned((said,)) for said in self._against()]
        for side in (0, 1):
            pieces = self.needs[side][:_PICKS]
            purpose = purpose_of(self.parties[side])
            if not pieces and purpose is not None:
                pieces = [purpose]
            if pieces:
                sentences.append(Planned(tuple(pieces), "pick"))
        return [PlannedBlock(tuple(sentences))] if sentences else []

    def _against(self) -> list[Said]:
        """What either side's documents say of the other by name: at most one sentence a side."""
        found = []
        for side in (0, 1):
            other = self.parties[1 - side]
            names = {name.casefold() for name in (*other.names, *other.variants)}
            named = [one for one in self.shelves[side].find("vs_alternatives") if names & {n.casefold() for n in one.claim.alternatives}]
            found += self.shelves[side].some(named[:1], 1, 1)
        return found

    def _purpose(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        said = [] if party.definition is None else [shelf.take(party.definition)]
        core = shelf.find("summary", within=lambda c: c.importance == "core")
        told = [s for s in said if s is not None] + shelf.some(core[:_PURPOSES], _PURPOSES, least=1)
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
        found = self.shelves[side].find("summary", within=lambda c: c.id == capability.id)
        return found[0].claim if found else None

    def _only(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        alone = set(self.made.only_a if side == 0 else self.made.only_b) if self.alike else {c.id for c in party.capabilities}
        apart = shelf.some(shelf.find("unique", within=lambda c: c.id in alone)[:1], 1)
        rest = shelf.some(shelf.find("summary", within=lambda c: c.id in alone), _ONLY - len(apart), least=3)
        return paragraphs([*rest, *apart], party.slug)

    def _limits(self, side: int) -> list[PlannedBlock]:
        party, shelf = self.parties[side], self.shelves[side]
        said = shelf.some(shelf.find("limitation"), _LIMITS, least=_LIMITS)
        return [PlannedBlock(tuple(Planned((one,)) for one in said), artifact=party.slug)] if said else []

    def _silent_on_limits(self, limits: Sequence[Sequence[PlannedBlock]]) -> str:
        silent = [self.parties[side].slug for side in (0, 1) if not limits[side]]
        return ",".join(silent)

    def _choose(self, side: int) -> list[PlannedBlock]:
        """Needs one side's documents meet and the other's do not mention, then what its claims are for."""
        party = self.parties[side]
        wanted = [need for need in self.needs[side][:_NEEDS]]
        for choice in self.made.choose_a if side == 0 else self.made.choose_b:
            match = _WANTED.match(choice.text)
            evidence = [e for claim in choice.claims for e in claim.evidence]
            if match is None or not evidence or ": " in match[1] or any(not claim.evidence for claim in choice.claims):
                continue
            free = [claim for claim in choice.claims if self.shelves[side].free(claim)]
            if len(wanted) < _NEEDS + _WANTS and (free or not wanted):
                wanted.append(phrase(party, match[1].rstrip("."), evidence, [claim.id for claim in choice.claims]))
                for claim in free:
                    self.shelves[side].take(claim)
        purpose = purpose_of(party)
        if not wanted and purpose is not None:
            wanted.append(purpose)
        return [PlannedBlock((Planned((one,), "need"),), "item", artifact=party.slug) for one in wanted]

    def _needs(self, side: int) -> list[Said]:
        """Questions that this side's documents answer and the other's are silent on."""
        found = []
        for row in self.made.questions:
            ours, theirs, evidence = _cells(row, side)
            if theirs == "not stated" and ours not in _SILENT and at_the_front(row.label, ours):
                found.append(phrase(self.parties[side], _need(row.label), evidence))
        return found

    def _common(self) -> list[tuple[Said, ...]]:
        """Questions that both answer."""
        found = []
        for row in self.made.questions:
            if all(cell not in _SILENT and at_the_front(row.label, cell) for cell in (row.a, row.b)):
                need = _need(row.label)
                found.append((phrase(self.parties[0], need, row.a_evidence), phrase(self.parties[1], need, row.b_evidence)))
        return found

    def _rows(self) -> tuple[Row, ...]:
        rows = {row.label: row for row in self.made.rows}
        return tuple(rows[label] for label in _ROWS if label in rows and (rows[label].a, rows[label].b) != ("unknown", "unknown"))


def _cells(row: Row, side: int) -> tuple[str, str, list[Evidence]]:
    return (row.a, row.b, row.a_evidence) if side == 0 else (row.b, row.a, row.b_evidence)


def _need(label: str) -> str:
    """A question's label inside a sentence: "Captions for images" is "captions for images", "OCR" and "An HTTP API" keep theirs."""
    first = label.split(" ", 1)[0]
    return label if len(first) > 1 and first[1:2].isupper() else label[:1].lower() + label[1:]
