"""Which of an artifact's claims read well by themselves in running prose.

A sentence from the middle of a document may lean on the one before it ("the core product", "every combination", "there"); a draft takes it
out of its place. Such sentences are left to the other pages, which show them beside their capability.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.domain.capability import Claim

LONGEST = 300  # characters of a sentence that running prose can hold
_SHORTEST = 5  # words; a shorter sentence is mostly a heading made into one
_LEANS = re.compile(
    r"^(?:It|They|This|These|Those|That|Such|Each|Every|Both|All|Neither|Then|There|Here|Also|Another|Others?|One|Some|He|She|We|You|Its|Their|"
    r"Further|Additional(?:ly)?|Moreover|However|Instead|Otherwise|Likewise|Similarly|Thus|Hence|Therefore|Finally|First|Next|Results?|"
    r"The (?:core|main|other|same|following|above|second|third|first|latter|former|rest|project|result|transfer|method|technique|process|"
    r"default|new|resulting|corresponding|respective|whole|two|three|four|five|script|command|function|option|file|paper|authors?|makers?))\b"
    r"|^(?:In|With|For|From|At|On|Under) (?:this|these|that|those|such|each|both) "
    r"|\b(?:there|then|thereby|therein|as well)(?=[,.;]|$)"
    r"|\b(?:can|could|may) do (?:this|that|so)\b"
    r"|\b(?:this|these|those) (?:is|are|was|were|can|may|will)\b"
    r"|\bthe (?:same feature|former|latter|above|following|blog|article|notebook)\b",
)
# True of a thing, and of no use to someone who wants to know what it does.
_HISTORY = re.compile(
    r"\b(?:was|were) (?:officially |first |originally |also )*(?:released|introduced|presented|announced|published|founded|started|created|"
    r"renamed|rewritten)|\b(?:appeared|came out|began|started out|announced|followed (?:as|in))\b|\bsince (?:early |mid-|late )?\w* ?20\d\d"
    r"|\b(?:website|repository|charts?|issue|newsletter|leaderboard) (?:still |also )*(?:point|cover|list|show)s?\b"
    r"|\bopening an issue\b|\bpublished (?:\w+ )?charts\b|^\w[\w.]*'s (?:published|website|repository)\b",
    re.I,
)
_GLUED = re.compile(r"[a-z] (?:Cannot|Can|Must|Should|Will|Does|Is|Are)\b|[.!] [a-z]|\b[Ee]xamples?: |[?:]$|^\W|\.\.\.|…")
_FIGURES = re.compile(r"\d+\.\d+")


def fitness(claim: Claim, names: Sequence[str], variants: Sequence[str] = ()) -> float | None:
    """How well a claim reads in prose about the artifact of these names, 0-1; None where it cannot be printed there at all."""
    text = claim.text
    if not claim.printed or len(text) > LONGEST or _LEANS.search(text) or _GLUED.search(text):
        return None
    leads = leads_with(text, names)
    worth = 1.0 if leads else 0.8 if leads_with(text, variants) else 0.55 if _mentions(text, (*names, *variants)) else 0.3
    if _HISTORY.search(text):
        worth -= 0.5
    if len(text.split()) < _SHORTEST:
        worth -= 0.3
    if len(_FIGURES.findall(text)) > 1:
        worth -= 0.25
    if len(text) > LONGEST - 60:
        worth -= 0.1
    return max(worth, 0.0)


def leads_with(text: str, names: Sequence[str]) -> str | None:
    """The longest of the names that the text begins with, after at most "The"; None where it begins otherwise."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if re.match(rf"(?:The )?{re.escape(name)}(?![\w-])", text, re.I):
            return name
    return None


def _mentions(text: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", text, re.I) for name in names)
