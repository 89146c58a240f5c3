"""The llm engine's stages in their order: propose, consolidate, differentiate; and, after grounding's guards, the judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from agent.prompting import prompt

if TYPE_CHECKING:
    from agent.domain.judgement import Judgeable, Judgement
    from agent.domain.proposal import CapabilityProposal, Proposal, Subject
    from agent.engines.llm.consolidate import Capability
    from agent.engines.llm.differentiate import Differences
    from agent.engines.llm.retrieve import Embed
    from agent.llm.base import Asker

VERSION = "1"  # rises whenever the same replies may give another proposal
TASKS = ("propose", "consolidate", "differentiate", "verify")
_MOST_FACTS = 16


class LlmEngine:
    """Proposes what a language model reads out of the documents.

    `asker_of(slug)` asks on behalf of one artifact; `embed` turns texts into vectors of the subjects' space; `capabilities` is how many are
    given at most. It is part of `version`, because it reaches the output.
    """

    name = "llm"

    def __init__(self, asker_of: Callable[[str], Asker], embed: Embed, model: str, capabilities: int = 14) -> None:
        self._asker_of = asker_of
        self._embed = embed
        self.model: str | None = model
        self.capabilities = capabilities
        self.version = f"{VERSION}.{capabilities}"

    @cached_property
    def prompts(self) -> Mapping[str, str]:
        """The sha256 of each stage's templates."""
        return {task: prompt(task).sha256 for task in TASKS}

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        """Capabilities in the order of the page. What a provider did not answer stands in `missing`; nothing is raised for it."""
        from agent.domain.proposal import Proposal
        from agent.engines.llm.consolidate import consolidated
        from agent.engines.llm.differentiate import differences
        from agent.engines.llm.packs import packs_of
        from agent.engines.llm.propose import proposals_of

        asker = self._asker_of(subject.manifest.slug)
        found = proposals_of(subject, packs_of(subject), asker)
        merged = consolidated(subject, found.candidates, found.packs, self.capabilities, asker)
        apart = differences(subject, neighbours, merged.capabilities, found.statements, asker, self._embed)
        missing = [*found.missing, *merged.missing, *apart.missing]
        notes = [] if merged.capabilities or missing else ["The model found no capability in the documents."]
        return Proposal(
            capabilities=self._capabilities(subject, merged.capabilities, apart),
            facts=found.facts[:_MOST_FACTS],
            notes=notes,
            missing=missing,
        )

    def judge(self, subject: Subject, claims: Sequence[Judgeable]) -> list[Judgement]:
        """What each claim's quotes say of it, in the order of the claims."""
        from agent.engines.llm.verify import judged

        return judged(subject.manifest, claims, self._asker_of(subject.manifest.slug))

    def _capabilities(self, subject: Subject, capabilities: Sequence[Capability], apart: Differences) -> list[CapabilityProposal]:
        from agent.domain.proposal import CapabilityProposal
        from agent.engines.llm.consolidate import gathered
        from agent.engines.llm.naming import fallbacks

        return [
            CapabilityProposal(
                name=one.names[0],
                other_names=list(one.names[1:]),
                fallback_name=fallback.name,
                spare=list(fallback.sentences),
                importance=one.importance,
                summary=one.summary,
                unique=apart.unique.get(one.id, []),
                vs_alternatives=apart.vs_alternatives.get(one.id, []),
                limitations=gathered(one, lambda member: member.limitations),
                intents=list(dict.fromkeys(intent for member in one.members for intent in member.intents))[:5],
                inputs=gathered(one, lambda member: member.inputs),
                outputs=gathered(one, lambda member: member.outputs),
            )
            for one, fallback in zip(capabilities, fallbacks(subject, capabilities), strict=True)
        ]
