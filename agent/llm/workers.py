"""Runs tasks in threads that a second interrupt can leave behind."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from agent.llm.stopping import Stopper

Result = TypeVar("Result")

_LOOK = 0.5  # seconds: where waiting cannot be interrupted (Windows), Ctrl-C is heard this often


def in_threads(tasks: Sequence[Callable[[], Result]], most: int, stopper: Stopper) -> list[Result]:
    """The results of tasks, in their order, at most so many at a time.

    The first interrupt stops the run: tasks that have begun end by themselves, the others see the stop sign and end at once. A second one
    is raised, and the threads are left to the end of the process, which does not wait for them (that is why they are not a pool's). An
    exception of a task is raised when all have ended.
    """
    waiting: queue.SimpleQueue[tuple[int, Callable[[], Result]]] = queue.SimpleQueue()
    for task in enumerate(tasks):
        waiting.put(task)
    results: dict[int, Result] = {}
    failures: dict[int, BaseException] = {}

    ended = threading.Event()

    def work() -> None:
        with suppress(queue.Empty):
            while True:
                number, task = waiting.get_nowait()
                try:
                    results[number] = task()
                except BaseException as error:
                    failures[number] = error
                    stopper.stop()
                if len(results) + len(failures) == len(tasks):
                    ended.set()

    unstarted = [threading.Thread(target=work, daemon=True, name=f"ask-{n}") for n in range(min(most, len(tasks)))]
    while tasks and not ended.is_set():
        try:
            while unstarted:
                unstarted.pop().start()
            # Not Thread.join: an interrupt in it makes Python 3.11 take a living thread for one that has ended.
            ended.wait(_LOOK)
        except KeyboardInterrupt:
            if stopper.interrupted:
                raise
            stopper.interrupt()
            unstarted.append(threading.Thread(target=work, daemon=True))  # for one that the interrupt may have come in the way of
    if failures:
        raise failures[min(failures)]
    return [results[number] for number in range(len(tasks))]
