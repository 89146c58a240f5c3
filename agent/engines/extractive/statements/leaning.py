"""What a sentence leans on: what its artifact is called, what stands before it, and the headings above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.domain.artifact import ArtifactType, Manifest
from agent.engines.extractive.statements.titles import Titles

_OWN_NOUNS: dict[ArtifactType, str] = {
    "model": r"models?|network|checkpoints?|family(?: of models)?|series|architecture|system|method|approach|repository|repo|release|"
    r"work|paper|project",
    "dataset": r"data ?sets?|corpus|corpora|collection|database|resource|repository|repo|release|work|paper|project|benchmark|data",
    "library": r"library|package|project|tool|toolkit|framework|engine|repository|repo|module|software|sdk|server|database|system|crate",
    "framework": r"framework|library|package|project|toolkit|platform|repository|repo|sdk|software|system|tool",
    "agent": r"agent|assistant|tool|project|framework|system|application|app|package|repository|repo|software|library",
    "mcp-server": r"(?:mcp )?server|package|project|tool|integration|repository|repo",
    "benchmark": r"benchmark|data ?set|test(?: suite)?|suite|evaluation|leaderboard|task|repository|repo|project|paper|work",
    "product": r"product|platform|service|database|engine|application|app|system|tool|project|repository|repo|software|library|api",
}


@dataclass(frozen=True)
class Names:
    """What an artifact is called: its own name, everything that may stand for it, and the nouns "this ..." may use for it."""

    name: str
    known: tuple[str, ...]
    nouns: re.Pattern[str]
    type: ArtifactType = "library"

    @classmethod
    def of(cls, manifest: Manifest) -> Names:
        known = sorted({n for n in (*manifest.names(), *manifest.variants) if len(n) > 1}, key=lambda n: (-len(n), n))
        nouns = _OWN_NOUNS[manifest.type]
        return cls(manifest.name, tuple(known), re.compile(rf"(?:{nouns})", re.I), manifest.type)

    def opens(self, text: str) -> str | None:
        """The name a text begins with ("the" before it aside), or None."""
        bare = re.sub(r"^the ", "", text, flags=re.I)
        return next((n for n in self.known if re.match(re.escape(n) + r"(?!\w)", bare, re.I)), None)

    def mentioned(self, text: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.I) for n in self.known)

    @property
    def possessive(self) -> str:
        return self.name + ("'" if self.name.endswith("s") else "'s")


@dataclass(frozen=True)
class Leaning:
    """Where a sentence stands: whether the one before it in its block is about the artifact itself, and under which headings.

    `opening` says that it is the first prose of a document: "This repository" can only be the artifact. `path` is None where the
    sentence is judged without its place. `subject` is the named part ("The Image class") that the sentence before is about.
    """

    names: Names
    after_own: bool = False
    opening: bool = False
    path: tuple[str, ...] | None = None
    titles: Titles | None = None
    subject: str | None = None
