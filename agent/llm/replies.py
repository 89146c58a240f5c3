"""From a reply to an answer: how it finished comes first, then its JSON, then the form of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from agent.llm.base import ChatReply, Status

Value = TypeVar("Value", bound=BaseModel)

_RUNAWAY = 200  # blanks at the end of a reply that is no JSON: a model that only writes newlines until it is cut
_OPENINGS = 20  # braces in prose that are tried as the beginning of an object
_THOUGHT = re.compile(r"\s*<think>.*?</think>", re.S)  # what a reasoning model says to itself where its server does not take it out
_PROBLEMS = 5  # of a value in the wrong form that are told to the model
_SHOWN = 300  # characters of a model's refusal


@dataclass(frozen=True)
class Reading(Generic[Value]):
    """What a reply says: `value` where `status` is "ok". `detail` is what is wrong, in words the model can act on where it is "invalid"."""

    status: Status
    value: Value | None = None
    detail: str = ""


def read_reply(reply: ChatReply, form: type[Value], check: Callable[[Value], str] | None = None) -> Reading[Value]:
    """Read a reply as a value of a form. Truncated, refused and empty are told before anything is parsed."""
    text = reply.text or ""
    if reply.finish == "length":
        return Reading("truncated", detail="the reply was cut at the token limit")
    if reply.finish == "refusal" or reply.refusal:
        return Reading("refused", detail=f"the model refused: {' '.join((reply.refusal or text).split())[:_SHOWN]}".rstrip(": "))
    if reply.finish == "content_filter":
        return Reading("refused", detail="the provider's filter stopped the reply")
    if not text.strip():
        # Nothing but blanks is a runaway too where there are many of them.
        runaway = len(text) > _RUNAWAY
        return Reading("truncated" if runaway else "empty", detail="the reply was blank lines" if runaway else "the reply was empty")
    found, around = _parsed(text)
    if isinstance(found, str):
        if len(text) - len(text.rstrip()) > _RUNAWAY:
            return Reading("truncated", detail="the reply ended in blank lines before its JSON was complete")
        return Reading("invalid", detail=found)
    return _validated(found[0], form, check, "there was text around the JSON" if around else "")


def _validated(text: bytes, form: type[Value], check: Callable[[Value], str] | None, note: str) -> Reading[Value]:
    try:
        value = form.model_validate_json(text, strict=True)
    except ValidationError as error:
        problems = [f"{_place(one['loc'])}: {one['msg']}" for one in error.errors(include_url=False, include_input=False)]
        more = f"; and {len(problems) - _PROBLEMS} more" if len(problems) > _PROBLEMS else ""
        return Reading("invalid", detail="; ".join(problems[:_PROBLEMS]) + more)
    if check and (wrong := check(value)):
        return Reading("invalid", detail=wrong)
    return Reading("ok", value, note)


def _parsed(text: str) -> tuple[tuple[bytes], bool] | tuple[str, bool]:
    """The JSON of a reply (as bytes, in a tuple of one) and whether there was text around it; or what is wrong with it.

    Strict first. Then one object in a fence or in prose is taken; of two objects nobody knows which one is meant.
    """
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        whole = f"the reply is not JSON: {error}" if isinstance(error, ValueError) else "the reply's JSON is nested too deeply"
    else:
        return (text.encode("utf-8", "replace"),), False
    thought = _THOUGHT.match(text)
    spans = [(start + thought.end(), end + thought.end()) for start, end in _objects(text[thought.end() :])] if thought else _objects(text)
    if len(spans) == 1:
        [(start, end)] = spans
        return (text[start:end].encode("utf-8", "replace"),), True
    return ("the reply holds several JSON objects, and one was asked for" if spans else whole), False


def _objects(text: str) -> list[tuple[int, int]]:
    """Where whole JSON objects stand in a text, at most two of them; few openings are tried, so that no text takes long."""
    decoder, found, at = json.JSONDecoder(), list[tuple[int, int]](), 0
    for _ in range(_OPENINGS):
        opening = re.compile(r'\{\s*["}]').search(text, at)
        if opening is None or len(found) == 2:
            break
        try:
            _, end = decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            at = opening.start() + 1
            continue
        found.append((opening.start(), end))
        at = end
    return found


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc) or "the object"
