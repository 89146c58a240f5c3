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
    r"default|new|recipe|mapping|prompt|idea|task|answer|output|resulting|corresponding|respective|whole|two|three|four|five|script|command|function|option|file|paper|authors?|makers?))\b"
    r"|^(?:In|With|For|From|At|On|Under) (?:this|these|that|those|such|each|both) "
    r"|\b(?:there|then|thereby|therein|as well)(?=[,.;]|$)"
    r"|\b(?:can|could|may) do (?:this|that|so)\b"
    r"|\b(?:of|for|in|to|from|with|on|by|at|into|holds?|uses?) (?:that|this|these|those|such an?) (?!of\b)[a-z]"
    r"|\b(?:this|these|those) (?:is|are|was|were|can|may|will)\b"
    r"|\bthe (?:same feature|former|latter|above|following|blog|article|notebook)\b",
)
# True of a thing, and of no use to someone who wants to know what it does.
_HISTORY = re.compile(
    r"\b(?:was|were) (?:officially |first |originally |also )*(?:released|introduced|presented|announced|published|founded|started|created|"
    r"renamed|rewritten)|\b(?:appeared|came out|began|started out|announced|followed (?:as|in))\b|\bfirst (?:relied|used|ran)\b"
    r"|\bsince (?:early |mid-|late )?\w* ?20\d\d"
    r"|\b(?:website|repository|charts?|issue|newsletter|leaderboard) (?:still |also )*(?:point|cover|list|show)s?\b"
    r"|\bopening an issue\b|\bpublished (?:\w+ )?charts\b|^\w[\w.]*'s (?:published|website|repository)\b",
    re.I,
)
_GLUED = re.compile(r"[a-z] (?:Cannot|Can|Must|Should|Will|Does|Is|Are)\b|[.!] [a-z]|\b[Ee]xamples?: |[?:]$|^\W|\.\.\.|…")
_DENIES = re.compile(r"\b(?:not|no|none|never|neither|nor|cannot|without|lacks?|fails?|unable)\b|n['’]t\b", re.I)
_CONTRAST = re.compile(
    r"\b(?:unlike|only|alone|first|without|no|not|instead|rather|than|single|own|both|while|whereas|independent\w*|techniques?|methods?|"
    r"introduced?|novel|new|designed|state[- ]of[- ]the[- ]art|any|every|across|bypass\w*|replaces?)\b",
    re.I,
)
_PURPOSE = re.compile(
    r"\b(?:intended|designed|meant|built|made|used|serves?|aims?|main use|purpose|goal) (?:\w+ )?(?:for|to|as|is|at|of)\b"
    r"|\b(?:lets|allows|enables) "
    r"|\bso that\b|\bfor \w+ing\b|\bruns? (?:large|language|models)\b",
    re.I,
)
# One figure of a benchmark says little without the others'.
_SCORED = re.compile(r"\b(?:scores?|reach(?:es)?|accuracy|CIDEr|IoU|BLEU|WER|F1|perplexity)\b")
_MAKERS = re.compile(r"^[\w. -]+['’]s (?:authors?|makers?|developers?|creators?|team|website|paper)\b")
_FIGURES = re.compile(r"\d+\.\d+")


def fitness(claim: Claim, names: Sequence[str], variants: Sequence[str] = ()) -> float | None:
    """How well a claim reads in prose about the artifact of these names, 0-1; None where it cannot be printed there at all."""
    text = claim.text
    if not claim.printed or len(text) > LONGEST or _LEANS.search(text) or _GLUED.search(text):
        return None
    leads = leads_with(text, names)
    worth = 1.0 if leads else 0.8 if leads_with(text, variants) else 0.55 if _mentions(text, (*names, *variants)) else 0.3
    if _HISTORY.search(text):
        worth -= 0.7
    if len(text.split()) < _SHORTEST:
        worth -= 0.3
    if len(_FIGURES.findall(text)) > 1:
        worth -= 0.25
    if _SCORED.search(text) and _FIGURES.search(text):
        worth -= 0.3
    if re.search(r"\bitself\b|\bthen\b|\bthe combination\b", text):
        worth -= 0.3
    if of_its_makers(text):
        worth -= 0.5
    if leads and _made_of_a_heading(claim, leads):
        worth -= 0.6
    if len(text) > LONGEST - 60:
        worth -= 0.1
    return max(worth, 0.0)


def _made_of_a_heading(claim: Claim, name: str) -> bool:
    """Whether a sentence is a heading with the name and "supports" before it: grounded, and as thin as the heading."""
    rest = re.sub(rf"^(?:The )?{re.escape(name)} supports ", "", claim.text, flags=re.I)
    return rest != claim.text and not any("support" in e.quote.casefold() for e in claim.evidence)


def leads_with(text: str, names: Sequence[str]) -> str | None:
    """The longest of the names that the text begins with, after at most "The"; None where it begins otherwise."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if re.match(rf"(?:The )?{re.escape(name)}(?![\w-])", text, re.I):
            return name
    return None


def contrasts(text: str) -> bool:
    """Whether a sentence says what is different about its subject."""
    return bool(_CONTRAST.search(text))


def of_its_makers(text: str) -> bool:
    """Whether a sentence has the artifact's makers as its subject."""
    return bool(_MAKERS.search(text))


def denies(text: str) -> bool:
    """Whether a sentence says no to something: what it is about may then be just what its subject does not do."""
    return bool(_DENIES.search(text))


def purposeful(text: str) -> bool:
    """Whether a sentence says what its subject is for."""
    return bool(_PURPOSE.search(text))


def _mentions(text: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", text, re.I) for name in names)
