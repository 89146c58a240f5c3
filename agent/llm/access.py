"""One run's way to a model: what all its artifacts share, and an asker for each of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from agent.llm.asking import ModelAsker, Told
from agent.llm.base import CallLog
from agent.llm.choose import Chosen
from agent.llm.middleware.budget import Budget, Limit
from agent.llm.middleware.gate import Gate
from agent.llm.middleware.meter import Meter, Used
from agent.llm.middleware.rates import Rates
from agent.llm.middleware.retry import RetryOptions
from agent.llm.middleware.stack import Shared
from agent.llm.stopping import Stopper


@dataclass(frozen=True)
class AccessOptions:
    """How a run uses its model. None: no limit, or the default. `sleep` and `clock` stand in for time in tests."""

    concurrency: int | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    budget: Limit | None = None
    retry: RetryOptions = field(default_factory=RetryOptions)
    sleep: Callable[[float], None] | None = None
    clock: Callable[[], float] = time.monotonic


class Access:
    """A chosen model with its limits, its call log and its meter, for one run over any number of artifacts.

    Raises InputError where a budget in dollars meets a model without a known price.
    """

    def __init__(
        self, chosen: Chosen, log: CallLog, options: AccessOptions | None = None, told: Callable[[Used], None] | None = None
    ) -> None:
        options = options or AccessOptions()
        self.chosen = chosen
        self.stopper = stopper = Stopper()
        self.budget = Budget(options.budget, chosen.price, stopper, chosen.label) if options.budget else None
        self.meter = Meter(chosen.price, told=told)
        self.gate = Gate(options.concurrency, stopper, options.clock)
        self._shared = Shared(
            model=chosen.model,
            log=log,
            stopper=stopper,
            gate=self.gate,
            rates=Rates(options.requests_per_minute, options.tokens_per_minute, options.clock),
            meter=self.meter,
            price=chosen.price,
            budget=self.budget,
            retry=options.retry,
            sleep=options.sleep,
        )

    def asker(self, artifact: str, told: Told | None = None) -> ModelAsker:
        """An asker for one artifact's stages. What it uses is in its own `meter` and in this run's."""
        return ModelAsker(self._shared, self.chosen.name, artifact, Meter(self.chosen.price, above=self.meter), told)

    def close(self) -> None:
        """Let go of the model's connections; it opens them again where it is asked once more."""
        closing = getattr(self.chosen.model, "close", None)
        if closing is not None:
            closing()

    @property
    def used(self) -> Used:
        """What the run has used so far."""
        return self.meter.used
