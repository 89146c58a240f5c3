"""What a language model is to this program: a request with a strict schema, a reply, and the errors in between.

Every part of `agent.llm` speaks these words. A *model* answers one request with one reply or raises ProviderError. *Middleware* is a model
around a model. A stage never sees either: it hands questions to an `Asker` and gets answers, each with a status, in the order it asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from agent.domain.base import Frozen, sha256
from agent.errors import IncompleteError

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "content_filter", "refusal", "other"]
Status = Literal["ok", "truncated", "refused", "empty", "invalid", "error", "skipped"]
"""How a question ended: answered; cut at the token limit; declined by model or filter; without content; not in the schema's form even after
one more try; no reply (network, provider, quota); not asked, because the budget was spent or the run was being stopped."""

Value = TypeVar("Value", bound=BaseModel)


class Message(Frozen):
    role: Role
    content: str


class ChatRequest(Frozen):
    """Everything that determines a reply, and nothing else: `key` is its identity for cache, resume and recordings.

    `json_schema` is a JSON schema in the strict form (root object, every field required, no additional properties); `model` is the name the
    provider knows it by, without the provider. Sampling that is None is left to the provider.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    messages: tuple[Message, ...]
    schema_name: str
    json_schema: dict[str, Any]
    max_output_tokens: int
    temperature: float | None = None
    seed: int | None = None

    @cached_property
    def key(self) -> str:
        """The sha256 of the request's canonical JSON: model, messages, response format, sampling."""
        return sha256(json.dumps(self.model_dump(), sort_keys=True, ensure_ascii=False, separators=(",", ":")))


class ChatReply(Frozen):
    """One reply as it came. `text` is None where there was no content; `refusal` is the model's own words of refusal.

    `tokens_estimated`: the provider counted no tokens, and the figures are an estimate (`agent.llm.tokens`).
    """

    text: str | None
    finish: Finish
    refusal: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    tokens_estimated: bool = False
    model: str = ""
    seconds: float = 0.0


class ProviderError(IncompleteError):
    """A request without a usable reply.

    `status` is the HTTP status, None where none came; `retry_after` the seconds the provider asked to wait; `final` whether the same
    request can never succeed (bad key, exhausted quota, refused request). A message never contains a key.
    """

    def __init__(
        self, message: str, *, hint: str = "", status: int | None = None, retry_after: float | None = None, final: bool = False
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.retry_after = retry_after
        self.final = final


class ChatModel(Protocol):
    """Answers one request. Safe to call from several threads. Raises ProviderError."""

    def complete(self, request: ChatRequest) -> ChatReply: ...


@dataclass(frozen=True)
class Question(Generic[Value]):
    """One thing a stage wants to know: the rendered prompt and the form of its answer.

    `stage` is the prompt's task name, `label` what progress, call log and errors call it ("passages 3 of 7"); `prompt_sha256` is the
    template's hash. `check` may refuse a value that is valid by its schema: it returns what is wrong, for the one re-ask, or "".
    """

    stage: str
    label: str
    system: str
    user: str
    answer: type[Value]
    prompt_sha256: str
    max_output_tokens: int = 8_000
    check: Callable[[Value], str] | None = None


@dataclass(frozen=True)
class Answer(Generic[Value]):
    """What came of a question: `value` is there exactly where `status` is "ok"; `detail` says what went wrong otherwise."""

    status: Status
    value: Value | None = None
    detail: str = ""


class Asker(Protocol):
    """Asks a model on behalf of one artifact's stages, as many questions at once as the provider takes.

    Never raises for what a provider does: that is a status. A truncated question is not asked again by itself: the stage splits it and asks
    the parts. `planned` questions are counted, not asked, in a dry run; every answer is "skipped" then.
    """

    def ask(self, questions: Sequence[Question[Value]]) -> list[Answer[Value]]:
        """The answers, in the order of the questions."""
        ...


class CallRecord(Frozen):
    """One call as it is kept: the request before it is sent, the reply before it is read."""

    key: str
    artifact: str
    stage: str
    label: str
    prompt_sha256: str
    request: str  # canonical JSON
    status: Status | Literal["open"]
    reply: str | None = None  # the ChatReply as JSON
    detail: str = ""
    attempts: int = 0
    cost_usd: float | None = None


class CallLog(Protocol):
    """Where calls are kept. `agent.store` satisfies it; `agent.assembly` joins them."""

    def answered(self, key: str) -> ChatReply | None:
        """The stored reply to exactly this request, from this run or an earlier one: one that finished (by "stop"), else None."""
        ...

    def opened(self, record: CallRecord) -> int:
        """Write down a call that is about to be made. Returns its number."""
        ...

    def replied(self, number: int, reply: ChatReply, cost_usd: float | None, attempts: int) -> None:
        """Write down a reply as it came, before anybody reads it."""
        ...

    def failed(self, number: int, status: Status, detail: str, attempts: int) -> None:
        """Write down that no reply came, or that the reply cannot be used; with "ok", what was unusual about one that was used."""
        ...
