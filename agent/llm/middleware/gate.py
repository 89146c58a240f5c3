"""As many calls in flight as the provider takes: more while it answers, fewer when it says that it is too much.

The figures are inspect_ai's: start at 20, at most 100; a 429 multiplies by 0.8, once in 15 seconds; a 5xx pauses growth.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.stopping import Stopper

START = 20
MOST = 100
_LESS = 0.8
_COOLDOWN = 15.0  # seconds


class Gate:
    """Places for calls in flight, for all requests of a run. `most` given is where it starts, and never exceeded."""

    def __init__(self, most: int | None, stopper: Stopper, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most or MOST
        self._limit = float(min(most or START, self.most))
        self._clock, self._stopper = clock, stopper
        self._changed = threading.Condition()
        self._in_flight = 0
        self._since = 0  # replies since the limit was last changed
        self._calm_at = self._cut_at = float("-inf")
        stopper.on_stop(self._wake)

    @property
    def in_flight(self) -> int:
        return self._in_flight

    @property
    def limit(self) -> int:
        """Places there are now; always at least one."""
        return max(1, int(self._limit))

    def enter(self) -> None:
        """Wait for a place. Raises NotAsked where the run is being stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._in_flight < self.limit or self._stopper.stopped)
            self._stopper.check()
            self._in_flight += 1

    def leave(self, error: ProviderError | None = None) -> None:
        """Give the place back and say how it went."""
        with self._changed:
            full = self._in_flight >= self.limit
            self._in_flight -= 1
            self._learn(error, full=full)
            self._changed.notify_all()

    def _learn(self, error: ProviderError | None, *, full: bool) -> None:
        now = self._clock()
        if error is None:
            # Grow only where places were short, by one for as many replies as there are places.
            self._since += full
            if now >= self._calm_at and self._since >= self.limit:
                self._limit, self._since = min(float(self.most), self._limit + max(1.0, self._limit / 10)), 0
        elif error.status == 429 and not error.final:
            self._calm_at = now + _COOLDOWN
            if now - self._cut_at >= _COOLDOWN:  # one storm reaches many calls in flight and counts once
                self._limit, self._since, self._cut_at = max(1.0, self._limit * _LESS), 0, now
        elif error.status is not None and error.status >= 500:
            self._calm_at, self._since = now + _COOLDOWN, 0

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class Gated:
    """Sends a request when there is a place."""

    def __init__(self, inner: ChatModel, shared: Gate) -> None:
        self._inner, self._shared = inner, shared

    def complete(self, request: ChatRequest) -> ChatReply:
        self._shared.enter()
        problem: ProviderError | None = ProviderError("unknown", final=True)
        try:
            reply = self._inner.complete(request)
            problem = None
        except ProviderError as error:
            problem = error
            raise
        finally:
            self._shared.leave(problem)
        return reply
