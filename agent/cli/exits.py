"""Exit codes: 0 done, 1 a check failed, 2 the user's input, 3 incomplete or environment, 70 a bug, 130 interrupted."""

from __future__ import annotations

from collections.abc import Iterable

DONE, FAILED, INPUT, INCOMPLETE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130
_PRECEDENCE = (BUG, INTERRUPTED, INPUT, INCOMPLETE, FAILED, DONE)


def worst(codes: Iterable[int]) -> int:
    """The one code for several: the first of 70, 130, 2, 3, 1 that occurs, else 0."""
    found = set(codes)
    return next((code for code in _PRECEDENCE if code in found), DONE)
