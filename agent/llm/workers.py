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

    def work() -> None:
        with suppress(queue.Empty):
            while True:
                number, task = waiting.get_nowait()
                try:
                    results[number] = task()
                except BaseException as error:
                    failures[number] = error
                    stopper.stop()

    threads = [threading.Thread(target=work, daemon=True, name=f"ask-{n}") for n in range(min(most, len(tasks)))]
    unstarted = list(threads)
    while len(results) + len(failures) < len(tasks):
        try:
            while unstarted:
                unstarted.pop().start()
            alive = next((thread for thread in threads if thread.is_alive()), None)
            if alive:
                alive.join(_LOOK)
            else:  # an interrupt came before the first one was started: here the rest sees the stop sign too
                work()
        except KeyboardInterrupt:
            if stopper.interrupted:
                raise
            stopper.interrupt()
    if failures:
        raise failures[min(failures)]
    return [results[number] for number in range(len(tasks))]
