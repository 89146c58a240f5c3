"""What the model answers, stage by stage: the strict forms of its replies.

Strict JSON schemas know no defaults and no ranges, so every field is required and lengths are looked at after parsing. A quote is given
with the number of its passage; where a reply only chooses among what is there already, it names ids and writes no quote at all.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from agent.domain.capability import Importance

FactField = Literal[
    "definition",
    "license",
    "pricing",
    "developer",
    "released",
    "latest_version",
    "size",
    "parameters",
    "context_length",
    "languages",
    "programming_languages",
    "input_modalities",
    "output_modalities",
    "formats",
    "requirements",
    "hardware",
    "training_data",
    "architecture",
    "package",
    "repository",
]


class Form(BaseModel):
    """A part of a reply: every field there, none beside them."""

    model_config = ConfigDict(extra="forbid")


class Quoted(Form):
    passage: int
    quote: str


class Sentence(Form):
    text: str
    quotes: list[Quoted]


class Compared(Form):
    alternative: str
    text: str
    quotes: list[Quoted]


class StatedFact(Form):
    field: FactField
    value: str
    quotes: list[Quoted]


class Candidate(Form):
    """A capability as one pack shows it."""

    name: str
    job: str
    importance: Importance
    summary: list[Sentence]
    intents: list[str]
    inputs: list[Sentence]
    outputs: list[Sentence]
    limitations: list[Sentence]


class Proposed(Form):
    """The reply of *propose*."""

    capabilities: list[Candidate]
    distinctive: list[Sentence]
    comparisons: list[Compared]
    facts: list[StatedFact]


class Merged(Form):
    name: str
    importance: Importance
    members: list[str]


class Consolidated(Form):
    """The reply of *consolidate*: which candidates make which capability, in the order of the page."""

    capabilities: list[Merged]


class Placement(Form):
    item: str
    capability: str


class Difference(Form):
    capability: str
    kind: Literal["unique", "vs_alternatives"]
    alternative: str
    text: str
    own: list[str]
    quotes: list[Quoted]


class Differentiated(Form):
    """The reply of *differentiate*: where each statement belongs, and what own and other documents show together."""

    placements: list[Placement]
    differences: list[Difference]


class Read(Form):
    claim: int
    finding: Literal["supported", "contradicted", "not_found", "undecided"]
    word: str


class Verdicts(Form):
    """The reply of *verify*: one finding for each claim."""

    verdicts: list[Read]
