"""A request that was answered before, in this run or an earlier one, is not sent again."""

from __future__ import annotations

from agent.llm.base import CallLog, ChatModel, ChatReply, ChatRequest
from agent.llm.middleware.call import Call


class Cache:
    """Answers from the call log where it has the reply to exactly this request. A reply without content is no answer."""

    def __init__(self, inner: ChatModel, log: CallLog, call: Call) -> None:
        self._inner, self._log, self._call = inner, log, call

    def complete(self, request: ChatRequest) -> ChatReply:
        kept = self._log.answered(request.key)
        if kept is None or kept.finish != "stop" or not (kept.text or "").strip():
            return self._inner.complete(request)
        self._call.cached = True
        return kept
