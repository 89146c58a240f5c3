"""Every name of a claim stands in its sources; a name with a version or size stands there with that version or size."""

from __future__ import annotations

from agent.domain.capability import Check
from agent.grounding.licence import Licence
from agent.grounding.reading import Reading, name_strength
from agent.grounding.vocabulary import CONNECTING, STOP
from agent.text.tokens import Token, squeeze

NAME = "names"


def check(claim: Reading, licence: Licence) -> Check:
    """The subject's own name and synonyms are licensed, an alternative's where its own documents are quoted."""
    named = licence.named(claim.tokens)
    for at, token in enumerate(claim.tokens):
        following = claim.tokens[at + 1] if at + 1 < len(claim.tokens) else None
        if at in named:
            if following and at + 1 not in named and _numbers_it(token, following, claim):
                first = max(
                    first for names in (licence.own, *licence.others) for first, last in names.mentions(claim.tokens) if last == at + 1
                )
                name = "".join(part.key for part in claim.tokens[first : at + 1])
                if not licence.has_together(name + following.key):
                    return _fail(claim.text[claim.tokens[first].start : following.end])
            continue
        strength = name_strength(token, claim)
        if not strength:
            continue
        if not _licensed(token, strength, licence):
            return _fail(token.text)
        if following and _numbers_it(token, following, claim) and not licence.has_together(token.key + following.key):
            return _fail(claim.text[token.start : following.end])
    return Check(name=NAME, passed=True)


def _first_of(at: int, claim: Reading, licence: Licence) -> int:
    """The number of the token with which the licensed name ending at token `at` begins."""
    mentions = [span for names in (licence.own, *licence.others) for span in names.mentions(claim.tokens)]
    return min(first for first, last in mentions if first <= at < last)


def _fail(name: str) -> Check:
    return Check(name=NAME, passed=False, detail=f"{name!r} is in none of the quotes or the headings above them")


def _numbers_it(token: Token, following: Token, claim: Reading) -> bool:
    """Whether a number right after a name makes it another name: "PaliGemma 2", "Llama 3.1"."""
    gap = claim.text[token.end : following.start]
    return gap in {" ", "-"} and (following.text[0].isdigit() or (following.text[0] in "vV" and following.text[1:2].isdigit()))


def _licensed(token: Token, strength: int, licence: Licence) -> bool:
    if licence.has_together(token.key) or (not any(c.isdigit() for c in token.key) and licence.has(token.key)):
        return True
    parts = token.parts
    if len(parts) == 1:
        return False
    if strength == 1 or not any(c.isdigit() for c in token.key):
        return all(part in CONNECTING or part in STOP or licence.own.covers(part) or licence.has(part) for part in parts)
    # "GPT-4-based": the name with its number must stand together, what follows may be any licensed word.
    for size in range(len(parts) - 1, 0, -1):
        head, rest = squeeze("".join(parts[:size])), parts[size:]
        if (licence.has_together(head) or licence.own.covers(head)) and all(
            part.isalpha() and (part in CONNECTING or licence.has(part)) for part in rest
        ):
            return True
    return False
