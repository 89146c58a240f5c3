"""How a run is stopped: calls in flight finish and are saved, nothing new begins."""

from __future__ import annotations

import threading
from collections.abc import Callable

from agent.llm.base import ProviderError


class NotAsked(ProviderError):
    """A request that was never sent, because the budget was spent or the run was being stopped."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint, final=True)


class Stopper:
    """One run's stop sign. Whoever sees the interrupt sets it; whoever waits is woken. `interrupted` says that it was the user."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self.interrupted = False
        self._wakers: list[Callable[[], None]] = []

    @property
    def stopped(self) -> bool:
        return self._event.is_set()

    def stop(self) -> None:
        """Let nothing new begin. Safe to call twice, and from a signal's handler."""
        self._event.set()
        for wake in self._wakers:
            wake()

    def interrupt(self) -> None:
        """The user's first interrupt: stop, and remember that the run is to end as interrupted."""
        self.interrupted = True
        self.stop()

    def on_stop(self, wake: Callable[[], None]) -> None:
        """Call this when the run is stopped."""
        self._wakers.append(wake)

    def sleep(self, seconds: float) -> None:
        """Wait, or until the run is stopped."""
        self._event.wait(max(0.0, seconds))

    def check(self) -> None:
        """Raises NotAsked where the run is being stopped."""
        if self.stopped:
            raise NotAsked("not asked: the run was stopped.")
