"""Questions asked of both sides alike: what one side's documents say of them, and the other's.

The questions are data (topics.yaml). An answer is yes or no with the few words that say so, out of a printed claim where one speaks of it,
else out of a document's own line. "Mentioned" is what a document names without saying which; "not documented" means that nothing in the
documents matches, so it is said only where their texts are at hand. A question is not asked where a side names the thing in code, tables or
sections on something else alone: neither answer would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from agent.comparison.favour import speaks_of, whole
from agent.comparison.lexical import stems, without_names
from agent.comparison.lines import Line, lines
from agent.comparison.phrasing import called
from agent.comparison.stance import Stance, denial, phrase, stance
from agent.domain.capability import Capability, Claim, Evidence
from agent.domain.comparison import Row, Side

__all__ = ["JOB", "NOT_DOCUMENTED", "Answer", "Topic", "answers", "asked", "spoken_of", "topics"]

NOT_DOCUMENTED = "not documented"
JOB = 3.0  # weight of a question about what an artifact is for
_ROWS = 10
_ALIKE = 3  # rows kept for what both answer alike
_DENIAL = 100  # characters of a denial that a table's cell can hold
_IMPORTANCE = {"core": 0.6, "major": 0.3, "minor": 0.0}
# A sentence that begins with another's name tells of the other: "FooBar builds on it", "GPT-4 answers".
_ANOTHER = re.compile(
    r"(?:The )?(?:(?:[A-Z]?[a-z0-9]+[A-Z]\w*|\w+-[A-Z]{2}\w*|\w+-\d[\w.]*)[-\w]*|(?:[A-Z]{2,}[\w-]*|[A-Z]\w+ [A-Z]\w+)\b(?!:))"
)


@dataclass(frozen=True)
class Topic:
    """One question: `need` completes "you need ...", `said` matches where a text speaks of it; `of` are the types it makes sense for.

    Of the types in `granted` it goes without saying, so that their silence tells nothing.
    """

    need: str
    weight: float
    said: re.Pattern[str]
    of: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What one side says of a topic: yes or no in a few words, the claim (None where only a document's line speaks of it), how sure.

    `main` says that the topic is what the artifact is for: a job rather than a way to use or keep it. `mentioned` and `unclear` are no
    answers: the documents name the thing without saying whether the artifact has it; `unasked` is a question about another type of thing.
    """

    claim: Claim | None
    evidence: tuple[Evidence, ...]
    rating: float
    main: bool = False
    stance: Stance = "yes"
    words: str = ""


@dataclass(frozen=True)
class _Mention:
    """A sentence that answers a topic, with what it rests on."""

    stance: Stance
    words: str
    rating: float
    evidence: tuple[Evidence, ...]
    claim: Claim | None = None


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The shipped questions."""
    table = yaml.safe_load(resources.files("agent.comparison").joinpath("topics.yaml").read_text(encoding="utf-8"))
    return tuple(
        Topic(
            t["need"],
            float(t["weight"]),
            re.compile(t["said"], 0 if t.get("exact") else re.I),
            frozenset(t.get("of", ())),
            frozenset(t.get("granted", ())),
        )
        for t in table["topics"]
    )


def spoken_of(text: str) -> frozenset[str]:
    """The topics a text speaks of, by their need."""
    return frozenset(topic.need for topic in topics() if topic.said.search(text))


def answers(side: Side) -> dict[str, Answer]:
    """What a side's documents say of each topic, by its need; silent topics are absent."""
    found = [line for document_id, text in side.texts.items() for line in lines(document_id, text)]
    return {topic.need: told for topic in topics() if (told := _answer(side, topic, found)) is not None}


def asked(left: Mapping[str, Answer], right: Mapping[str, Answer]) -> list[Row]:
    """The questions on which the two differ most, then those that both answer alike: a cell a side, "not documented" for silence."""
    order = {topic.need: (-topic.weight, n) for n, topic in enumerate(topics())}

    def differs(need: str) -> bool:
        stances = {one.stance if one else None for one in (left.get(need), right.get(need))}
        return len(stances) > 1 and "mentioned" not in stances

    def known(need: str) -> bool:
        found = [one for one in (left.get(need), right.get(need)) if one]
        return any(one.claim or one.stance == "no" for one in found) and all(one.stance != "unclear" for one in found)

    def worth(need: str) -> tuple[bool, float, tuple[float, int]]:
        sure = max(one.rating for one in (left.get(need), right.get(need)) if one)
        return not differs(need), -sure, order[need]

    chosen = sorted((need for need in order if known(need)), key=worth)
    alike = [need for need in chosen if not differs(need)]
    apart = [need for need in chosen if differs(need)][: _ROWS - min(_ALIKE, len(alike))]
    both = alike[: _ROWS - len(apart)]
    return [_row(need, left.get(need), right.get(need)) for need in (*apart, *both)]


def _row(need: str, a: Answer | None, b: Answer | None) -> Row:
    return Row(
        label=need[:1].upper() + need[1:],
        a=_cell(need, a),
        b=_cell(need, b),
        a_evidence=list(a.evidence) if a else [],
        b_evidence=list(b.evidence) if b else [],
    )


def _cell(need: str, answer: Answer | None) -> str:
    if answer is None:
        return NOT_DOCUMENTED
    if answer.stance == "unasked":
        return f"not asked of {answer.words}"
    news = set(stems(answer.words)) - set(stems(need)) or re.search(r"\d", answer.words)
    return f"{answer.stance}: {answer.words}" if answer.words and (news or answer.stance == "no") else answer.stance


