"""The learned weights of claims: plain numbers by feature name, trained by benchmarks/train_claims.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

__all__ = ["logit"]


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    text = (files(__package__) / "weights.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return found


def logit(kind: str, values: Mapping[str, float]) -> float:
    """Log odds that a sentence with these features is a claim of a kind; features without a weight count nothing."""
    weights = _weights()[kind]
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
