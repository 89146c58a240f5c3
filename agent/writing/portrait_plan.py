"""What the page of one artifact says, section by section, out of its portrait."""

from __future__ import annotations

from collections.abc import Mapping

from agent.domain.artifact import Manifest
from agent.domain.comparison import Portrait
from agent.writing.base import Plan, Planned, PlannedBlock, PlannedSection, Said, party_of
from agent.writing.fitness import contrasts
from agent.writing.material import Shelf, distinct, jobs_of, phrase, purposes, silent, wanted_of, with_purpose
from agent.writing.paragraphs import paragraphs
from agent.writing.table import portrait_rows

_PURPOSES, _CAPABILITIES, _UNIQUE, _AGAINST, _LIMITS, _JOBS, _NEEDS, _WANTED = 3, 14, 5, 5, 6, 4, 3, 8


def portrait_plan(made: Portrait, manifests: Mapping[str, Manifest]) -> Plan:
    """The plan of one artifact's page; a function of the portrait and the manifest."""
    party = party_of(made.artifact, manifests[made.artifact.slug], made.definition, made.capabilities)
    shelf = Shelf(party)
    what = [said] if made.definition is not None and (said := shelf.take(made.definition)) is not None else []
    what = what or purposes(shelf, 1, "unique", "summary")
    purpose = purposes(shelf, _PURPOSES, "summary")
    against = shelf.some(shelf.find("vs_alternatives"), _AGAINST)
    unique = shelf.some([one for one in shelf.find("unique") if contrasts(one.claim.text)], _UNIQUE)
    limits = shelf.some(shelf.find("limitation"), _LIMITS, least=_LIMITS)
    choose = _choose(made, shelf)
    rest = shelf.some(shelf.find("summary"), _CAPABILITIES, least=4)
    slug = party.slug
    return Plan(
        parties=(party,),
        sections=(
            PlannedSection("what", _block(what, slug), slug),
            PlannedSection("purpose", _block(purpose, slug), slug),
            PlannedSection("table", artifact=slug, rows=portrait_rows(made.rows)),
            PlannedSection("capabilities", tuple(paragraphs(rest, slug)), slug),
            PlannedSection("unique", tuple(paragraphs(unique, slug)), slug, note=silent((party,), "unique")),
            PlannedSection("alternatives", tuple(paragraphs(against, slug)), slug, note=silent((party,), "vs_alternatives")),
            PlannedSection("limitations", tuple(paragraphs(limits, slug)), slug, note=silent((party,), "limitations")),
            PlannedSection("choose", choose, slug),
        ),
        as_of=made.as_of,
        inputs_sha256=made.inputs_sha256,
        documents=tuple(made.documents),
    )


def _block(said: list[Said], slug: str) -> tuple[PlannedBlock, ...]:
    return (PlannedBlock(tuple(Planned((one,)) for one in said), artifact=slug),) if said else ()


def _choose(made: Portrait, shelf: Shelf) -> tuple[PlannedBlock, ...]:
    """The needs its documents meet, then what its claims are for, where no sentence of the page says it yet."""
    party = shelf.party
    wanted = jobs_of(party)[:_JOBS]
    wanted += [phrase(party, one.need, one.evidence) for one in made.needs][:_NEEDS]
    for choice in made.wants:
        clause = wanted_of(choice)
        told = all(shelf.free(claim) and shelf.fits(claim) for claim in choice.claims)
        if clause is not None and len(wanted) < _WANTED and told:
            wanted.append(phrase(party, clause, [e for c in choice.claims for e in c.evidence], [c.id for c in choice.claims]))
            for claim in choice.claims:
                shelf.take(claim)
    wanted = with_purpose(party, distinct(wanted))
    return tuple(PlannedBlock((Planned((one,), "need"),), "item", artifact=party.slug) for one in wanted)
