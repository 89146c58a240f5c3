"""What passes and is tried again, how often, and how long a server may make us wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential

from agent.errors import FetchError
from agent_sources.fetch.network import Deadline, Network

T = TypeVar("T")

ATTEMPTS = 3
_LONGEST_NUMBER = 9  # digits; more seconds than that is a mistake or a joke


class Passing(FetchError):
    """Trouble that may pass: worth another attempt, after `retry_after` seconds where the server named a time."""

    def __init__(self, message: str, *, hint: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


def persistently(attempt: Callable[[], T], network: Network, deadline: Deadline) -> T:
    """Run an attempt, again where its trouble may pass, at most ATTEMPTS times and never beyond the deadline. Raises FetchError.

    Where a server asks for a longer wait than there is time, it is not asked again.
    """
    growing = wait_exponential(multiplier=0.5, max=8)

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, Passing) else None
        return growing(state) if asked is None else asked

    def stop(state: RetryCallState) -> bool:
        return state.attempt_number >= ATTEMPTS or state.upcoming_sleep >= deadline.left()

    return Retrying(sleep=network.sleep, wait=wait, stop=stop, retry=retry_if_exception_type(Passing), reraise=True)(attempt)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for, as a number or an HTTP date; None where it says nothing that can be read."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:_LONGEST_NUMBER] if len(text) <= _LONGEST_NUMBER else "9" * _LONGEST_NUMBER)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
