"""The score that explains itself: components, one file each, and the table of weights and anchors as data."""

from agent.scoring.capability import capability_score
from agent.scoring.outline import outline_of
from agent.scoring.scorecard import score

__all__ = ["capability_score", "outline_of", "score"]
