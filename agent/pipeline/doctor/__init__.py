"""Looks for what should never be, says what to do about it, and repairs what can be repaired without losing anything.

A check is one small object (`base.Check`); a new one goes into the list in `examine`.
"""

from agent.pipeline.doctor.base import Check, Finding, Patient
from agent.pipeline.doctor.examine import Doctor, Report, sound

__all__ = ["Check", "Doctor", "Finding", "Patient", "Report", "sound"]
