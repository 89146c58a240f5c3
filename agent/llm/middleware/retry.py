"""A request that failed for a passing reason is sent again, later each time, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.faults import passes
from agent.llm.stopping import Stopper

if TYPE_CHECKING:
    from tenacity import RetryCallState


@dataclass(frozen=True)
class RetryOptions:
    """At most `attempts` in all; the first pause is up to `first` seconds and doubles up to `longest`, with jitter.

    A provider that asks for a pause gets it, up to `patience` seconds; one that asks for more is not asked again.
    """

    attempts: int = 8
    first: float = 1.0
    longest: float = 30.0
    patience: float = 300.0


class Retried:
    """Tries again after 408, 409, 429, 5xx and failed connections, never after a final error, and not once the run is being stopped."""

    def __init__(self, inner: ChatModel, stopper: Stopper, options: RetryOptions, sleep: Callable[[float], None] | None = None) -> None:
        self._inner, self._stopper, self._options = inner, stopper, options
        self._sleep = sleep or stopper.sleep

    def complete(self, request: ChatRequest) -> ChatReply:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        attempts = Retrying(
            stop=lambda state: self._stopper.stopped or stop_after_attempt(self._options.attempts)(state),
            retry=retry_if_exception(self._again),
            wait=self._pause,
            sleep=self._sleep,
            reraise=True,
        )
        return attempts(self._once, request)

    def _once(self, request: ChatRequest) -> ChatReply:
        self._stopper.check()
        return self._inner.complete(request)

    def _again(self, error: BaseException) -> bool:
        return isinstance(error, ProviderError) and passes(error) and (error.retry_after or 0) <= self._options.patience

    def _pause(self, state: RetryCallState) -> float:
        from tenacity import wait_random, wait_random_exponential

        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ProviderError) and error.retry_after is not None:
            # A little later than asked: everybody who was turned away was given the same time.
            return error.retry_after + wait_random(0, min(1.0, 0.1 * error.retry_after))(state)
        return wait_random_exponential(multiplier=self._options.first, max=self._options.longest)(state)
