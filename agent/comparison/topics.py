"""Questions asked of both sides alike: what one side's documents speak of, and the other's do not.

The questions are data (topics.yaml). An answer is a printed claim where one speaks of it, else the document's own line; "not stated" means
that nothing in the documents matches, so it is said only where the documents' texts are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from agent.comparison.favour import readable
from agent.comparison.lexical import without_names
from agent.domain.capability import Claim, Evidence
from agent.domain.comparison import Row, Side
from agent.text.sentences import sentence_spans

__all__ = ["NOT_STATED", "Answer", "Topic", "answers", "asked", "topics"]

NOT_STATED = "not stated"
STATED = "stated"
_JOB = 3.0
_ROWS = 10
_CELL = 190  # characters of a claim that a table's cell can hold
_IMPORTANCE = {"core": 0.6, "major": 0.3, "minor": 0.0}


@dataclass(frozen=True)
class Topic:
    """One question: `need` completes "you need ...", `said` matches where a text speaks of it."""

    need: str
    weight: float
    said: re.Pattern[str]


@dataclass(frozen=True)
class Answer:
    """What one side says of a topic: the claim to print (None where only a line of a document speaks of it), its evidence, how sure.

    `main` says that the topic is what the artifact is for: a job rather than a way to use or keep it.
    """

    claim: Claim | None
    evidence: tuple[Evidence, ...]
    rating: float
    main: bool = False


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The shipped questions."""
    table = yaml.safe_load(resources.files("agent.comparison").joinpath("topics.yaml").read_text(encoding="utf-8"))
    return tuple(Topic(t["need"], float(t["weight"]), re.compile(t["said"], 0 if t.get("exact") else re.I)) for t in table["topics"])


def answers(side: Side) -> dict[str, Answer]:
    """What a side's documents say of each topic, by its need; silent topics are absent."""
    return {topic.need: found for topic in topics() if (found := _answer(side, topic)) is not None}


def asked(left: Mapping[str, Answer], right: Mapping[str, Answer]) -> list[Row]:
    """The questions on which the two differ most, then those that both answer: a cell a side, "not stated" where one is silent."""
    order = {topic.need: (-topic.weight, n) for n, topic in enumerate(topics())}

    def worth(need: str) -> tuple[bool, float, tuple[float, int]]:
        ours, theirs = left.get(need), right.get(need)
        sure = max(one.rating for one in (ours, theirs) if one)
        return ours is not None and theirs is not None, -sure, order[need]

    told = [need for need in order if (need in left and left[need].claim) or (need in right and right[need].claim)]
    chosen = sorted(told, key=worth)
    apart = [need for need in chosen if (need in left) != (need in right)][: _ROWS - 3]
    both = [need for need in chosen if need in left and need in right][: _ROWS - len(apart)]
    return [_row(need, left.get(need), right.get(need)) for need in (*apart, *both)]


def _row(need: str, a: Answer | None, b: Answer | None) -> Row:
    return Row(
        label=need[:1].upper() + need[1:],
        a=_cell(a),
        b=_cell(b),
        a_evidence=list(a.evidence) if a else [],
        b_evidence=list(b.evidence) if b else [],
    )


def _cell(answer: Answer | None) -> str:
    if answer is None:
        return NOT_STATED
    return answer.claim.text if answer.claim and len(answer.claim.text) <= _CELL else STATED


def _answer(side: Side, topic: Topic) -> Answer | None:
    claims = [(rating, claim) for rating, claim in _claims(side, topic)]
    if claims:
        rating, claim = max(claims, key=lambda found: found[0])
        return Answer(claim, tuple(claim.evidence), rating + topic.weight, topic.weight >= _JOB)
    return next(_lines(side, topic), None)


def _claims(side: Side, topic: Topic) -> Iterator[tuple[float, Claim]]:
    """Printed claims that speak of a topic: short ones of important capabilities, and those whose capability is named after it, first."""
    names = side.manifest.names()

    def speaks(text: str) -> bool:
        return bool(topic.said.search(without_names(text, side.manifest)))  # its name alone says nothing of what it does

    for capability in side.decomposition.capabilities if side.decomposition else []:
        for claim in (*capability.summary, *capability.unique):
            if not claim.printed or not speaks(claim.text) or not readable(claim.text):
                continue
            rating = _IMPORTANCE[capability.importance] + (0.6 if speaks(capability.name) else 0.0)
            rating += 0.4 if any(claim.text.casefold().startswith(name.casefold()) for name in names) else 0.0
            yield rating - len(claim.text) / 400, claim


def _lines(side: Side, topic: Topic) -> Iterator[Answer]:
    """Sentences of the documents that speak of a topic, in order."""
    for document_id, text in side.texts.items():
        for match in topic.said.finditer(text):
            first = text.rfind("\n", 0, match.start()) + 1
            last = text.find("\n", match.end())
            last = len(text) if last < 0 else last
            span = next(((s, e) for s, e in sentence_spans(text, first, last) if s <= match.start() < e), (first, last))
            yield Answer(None, (Evidence(document_id=document_id, start=span[0], end=span[1], quote=text[slice(*span)]),), topic.weight - 1)
