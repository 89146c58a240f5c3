"""What sets an artifact apart from its related ones, read off both sides' documents.

Two products. *Distinct* statements: prominent ones about something that no related artifact's document mentions; the printed sentence
is the subject's own and says nothing about the others. *Two-sided* claims: a sentence of each side about the same kind of property,
joined ("A does P, while B does Q."), with a quote from each side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.domain.proposal import ClaimProposal, QuoteRef, Subject
from agent.engines.extractive.claims.names import stem
from agent.engines.extractive.statements.plain import plain
from agent.engines.extractive.statements.roles import SILENT, role_of
from agent.engines.extractive.statements.standalone import Leaning, Names, stand_alone
from agent.text.sentences import sentence_spans
from agent.text.words import tag, word_set

__all__ = ["Said", "background", "said_by", "two_sided"]

_LONGEST_HALF = 170
_SHORTEST_HALF = 30
_PER_NEIGHBOUR = 2
_AT_MOST = 6
_N = r"\d[\d,.]*\s?(?:K|M|B|T|k|million|billion|trillion|thousand|hundred)?\+?"
# Properties that two artifacts can be compared by when each side states its own; the group "v" is the value.
_PROPERTIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("training data", rf"\b(?:pre-?)?train(?:ed|ing)?\b[^.]{{0,60}}?(?P<v>{_N}\s+(?:[\w-]+\s+){{0,3}}(?:hours|tokens|images|pairs|"
                          rf"annotations|samples|examples))"),
        ("size of the data", rf"(?P<v>{_N}\s?(?:GiB|TiB|GB|TB)\b)"),
        ("tokens", rf"(?P<v>{_N}\s+(?:\w+\s+)?tokens)\b"),
        ("parameters", rf"(?P<v>{_N})[ -]?param(?:eter)?s?\b"),
        ("languages", rf"(?P<v>{_N}\s+(?:\w+\s+)?languages)\b"),
        ("licence", r"\b(?:under|licen[sc]ed?)\b[^.]{0,30}?(?P<v>Apache[ -]2\.0|MIT|BSD|A?GPL\S*|CC[ -]BY\S*|ODC[ -]BY|Gemma terms)"),
        ("written in", r"\b(?:written in|from|in) (?:plain |pure )?(?P<v>C\+\+|C and C\+\+|Rust|Go|Python|TypeScript)\b"),
        ("instances", rf"(?P<v>{_N}\s+(?:[\w-]+\s+){{0,2}}(?:tasks|problems|instances|questions|task instances))\b"),
    )
)  # fmt: skip
# A half that is itself two sentences, that lists, or that tells history reads badly beside another.
_NO_HALF = re.compile(
    r"[;:?]|\b(?:was|were) (?:released|introduced|published|announced)\b|\b(?:readme|card|documentation|notebook|"
    r"newsletter|survey)\b",
    re.I,
)
# What makes a job worth comparing: the way in which each side does it.
_MANNER = re.compile(r"\b(?:by|with|through|using|as|from|via|in|into|without|over|under|per)\b", re.I)
# Verbs too general to make two sentences about one job.
_GENERAL = word_set(
    "be have do make use provide offer support include contain take come give need run work allow let get set see show "
    "say name list call reach score"
)
_STOP_HEADS = word_set(
    "model dataset data library tool system way user version number set kind form part example page paper document "
    "readme licence license text"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of one side: printed form, place and section."""

    text: str
    quote: QuoteRef
    heading_path: tuple[str, ...]
    role: str
    order: int


def said_by(subject: Subject) -> list[Said]:
    """The sentences of an artifact's documents that name it at their start and can stand alone; cheap: nothing is tagged."""
    names = Names.of(subject.manifest)
    leaning = Leaning(names)
    found: list[Said] = []
    for document in subject.documents:
        for block in subject.blocks.get(document.id, []):
            role = role_of(block.heading_path)
            if block.skip is not None or block.kind not in {"paragraph", "list_item", "quote"} or role in SILENT - {"licence"}:
                continue
            for start, end in sentence_spans(document.text, block.start, block.end):
                if not _SHORTEST_HALF <= end - start <= 3 * _LONGEST_HALF:
                    continue
                text = plain(document.text[start:end])
                if names.opens(text) is None:
                    continue
                printed = stand_alone(text, leaning)
                if printed:
                    quote = QuoteRef(document_id=document.id, quote=document.text[start:end], start=start, end=end)
                    found.append(Said(printed, quote, block.heading_path, role, len(found)))
    return found


