"""What drafts are planned in: things said, each with its evidence; sentences made of them; sections of sentences.

A plan says what a page will say. Grounding looks at every thing said; the style's templates then put what stands into words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from agent.domain.artifact import Manifest
from agent.domain.capability import ArtifactHead, Capability, Check, Claim, ClaimKind, DocumentHead, Evidence
from agent.domain.comparison import Row
from agent.domain.draft import Form, SectionKey
from agent.domain.proposal import ClaimProposal

Frame = Literal["", "as_is", "alike", "unlike", "pick", "both", "need"]
"""How things said become a sentence: as it stands ("as_is"), as it stands but for its subject (""), or inside one
of the style's frames."""


class Grounding(Protocol):
    """What writing needs of a grounder, one for each artifact of the page."""

    def claim(self, proposal: ClaimProposal) -> Claim: ...

    def text_supported(self, text: str, evidence: Sequence[Evidence]) -> list[Check]: ...


@dataclass(frozen=True)
class Said:
    """One thing said of an artifact: a sentence, or (`phrase`) a need or a kind, with the quotes it stands on.

    `stored` is the claim of the decomposition whose own words these are, if they are. `opening` are words at its start that only lead over
    from the sentence before ("In addition, "): they claim nothing, and what is grounded is the rest.
    """

    artifact: str
    text: str
    evidence: tuple[Evidence, ...]
    kind: ClaimKind = "summary"
    alternatives: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    phrase: bool = False
    stored: Claim | None = field(default=None, compare=False)
    opening: str = ""


@dataclass(frozen=True)
class Planned:
    """A sentence to be: what it says and the frame that holds it. `least` says how many of its pieces must stand."""

    pieces: tuple[Said, ...]
    frame: Frame = ""
    least: int = 1

    @property
    def artifact(self) -> str:
        return self.pieces[0].artifact


@dataclass(frozen=True)
class PlannedBlock:
    sentences: tuple[Planned, ...]
    form: Form = "paragraph"
    label: str = ""
    artifact: str | None = None


@dataclass(frozen=True)
class PlannedSection:
    """`note` is the verdict of a table; elsewhere the slugs of the sides of which nothing of the kind is known, "none" for all."""

    key: SectionKey
    blocks: tuple[PlannedBlock, ...] = ()
    artifact: str | None = None
    rows: tuple[Row, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Party:
    """One artifact of the page with everything that may be said of it. `variants` are names of its versions and sizes."""

    head: ArtifactHead
    names: tuple[str, ...]
    variants: tuple[str, ...]
    definition: Claim | None
    capabilities: tuple[Capability, ...]

    @property
    def slug(self) -> str:
        return self.head.slug

    @property
    def name(self) -> str:
        return self.head.name


@dataclass(frozen=True)
class Plan:
    """What a page will say, before grounding has looked at it; `parties` in the order of the page.

    `alike` are pairs of claims, one of either side, about the same job.
    """

    parties: tuple[Party, ...]
    sections: tuple[PlannedSection, ...]
    as_of: str
    inputs_sha256: str
    documents: tuple[DocumentHead, ...]
    style: str = "neutral"
    alike: tuple[tuple[str, str], ...] = ()


def party_of(head: ArtifactHead, manifest: Manifest, definition: Claim | None, capabilities: Sequence[Capability]) -> Party:
    """An artifact as a plan needs it."""
    return Party(head, manifest.names(), tuple(manifest.variants), definition, tuple(capabilities))


def said_of(artifact: str, claim: Claim) -> Said:
    """A claim of a decomposition in its own words."""
    return Said(
        artifact=artifact,
        text=claim.text,
        evidence=tuple(claim.evidence),
        kind=claim.kind,
        alternatives=tuple(claim.alternatives),
        claims=(claim.id,),
        stored=claim,
    )
