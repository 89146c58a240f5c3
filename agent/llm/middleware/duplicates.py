"""Two equal requests at once make one call."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from agent.llm.base import ChatModel, ChatReply, ChatRequest
from agent.llm.middleware.call import Call


class InFlight:
    """The requests being answered now, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Future[ChatReply]] = {}

    def join(self, key: str) -> tuple[Future[ChatReply], bool]:
        """The reply to come, and whether the caller is the one who has to get it."""
        with self._lock:
            first = key not in self._open
            if first:
                self._open[key] = Future()
            return self._open[key], first

    def leave(self, key: str) -> None:
        with self._lock:
            self._open.pop(key, None)


class Once:
    """The first of several equal requests is sent; the others wait for its reply, or its error."""

    def __init__(self, inner: ChatModel, shared: InFlight, call: Call) -> None:
        self._inner, self._shared, self._call = inner, shared, call

    def complete(self, request: ChatRequest) -> ChatReply:
        future, first = self._shared.join(request.key)
        if not first:
            self._call.cached = True
            return future.result()
        try:
            reply = self._inner.complete(request)
        except BaseException as error:
            self._shared.leave(request.key)
            future.set_exception(error)
            raise
        self._shared.leave(request.key)
        future.set_result(reply)
        return reply