def background(neighbours: Iterable[Subject]) -> frozenset[str]:
    """Every word of the neighbours' documents, lower case, plural endings off: what they mention at all."""
    words: set[str] = set()
    for neighbour in neighbours:
        for document in neighbour.documents:
            words.update(stem(word) for word in re.findall(r"[A-Za-z][A-Za-z0-9-]+", document.text))
    return frozenset(words)


def two_sided(subject: Subject, neighbours: Sequence[Subject]) -> list[ClaimProposal]:
    """Claims that join a sentence of the subject with one of a neighbour about the same kind of property, at most two of a neighbour."""
    own = _halves(subject)
    found: list[ClaimProposal] = []
    used: set[str] = set()
    for neighbour in neighbours:
        theirs = _halves(neighbour)
        made = 0
        for mine, other in [*_by_property(own, theirs), *_by_job(own, theirs, subject, neighbour)]:
            if made >= _PER_NEIGHBOUR or len(found) >= _AT_MOST:
                break
            if mine.text in used or other.text in used:
                continue
            used |= {mine.text, other.text}
            made += 1
            found.append(_joined(mine, other, neighbour.manifest.name))
    return found


def _halves(subject: Subject) -> list[Said]:
    """Sentences short and plain enough to be one half of a claim."""
    return [said for said in said_by(subject) if len(said.text) <= _LONGEST_HALF and not _NO_HALF.search(said.text)]


def _joined(mine: Said, other: Said, name: str) -> ClaimProposal:
    text = f"{mine.text.rstrip('.')}; {other.text}"
    return ClaimProposal(kind="vs_alternatives", text=text, quotes=[mine.quote, other.quote], alternatives=[name])


def _by_property(own: Sequence[Said], theirs: Sequence[Said]) -> list[tuple[Said, Said]]:
    """The first sentence of each side for every property that both state with different values."""
    found = []
    for _, pattern in _PROPERTIES:
        mine, other = _first(own, pattern), _first(theirs, pattern)
        if mine and other and mine[1].casefold() != other[1].casefold():
            found.append((mine[0], other[0]))
    return found


def _first(said: Sequence[Said], pattern: re.Pattern[str]) -> tuple[Said, str] | None:
    for one in said:
        match = pattern.search(one.text)
        if match and one.role != "limitations":
            return one, match["v"]
    return None


def _by_job(own: Sequence[Said], theirs: Sequence[Said], subject: Subject, neighbour: Subject) -> list[tuple[Said, Said]]:
    """Sentences whose main verb and a noun after it are the same on both sides: the same job, each in its own way."""
    mine = [(said, job) for said in own if (job := _job(said.text, subject.manifest.name))]
    other = [(said, job) for said in theirs if (job := _job(said.text, neighbour.manifest.name))]
    pairs = []
    for a, (verb_a, nouns_a) in mine:
        for b, (verb_b, nouns_b) in other:
            shared = nouns_a & nouns_b
            if verb_a == verb_b and shared and _MANNER.search(a.text) and _MANNER.search(b.text):
                pairs.append((-len(shared), a.order, b.order, a, b))
    return [(a, b) for *_, a, b in sorted(pairs, key=lambda pair: pair[:3])]


def _job(text: str, name: str) -> tuple[str, frozenset[str]] | None:
    """Main verb and the nouns of its object in a sentence that opens with the artifact's name, or None."""
    rest = text[len(name) :] if text.startswith(name) else None
    if rest is None or not re.match(r"\s+[a-z]", rest):
        return None
    words = tag("It" + rest)[1:]
    if not words or not words[0].verb or words[0].lemma in _GENERAL:
        return None
    nouns: list[str] = []
    for word in words[1:9]:
        if word.tag in {"PUN", "TO0", "CJS"} or (word.tag == "PRP" and nouns):
            break
        if word.noun and word.lemma not in _STOP_HEADS:
            nouns.append(stem(word.lemma))
    return (words[0].lemma, frozenset(nouns)) if nouns else None
