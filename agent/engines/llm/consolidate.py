"""Consolidate: candidates of all packs become at most N capabilities. The model chooses ids, names and order, and writes no quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agent.domain.capability import Importance
from agent.domain.proposal import ClaimProposal, Subject, TextProposal
from agent.engines.llm.asking import missing_line, question
from agent.engines.llm.packs import fence_of
from agent.engines.llm.propose import Found, one_line
from agent.engines.llm.schemas import Consolidated, Merged
from agent.llm.base import Asker

TASK = "consolidate"
_MOST_SENTENCES = 4  # of a summary: three are printed, the rest stands in for one that fails
_HANDFUL = 4  # candidates that stand as they are
_MOST = 5  # intents, inputs, outputs, limitations
Texted = TypeVar("Texted", ClaimProposal, TextProposal)
_RANK = {"core": 0, "major": 1, "minor": 2}


@dataclass(frozen=True)
class Capability:
    """A capability with the candidates it is made of, the best first; `names` are what it may be called, the best first."""

    id: str
    names: tuple[str, ...]
    importance: Importance
    members: tuple[Found, ...]

    @property
    def summary(self) -> list[ClaimProposal]:
        """The first member's sentences, then what the others add to them."""
        rest = [one.summary[0] for one in self.members[1:]]
        return _distinct([*self.members[0].summary, *rest])[:_MOST_SENTENCES]


@dataclass(frozen=True)
class Consolidation:
    capabilities: tuple[Capability, ...]
    missing: tuple[str, ...] = ()


def consolidated(subject: Subject, candidates: Sequence[Found], packs: int, most: int, asker: Asker) -> Consolidation:
    """At most `most` capabilities, no core candidate lost.

    A handful out of one pack is not asked about: its reader saw them together, and there is nothing to weigh them against. A full pack is,
    for some 1,200 tokens (of 16,000 for the bundled paligemma): nothing else drops weak candidates. Where no usable answer comes,
    candidates that share a quote are merged, and the most important are kept.
    """
    if not candidates:
        return Consolidation(())
    if packs <= 1 and len(candidates) <= min(_HANDFUL, most):
        return Consolidation(_capabilities(_plain(candidates, most), candidates))
    seen: list[Consolidated] = []

    def check(value: Consolidated) -> str:
        seen.append(value)
        return problem_of(value, candidates, most)

    lines = [{"id": one.id, "importance": one.importance, "name": one.name, "text": one_line(one.summary[0].text)} for one in candidates]
    fence = fence_of(*(f"{line['id']} {line['importance']} {line['name']} {line['text']}" for line in lines))
    variables = {"name": subject.manifest.name, "type": subject.manifest.type, "fence": fence, "candidates": lines, "most": most}
    (answer,) = asker.ask([question(TASK, "candidates", Consolidated, variables, check)])
    if answer.value is not None:
        return Consolidation(_capabilities(_mended(answer.value, candidates, most), candidates))
    if answer.status == "invalid" and seen:  # well-formed twice and still not whole: what it left out is put back
        return Consolidation(_capabilities(_mended(seen[-1], candidates, most), candidates))
    return Consolidation(_capabilities(_plain(candidates, most), candidates), (missing_line("merging of candidates", answer),))


def problem_of(value: Consolidated, candidates: Sequence[Found], most: int) -> str:
    """What is wrong with a consolidation, in a sentence for the one who made it; "" where nothing is."""
    known = {one.id: one for one in candidates}
    named = [member for one in value.capabilities for member in one.members]
    strange = sorted(set(named) - set(known))
    twice = sorted({member for member in named if named.count(member) > 1})
    lost = [one.id for one in candidates if one.importance == "core" and one.id not in named]
    if strange:
        return f"There is no candidate {strange[0]!r}."
    if twice:
        return f"Candidate {twice[0]!r} is a member twice."
    if lost:
        return f"Core candidates are in no capability: {', '.join(lost)}. Make each a member of one."
    if any(not one.members for one in value.capabilities) or not value.capabilities:
        return "Every capability needs a member, and there must be one."
    return f"There are {len(value.capabilities)} capabilities; at most {most} are wanted." if len(value.capabilities) > most else ""


def _mended(value: Consolidated, candidates: Sequence[Found], most: int) -> list[Merged]:
    """A consolidation in which every id is known and stands once, and every core candidate stands."""
    known = {one.id: one for one in candidates}
    taken: set[str] = set()
    found: list[Merged] = []
    for one in value.capabilities:
        members = [member for member in dict.fromkeys(one.members) if member in known and member not in taken]
        taken.update(members)
        if members:
            found.append(Merged(name=one.name, importance=one.importance, members=members))
    lost = [one for one in candidates if one.importance == "core" and one.id not in taken]
    room = found[: max(0, most - len(lost))] if lost else found[:most]
    dropped = [member for one in found[len(room) :] for member in one.members if known[member].importance == "core"]
    late = [*lost, *(known[member] for member in dropped)]
    return _folded_in(room, late, known, most)


def _folded_in(room: list[Merged], late: Sequence[Found], known: dict[str, Found], most: int) -> list[Merged]:
    """Candidates that must stand become capabilities while there is room, then members of the one whose words are nearest."""
    for one in late:
        if len(room) < most:
            room.append(Merged(name=one.name, importance=one.importance, members=[one.id]))
            continue
        words = _words(one)
        at = max(range(len(room)), key=lambda n: (max(len(words & _words(known[m])) for m in room[n].members), -n))
        room[at] = room[at].model_copy(update={"members": [*room[at].members, one.id]})
    return room


def _plain(candidates: Sequence[Found], most: int) -> list[Merged]:
    """Without a model: candidates whose first quotes overlap are one; the most important first, core ones never lost."""
    groups: list[list[Found]] = []
    for one in sorted(candidates, key=lambda found: _RANK[found.importance]):
        home = next((group for group in groups if _same_place(group[0], one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    merged = [Merged(name=group[0].name, importance=group[0].importance, members=[one.id for one in group]) for group in groups]
    known = {one.id: one for one in candidates}
    late = [known[m] for group in merged[most:] for m in group.members if known[m].importance == "core"]
    return _folded_in(merged[:most], late, known, most)


def _same_place(a: Found, b: Found) -> bool:
    one, two = a.summary[0].quotes[0], b.summary[0].quotes[0]
    if one.document_id != two.document_id or None in (one.start, one.end, two.start, two.end):
        return False
    assert one.start is not None and one.end is not None and two.start is not None and two.end is not None
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared * 2 >= min(one.end - one.start, two.end - two.start)


def _capabilities(merged: Sequence[Merged], candidates: Sequence[Found]) -> tuple[Capability, ...]:
    known = {one.id: one for one in candidates}
    found = []
    for at, one in enumerate(merged, 1):
        members = tuple(known[member] for member in one.members)
        names = tuple(dict.fromkeys(filter(None, (one_line(one.name).rstrip(" ."), *(member.name for member in members)))))
        found.append(Capability(id=f"K{at}", names=names[:4], importance=one.importance, members=members))
    return tuple(found)


def gathered(capability: Capability, part: Callable[[Found], Sequence[Texted]]) -> list[Texted]:
    """What the members of a capability have in one of their lists, each text once."""
    return _distinct([one for member in capability.members for one in part(member)])[:_MOST]


def _distinct(texts: Sequence[Texted]) -> list[Texted]:
    found: dict[str, Texted] = {}
    for one in texts:
        found.setdefault(one.text.casefold(), one)
    return list(found.values())


def _words(one: Found) -> set[str]:
    return set(f"{one.name} {one.summary[0].text}".casefold().split())
