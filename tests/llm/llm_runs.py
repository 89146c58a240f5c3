"""A question, its form, and a run that keeps its own time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fault_server import FaultServer
from pydantic import BaseModel, ConfigDict

from agent.llm.access import Access, AccessOptions
from agent.llm.base import Answer, ChatReply, ChatRequest, Message, Question
from agent.llm.choose import Chosen
from agent.llm.openai_adapter import OpenAIModel
from agent.llm.prices import Price
from agent.llm.schema import strict_schema
from agent.llm.scripted import MemoryLog


class Birds(BaseModel):
    model_config = ConfigDict(extra="forbid")

    names: list[str]
    count: int


class FakeTime:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now, self.waits, self._lock = 0.0, list[float](), threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds
            self.waits.append(seconds)


def question(label: str = "passages 1 of 1", check: Callable[[Birds], str] | None = None, most: int = 500) -> Question[Birds]:
    return Question("propose", label, "You name birds.", f"Which birds are in {label}?", Birds, "f" * 64, most, check)


def request(text: str = "Which birds?", most: int = 500, **more: Any) -> ChatRequest:
    return ChatRequest(
        model="m", messages=(Message(role="system", content="You name birds."), Message(role="user", content=text)),
        schema_name="Birds", json_schema=strict_schema(Birds), max_output_tokens=most, **more,
    )  # fmt: skip


def reply(text: str | None = '{"names": ["a heron"], "count": 1}', **more: Any) -> ChatReply:
    return ChatReply(**{"text": text, "finish": "stop", "input_tokens": 100, "output_tokens": 10, **more})


@dataclass
class Run:
    """A run over the fault server with a log in memory and time that does not pass."""

    server: FaultServer
    log: MemoryLog = field(default_factory=MemoryLog)
    time: FakeTime = field(default_factory=FakeTime)
    price: Price | None = None
    timeout: float = 10.0
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model = OpenAIModel(self.server.url, self.timeout)
        options = AccessOptions(**{"sleep": self.time.sleep, "clock": self.time.clock, **self.options})
        self.access = Access(Chosen(self.model, "openai", "m", self.price), self.log, options)

    def ask(self, *questions: Question[Birds]) -> list[Answer[Birds]]:
        try:
            return self.access.asker("heronry").ask(list(questions) or [question()])
        finally:
            self.access.close()

    def one(self, *questions: Question[Birds]) -> Answer[Birds]:
        [answer] = self.ask(*questions)
        return answer
