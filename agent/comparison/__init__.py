"""Two artifacts side by side: rows, aligned capabilities, the verdict, and when to choose which."""

from agent.comparison.compare import compare
from agent.comparison.portrait import portrait

__all__ = ["compare", "portrait"]
