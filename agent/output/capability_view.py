"""Capabilities as a page shows them: sentences with citation numbers, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.domain.capability import Capability, Claim, GroundedText
from agent.output.citations import Citations
from agent.output.clean import one_line

NOTHING = "nothing documented"
ABOVE = "What is said above."  # of a claim that the summary's first sentence has made already
_SAME = 0.7  # Jaccard of words: two such sentences of one capability tell a reader the same
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sentence:
    """A printed sentence and the numbers of the quotes it rests on."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Field:
    """A labelled part of a capability that has something to say."""

    label: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class CapabilityView:
    number: int
    anchor: str
    uri: str
    name: str
    importance: str
    score: float
    summary: tuple[Sentence, ...]
    unique: tuple[Sentence, ...]
    vs_alternatives: tuple[Sentence, ...]
    limitations: tuple[Sentence, ...]
    inputs: tuple[Sentence, ...]
    outputs: tuple[Sentence, ...]
    intents: tuple[str, ...]

    @property
    def fields(self) -> list[Field]:
        """The labelled parts with something to say, in reading order."""
        parts = [
            Field("Unique", self.unique),
            Field("vs alternatives", self.vs_alternatives),
            Field("Limits", self.limitations),
            Field("Takes", self.inputs),
            Field("Gives", self.outputs),
        ]
        return [part for part in parts if part.sentences]


def silence(capabilities: Sequence[CapabilityView]) -> str:
    """What it means that capabilities have no line on what is unique or on alternatives; empty where all have both."""
    missing = [
        name
        for name, field in (("Unique", "unique"), ("vs alternatives", "vs_alternatives"))
        if any(not getattr(c, field) for c in capabilities)
    ]
    return f"Where {' or '.join(f'“{name}”' for name in missing)} is absent: {NOTHING}." if missing else ""


def capability_view(capability: Capability, number: int, citations: Citations, subject: str) -> CapabilityView:
    """One capability of the artifact `subject`; its quotes are numbered in the order they are printed."""

    def sentences(claims: Iterable[Claim]) -> tuple[Sentence, ...]:
        printed = [c for c in claims if c.printed]
        texts = citations.sentences(printed, subject)
        return tuple(Sentence(text, citations.cite(claim.evidence)) for text, claim in zip(texts, printed, strict=True))

    def texts(items: Iterable[GroundedText]) -> tuple[Sentence, ...]:
        return tuple(Sentence(one_line(item.text), citations.cite(item.evidence)) for item in items)

    summary = sentences(capability.summary)
    told = [sentences(claims) for claims in (capability.unique, capability.vs_alternatives)]
    apart = [one for part in told for one in part]
    shown = (*summary[:1], *(one for one in summary[1:] if not any(_alike(one, other) for other in apart)))
    unique, against = (_once(part, shown[:1]) for part in told)
    return CapabilityView(
        number=number,
        anchor=f"{subject}-{capability.uri.rsplit('/', 1)[-1]}",
        uri=capability.uri,
        name=sentence_case(one_line(capability.name)),
        importance=capability.importance,
        score=capability.score.value,
        summary=shown,
        unique=unique,
        vs_alternatives=against,
        limitations=sentences(capability.limitations),
        inputs=texts(capability.inputs),
        outputs=texts(capability.outputs),
        intents=tuple(one_line(intent) for intent in capability.intents),
    )


def _once(part: tuple[Sentence, ...], lead: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Claims with a word in place of one that the page has just made: it counts, and need not be read twice."""
    return tuple(Sentence(ABOVE, one.citations) if any(_alike(one, first) for first in lead) else one for one in part)


def _alike(one: Sentence, other: Sentence) -> bool:
    a, b = (set(_WORD.findall(sentence.text.casefold())) for sentence in (one, other))
    return len(a & b) >= _SAME * len(a | b) > 0


def sentence_case(name: str) -> str:
    """The name with a capital first letter, unless its first word has its own spelling (vLLM, pip)."""
    first = name.split(" ", 1)[0]
    return name if not first.isalpha() or not first.islower() else name[:1].upper() + name[1:]
