"""Drafts by a language model: it gets numbered statements that stand already and gives sentences with their numbers.

What it writes is a proposal like any other. A sentence whose numbers do not exist is left out here, one that grounding refuses later; a
section of which nothing stands is told in the plan's own sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agent.domain.base import sha256
from agent.domain.capability import Claim, Evidence
from agent.domain.draft import SectionKey
from agent.llm.base import Asker, Question
from agent.prompting import prompt
from agent.text.sentences import sentence_spans
from agent.writing.base import Party, Plan, Planned, PlannedBlock, PlannedSection, Said
from agent.writing.material import mentions, phrase
from agent.writing.schemas import Written, WrittenParagraph, WrittenSection, WrittenSentence

VERSION = "1"  # rises whenever the same reply may give another draft
TASK = "draft"
_MOST = 70  # statements of one artifact: more than any page can use
_QUOTES = 2  # shown with a statement; all of them are its evidence
_LONGEST = 420  # characters of a sentence
_NEED = 120
_PICKS = 3
_MARKS = re.compile(r"\s*\[\d+(?:,\s*\d+)*\]")
_FENCE = 12
_CONNECTIVE = re.compile(
    r"^(?:In addition|Beyond that|Besides|Also|Further|Furthermore|Moreover|Meanwhile|For its part|On the other side|In turn|Likewise|"
    r"Similarly), ",
)


@dataclass(frozen=True)
class Statement:
    """A claim the model may use, by its number; `alike` is the number of one about the same job on the other side."""

    number: int
    party: Party
    claim: Claim
    alike: int | None = None


class LlmWriter:
    """Asks a model for the page's prose; `asker` asks on behalf of the page, `model` is how the model is named in the draft."""

    name = "llm"
    version = VERSION

    def __init__(self, asker: Asker, model: str) -> None:
        self._asker = asker
        self.model: str | None = model

    @cached_property
    def prompts(self) -> dict[str, str]:
        return {TASK: prompt(TASK).sha256}

    def write(self, plan: Plan) -> tuple[tuple[PlannedSection, ...], list[str]]:
        """The model's sections, empty where it gave none; the plan's own where it did not answer, with a line that says so."""
        statements = statements_of(plan)
        (answer,) = self._asker.ask([_question(plan, statements)])
        if answer.value is None:
            detail = f", {answer.detail}" if answer.detail else ""
            return plan.sections, [f"the page in the model's words: {answer.status}{detail}"]
        given = _Reply(plan, {one.number: one for one in statements}, answer.value).sections()
        return tuple(given.get((s.key, s.artifact), replace(s, blocks=())) for s in plan.sections), []


def statements_of(plan: Plan) -> list[Statement]:
    """Every printed claim of the page's artifacts, numbered from 1: definitions, then capability by capability."""
    found: list[Statement] = []
    for party in plan.parties:
        claims = [*([party.definition] if party.definition else []), *_claims(party)]
        unique = {claim.text: claim for claim in reversed(claims) if claim.printed and claim.evidence}
        found += [Statement(len(found) + n, party, claim) for n, claim in enumerate(list(reversed(unique.values()))[:_MOST], 1)]
    numbers = {one.claim.id: one.number for one in found}
    alike = {numbers[b]: numbers[a] for a, b in plan.alike if a in numbers and b in numbers}
    return [replace(one, alike=alike.get(one.number)) for one in found]


def _claims(party: Party) -> Iterator[Claim]:
    for capability in party.capabilities:
        yield from (*capability.summary, *capability.unique, *capability.vs_alternatives, *capability.limitations)


