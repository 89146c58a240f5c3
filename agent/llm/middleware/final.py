"""What is refused once to everybody is not asked again in the same run."""

from __future__ import annotations

import threading

from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError

_FOR_ALL = frozenset({401, 402, 403, 404, 429})
"""Statuses of a final error that meets every request alike: bad key, no money, no such model, no quota. 400 and 422 are about one."""


class Refusals:
    """The provider's refusal, once there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._error: ProviderError | None = None

    @property
    def error(self) -> ProviderError | None:
        return self._error

    def learn(self, error: ProviderError) -> None:
        with self._lock:
            if self._error is None and error.final and error.status in _FOR_ALL:
                self._error = error


class Refused:
    """Raises the refusal that is known already instead of asking for it again."""

    def __init__(self, inner: ChatModel, shared: Refusals) -> None:
        self._inner, self._shared = inner, shared

    def complete(self, request: ChatRequest) -> ChatReply:
        if (known := self._shared.error) is not None:
            raise ProviderError(known.args[0], hint=known.hint, status=known.status, final=True)
        try:
            return self._inner.complete(request)
        except ProviderError as error:
            self._shared.learn(error)
            raise
