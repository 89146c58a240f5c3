"""Drafts: prose with citations about one artifact or two.

A plan chooses what a page says out of a comparison or a decomposition; a writer (the plan's own sentences, or a model's) gives the
sections; grounding looks at each thing said; a style puts what stands into words.
"""

from __future__ import annotations

from agent.writing.base import Grounding
from agent.writing.comparison_plan import comparison_plan
from agent.writing.draft import Writer, draft
from agent.writing.extractive import ExtractiveWriter
from agent.writing.llm import LlmWriter
from agent.writing.portrait_plan import portrait_plan

__all__ = ["ExtractiveWriter", "Grounding", "LlmWriter", "Writer", "comparison_plan", "draft", "portrait_plan"]
