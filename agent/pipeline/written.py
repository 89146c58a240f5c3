"""Claims as people write them: lines, JSON lines, or a Markdown page taken apart into the sentences that claim something."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from agent.errors import InputError
from agent.text.words import word_set

Form = Literal["lines", "jsonl", "markdown"]

_HEADING = re.compile(r"^#{1,6} \S", re.M)
_PROSE = {"paragraph", "list_item", "quote"}
_ASIDE = re.compile(r"^(?:see|note|todo|click|read|please|thanks|thank|welcome|hello|hi|contents|table of contents)\b", re.I)
# What instructions begin with: taggers take unknown names for verbs, so the tag alone does not tell.
_ORDERS = word_set(
    "see install run use click open check add set make try read note visit follow download create go choose select type enter copy edit "
    "refer consult remember ensure consider join start get learn pass call import write build clone replace provide specify let do don't "
    "avoid keep put take look press save send test configure define change update upgrade remove find give help contact ask please"
)
_FEWEST = 3  # words of a sentence that can claim something
MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True)
class WrittenClaim:
    """One claim and the line it stands on, from 1."""

    text: str
    line: int


@dataclass(frozen=True)
class WrittenClaims:
    """The claims of a text in order; `skipped` counts sentences of a page that claim nothing."""

    claims: tuple[WrittenClaim, ...]
    skipped: int = 0


def form_of(name: str, text: str) -> Form:
    """What a text is by its name's ending, else by how it looks."""
    lower = name.lower()
    if lower.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if lower.endswith((".md", ".markdown", ".mdx")):
        return "markdown"
    if lower.endswith(".txt"):
        return "lines"
    if text.lstrip()[:1] == "{":
        return "jsonl"
    return "markdown" if _HEADING.search(text) else "lines"


def claims_in(text: str, form: Form, name: str = "-") -> WrittenClaims:
    """The claims of a text. Raises InputError for JSON lines that are none, naming the line."""
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{name!r} has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.", hint="Give it in parts.")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if form == "markdown":
        return _page(text)
    rows = [(number, row.strip()) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
    if form == "jsonl":
        return WrittenClaims(tuple(WrittenClaim(_claim_of(row, number, name), number) for number, row in rows))
    return WrittenClaims(tuple(WrittenClaim(row, number) for number, row in rows))


def _claim_of(row: str, number: int, name: str) -> str:
    try:
        value: Any = json.loads(row)
    except (ValueError, RecursionError):
        raise InputError(f"{name!r}, line {number}: {row[:60]!r} is not JSON.", hint='Each line is {"text": "the claim"}.') from None
    found = next((value[key] for key in ("text", "claim") if key in value), None) if isinstance(value, dict) else value
    if not isinstance(found, str) or not found.strip():
        raise InputError(f"{name!r}, line {number}: {row[:60]!r} has no claim.", hint='Each line is {"text": "the claim"}.')
    return found.strip()


def _page(text: str) -> WrittenClaims:
    from agent.grounding.reading import clean
    from agent.text.sentences import sentence_spans
    from agent_sources.structure import blocks_of

    claims, skipped = [], 0
    line, counted = 1, 0
    for block in blocks_of(text, "text/markdown"):
        if block.skip or block.kind not in _PROSE:
            continue
        for start, end in sentence_spans(text, block.start, block.end):
            said = clean(text[start:end])
            line, counted = line + text.count("\n", counted, start), start
            if claims_something(said):
                claims.append(WrittenClaim(said, line))
            else:
                skipped += 1
    return WrittenClaims(tuple(claims), skipped)


def claims_something(sentence: str) -> bool:
    """Whether a sentence states what could be checked: not a question, an order to the reader, a lead to a list or a bare phrase."""
    from agent.text.words import tag

    if sentence.endswith(("?", ":")) or len(sentence.split()) < _FEWEST or _ASIDE.match(sentence):
        return False
    words = [word for word in tag(sentence[:2_000]) if word.tag != "PUN"]
    if not words or not (any(word.verb for word in words) or (sentence.endswith((".", "!")) and len(words) > _FEWEST)):
        return False  # a name in front can hide the verb from the tagger, so a whole sentence passes without one
    # A sentence that begins with such a verb tells the reader to do something.
    return words[0].text.casefold() not in _ORDERS or not words[0].verb
