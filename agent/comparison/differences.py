"""Reasons out of facts: licence, size, languages, what goes in and comes out, where two of a kind differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.comparison.favour import serves
from agent.comparison.lexical import stems
from agent.comparison.phrasing import called, definition, offered, plain
from agent.comparison.rows import RECORD, facts_of, values_of
from agent.domain.artifact import Fact
from agent.domain.capability import Claim, FactClaim, claim_id
from agent.domain.comparison import Side

Reason = tuple[str, Sequence[Claim]]

# Licences by how little they ask of a user.
_PERMISSIVE = re.compile(r"\b(MIT|Apache|BSD|ISC|CC0|CC-BY(?!-(?:NC|SA|ND))|Unlicense|PostgreSQL|ODC-BY|Zlib)\b")
_CONDITIONS = re.compile(
    r"\b(terms|own licen[cs]es?|non-?commercial|research|gated|NC|GPL|AGPL|LGPL|community licen[cs]e|licen[cs]e of|"
    r"per source|set per|each)\b",
    re.I,
)
_BILLIONS = re.compile(r"(\d+(?:\.\d+)?)\s?([MB])\b(?=[^;,]*param|\s*\()|(\d+(?:\.\d+)?)\s?([MB]) parameters", re.I)
_BYTES = re.compile(r"(\d+(?:[.,]\d+)*)\s?(GB|TB|GiB|TiB|PB)\b")
_UNITS = {"GB": 1e9, "TB": 1e12, "PB": 1e15, "GiB": 2.0**30, "TiB": 2.0**40}
_ASIDE = re.compile(
    r",? (?:that|which|who|where)\s|\s(?:--|[–—])\s|[:;]\s|, (?=\d)|, (?:boasting|making|allowing|enabling|offering|"
    r"providing|developed|built)\s"
)
_TWICE = 2.0
_CODED = {"library", "framework"}
_IN_AND_OUT = {"input_modalities": "take", "output_modalities": "give"}


def kind_choice(side: Side) -> Reason | None:
    """What kind of thing the side is, for a comparison of different kinds: its one-line description, else a sentence that says so."""
    name = side.manifest.name
    detail = side.manifest.fact("type_detail")
    if detail is not None:
        line = detail.printed()
        return f"Choose {name} when you need {_article(line)} {line}.", [_claim(side, detail)]
    stated = definition_of(side)
    if stated is not None and (what := definition(plain(stated.text), side.manifest)):
        return f"Choose {name} when you need {_kind_alone(what)}", [stated]
    found = side.decomposition.capabilities if side.decomposition else []
    claims = [c for capability in found for c in capability.summary if c.printed]
    said = next(((c, what) for c in claims if (what := definition(plain(c.text), side.manifest))), None)
    if said is not None:
        return f"Choose {name} when you need {said[1]}", [said[0]]
    if stated is not None and (what := offered(stated.text, side.manifest)):
        return f"Choose {name} when you need {_kind_alone(what)}", [stated]
    kind = "MCP server" if side.manifest.type == "mcp-server" else side.manifest.type
    claim = next((c for c in claims if serves(c.text, (*called(side.manifest), *side.manifest.variants))), None)
    if stated is not None or claim is None:  # the sentence that says what it is stands above the lists
        return None
    return f"Choose {name} when you need {_article(kind)} {kind}: {plain(claim.text)}", [claim]


def _kind_alone(what: str) -> str:
    """A definition up to its first relative clause or aside: the whole sentence stands above the lists."""
    return f"{re.split(_ASIDE, what, maxsplit=1)[0].rstrip('.')}."


def definition_of(side: Side) -> FactClaim | None:
    """The documents' own sentence that says what the side is."""
    found = side.decomposition.facts if side.decomposition else []
    return next((fact for fact in found if fact.field == "definition" and fact.printed), None)


def differing_facts(side: Side, other: Side) -> list[Reason]:
    """The facts in which two of a kind differ to the advantage of `side`, the most decisive first."""
    return [reason for maker in (_licence, _size, _languages, _code, _modalities, _stated_alone) for reason in maker(side, other)]


def _licence(side: Side, other: Side) -> Iterator[Reason]:
    ours, theirs = side.manifest.license, other.manifest.license
    if not ours or not theirs or _conditional(ours) or not _PERMISSIVE.search(ours) or not _conditional(theirs):
        return
    name, rival = side.manifest.name, other.manifest.name
    text = f"Choose {name} when the licence decides: it is under {_short_licence(ours)}, {rival} under {_inline(theirs)}."
    claims = [_stated(s, "license", s.manifest.license or "") for s in (side, other)]
    yield text, claims


def _conditional(licence: str) -> bool:
    return bool(_CONDITIONS.search(licence))


def _short_licence(licence: str) -> str:
    return f"the {licence} licence" if re.fullmatch(r"[\w.+-]+", licence) else _inline(licence)


def _inline(text: str) -> str:
    return text.replace("; ", ", ")


def _size(side: Side, other: Side) -> Iterator[Reason]:
    """The smaller of two models, the larger of two datasets, where the difference is twofold or more."""
    ours, theirs = (facts_of(s, "size") or facts_of(s, "parameters") for s in (side, other))
    if not ours or not theirs:
        return
    if side.manifest.type == "dataset":
        mine, yours = _largest(ours), _largest(theirs)
        if mine and yours and mine[0] >= _TWICE * yours[0]:
            text = f"Choose {side.manifest.name} when you need more data: {mine[1]}, against {yours[1]} of {other.manifest.name}."
            yield text, [_claim(side, mine[2]), _claim(other, yours[2])]
        return
    small, big = _smallest(ours), _smallest(theirs)
    if small and big and small[0] * _TWICE <= big[0]:
        text = (
            f"Choose {side.manifest.name} when it has to be small: its smallest size is {small[1]}, that of {other.manifest.name} {big[1]}."
        )
        yield text, [_claim(side, small[2]), _claim(other, big[2])]