def _question(plan: Plan, statements: Sequence[Statement]) -> Question[Written]:
    letters = {party.slug: "AB"[n] for n, party in enumerate(plan.parties)}
    shown = [
        {
            "number": one.number,
            "letter": letters[one.party.slug],
            "kind": one.claim.kind.replace("_", " "),
            "alike": one.alike,
            "text": " ".join(one.claim.text.split()),
            "quotes": [
                quote for e in one.claim.evidence[:_QUOTES] if (quote := " ".join(e.quote.split())) != " ".join(one.claim.text.split())
            ],
        }
        for one in statements
    ]
    template = prompt(TASK)
    system, user = template.render(
        two=len(plan.parties) > 1,
        parties=[{"letter": letters[p.slug], "name": p.name, "type": p.head.type} for p in plan.parties],
        statements=shown,
        fence=sha256(repr(shown))[:_FENCE],
    )
    label = " and ".join(party.name for party in plan.parties)
    known = {one.number for one in statements}
    return Question(TASK, f"page of {label}", system, user, Written, template.sha256, check=lambda value: _problem(value, known))


def _problem(value: Written, known: set[int]) -> str:
    """What is wrong with a page as a whole; single sentences without evidence are left out without asking again."""
    sentences = [s for section in value.sections for paragraph in section.paragraphs for s in paragraph.sentences]
    if not sentences:
        return "There is no sentence."
    cited = sum(bool(s.evidence) and set(s.evidence) <= known for s in sentences)
    return "" if 2 * cited >= len(sentences) else f"Most sentences name no statement; the numbers are 1 to {max(known, default=0)}."


