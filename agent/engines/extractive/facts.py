"""Typed facts that documents state in so many words: licence, size, languages, context length, training data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.domain.proposal import FactProposal, Subject
from agent.engines.extractive.alternatives import Setting
from agent.engines.extractive.names import named_systems
from agent.engines.extractive.standalone import Names
from agent.engines.extractive.statements import Statement
from agent.engines.extractive.voiced import voiced

__all__ = ["facts"]

_N = r"\d[\d,.]*"
_LICENCE = (
    r"(?:Apache(?: License)?,?(?: Version)?[ -]2(?:\.0)?|MIT|BSD(?:[ -]\d-Clause)?|(?:A|L)?GPL(?:[ -]?v?\d(?:\.\d)?)?|MPL[ -]2\.0|"
    r"CC[ -]BY(?:[ -](?:NC|SA|ND))*(?:[ -]\d\.\d)?|"
    r"ODC[ -]BY|CC0|OpenRAIL(?:-\w+)?|Creative Commons [\w -]{2,40}?|Gemma [Tt]erms(?: of [Uu]se)?|Llama \d? ?Community License)"
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`types` are the artifact types the fact makes sense for (empty: all); the first group met is the value."""

    field: str
    pattern: re.Pattern[str]
    types: frozenset[str] = frozenset()


_MODEL = frozenset({"model"})
_DATA = frozenset({"dataset"})
_COUNTED = frozenset({"dataset", "benchmark"})
_SOFTWARE = frozenset({"library", "framework", "product", "agent", "mcp-server"})
_SCALE = r"(?:K|M|B|T|k|million|billion|trillion|thousand)?"
_PATTERNS = (
    _Pattern(
        "license",
        re.compile(
            rf"\b(?:licen[sc]ed?|released|available|published|distributed|under)\b[^.]{{0,60}}?\b(?P<v>{_LICENCE})(?!\w)"
            rf"|(?P<w>{_LICENCE})[- ][Ll]icen[sc]ed?\b"
        ),
    ),
    _Pattern("parameters", re.compile(rf"\b(?P<v>{_N}\s?(?:B|M|billion|million|trillion))[ -]param(?:eter)?s?\b", re.I), _MODEL),
    _Pattern(
        "languages",
        re.compile(
            rf"\b(?P<v>(?:(?:over|more than|about|approximately|up to)\s+)?{_N}\+?\s+"
            r"(?:(?:natural|programming|human|different|spoken)\s+)?languages)\b",
            re.I,
        ),
    ),
    _Pattern(
        "context_length",
        re.compile(
            rf"\b(?:context (?:length|window|size)|sequence length|context)s?\s+(?:of|up to|is)\s+"
            rf"(?:up to\s+)?(?P<v>{_N}\s?[kKM]?(?:\s+tokens)?)"
            rf"|\b(?P<w>{_N}\s?[kKM]?[ -]tokens?) context\b",
            re.I,
        ),
        _MODEL,
    ),
    _Pattern("size", re.compile(rf"\b(?P<v>{_N}\s?(?:GiB|TiB|GB|TB|PB)(?: of (?:\w+ ){{0,3}}(?:text|data|code))?)\b"), _DATA),
    _Pattern(
        "size",
        re.compile(
            rf"\b(?P<v>{_N}\s?{_SCALE}\+?\s+(?:[\w-]+\s+){{0,2}}(?:tokens|images|documents|pairs|hours|questions|subjects|tasks|instances|"
            r"problems|samples|web pages|files|categories))\b",
            re.I,
        ),
        _COUNTED,
    ),
    _Pattern(
        "training_data",
        re.compile(
            rf"\btrain\w*\b[^.]{{0,80}}?\b(?P<v>{_N}\s?{_SCALE}\s+(?:[\w-]+\s+){{0,3}}"
            r"(?:hours|tokens|images|pairs|documents|samples|examples|tracks)(?: of [a-z]+(?: [a-z]+)?)?)"
        ),
        _MODEL,
    ),
    _Pattern(
        "programming_languages",
        re.compile(
            r"\b(?:written|implemented|built) in (?:pure |plain )?(?P<v>(?:C\+\+|C/C\+\+|Python|Rust|Go|TypeScript|Java|JavaScript|C)"
            r"(?:(?:,| and|/) ?(?:C\+\+|CUDA|Python|Rust|Go|TypeScript|Cython))*)(?!\w)"
        ),
        _SOFTWARE,
    ),
)
_WRONG = re.compile(
    r"\b(?:example|for instance|e\.g\.|if you|subset|sample|per (?:batch|second|image|request)|third[- ]party|"
    r"dependenc|their licen[sc]e|component|original|respective)\b",
    re.I,
)
_PER_FIELD = 2
_AT_MOST = 12


def facts(statements: Sequence[Statement], subject: Subject, setting: Setting) -> list[FactProposal]:
    """Facts with the sentence that states each, at most two of a field, in the order of the fields' table."""
    names = Names.of(subject.manifest)
    spoken = [(s, text) for s in statements if s.kind in {"sentence", "item"} and (text := voiced(s, names)) and not s.composed]
    found: list[FactProposal] = []
    for pattern in _PATTERNS:
        if pattern.types and subject.manifest.type not in pattern.types:
            continue
        seen = {fact.value.casefold() for fact in found if fact.field == pattern.field}
        for fact in _of(pattern, spoken, setting):
            if fact.value.casefold() not in seen and len(seen) < _PER_FIELD:
                seen.add(fact.value.casefold())
                found.append(fact)
    return found[:_AT_MOST]


def _of(pattern: _Pattern, spoken: Iterable[tuple[Statement, str]], setting: Setting) -> list[FactProposal]:
    """Matches of one pattern, sentences that name the artifact first."""
    rated = []
    for statement, text in spoken:
        match = pattern.pattern.search(text)
        if not match or _WRONG.search(text):
            continue
        value = next(v for v in match.groupdict().values() if v)
        own = setting.names_itself(text)
        if not own and (named_systems(text[: match.start()], setting.own) or pattern.field in {"size", "context_length", "training_data"}):
            continue
        rated.append(
            (
                not own,
                statement.order,
                FactProposal(field=pattern.field, value=" ".join(value.split()).strip(" ,."), text=text, quotes=statement.quotes()),
            )
        )
    return [fact for *_, fact in sorted(rated, key=lambda item: item[:2])]
