"""Prompts: finds the templates under prompts/, renders them, and names each version by the hash of its content."""

from __future__ import annotations

from agent.prompting.templates import Prompt, prompt

__all__ = ["Prompt", "prompt"]
