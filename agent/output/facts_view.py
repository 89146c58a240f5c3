"""The facts of a page: the opening sentence that says what the artifact is, and a table of what is known, each value with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.domain.capability import Decomposition, FactClaim
from agent.output.capability_view import Sentence, sentence_case
from agent.output.citations import Citations
from agent.output.clean import one_line, web_address
from agent.text.languages import agrees, in_words

_RECORD = "stated in artifact.yaml"  # a value of the head for which neither a fact nor a quote gives the source
_LABELS = {
    "size": "Size",
    "parameters": "Parameters",
    "context_length": "Context length",
    "languages": "Languages",
    "programming_languages": "Programming languages",
    "input_modalities": "Input",
    "output_modalities": "Output",
    "requirements": "Requires",
    "hardware": "Hardware",
    "released": "Released",
    "latest_version": "Latest version",
    "training_data": "Trained on",
    "developer": "Made by",
    "architecture": "Architecture",
    "package": "Package",
    "repository": "Repository",
}
_SAID_ELSEWHERE = {"license", "pricing", "type", "availability", "homepage", "definition", "type_detail"}
_AT_MOST = 4  # of one field


@dataclass(frozen=True)
class Fact:
    """One line of the facts table. `source` is an address with the date it was read, or None where `citations` stand behind it."""

    label: str
    value: str
    citations: tuple[int, ...] = ()
    source: str | None = None
    link: str | None = None
    date: str | None = None

    @property
    def host(self) -> str:
        """The place an address leads to, so that a reader can go and look: site and path."""
        return address_in_words(self.link) if self.link else (self.source or "")


def address_in_words(address: str) -> str:
    """An address as text for a reader: "example.org/card" of "https://www.example.org/card/"; commits as short as their sites take them."""
    place = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return re.sub(r"(?<=/)([0-9a-f]{7})[0-9a-f]{33}(?=/|$)", r"\1", place)


def definition(made: Decomposition, citations: Citations) -> Sentence | None:
    """What the artifact is, in its documents' own sentence; None where none says it."""
    said = next((fact for fact in made.facts if fact.field == "definition" and fact.printed), None)
    return Sentence(one_line(said.text), citations.cite(said.evidence)) if said else None


def facts(made: Decomposition, citations: Citations, documents: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The rows a reader looks for first, and the rest; what is unknown has no row."""
    head = made.artifact
    by_field: dict[str, list[FactClaim]] = {}
    for fact in made.facts:
        if fact.printed or not fact.evidence:
            by_field.setdefault(fact.field, []).append(fact)
    by_field = {field: _preferred(found) for field, found in by_field.items()}
    if any(not fact.evidence for fact in by_field.get("size", [])) and all(fact.evidence for fact in by_field.get("parameters", [])):
        by_field.pop("parameters", None)  # the record gives the sizes already
    rows = [
        Fact("Type", head.type),
        _head_fact("License", head.license, by_field.get("license") or _parts_of("license", by_field), citations),
        _head_fact("Pricing", head.pricing, by_field.get("pricing") or by_field.get("availability") or [], citations),
        *(_fact(label, by_field[name], citations) for name, label in _LABELS.items() if name in by_field),
        Fact("Documents", documents) if documents else None,
    ]
    rest = [_fact(_spoken(name), found, citations) for name, found in by_field.items() if name not in {*_LABELS, *_SAID_ELSEWHERE}]
    return tuple(row for row in rows if row), tuple(rest)


def _preferred(found: Sequence[FactClaim]) -> list[FactClaim]:
    """The manifest's facts where it has any, else those found in the documents."""
    stated = [fact for fact in found if not fact.evidence]
    return (stated[:1] or list(found))[:_AT_MOST]


def _parts_of(field: str, by_field: Mapping[str, list[FactClaim]]) -> list[FactClaim]:
    """The first fact about a part (of a licence: its code's, its weights'), where the manifest read all parts at one place."""
    parts = [found[0] for name, found in by_field.items() if name.startswith(f"{field}_")]
    return parts[:1] if len({(fact.source, fact.date) for fact in parts}) == 1 else []


def _head_fact(label: str, value: str | None, found: Sequence[FactClaim], citations: Citations) -> Fact | None:
    """A value of the record with the facts that say the same behind it; the facts alone where the record is silent."""
    if not value:
        return _fact(label, found, citations) if found else None
    behind = [fact for fact in found if not fact.evidence or agrees(fact.value, value)]
    if not behind:
        return Fact(label, one_line(value), source=_RECORD)
    made = _fact(label, behind, citations)
    return Fact(label, one_line(value), made.citations, made.source, made.link, made.date)


def _fact(label: str, found: Sequence[FactClaim], citations: Citations) -> Fact:
    first = found[0]
    date = None if first.date in (None, "") else ("undated" if first.date == "unknown" else first.date)
    source = one_line(first.source) if first.source else None
    value = "; ".join(dict.fromkeys(in_words(fact.field, one_line(fact.value)) for fact in found))
    numbers = citations.cite(quote for fact in found for quote in fact.evidence)
    return Fact(label, value, numbers, source, web_address(source), date)


def _spoken(field: str) -> str:
    return sentence_case(field.replace("_", " "))
