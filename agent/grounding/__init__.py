"""Grounding: ordinary code that accepts or rejects every claim an engine proposes, the same for every engine.

A claim is supported when its quotes stand in the stored text, every number, name, negation and degree word of it is licensed by them or by
what stands above them, and a checker finds that they say it.
"""

from __future__ import annotations

from agent.grounding.entail import Checker, LexicalChecker, Verdict
from agent.grounding.grounder import Grounder
from agent.grounding.locate import Locator, locate

__all__ = ["Checker", "Grounder", "LexicalChecker", "Locator", "Verdict", "locate"]
