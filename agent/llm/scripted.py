"""A model that says what a script tells it to, and a call log in memory: for tests, demonstrations and measurements without a provider."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from agent.llm.access import Access, AccessOptions
from agent.llm.base import CallRecord, ChatReply, ChatRequest, ProviderError, Status
from agent.llm.choose import Chosen
from agent.llm.prices import FREE, Price
from agent.llm.tokens import estimate_input, estimate_tokens

Line = str | Mapping[str, Any] | BaseModel | ChatReply | ProviderError
"""What a script says to one request: text, an object or a value to be sent as JSON, a whole reply, or an error to be raised."""


class ScriptedModel:
    """Answers from a function of the request, or line by line. `delay` is what every answer takes, in seconds; `requests` were asked."""

    def __init__(
        self,
        script: Callable[[ChatRequest], Line] | Iterable[Line],
        delay: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._lines = None if callable(script) else iter(script)
        self._script = script if callable(script) else None
        self._delay, self._sleep = delay, sleep
        self._lock = threading.Lock()
        self.requests: list[ChatRequest] = []

    def complete(self, request: ChatRequest) -> ChatReply:
        with self._lock:
            self.requests.append(request)
            line = next(self._lines, None) if self._lines is not None else None
        if self._script is not None:
            line = self._script(request)
        if self._delay:
            self._sleep(self._delay)
        if line is None:
            raise ProviderError("the script has no further line.", final=True)
        if isinstance(line, ProviderError):
            raise line
        return line if isinstance(line, ChatReply) else self._reply(line, request)

    def _reply(self, line: str | Mapping[str, Any] | BaseModel, request: ChatRequest) -> ChatReply:
        if isinstance(line, BaseModel):
            line = line.model_dump_json()
        text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
        return ChatReply(
            text=text,
            finish="stop",
            input_tokens=estimate_input(request),
            output_tokens=estimate_tokens(text),
            tokens_estimated=True,
            model=request.model,
            seconds=self._delay,
        )


class MemoryLog:
    """A call log that ends with the process. `records` are the calls as they stand, by number."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.records: list[CallRecord] = []

    def answered(self, key: str) -> ChatReply | None:
        with self._lock:
            for record in reversed(self.records):
                if record.key == key and record.reply is not None:
                    reply = ChatReply.model_validate_json(record.reply)
                    if reply.finish == "stop":
                        return reply
        return None

    def opened(self, record: CallRecord) -> int:
        with self._lock:
            self.records.append(record)
            return len(self.records) - 1

    def replied(self, number: int, reply: ChatReply, cost_usd: float | None, attempts: int) -> None:
        self._change(number, status="ok", reply=reply.model_dump_json(), cost_usd=cost_usd, attempts=attempts)

    def failed(self, number: int, status: Status, detail: str, attempts: int) -> None:
        self._change(number, status=status, detail=detail, attempts=attempts)

    def _change(self, number: int, **changes: Any) -> None:
        with self._lock:
            self.records[number] = self.records[number].model_copy(update=changes)


def scripted(
    script: Callable[[ChatRequest], Line] | Iterable[Line],
    log: MemoryLog | None = None,
    options: AccessOptions | None = None,
    price: Price | None = FREE,
) -> Access:
    """A run's access to a scripted model: `scripted(...).asker("slug")` is an `Asker`."""
    return Access(Chosen(ScriptedModel(script), "scripted", "script", price), log or MemoryLog(), options)
