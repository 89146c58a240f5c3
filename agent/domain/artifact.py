"""The artifact and its manifest: what a catalogue says about one real thing, with the source of each figure."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from agent.domain.base import Frozen

ArtifactType = Literal["model", "dataset", "library", "framework", "agent", "mcp-server", "benchmark", "product"]
Origin = Literal["documentation", "third-party", "project-notes"]

SLUG_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$"
UNDATED = "unknown"


class DocumentRef(BaseModel):
    """One entry of a manifest's `docs`: a file beside the manifest, or an address, or a file with the address it came from.

    Unknown keys are kept: catalogues record how a copy was made.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    file: str | None = None
    url: str | None = None
    title: str | None = None
    media_type: str | None = None
    origin: Origin = "documentation"

    @model_validator(mode="after")
    def _has_a_place(self) -> DocumentRef:
        if not self.file and not self.url:
            raise ValueError("a document needs 'file' or 'url'")
        return self


class Fact(BaseModel):
    """A typed fact: `field`, its value or values, and where and when it was read. `date` is ISO or "unknown"."""

    model_config = ConfigDict(frozen=True, extra="allow")

    field: str
    value: str | int | float | bool | list[str | int | float]
    source: str | None = None
    date: str = UNDATED
    note: str | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> str:
        return UNDATED if value in (None, "") else str(value)

    def printed(self) -> str:
        """The value as one line of text."""
        return ", ".join(str(v) for v in self.value) if isinstance(self.value, list) else str(self.value)


class Signal(BaseModel):
    """A measured figure about an artifact: a count, or the date of an event.

    `own` is False where the figure belongs to something larger (a monorepo, a third party's copy); such a figure is shown
    with its note and never scored.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str
    value: int | float | str
    source: str | None = None
    date: str = UNDATED
    period: str | None = None
    precision: str | None = None
    note: str | None = None
    own: bool = True

    @field_validator("date", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> str:
        return UNDATED if value in (None, "") else str(value)


class Related(Frozen):
    """A named neighbour: another artifact this one is compared with."""

    slug: str = Field(pattern=SLUG_PATTERN)
    name: str | None = None
    source: str | None = None
    note: str | None = None


class Manifest(Frozen):
    """`artifact.yaml`: one record per real thing."""

    slug: str = Field(pattern=SLUG_PATTERN)
    name: str = Field(min_length=1)
    type: ArtifactType
    homepage: str | None = None
    license: str | None = None
    pricing: str | None = None
    aliases: list[str] = []
    variants: list[str] = []
    related: list[Related] = []
    docs: list[DocumentRef] = []
    facts: list[Fact] = []
    signals: list[Signal] = []

    def fact(self, field: str) -> Fact | None:
        """The first fact of a field, or None: unknown is unknown."""
        return next((f for f in self.facts if f.field == field), None)

    def signal(self, name: str) -> Signal | None:
        """The first signal of a name, or None."""
        return next((s for s in self.signals if s.name == name), None)

    def names(self) -> tuple[str, ...]:
        """The name and its exact synonyms; variants are not among them."""
        return (self.name, *self.aliases)
