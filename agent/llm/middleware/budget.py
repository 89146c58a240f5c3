"""No more than the user allowed is spent: each call's worst case is reserved before it is sent."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from agent.errors import InputError
from agent.llm.base import ChatModel, ChatReply, ChatRequest
from agent.llm.prices import Price
from agent.llm.stopping import NotAsked, Stopper
from agent.llm.tokens import estimate_input

_FORM = re.compile(
    r"(?P<sign>\$)?\s*(?P<number>\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,6})?|\.\d{1,6})\s*(?P<unit>usd|k|m|tokens?|k tokens?|m tokens?)?",
    re.I,
)
_TIMES = {"k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Limit:
    """What may be spent: US dollars, or tokens (input and output together)."""

    usd: float | None = None
    tokens: int | None = None

    def __str__(self) -> str:
        return f"{self.usd:.2f} USD" if self.usd is not None else f"{self.tokens:,} tokens"


def parse_limit(text: str) -> Limit:
    """ "2.50", "$2.50" and "2.50usd" are dollars; "200,000 tokens", "200k" and "1.5M" tokens. Raises InputError."""
    found = _FORM.fullmatch(text.strip())
    number = float(found["number"].replace(",", "")) if found else 0.0
    unit = (found["unit"] or "").casefold() if found else ""
    dollars = unit in ("", "usd")
    unclear = found is not None and dollars and "," in found["number"]  # a point or a thousand? Not with money.
    if not found or unclear or number <= 0 or (found["sign"] and not dollars) or (not dollars and number * _TIMES.get(unit[0], 1) < 1):
        raise InputError(f"the budget {text!r} is no amount.", hint="Write dollars as 2.50, or tokens as 200k or '200000 tokens'.")
    return Limit(usd=number) if dollars else Limit(tokens=int(number * _TIMES.get(unit[0], 1)))


class Budget:
    """What a run has spent and reserved of its limit. `price` None is an unknown price.

    Raises InputError where dollars are to be counted and the model's price is unknown: then nothing has been spent yet.
    """

    def __init__(self, limit: Limit, price: Price | None, stopper: Stopper, model: str = "") -> None:
        if limit.usd is not None and price is None:
            raise InputError(
                f"the price of {model!r} is unknown, so a budget of {limit} cannot be kept.", hint="Give it in tokens: --budget 200k."
            )
        self._limit, self._price, self._stopper = limit, price, stopper
        self._most = limit.usd if limit.usd is not None else float(limit.tokens or 0)
        self._changed = threading.Condition()
        self._spent = self._reserved = 0.0
        self.reached = False
        stopper.on_stop(self._wake)

    @property
    def spent(self) -> float:
        """Dollars or tokens, as the limit counts."""
        return self._spent

    def reserve(self, request: ChatRequest) -> float:
        """Set aside what a call can cost at most; waits while calls in flight may give back enough. Raises NotAsked where it never fits."""
        need = self._cost(estimate_input(request), request.max_output_tokens)
        with self._changed:
            self._changed.wait_for(lambda: self._fits(need) or not self._reserved or self._stopper.stopped)
            self._stopper.check()
            if not self._fits(need):
                self.reached = True
                raise NotAsked(f"not asked: the budget of {self._limit} would be exceeded.", hint="What was answered is kept.")
            self._reserved += need
        return need

    def settle(self, need: float, reply: ChatReply | None) -> None:
        """Count what the call cost; without a reply nothing is known to have been spent."""
        with self._changed:
            self._reserved = max(0.0, self._reserved - need) if self._reserved - need > 1e-9 else 0.0
            if reply is not None:
                self._spent += self._cost(reply.input_tokens, reply.output_tokens)
            self._changed.notify_all()

    def _fits(self, need: float) -> bool:
        return self._spent + self._reserved + need <= self._most

    def _cost(self, read: int, written: int) -> float:
        if self._limit.usd is None:
            return float(read + written)
        assert self._price is not None
        return self._price.cost(read, written)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class Budgeted:
    """Sends a request that the budget still allows."""

    def __init__(self, inner: ChatModel, shared: Budget) -> None:
        self._inner, self._shared = inner, shared

    def complete(self, request: ChatRequest) -> ChatReply:
        need = self._shared.reserve(request)
        reply: ChatReply | None = None
        try:
            reply = self._inner.complete(request)
        finally:
            self._shared.settle(need, reply)
        return reply
