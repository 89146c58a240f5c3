"""The engine that asks a language model. What it proposes is put to the same grounding as everything else."""

from __future__ import annotations

from agent.engines.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
