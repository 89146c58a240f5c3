"""Asks a model a stage's questions: many at once, each through the whole stack, each with a status of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Generic, TypeVar

from pydantic import BaseModel

from agent.llm.base import Answer, ChatReply, ChatRequest, Message, ProviderError, Question, Status
from agent.llm.faults import TooLong
from agent.llm.middleware.call import Call
from agent.llm.middleware.meter import Meter
from agent.llm.middleware.stack import Shared, stacked
from agent.llm.replies import Reading, read_reply
from agent.llm.schema import strict_schema
from agent.llm.stopping import NotAsked
from agent.llm.workers import in_threads

Value = TypeVar("Value", bound=BaseModel)

Told = Callable[[str, str, Status], None]
"""Hears of every answer: stage, label, status. Called from several threads."""

_AGAIN = "Your reply was not in the required form: {problem}. Reply again with the whole JSON object and nothing else."


class ModelAsker:
    """An `Asker` over a model's stack on behalf of one artifact. `model` is the name the provider knows it by.

    Raises what is the user's to mend (no key) and what is a bug; what a provider does is a status.
    """

    def __init__(self, shared: Shared, model: str, artifact: str, meter: Meter, told: Told | None = None) -> None:
        self._shared, self._model, self._artifact, self.meter, self._told = shared, model, artifact, meter, told

    def ask(self, questions: Sequence[Question[Value]]) -> list[Answer[Value]]:
        """The answers, in the order of the questions. The first interrupt lets calls in flight finish; the rest is "skipped"."""
        tasks = [partial(self._answered, question) for question in questions]
        return in_threads(tasks, self._shared.gate.most, self._shared.stopper)

    def _answered(self, question: Question[Value]) -> Answer[Value]:
        answer = _Conversation(self._shared, self.meter, self._artifact, question).held(request_of(question, self._model))
        if self._told:
            self._told(question.stage, question.label, answer.status)
        return answer


_schema = lru_cache(maxsize=64)(strict_schema)  # most of what a question costs here: 10 ms for a form of some size


def request_of(question: Question[Value], model: str) -> ChatRequest:
    """The request a question is asked with."""
    return ChatRequest(
        model=model,
        messages=(Message(role="system", content=question.system), Message(role="user", content=question.user)),
        schema_name=question.answer.__name__,
        json_schema=_schema(question.answer),
        max_output_tokens=question.max_output_tokens,
    )


class _Conversation(Generic[Value]):
    """One question, its reply, and at most one more try with what was wrong."""

    def __init__(self, shared: Shared, meter: Meter, artifact: str, question: Question[Value]) -> None:
        self._shared, self._meter, self._artifact, self._question = shared, meter, artifact, question

    def held(self, request: ChatRequest) -> Answer[Value]:
        try:
            reply, reading, _ = self._read(request)
            if reading.status == "invalid":
                again = _with_problem(request, reply, reading.detail)
                _, reading, cached = self._read(again)
                if reading.status == "invalid" and cached:
                    # Both tries were answered in an earlier run, and neither is an answer: this run gets a new one.
                    _, reading, _ = self._read(again, fresh=True)
        except NotAsked as error:
            return Answer("skipped", None, str(error))
        except TooLong as error:
            return Answer("truncated", None, str(error))
        except ProviderError as error:
            return Answer("error", None, str(error))
        return Answer(reading.status, reading.value, reading.detail)

    def _read(self, request: ChatRequest, *, fresh: bool = False) -> tuple[ChatReply, Reading[Value], bool]:
        """Send one request and read its reply; a reply that cannot be used is marked in the log. The last of the three: it was cached."""
        question = self._question
        call = Call(self._artifact, question.stage, question.label, question.prompt_sha256)
        reply = stacked(self._shared, call, self._meter, fresh=fresh).complete(request)
        if call.cached:
            self._meter.cached()
        reading = read_reply(reply, question.answer, question.check)
        if call.number is not None and (reading.status != "ok" or reading.detail or reply.finish == "other"):
            self._shared.log.failed(call.number, reading.status, reading.detail, call.attempts)
        return reply, reading, call.cached


def _with_problem(request: ChatRequest, reply: ChatReply, problem: str) -> ChatRequest:
    """The same request continued by the reply and what is wrong with it."""
    more = (Message(role="assistant", content=reply.text or ""), Message(role="user", content=_AGAIN.format(problem=problem.rstrip("."))))
    return ChatRequest.model_validate({**request.model_dump(), "messages": [*request.messages, *more]})