def _smallest(facts: Sequence[Fact | FactClaim]) -> tuple[float, str, Fact | FactClaim] | None:
    found = [
        (float(match[1] or match[3]) * (1.0 if (match[2] or match[4]).upper() == "B" else 0.001), value, fact)
        for fact in facts
        for value in values_of(fact)
        for match in _BILLIONS.finditer(value)
    ]
    return min(found, key=lambda item: item[0]) if found else None


def _largest(facts: Sequence[Fact | FactClaim]) -> tuple[float, str, Fact | FactClaim] | None:
    found = [
        (float(match[1].replace(",", "")) * _UNITS[match[2]], value, fact)
        for fact in facts
        for value in values_of(fact)
        for match in _BYTES.finditer(value)
    ]
    return max(found, key=lambda item: item[0]) if found else None


def _languages(side: Side, other: Side) -> Iterator[Reason]:
    """Several natural languages against English alone."""
    ours, theirs = facts_of(side, "languages"), facts_of(other, "languages")
    if not ours or not theirs:
        return
    mine, yours = ", ".join(values_of(ours[0])), ", ".join(values_of(theirs[0]))
    if _several(mine) and yours.startswith("English") and not _several(yours):
        text = f"Choose {side.manifest.name} when you need languages other than English: {mine}; {other.manifest.name} has {yours}."
        yield text, [_claim(side, ours[0]), _claim(other, theirs[0])]


def _several(languages: str) -> bool:
    return bool(re.search(r"multilingual|\b\d+ [\w-]*\s?(?:natural|languages|non-English)|^[\w ]+, \w+", languages))


def _code(side: Side, other: Side) -> Iterator[Reason]:
    """Programming languages only one of two libraries has: users write code against a library, not against a server or model."""
    if side.manifest.type not in _CODED or other.manifest.type not in _CODED:
        return
    ours, theirs = facts_of(side, "programming_languages"), facts_of(other, "programming_languages")
    if not ours or not theirs:
        return
    known = {part for value in values_of(theirs[0]) for part in re.findall(r"[\w+#]+", value.casefold())}
    alone = [
        v for v in values_of(ours[0]) if re.findall(r"[\w+#]+", v.casefold())[:1] and re.findall(r"[\w+#]+", v.casefold())[0] not in known
    ]
    if alone:
        rest = f"{other.manifest.name} lists {_listed(values_of(theirs[0]))}"
        text = f"Choose {side.manifest.name} when you want {_listed(alone)}; {rest}."
        yield text, [_claim(side, ours[0]), _claim(other, theirs[0])]


def _modalities(side: Side, other: Side) -> Iterator[Reason]:
    """What goes in or comes out on one side only, where the two share something else: values with nothing in common are not comparable."""
    for field, verb in _IN_AND_OUT.items():
        ours, theirs = facts_of(side, field), facts_of(other, field)
        if not ours or not theirs:
            continue
        known = set(stems(" ".join(v for f in theirs for v in values_of(f))))
        alone = [v for v in values_of(ours[0]) if stems(v) and not set(stems(v)) & known]
        if alone and len(alone) < len(values_of(ours[0])):
            text = (
                f"Choose {side.manifest.name} when it must {verb} {_listed(alone)}; "
                f"{other.manifest.name} {verb}s {_listed(values_of(theirs[0]))}."
            )
            yield text, [_claim(side, ours[0]), _claim(other, theirs[0])]


_ALONE = {"languages": "languages other than English", "context_length": "a stated context length", "programming_languages": "clients for"}


def _stated_alone(side: Side, other: Side) -> Iterator[Reason]:
    """What only one side's documents state: its natural languages, its context length, the languages of its clients."""
    for field, need in _ALONE.items():
        ours = facts_of(side, field)
        if not ours or facts_of(other, field):
            continue
        values = ", ".join(values_of(ours[0]))
        if field != "context_length" and not _several(values) and " and " not in values:
            continue
        wanted = f"{need} {values}" if field == "programming_languages" else f"{need}: {values}"
        text = f"Choose {side.manifest.name} when you need {wanted}; {other.manifest.name}'s documents state none."
        yield text, [_claim(side, ours[0])]


def _claim(side: Side, fact: Fact | FactClaim) -> FactClaim:
    """A fact as a claim, with its source and date where it comes out of the manifest."""
    if isinstance(fact, FactClaim):
        return fact
    return _fact_claim(side, fact.field, fact.printed(), fact.source, fact.date)


def _stated(side: Side, field: str, value: str) -> FactClaim:
    facts = [f for f in side.manifest.facts if f.field.startswith(field)]
    if not facts and side.decomposition is not None:
        found = [f for f in side.decomposition.facts if f.field == field and f.printed and f.value.casefold() in value.casefold()]
        if found:
            return found[0]
    return _fact_claim(side, field, value, facts[0].source if facts else RECORD, facts[0].date if facts else None)


def _fact_claim(side: Side, field: str, value: str, source: str | None, when: str | None) -> FactClaim:
    text = f"{side.manifest.name}: {field.replace('_', ' ')}: {value}."
    place = source or side.manifest.slug
    return FactClaim(
        id=claim_id("fact", text, [(place, 0, 0)]),
        kind="fact",
        text=text,
        status="supported",
        field=field,
        value=value,
        source=source,
        date=when,
    )


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeio" or noun.startswith("MCP") else "a"


def _listed(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"
