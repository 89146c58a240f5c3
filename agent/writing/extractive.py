"""Drafts without a model: the plan's own sentences, in the words of a style."""

from __future__ import annotations

from agent.writing.base import Plan, PlannedSection

VERSION = "1"
"""Rises with every change of rules or wording, so that a stored draft is not taken for what this version would say."""


class ExtractiveWriter:
    """Says what the plan says."""

    name = "extractive"
    version = VERSION
    model: str | None = None
    prompts: dict[str, str] = {}

    def write(self, plan: Plan) -> tuple[tuple[PlannedSection, ...], list[str]]:
        """The sections to ground and what is missing of them: nothing, ever."""
        return plan.sections, []
