"""How stages ask: prompts become questions, and a question too long for its answer becomes two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from agent.llm.base import Answer, Asker, Question
from agent.prompting import prompt

Value = TypeVar("Value", bound=BaseModel)
Part = TypeVar("Part")

_MOST_ROUNDS = 12  # a pack halved so often is a single passage


def question(
    task: str, label: str, answer: type[Value], variables: dict[str, Any], check: Callable[[Value], str] | None = None
) -> Question[Value]:
    """The question of a task's prompt. `check` says what is wrong with a value of the right form, or ""."""
    template = prompt(task)
    system, user = template.render(**variables)
    return Question(stage=task, label=label, system=system, user=user, answer=answer, prompt_sha256=template.sha256, check=check)


def missing_line(label: str, answer: Answer[Any], where: str = "") -> str:
    """What is missing for want of an answer, as runs list it: "passages 3 of 7 (README.md): truncated"."""
    line = f"{label}{f' ({where})' if where else ''}: {answer.status}"
    return f"{line}, {answer.detail}" if answer.detail and answer.status != "truncated" else line


@dataclass(frozen=True)
class Task(Generic[Part]):
    """A part of a stage's work with the label of its call; `place` orders the parts, however often they are split."""

    place: tuple[int, ...]
    label: str
    part: Part


@dataclass(frozen=True)
class Done(Generic[Part, Value]):
    task: Task[Part]
    answer: Answer[Value]


def ask_all(
    asker: Asker,
    tasks: Sequence[Task[Part]],
    ask: Callable[[Task[Part]], Question[Value]],
    halve: Callable[[Part], tuple[Part, Part] | None],
) -> list[Done[Part, Value]]:
    """Ask every task at once; what comes back truncated is halved and asked again until it fits or cannot be halved. In order of place."""
    done: list[Done[Part, Value]] = []
    waiting = list(tasks)
    for _ in range(_MOST_ROUNDS):
        if not waiting:
            break
        answers = asker.ask([ask(task) for task in waiting])
        asked, waiting = waiting, []
        for task, answer in zip(asked, answers, strict=True):
            halves = halve(task.part) if answer.status == "truncated" else None
            if halves is None:
                done.append(Done(task, answer))
            else:
                waiting += [Task((*task.place, at), f"{task.label}, part {at + 1}", half) for at, half in enumerate(halves)]
    return sorted(done, key=lambda one: one.task.place)
