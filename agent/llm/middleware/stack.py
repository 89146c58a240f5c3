"""The order of the layers around a model, from the question inwards, and why it is this one.

    Once       two equal requests at once become one; outermost, so that the second finds the first one's answer, cached or not
    Cache      what was answered before costs nothing: nothing further in may count it, wait for it or pay for it
    Refused    a refusal that meets every request (bad key, no quota) is known from then on: no budget, no log entry, no call
    Budgeted   reserves the worst case of the whole call before it is written down or sent; what does not fit was never asked
    Logged     one entry for a question, however many attempts it takes; a request before it is sent, a reply before it is read
    Retried    each attempt goes through what follows by itself
    Paced      every attempt counts for the provider's limits; it waits here without holding a place
    Gated      sees every 429 and 5xx, those that a retry mends too; a place is held only while a request is on its way
    Counted    innermost: counts every attempt, so that a failed one's tokens are in the cost
    (adapter)  the provider

A call's layers are built for it; what they share across threads and artifacts is `Shared`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.llm.base import CallLog, ChatModel
from agent.llm.middleware.budget import Budget, Budgeted
from agent.llm.middleware.cache import Cache
from agent.llm.middleware.call import Call
from agent.llm.middleware.duplicates import InFlight, Once
from agent.llm.middleware.final import Refusals, Refused
from agent.llm.middleware.gate import Gate, Gated
from agent.llm.middleware.log import Logged
from agent.llm.middleware.meter import Counted, Meter
from agent.llm.middleware.rates import Paced, Rates
from agent.llm.middleware.retry import Retried, RetryOptions
from agent.llm.prices import Price
from agent.llm.stopping import Stopper


@dataclass
class Shared:
    """What all calls of one run have in common. `price` None is unknown, `budget` None is none; `sleep` None is a wait that a stop ends."""

    model: ChatModel
    log: CallLog
    stopper: Stopper
    gate: Gate
    rates: Rates
    meter: Meter
    price: Price | None = None
    budget: Budget | None = None
    retry: RetryOptions = field(default_factory=RetryOptions)
    sleep: Callable[[float], None] | None = None
    duplicates: InFlight = field(default_factory=InFlight)
    refusals: Refusals = field(default_factory=Refusals)


def stacked(shared: Shared, call: Call, meter: Meter, *, fresh: bool = False) -> ChatModel:
    """The model with all its layers, for one call. `fresh` leaves out the cache: a stored reply turned out not to be an answer."""
    model: ChatModel = Counted(shared.model, meter, call)
    model = Gated(model, shared.gate)
    model = Paced(model, shared.rates, shared.stopper, shared.sleep)
    model = Retried(model, shared.stopper, shared.retry, shared.sleep)
    model = Logged(model, shared.log, call, shared.price)
    if shared.budget:
        model = Budgeted(model, shared.budget)
    model = Refused(model, shared.refusals)
    if not fresh:
        model = Cache(model, shared.log, call)
    return Once(model, shared.duplicates, call)
