"""A claim put before a reader who sees nothing but its quotes, and what that reader finds."""

from __future__ import annotations

from typing import Literal

from agent.domain.base import Frozen

Finding = Literal["supported", "contradicted", "not_found", "undecided", "unanswered"]


class QuoteInView(Frozen):
    """A quote as a judge sees it: its words, the lines above it (headings, a table's header row), and whose document it is from."""

    words: str
    above: tuple[str, ...] = ()
    artifact: str = ""


class Judgeable(Frozen):
    """A claim that passed every guard, with its quotes and nothing of how it came about."""

    claim: str
    quotes: tuple[QuoteInView, ...]


class Judgement(Frozen):
    """What a judge found, and the word or part that the quotes do not license; "unanswered" where none came, `detail` says why."""

    finding: Finding
    detail: str = ""
