"""Typed facts that documents state in so many words: what the artifact is, its licence, size, languages, needs.

Each rule reads sentences, list items, table rows or front matter; wrong is worse than unknown, so a value counts only where the line is
about the artifact itself: it names it, it stands under the heading of the fact, or it is a labelled line ("**License:** MIT").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.artifact import ArtifactType
from agent.domain.proposal import FactProposal, Subject
from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.facts.definition import definition
from agent.engines.extractive.facts.lines import read
from agent.engines.extractive.facts.reading import Reading, Rule, Stated
from agent.engines.extractive.facts.sizes import context, data_size, parameters, size_table, training
from agent.engines.extractive.facts.terms import license_of, pricing, released
from agent.engines.extractive.facts.use import hardware, languages, modalities, programming, requirements
from agent.engines.extractive.statements.reader import Statement

__all__ = ["facts"]

_PER_FIELD = {"size": 3, "license": 3, "requirements": 2}
_AT_MOST = 16


def facts(statements: Sequence[Statement], subject: Subject, setting: Setting) -> list[FactProposal]:  # noqa: ARG001
    """The definition first, then facts with the line that states each, in the order of the rules; at most three of a field."""
    said = definition(subject)
    found = [said] if said else []
    reading = Reading(read(subject), setting, subject.manifest, said.text if said else "")
    for field, rule in rules_for(subject.manifest.type):
        taken: list[str] = []
        for stated in sorted(rule(reading), key=lambda one: -one.rating):
            if len(taken) < _PER_FIELD.get(field, 1) and _new(stated, taken):
                taken.append(stated.value)
                found.append(FactProposal(field=field, value=stated.value, text=stated.text, quotes=list(stated.quotes)))
    return found[:_AT_MOST]


def _new(stated: Stated, taken: Sequence[str]) -> bool:
    folded = _folded(stated.value)
    return not any(folded in _folded(old) or _folded(old) in folded for old in taken)


def _folded(value: str) -> str:
    """A value by its letters and digits: "CC BY 4.0" and "cc-by-4.0" are one."""
    return re.sub(r"[\W_]|model (?=weights)", "", value.casefold())


def rules_for(kind: ArtifactType) -> list[tuple[str, Rule]]:
    """The rules that make sense for a type, with the field each fills."""
    software: list[tuple[str, Rule]] = [("programming_languages", programming), ("requirements", requirements), ("pricing", pricing)]
    data: list[tuple[str, Rule]] = [("size", data_size), ("languages", languages)]
    model: list[tuple[str, Rule]] = [
        ("parameters", parameters),
        ("parameters", size_table),
        ("context_length", context),
        ("languages", languages),
        ("input_modalities", modalities("input")),
        ("output_modalities", modalities("output")),
        ("training_data", training),
        ("requirements", requirements),
        ("hardware", hardware),
    ]
    of_type = {"model": model, "dataset": data, "benchmark": data}
    return [("license", license_of), *of_type.get(kind, software), ("released", released)]
