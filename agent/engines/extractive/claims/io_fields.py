"""Inputs and outputs of a capability, where its statements name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.proposal import TextProposal
from agent.engines.extractive.statements.reader import Statement
from agent.text.words import tag

__all__ = ["inputs_of", "outputs_of"]

_AT_MOST = 3
_NP = r"(?P<v>(?:[\w+./'’-]+(?:,)?\s+){0,7}?[\w+./-]+)"
_STOP = (
    r"(?=\s*(?:[.;:()—–]|,\s|\s(?:and (?:\w+s|then)\b\s(?:a|an|the|it)|as input|as output|to (?!text|image)|that|which|when|so|"
    r"with|from|for|in|into|by|using|while|via|at|on|where|whose|through|because|if|but)\b|$))"
)
_INPUTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:takes?|accepts?|receives?|reads?|ingests?|consumes?|parses?)\s+(?:in\s+)?{_NP}{_STOP}",
        rf"\b(?:inputs?\s*(?:is|are|:|of)|given)\s+{_NP}{_STOP}",
        rf"\b(?:converts?|turns?|transforms?|translates?|maps?)\s+{_NP}(?=\s+(?:in)?to\b)",
    )
)
_OUTPUTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:returns?|outputs?|produces?|generates?|emits?|writes?|predicts?|yields?)\s+{_NP}{_STOP}",
        rf"\b(?:converts?|turns?|transforms?|translates?|exports?)\b[^.;]{{2,60}}?\s(?:in)?to\s+{_NP}{_STOP}",
        rf"\boutputs?\s*(?:is|are|:)\s+{_NP}{_STOP}",
    )
)
_NOT = re.compile(
    r"^(?:from|advantage|care|place|part|time|over|into account|about|up|it|this|that|them|these|one|more|less|only|you|"
    r"is|are|was|be|been|account|\w+ly|and|or|as|to)\b",
    re.I,
)
_EMPTY_HEADS = re.compile(
    r"\b(?:way|ways|approach|time|times|performance|results|account|step|steps|role|number|look|care|advantage|"
    r"effort|minutes|hours|weeks|days|memory|gpus?|workflow)$",
    re.I,
)


def inputs_of(statements: Sequence[Statement]) -> tuple[TextProposal, ...]:
    """What goes in: up to three noun phrases, each with the statement that names it."""
    return _named(statements, _INPUTS)


def outputs_of(statements: Sequence[Statement]) -> tuple[TextProposal, ...]:
    """What comes out: up to three noun phrases, each with the statement that names it."""
    return _named(statements, _OUTPUTS)


def _named(statements: Sequence[Statement], patterns: tuple[re.Pattern[str], ...]) -> tuple[TextProposal, ...]:
    found: list[TextProposal] = []
    for statement in statements:
        text = statement.printed
        if not text or statement.composed:
            continue
        for pattern in patterns:
            match = pattern.search(text)
            phrase = _noun_phrase(match["v"]) if match else None
            if phrase and phrase.casefold() not in {one.text.casefold() for one in found} and len(found) < _AT_MOST:
                found.append(TextProposal(text=phrase, quotes=statement.quotes()))
    return tuple(found)


def _noun_phrase(text: str) -> str | None:
    """A phrase without its article when it is nouns and their modifiers only, or None."""
    phrase = re.sub(r"^(?:in\s+)?(?:a|an|the|your|its|their|any|some|both|one or more)\s+", "", text.strip(" ,.;:"), flags=re.I)
    if not 3 <= len(phrase) <= 60 or _NOT.match(phrase) or _EMPTY_HEADS.search(phrase):
        return None
    words = [word for word in tag(phrase) if word.tag != "PUN"]
    if not words or not words[-1].noun or any(word.verb and word.tag not in {"VVN", "VVG"} for word in words):
        return None
    return phrase
