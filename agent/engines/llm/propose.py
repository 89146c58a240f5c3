"""Propose: each pack of passages gives candidates, statements that set the artifact apart, comparisons and facts, with located quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agent.domain.capability import ClaimKind, Importance
from agent.domain.proposal import ClaimProposal, FactProposal, Subject, TextProposal
from agent.engines.llm.asking import Done, Task, ask_all, missing_line, question
from agent.engines.llm.packs import Pack
from agent.engines.llm.quotes import Quotes
from agent.engines.llm.schemas import Candidate, Compared, FactField, Proposed, Sentence, StatedFact
from agent.llm.base import Asker, Question

TASK = "propose"
_MOST_SENTENCES, _MOST_TEXTS, _MOST_INTENTS = 2, 4, 4
_LONGEST_NAME = 80
_LABELS = {"latest_version": "Latest version", "input_modalities": "Input", "output_modalities": "Output", "released": "Released"}


@dataclass(frozen=True)
class Found:
    """A candidate capability; `id` is unique among all candidates of an artifact ("c12")."""

    id: str
    name: str
    job: str
    importance: Importance
    summary: tuple[ClaimProposal, ...]
    limitations: tuple[ClaimProposal, ...] = ()
    intents: tuple[str, ...] = ()
    inputs: tuple[TextProposal, ...] = ()
    outputs: tuple[TextProposal, ...] = ()


@dataclass
class Proposals:
    """What all packs gave. `statements` are `unique` and `vs_alternatives` claims that belong to no capability yet."""

    candidates: list[Found] = field(default_factory=list)
    statements: list[ClaimProposal] = field(default_factory=list)
    facts: list[FactProposal] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    packs: int = 0


def proposals_of(subject: Subject, packs: Sequence[Pack], asker: Asker) -> Proposals:
    """Ask about every pack at once. A pack without an answer is listed as missing, and the others stand."""
    tasks = [Task((at,), f"passages {at + 1} of {len(packs)}", pack) for at, pack in enumerate(packs)]
    result = Proposals(packs=len(packs))
    for done in ask_all(asker, tasks, lambda task: question_of(subject, task), Pack.halves):
        _take(done, result)
    return result


def question_of(subject: Subject, task: Task[Pack]) -> Question[Proposed]:
    """What is asked of one pack. It says nothing of other packs, so that a change elsewhere leaves it as it is."""
    pack = task.part
    shown, above = [], ""
    for part in pack.parts:
        title = part.document.title or part.document.uri
        heading = " > ".join((title, *(one for one in part.passage.heading_path if one != title)))
        shown.append({"heading": heading if heading != above else "", "text": part.text})
        above = heading
    variables = {"name": subject.manifest.name, "type": subject.manifest.type, "fence": pack.fence, "passages": shown}
    return question(TASK, task.label, Proposed, variables)


def _take(done: Done[Pack, Proposed], result: Proposals) -> None:
    if done.answer.value is None:
        result.missing.append(missing_line(done.task.label, done.answer, done.task.part.titles))
        return
    value, quotes = done.answer.value, Quotes(done.task.part.parts)
    for candidate in value.capabilities:
        found = _found(candidate, quotes, f"c{len(result.candidates) + 1}")
        if found:
            result.candidates.append(found)
    result.statements += _claims("unique", value.distinctive, quotes)
    result.statements += [claim for one in value.comparisons if (claim := _comparison(one, quotes))]
    known = {(fact.field, fact.value.casefold()) for fact in result.facts}
    for stated in value.facts:
        fact = _fact(stated, quotes)
        if fact and (fact.field, fact.value.casefold()) not in known:
            known.add((fact.field, fact.value.casefold()))
            result.facts.append(fact)


def _found(candidate: Candidate, quotes: Quotes, identity: str) -> Found | None:
    summary = _claims("summary", candidate.summary, quotes)[:_MOST_SENTENCES]
    name = one_line(candidate.name)[:_LONGEST_NAME].rstrip(" .")
    if not summary or not name:
        return None
    return Found(
        id=identity,
        name=name,
        job=one_line(candidate.job),
        importance=candidate.importance,
        summary=tuple(summary),
        limitations=tuple(_claims("limitation", candidate.limitations, quotes)[:_MOST_TEXTS]),
        intents=tuple(dict.fromkeys(filter(None, map(one_line, candidate.intents))))[:_MOST_INTENTS],
        inputs=tuple(_texts(candidate.inputs, quotes)),
        outputs=tuple(_texts(candidate.outputs, quotes)),
    )


def _claims(kind: ClaimKind, sentences: Iterable[Sentence], quotes: Quotes) -> list[ClaimProposal]:
    found = (ClaimProposal(kind=kind, text=ended(one.text), quotes=quotes.refs(one.quotes)) for one in sentences)
    return [claim for claim in found if claim.text and claim.quotes]


def _comparison(one: Compared, quotes: Quotes) -> ClaimProposal | None:
    refs, name = quotes.refs(one.quotes, most=3), one_line(one.alternative)
    if not refs or not name or not one.text.strip():
        return None
    return ClaimProposal(kind="vs_alternatives", text=ended(one.text), quotes=refs, alternatives=[name])


def _texts(sentences: Iterable[Sentence], quotes: Quotes) -> list[TextProposal]:
    found = (TextProposal(text=one_line(one.text).rstrip("."), quotes=quotes.refs(one.quotes, most=1)) for one in sentences)
    return [text for text in found if text.text and text.quotes][:_MOST_TEXTS]


def _fact(stated: StatedFact, quotes: Quotes) -> FactProposal | None:
    refs, value = quotes.refs(stated.quotes), one_line(stated.value)
    if not refs or not value:
        return None
    text = ended(value) if stated.field == "definition" else ended(f"{_label(stated.field)}: {value}")
    return FactProposal(field=stated.field, value=value.rstrip(".") if stated.field != "definition" else value, text=text, quotes=refs)


def _label(name: FactField) -> str:
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def one_line(text: str) -> str:
    """A text on one line, without blanks at its ends."""
    return " ".join(text.split())


def ended(text: str) -> str:
    """A sentence on one line that ends as sentences do."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?" else f"{line}."
