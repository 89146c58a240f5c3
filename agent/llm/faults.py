"""From what a provider's library raises to ProviderError: status, how long to wait, whether it is final. One place for all adapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from agent.llm.base import ProviderError
from agent.llm.keys import said_by

PASSING = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request may succeed; any other 5xx counts too (`passes`)."""

_NO_QUOTA = frozenset({"insufficient_quota", "billing_not_active", "billing_hard_limit_reached"})
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window)|maximum context|prompt is too long|too many (?:input )?tokens|input token count", re.I
)


class TooLong(ProviderError):
    """A request the model cannot take, because it has more tokens than its context window. Splitting it helps."""


def passes(error: ProviderError) -> bool:
    """Whether the same request may succeed a little later: no answer, or one that says so; never an error that is final."""
    if error.final:
        return False
    return error.status is None or error.status in PASSING or 500 <= error.status <= 599


def explained(raised: Exception, place: str, model: str, secrets: Iterable[str] = ()) -> ProviderError:
    """What a library's exception means. `place` names the server in the message; `secrets` never appear in it.

    Read by attributes, because every library has classes of its own: `status_code` (`code` at Google) and `response.headers`. An error that
    wraps another and says nothing itself is read through.
    """
    error = next((one for one in _chain(raised) if _status(one) is not None), raised)
    said, status = said_by(error, secrets), _status(error)
    if status is None:
        return _unanswered(error, place, said)
    if status in (401, 403):
        return ProviderError(f"{place} refuses the key: {said}.", hint="Check it: agent keys list.", status=status, final=True)
    if _code(error) in _NO_QUOTA:
        return ProviderError(
            f"{place} has no quota left for {model!r}: {said}.", hint="What was answered is kept.", status=status, final=True
        )
    if status in (400, 413, 422) and (_code(error) == "context_length_exceeded" or _TOO_LONG.search(said)):
        return TooLong(f"{place} cannot take so long a request for {model!r}: {said}.", status=status, final=True)
    if 400 <= status < 500 and status not in PASSING:
        return ProviderError(
            f"{place} refuses the model {model!r} or the request: {said}.", hint=_remedy(status), status=status, final=True
        )
    wait = retry_after(getattr(getattr(error, "response", None), "headers", None))
    busy = "is asked too often" if status == 429 else "cannot answer now"
    return ProviderError(f"{place} {busy} ({status}): {said}.", hint="Try again later.", status=status, retry_after=wait)


def shown(url: str) -> str:
    """An address as messages name it: without a password or a query, which may hold a key."""
    return repr(re.sub(r"//[^/@]*@", "//", url).partition("?")[0])


def wrong_form(place: str, model: str, what: str) -> ProviderError:
    """A server that answered with success, and not as the protocol says. Asking again would not help, another server might."""
    return ProviderError(f"{place} answered {model!r} with {what}.", hint="It does not speak OpenAI's chat protocol.", status=200)


def retry_after(headers: Any, now: datetime | None = None) -> float | None:
    """Seconds the server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3)."""
    if headers is None:
        return None
    try:
        return max(0.0, float(headers.get("retry-after-ms")) / 1_000)
    except (TypeError, ValueError):
        asked = str(headers.get("retry-after") or "").strip()
    try:
        seconds = float(asked)
        return max(0.0, seconds) if seconds == seconds and seconds != float("inf") else None
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(asked)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _chain(raised: BaseException) -> Iterator[BaseException]:
    """An error and those it was raised from."""
    at: BaseException | None = raised
    for _ in range(5):
        if at is None:
            return
        yield at
        at = at.__cause__


def _status(error: BaseException) -> int | None:
    """The HTTP status an error carries, whatever its library calls it."""
    response = getattr(error, "response", None)
    for value in (getattr(error, "status_code", None), getattr(error, "code", None), getattr(response, "status_code", None)):
        if isinstance(value, int) and 100 <= value <= 599:
            return value
    return None


def _code(error: BaseException) -> str:
    """The error's own code: its `code`, or the one in its body."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else {}
    for value in (getattr(error, "code", None), *((inner.get("code"), inner.get("type")) if isinstance(inner, dict) else ())):
        if isinstance(value, str) and value in _NO_QUOTA | {"context_length_exceeded"}:
            return value
    return ""


def _unanswered(error: BaseException, place: str, said: str) -> ProviderError:
    """No status: the connection failed, or the library could not read what came."""
    name = type(error).__name__.casefold()
    if "timeout" in name or isinstance(error, TimeoutError):
        return ProviderError(f"{place} did not answer in time.", hint="Give it longer: --timeout SECONDS.")
    cause = error.__cause__ or error.__context__
    if "connect" in name or "protocol" in name or "network" in name or "transport" in name or isinstance(error, OSError):
        reason = f": {type(cause).__name__}" if cause else ""
        return ProviderError(
            f"{place} cannot be reached, or broke off{reason}.", hint="Check the address and the network, or try again later."
        )
    if isinstance(error, ValueError):
        return ProviderError(f"{place} answered with what is no JSON: {said}.", hint="Check the address.", status=200)
    return ProviderError(
        f"{place} could not be asked: {type(error).__name__}: {said}.", hint="Check the model's name and its settings.", final=True
    )


def _remedy(status: int) -> str:
    return "Check the model's name, and the server's address where one is set." if status in (400, 404) else ""