class _Reply:
    """A model's page as sections to ground."""

    def __init__(self, plan: Plan, statements: dict[int, Statement], written: Written) -> None:
        self.plan, self.statements, self.written = plan, statements, written
        self._sides = dict(zip("AB", plan.parties, strict=False))
        self._shared = {(s.key, s.artifact) for s in plan.sections}

    def sections(self) -> dict[tuple[SectionKey, str | None], PlannedSection]:
        """The sections that have something to say, by key and artifact."""
        found: dict[tuple[SectionKey, str | None], PlannedSection] = {}
        for section in self.written.sections:
            key = self._place(section)
            if key is None:
                continue
            blocks = tuple(self._blocks(section, key[1]))
            old = found.get(key)
            if blocks:
                found[key] = replace(old, blocks=old.blocks + blocks) if old else PlannedSection(key[0], blocks, key[1])
        own = next((s for s in self.plan.sections if s.key == "verdict"), None)
        if own is not None and found:
            told = found.get(("verdict", None)) or replace(own, blocks=tuple(_without_picks(own)))
            found["verdict", None] = replace(told, blocks=(*told.blocks, *self._picks(found)))
        return {key: replace(section, note=self._note(key)) for key, section in found.items()}

    def _place(self, section: WrittenSection) -> tuple[SectionKey, str | None] | None:
        party = self._sides.get(section.side)
        for artifact in (party.slug if party else None, None, self.plan.parties[0].slug if len(self.plan.parties) == 1 else None):
            if (section.key, artifact) in self._shared:
                return section.key, artifact
        return None

    def _note(self, key: tuple[SectionKey, str | None]) -> str:
        return next(s.note for s in self.plan.sections if (s.key, s.artifact) == key) if key[0] == "limitations" else ""

    def _blocks(self, section: WrittenSection, artifact: str | None) -> Iterator[PlannedBlock]:
        side = self._sides.get(section.side)
        if section.key == "choose":
            for paragraph in section.paragraphs:
                for need in paragraph.sentences:
                    said = self._need(need, artifact)
                    if said is not None:
                        yield PlannedBlock((Planned((said,), "need"),), "item", artifact=artifact)
            return
        for paragraph in section.paragraphs:
            sentences = tuple(self._sentences(paragraph))
            if sentences:
                labelled = section.key == "shared"
                yield PlannedBlock(
                    sentences,
                    "item" if labelled else "paragraph",
                    self._label(paragraph, sentences) if labelled else "",
                    artifact=side.slug if side and not labelled else artifact,
                )

    def _label(self, paragraph: WrittenParagraph, sentences: Sequence[Planned]) -> str:
        """A label of words that the statements under it have; else the name of the first statement's capability."""
        claims = {claim for one in sentences for said in one.pieces for claim in said.claims}
        named = [
            capability.name
            for party in self.plan.parties
            for capability in party.capabilities
            if claims & {claim.id for claim in capability.summary}
        ]
        words = set(re.findall(r"\w{4,}", " ".join([*named, *(s.text for one in sentences for s in one.pieces)]).casefold()))
        label = _MARKS.sub("", paragraph.label).strip(" .:")
        if label and all(word in words for word in re.findall(r"\w{4,}", label.casefold())):
            return label
        return min(named, key=lambda name: (len(name), name)) if named else ""

    def _sentences(self, paragraph: WrittenParagraph) -> Iterator[Planned]:
        for written in paragraph.sentences:
            behind = self._behind(written)
            text = _MARKS.sub("", " ".join(written.text.split()))
            if not behind or not text or len(text) > _LONGEST:
                continue
            for start, end in sentence_spans(text, 0, len(text)):  # sentence by sentence, however many were written as one
                yield Planned((self._said(text[start:end].strip(), behind),), "as_is")

    def _behind(self, written: WrittenSentence) -> list[Statement]:
        """The statements a sentence names; none where one of the numbers does not exist."""
        numbers = list(dict.fromkeys(written.evidence))
        return [self.statements[n] for n in numbers] if all(n in self.statements for n in numbers) else []

    def _said(self, text: str, behind: Sequence[Statement]) -> Said:
        """A sentence as grounding takes it: whose it is, and whether it compares."""
        own, *others = sorted(self.plan.parties, key=lambda p: (_at(text, p), p.slug not in {s.party.slug for s in behind}))
        compared = [p.name for p in others if mentions(text, p)]
        if compared and not mentions(text, own):
            own, compared = others[0], []
        against = [name for one in behind if one.party.slug == own.slug for name in one.claim.alternatives if name in text]
        same = [one.claim for one in behind if one.claim.text == text]
        alternatives = tuple(dict.fromkeys((*compared, *against)))
        return Said(
            artifact=own.slug,
            text=text,
            evidence=_evidence(behind),
            kind="vs_alternatives" if alternatives else behind[0].claim.kind if len(behind) == 1 else "summary",
            alternatives=alternatives,
            claims=tuple(one.claim.id for one in behind),
            stored=same[0] if same else None,
            opening=found[0] if (found := _CONNECTIVE.match(text)) else "",
        )

    def _need(self, written: WrittenSentence, artifact: str | None) -> Said | None:
        text = _MARKS.sub("", " ".join(written.text.split())).strip(" .")
        text = re.sub(r"^(?:for|when you need) ", "", text, flags=re.I)
        behind = [one for one in self._behind(written) if one.party.slug == artifact]
        if not text or not behind or len(text) > _NEED:
            return None
        return phrase(behind[0].party, text, _evidence(behind), [one.claim.id for one in behind])

    def _picks(self, found: dict[tuple[SectionKey, str | None], PlannedSection]) -> Iterator[PlannedBlock]:
        """The recommendation, in the style's frame: the first needs that each side meets."""
        sentences = []
        for party in self.plan.parties:
            section = found.get(("choose", party.slug)) or next(
                s for s in self.plan.sections if (s.key, s.artifact) == ("choose", party.slug)
            )
            needs = [said for block in section.blocks for one in block.sentences for said in one.pieces if not said.text.startswith("you ")]
            if needs:
                sentences.append(Planned(tuple(needs[:_PICKS]), "pick"))
        if sentences:
            yield PlannedBlock(tuple(sentences))


def _without_picks(section: PlannedSection) -> Iterator[PlannedBlock]:
    for block in section.blocks:
        kept = tuple(one for one in block.sentences if one.frame != "pick")
        if kept:
            yield replace(block, sentences=kept)


def _evidence(behind: Sequence[Statement]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for one in behind for e in one.claim.evidence))


def _at(text: str, party: Party) -> int:
    """Where a sentence names an artifact; past its end where it does not."""
    found = [match.start() for name in party.names if (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))]
    return min(found, default=len(text))
