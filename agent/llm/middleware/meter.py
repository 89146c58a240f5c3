"""What a run has used: calls, tokens, cost; of every call, whatever became of its reply."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.middleware.call import Call
from agent.llm.prices import Price


@dataclass(frozen=True)
class Used:
    """`calls` were sent to the provider, `failed` of them brought no reply; `cached` requests needed none.

    `seconds` are the calls' own, added up. `cost_usd` is None where the price is unknown; `estimated`: some tokens are an estimate.
    """

    calls: int = 0
    failed: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    estimated: bool = False
    seconds: float = 0.0


class Meter:
    """Adds up what was used, here and in `above`: one for each artifact, over one for the run. `told` hears of every change."""

    def __init__(self, price: Price | None, above: Meter | None = None, told: Callable[[Used], None] | None = None) -> None:
        self._price, self._above, self._told = price, above, told
        self._lock = threading.Lock()
        self._used = Used()

    @property
    def used(self) -> Used:
        return self._used

    def reply(self, reply: ChatReply) -> None:
        cost = self._price.of(reply) if self._price else None
        with self._lock:
            old = self._used
            self._used = replace(
                old,
                calls=old.calls + 1,
                input_tokens=old.input_tokens + reply.input_tokens,
                output_tokens=old.output_tokens + reply.output_tokens,
                cost_usd=None if cost is None or old.cost_usd is None else old.cost_usd + cost,
                estimated=old.estimated or reply.tokens_estimated,
                seconds=old.seconds + reply.seconds,
            )
        self._tell()
        if self._above:
            self._above.reply(reply)

    def failure(self) -> None:
        with self._lock:
            cost = self._used.cost_usd if self._price else None
            self._used = replace(self._used, calls=self._used.calls + 1, failed=self._used.failed + 1, cost_usd=cost)
        self._tell()
        if self._above:
            self._above.failure()

    def cached(self) -> None:
        with self._lock:
            self._used = replace(self._used, cached=self._used.cached + 1)
        self._tell()
        if self._above:
            self._above.cached()

    def _tell(self) -> None:
        if self._told:
            self._told(self._used)


class Counted:
    """Counts every attempt that is sent to the provider."""

    def __init__(self, inner: ChatModel, shared: Meter, call: Call) -> None:
        self._inner, self._shared, self._call = inner, shared, call

    def complete(self, request: ChatRequest) -> ChatReply:
        self._call.attempts += 1
        try:
            reply = self._inner.complete(request)
        except ProviderError:
            self._shared.failure()
            raise
        self._shared.reply(reply)
        return reply
