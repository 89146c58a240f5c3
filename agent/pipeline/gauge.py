"""How far a run that asks a model has come: questions answered, calls in flight, tokens, and about how long the rest takes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from agent.pipeline.listener import Listener

if TYPE_CHECKING:
    from agent.llm.access import Access
    from agent.llm.base import Status
    from agent.llm.middleware.meter import Used

# What a stage's questions are about, in a user's words.
_STAGES = {
    "propose": "reading passages",
    "consolidate": "merging",
    "differentiate": "comparing",
    "verify": "verifying",
    "draft": "drafting",
}


class Gauge:
    """Counts questions by stage and tells a listener. `clock` stands in for time in tests."""

    def __init__(self, listener: Listener, clock: Callable[[], float] = monotonic) -> None:
        self._listener, self._clock = listener, clock
        self._lock = threading.Lock()
        self._asked, self._answered, self._began = Counter[str](), Counter[str](), dict[str, float]()
        self._stage = ""
        self.access: Access | None = None

    def asked(self, stages: Sequence[str]) -> None:
        """Questions are about to be asked, one for each entry."""
        with self._lock:
            for stage in stages:
                self._asked[stage] += 1
                self._began.setdefault(stage, self._clock())
        if stages:
            self._tell(stages[0])

    def answered(self, stage: str, label: str, status: Status) -> None:  # noqa: ARG002
        """A question came to its end."""
        with self._lock:
            self._answered[stage] += 1
        self._tell(stage)

    def used(self, _used: Used) -> None:
        """A call came back, whatever its question makes of it."""
        if self._stage:
            self._tell(self._stage)

    def stopping(self) -> None:
        """The user wants the run to end."""
        flying = self.access.gate.in_flight if self.access else 0
        calls = f"{flying} call{'' if flying == 1 else 's'} in flight to finish"
        self._listener.note(f"stopping: waiting for {calls}; Ctrl-C again stops at once.")

    def _tell(self, stage: str) -> None:
        with self._lock:
            self._stage = stage
            done, total = self._answered[stage], self._asked[stage]
            passed = self._clock() - self._began[stage]
        parts = []
        if self.access:
            used = self.access.used
            parts = [f"{self.access.gate.in_flight} in flight", f"{used.input_tokens + used.output_tokens:,} tokens"]
        if 0 < done < total and passed >= 1:
            parts.append(f"about {_duration(passed / done * (total - done))} left")
        self._listener.progress(_STAGES.get(stage, stage), done, total, ", ".join(parts))


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
