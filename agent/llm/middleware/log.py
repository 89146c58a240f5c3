"""Nothing is lost: a request is written down before it is sent, a reply before anybody reads it."""

from __future__ import annotations

import json

from agent.llm.base import CallLog, CallRecord, ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.middleware.call import Call
from agent.llm.prices import Price
from agent.llm.stopping import NotAsked


class Logged:
    """Writes a call into the log; `price` None: its cost is unknown."""

    def __init__(self, inner: ChatModel, log: CallLog, call: Call, price: Price | None) -> None:
        self._inner, self._log, self._call, self._price = inner, log, call, price

    def complete(self, request: ChatRequest) -> ChatReply:
        call = self._call
        number = self._log.opened(_record(request, call))
        call.number = number
        try:
            reply = self._inner.complete(request)
        except ProviderError as error:
            self._log.failed(number, "skipped" if isinstance(error, NotAsked) else "error", str(error), call.attempts)
            raise
        self._log.replied(number, reply, self._price.of(reply) if self._price else None, call.attempts)
        return reply


def _record(request: ChatRequest, call: Call) -> CallRecord:
    return CallRecord(
        key=request.key,
        artifact=call.artifact,
        stage=call.stage,
        label=call.label,
        prompt_sha256=call.prompt_sha256,
        request=json.dumps(request.model_dump(), sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        status="open",
    )
