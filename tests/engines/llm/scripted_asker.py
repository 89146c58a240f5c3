"""An asker whose answers are a function: it reads replies as the real one does, checks them, and asks once more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from agent.llm.asking import request_of
from agent.llm.base import Answer, Question
from agent.llm.tokens import estimate_input

Reply = Callable[[Question[Any]], BaseModel | dict[str, Any] | str]
"""A value, the JSON of one, or a status ("truncated", "refused", "error")."""

_PASSAGE = re.compile(r"^\[([0-9a-f]{12}) (\d+)\][^\n]*\n(.*?)(?=\n+\[\1 \d+\]|\n+\1>>>\Z)", re.M | re.S)


class ScriptedAsker:
    """Remembers every question; counts the tokens of each stage."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.questions: list[Question[Any]] = []
        self.rounds = 0
        self.tokens: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    def ask(self, questions: Sequence[Question[Any]]) -> list[Answer[Any]]:
        self.rounds += 1
        return [self._one(question) for question in questions]

    def _one(self, question: Question[Any]) -> Answer[Any]:
        detail = ""
        for _ in range(2):
            self.questions.append(question)
            self.calls[question.stage] += 1
            self.tokens[question.stage] += estimate_input(request_of(question, "fake"))
            reply = self._reply(question)
            if isinstance(reply, str):
                return Answer(status=reply, detail="" if reply == "truncated" else "scripted")  # type: ignore[arg-type]
            try:
                value = question.answer.model_validate(reply if isinstance(reply, dict) else reply.model_dump())
            except ValidationError as error:
                detail = str(error)
                continue
            detail = question.check(value) if question.check else ""
            if not detail:
                return Answer(status="ok", value=value)
        return Answer(status="invalid", detail=detail)


def by_stage(**replies: Any) -> Reply:
    """One reply or function for each stage; stages without one are answered by nothing: empty lists, all claims supported."""

    def reply(question: Question[Any]) -> Any:
        given = replies.get(question.stage)
        if given is None:
            return nothing(question)
        return given(question) if callable(given) else given

    return reply


def nothing(question: Question[Any]) -> dict[str, Any]:
    """The emptiest valid reply."""
    if question.stage == "verify":
        return verdicts(question, lambda claim: ("supported", ""))
    if question.stage == "consolidate":
        ids = re.findall(r"^(c\d+) \[(\w+)\] ([^:]+):", question.user, re.M)
        return {"capabilities": [{"name": name, "importance": rank, "members": [one]} for one, rank, name in ids]}
    return {name: [] for name in question.answer.model_fields}


def verdicts(question: Question[Any], of: Callable[[str], tuple[str, str]]) -> dict[str, Any]:
    """A verify reply: a finding and a word for each claim's text."""
    claims = question.user.rsplit("\nCLAIMS\n", 1)[1].rsplit("\n", 1)[0]
    rows = re.findall(r"^(\d+)\. (.*) \[[Q\d, ]*\]$", claims, re.M)
    return {"verdicts": [dict(zip(("claim", "finding", "word"), (int(n), *of(text)), strict=True)) for n, text in rows]}


def passages(question: Question[Any]) -> list[tuple[int, str]]:
    """The numbered passages of a prompt, as the model sees them."""
    return [(int(number), text) for _, number, text in _PASSAGE.findall(question.user)]