def _kind(side: Side) -> str:
    """The type of a side with its article."""
    return (
        "an MCP server"
        if side.manifest.type == "mcp-server"
        else f"{'an' if side.manifest.type[0] in 'aeiou' else 'a'} {side.manifest.type}"
    )


def _answer(side: Side, topic: Topic, found: Sequence[Line]) -> Answer | None:
    if topic.of and side.manifest.type not in topic.of:
        return Answer(None, (), topic.weight - 3, False, "unasked", _kind(side))
    claims = sorted(_claims(side, topic), key=lambda mention: -mention.rating)
    spoken = list(_spoken(side, topic, found))
    main = topic.weight >= JOB

    def first(mentions: Sequence[_Mention], wanted: Stance) -> _Mention | None:
        return next((mention for mention in mentions if mention.stance == wanted), None)

    yes, no = first(claims, "yes"), first(claims, "no") or first(spoken, "no")
    if yes is None and no is None:
        yes = first(spoken, "yes")
    if yes is None and no is None:
        return _named_only(side, topic, found)
    if yes is None:
        assert no is not None
        return Answer(no.claim, no.evidence, no.rating + topic.weight, main, "no", no.words)
    words, evidence = yes.words, yes.evidence
    if no is not None:  # both stand in the documents, and a reader sees both
        words, evidence = f"{words}; but: {no.words}", (*evidence, *no.evidence)
    return Answer(yes.claim, evidence, yes.rating + topic.weight, main, "yes", words)


def _named_only(side: Side, topic: Topic, found: Sequence[Line]) -> Answer | None:
    """A thing the documents name without saying whether the artifact has it."""
    names = _names(side)
    for line in found:
        match = _named(topic, line.text, names)
        if match is None or line.heading or _of_another(line.text, names):
            continue
        if stance(line.text, match.start(), match.end(), names) == "yes":
            words = phrase(line.text, match.start(), match.end(), names)
            return Answer(None, (line.evidence,), topic.weight - 2, False, "mentioned", words)
    named = any(_named(topic, text, names) for text in side.texts.values())
    return Answer(None, (), topic.weight - 3, False, "unclear") if named or side.manifest.type in topic.granted else None


def _said(topic: Topic, text: str, names: Sequence[str], rating: float, more: tuple[tuple[Evidence, ...], Claim | None]) -> _Mention | None:
    """The answer a sentence gives to a topic, if it gives one."""
    match = _named(topic, text, names)
    if match is None:
        return None
    told = stance(text, match.start(), match.end(), names)
    if told is None:
        return None
    words = phrase(text, match.start(), match.end(), names) if told == "yes" else denial(text, match.start(), match.end())
    return _Mention(told, words, rating, *more) if told == "yes" or len(words) <= _DENIAL else None


def _named(topic: Topic, text: str, names: Sequence[str]) -> re.Match[str] | None:
    """Where a text first speaks of a topic, but for the artifact's own name."""
    return next((m for m in topic.said.finditer(text) if not _in_a_name(text, m.start(), m.end(), names)), None)


def _in_a_name(text: str, start: int, end: int, names: Sequence[str]) -> bool:
    """Whether [start, end) has part of the artifact's own name in it, which says nothing of what it does."""
    return any(m.start() < end and start < m.end() for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))


def _claims(side: Side, topic: Topic) -> Iterator[_Mention]:
    """Printed claims that answer a topic: short ones of important capabilities, and those whose capability is named after it, first."""
    names = _names(side)
    for capability in side.decomposition.capabilities if side.decomposition else []:
        named = bool(topic.said.search(without_names(capability.name, side.manifest)))
        for claim in (*capability.summary, *capability.unique, *capability.limitations):
            if not claim.printed or not whole(claim.text) or not _own(claim, capability, names):
                continue
            rating = _IMPORTANCE[capability.importance] + (0.6 if named else 0.0) + (0.4 if speaks_of(claim.text, names) else 0.0)
            found = _said(topic, claim.text, names, rating - len(claim.text) / 400, (tuple(claim.evidence), claim))
            if found is not None:
                yield found


def _own(claim: Claim, capability: Capability, names: Sequence[str]) -> bool:
    """Whether a claim tells of the artifact and not of something that uses it."""
    return claim.text.startswith(f"{capability.name}: ") or not _of_another(claim.text, names)


def _of_another(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence begins with another's name and does not speak of the artifact."""
    return not speaks_of(text, names) and _ANOTHER.match(text) is not None and not re.match(r"Use ", text)


def _spoken(side: Side, topic: Topic, found: Sequence[Line]) -> Iterator[_Mention]:
    """Lines of the documents that answer a topic, in order."""
    names = _names(side)
    for line in found:
        if not topic.said.search(line.text) or _of_another(line.text, names) or line.text[:1].islower():
            continue
        if not _of_a_version(line.text, names) and (
            line.heading or line.item or _OWN_VOICE.match(line.text) or speaks_of(line.text, names)
        ):
            answer = _said(topic, line.text, names, -1.0, ((line.evidence,), None))
            if answer is not None and not (line.heading and answer.stance == "no"):
                yield answer


def _of_a_version(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence begins with the artifact's name and a number that makes it another version's."""
    return any(re.match(rf"{re.escape(name)}[- ]v?\d", text, re.I) for name in names)


_OWN_VOICE = re.compile(r"(?:It|They|We|You|Users|This|The (?:model|dataset|library|framework|server|benchmark|tool|package|agent))\b")


def _names(side: Side) -> tuple[str, ...]:
    return (*called(side.manifest), *side.manifest.variants)
