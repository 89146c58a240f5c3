"""What a model's tokens cost, by a dated table; a model that is not in it has no known price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from agent.llm.base import ChatReply


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens, by the list: no discounts for cached input or batches. So a cost is what a call cost at most."""

    input_usd: float
    output_usd: float
    date: date | None = None
    source: str = ""

    def cost(self, read: int, written: int) -> float:
        """Dollars for so many input and output tokens."""
        return (read * self.input_usd + written * self.output_usd) / 1_000_000

    def of(self, reply: ChatReply) -> float:
        return self.cost(reply.input_tokens, reply.output_tokens)


FREE = Price(0.0, 0.0)
"""What a reply costs that no provider gives: a recorded one, or a script's."""


def price_of(provider: str, model: str) -> Price | None:
    """The price of a provider's model on its own server, by its exact name; None is unknown. Names are never matched nearly."""
    return _table().get((provider, model))


@cache
def _table() -> dict[tuple[str, str], Price]:
    import tomllib

    read = tomllib.loads((files("agent.llm") / "prices.toml").read_text("utf-8"))
    return {
        (provider, model): Price(row["input"], row["output"], row["date"], row["source"])
        for provider, models in read.items()
        for model, row in models.items()
    }
