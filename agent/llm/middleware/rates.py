"""No more requests and tokens a minute than the provider allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from agent.llm.base import ChatModel, ChatReply, ChatRequest
from agent.llm.stopping import Stopper
from agent.llm.tokens import estimate_input


class Bucket:
    """A minute's allowance that fills evenly. What is taken beyond it is waited for, in the order it was taken."""

    def __init__(self, a_minute: float, clock: Callable[[], float]) -> None:
        self._size, self._clock = a_minute, clock
        self._level, self._at = a_minute, clock()

    def take(self, amount: float) -> float:
        """Take from it. Returns the seconds to wait until what was taken is there; more than a minute's allowance counts as one."""
        now = self._clock()
        self._level = min(self._size, self._level + (now - self._at) * self._size / 60)
        self._at = now
        self._level -= min(amount, self._size)
        return max(0.0, -self._level * 60 / self._size)

    def give_back(self, amount: float) -> None:
        """What was taken and not used after all; a negative amount was used beyond it."""
        self._level = min(self._size, self._level + amount)


class Rates:
    """Requests and tokens a minute, for all requests of a run; None is no limit."""

    def __init__(self, requests: int | None, tokens: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._requests = Bucket(requests, clock) if requests else None
        self._tokens = Bucket(tokens, clock) if tokens else None

    def take(self, tokens: int) -> float:
        """One request of so many tokens. Returns the seconds to wait before it is sent."""
        with self._lock:
            return max(self._requests.take(1) if self._requests else 0.0, self._tokens.take(tokens) if self._tokens else 0.0)

    def settle(self, taken: int, used: int) -> None:
        with self._lock:
            if self._tokens:
                self._tokens.give_back(taken - used)


class Paced:
    """Waits until a request may be sent. The longest possible reply is reserved, as providers count it, and corrected by the real one."""

    def __init__(self, inner: ChatModel, shared: Rates, stopper: Stopper, sleep: Callable[[float], None] | None = None) -> None:
        self._inner, self._shared, self._stopper = inner, shared, stopper
        self._sleep = sleep or stopper.sleep

    def complete(self, request: ChatRequest) -> ChatReply:
        taken = estimate_input(request) + request.max_output_tokens
        if wait := self._shared.take(taken):
            self._sleep(wait)
        self._stopper.check()
        reply = self._inner.complete(request)
        self._shared.settle(taken, reply.input_tokens + reply.output_tokens)
        return reply
