"""A run's dealings with a model, as the pipeline sees them: who asks for which artifact, what was used, and whether to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from agent.domain.capability import Usage

if TYPE_CHECKING:
    from agent.domain.run import RunStatus
    from agent.llm.access import Access
    from agent.llm.base import Answer, Asker, Question, Value
    from agent.llm.middleware.meter import Used
    from agent.pipeline.calls import StoredCalls
    from agent.pipeline.gauge import Gauge
    from agent.pipeline.planning import Planner

Result = TypeVar("Result")

MOST_ARTIFACTS = 32  # worked on at the same time: each has hardly ever more calls in flight than one stage of its own


@dataclass(frozen=True)
class Ask:
    """How a run uses its model: the command for its record, "$1" or "200k" as the most to be spent, a folder of answers to replay or keep.

    `planned`: nothing is asked, only counted.
    """

    command: str = "agent"
    budget: str | None = None
    recorded: str | None = None
    record: str | None = None
    planned: bool = False


class Calling(Protocol):
    """One command's dealings with a model. Safe to use from several threads."""

    @property
    def planner(self) -> Planner | None:
        """Where questions are counted instead of asked, in a run that spends nothing."""
        ...

    @property
    def interrupted(self) -> bool:
        """Whether the user asked for the run to stop: what is not asked yet will not be."""
        ...

    def each(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """The results of tasks, in their order, done at the same time where that helps."""
        ...

    def usage(self, artifact: str | None = None) -> Usage:
        """What was used for an artifact so far, or for all; `seconds` is left at 0."""
        ...

    def ended(self, status: RunStatus) -> None:
        """Write down how the run ended, if there was one."""
        ...


class NoCalls:
    """A run without a model."""

    interrupted = False
    planner = None

    def each(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """One after the other: what computes gains nothing from threads."""
        return [task() for task in tasks]

    def usage(self, artifact: str | None = None) -> Usage:  # noqa: ARG002
        """Nothing was used."""
        return Usage()

    def ended(self, status: RunStatus) -> None:
        """Nothing is written down."""


class ModelCalls:
    """A run with a model: one asker for each artifact, over one access with its limits and one log in the workspace."""

    def __init__(self, access: Access, log: StoredCalls, gauge: Gauge, planner: Planner | None = None) -> None:
        self._access, self._log, self._gauge = access, log, gauge
        self.planner = planner
        self._lock = threading.Lock()
        self._askers: dict[str, tuple[Asker, Callable[[], Used]]] = {}
        access.stopper.on_stop(self._stopping)

    def asker(self, artifact: str) -> Asker:
        """Who asks on behalf of an artifact's stages."""
        if self.planner is not None:
            return self.planner.asker(artifact)
        with self._lock:
            if artifact not in self._askers:
                made = self._access.asker(artifact, self._gauge.answered)
                self._askers[artifact] = (_Gauged(made, self._gauge), lambda: made.meter.used)
            return self._askers[artifact][0]

    @property
    def interrupted(self) -> bool:
        return self._access.stopper.interrupted

    def each(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """In threads, so that the first Ctrl-C can wait for what is in flight and the second need not."""
        from agent.llm.workers import in_threads

        return in_threads(tasks, MOST_ARTIFACTS, self._access.stopper)

    def usage(self, artifact: str | None = None) -> Usage:
        if artifact is not None and artifact not in self._askers:
            return Usage()
        used = self._access.used if artifact is None else self._askers[artifact][1]()
        return Usage(
            calls=used.calls,
            cached=used.cached,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            cost_usd=None if used.cost_usd is None else round(used.cost_usd, 6),
        )

    def ended(self, status: RunStatus) -> None:
        self._log.ended(status)
        self._access.close()

    def _stopping(self) -> None:
        if self.interrupted:
            self._gauge.stopping()


class _Gauged:
    """An asker whose questions are counted when they are asked."""

    def __init__(self, inner: Asker, gauge: Gauge) -> None:
        self._inner, self._gauge = inner, gauge

    def ask(self, questions: Sequence[Question[Value]]) -> list[Answer[Value]]:
        self._gauge.asked([question.stage for question in questions])
        return self._inner.ask(questions)
