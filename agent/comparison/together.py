"""What either side's documents say of the other: how the two go together, where that is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.comparison.favour import readable
from agent.domain.capability import Claim
from agent.domain.comparison import Side

__all__ = ["together"]

_MOST = 2
_LONGEST = 260
_WITH = re.compile(r"\b(?:us(?:e|es|ed|ing)|support\w*|integrat\w+|train\w*|evaluat\w+|load\w*|run\w*|serv\w+|through|via|on|with)\b", re.I)


def together(a: Side, b: Side) -> list[Claim]:
    """At most two printed claims of either side that name the other as something it is used with; empty where none does."""
    found = {claim.id: claim for claim in (*_naming(a, b), *_naming(b, a))}
    return list(found.values())[:_MOST]


def _naming(side: Side, other: Side) -> Iterator[Claim]:
    names = [name for name in (*other.manifest.names(), *other.manifest.variants) if len(name) > 2]
    own = {name.casefold() for name in side.manifest.names()}
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(n)}(?![\w-])" for n in names if n.casefold() not in own) or r"(?!)")
    for capability in side.decomposition.capabilities if side.decomposition else []:
        for claim in (*capability.summary, *capability.unique):
            if (
                claim.printed
                and len(claim.text) <= _LONGEST
                and pattern.search(claim.text)
                and _WITH.search(claim.text)
                and readable(claim.text)
            ):
                yield claim
