"""Short user goals: what someone would ask for who needs a capability, in the words of its own statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.engines.extractive.statements.reader import Statement
from agent.text.words import Word, tag, word_set

__all__ = ["intents_of"]

_AT_MOST = 3
_LONGEST = 9
_SHORTEST = 3
_NO_GOAL = word_set(
    "be have do include contain provide offer support come consist require need see note make let allow enable feature cover ship follow "
    "represent mean become remain seem appear belong depend achieve outperform reach report score introduce release announce present become"
)
_CUT = word_set("which that who while where because although though so but if when since unless without via using through by whose as than")
_STARTS = re.compile(r"^.{0,60}?\b(?:lets? (?:you|users|developers)|(?:can|may) be used to|(?:is )?(?:used|designed|built|able) to|"
                     r"helps? (?:you|users)(?: to)?|(?:allows?|enables?) "
                     r"(?:you|users|developers|llms|agents|models) to|can)\s+(?:also |easily |quickly |directly )?", re.I)  # fmt: skip


def intents_of(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Up to three goals, each an infinitive phrase of three to nine words taken from one statement."""
    found: list[str] = []
    for statement in statements:
        goal = _goal(statement)
        if goal and not any(_alike(goal, other) for other in found):
            found.append(goal)
        if len(found) == _AT_MOST:
            break
    return tuple(found)


def _alike(a: str, b: str) -> bool:
    first, second = set(a.casefold().split()), set(b.casefold().split())
    return len(first & second) >= 0.6 * min(len(first), len(second))


def _goal(statement: Statement) -> str | None:
    text = statement.printed or ""
    if not text or re.search(r"\b(?:not|cannot|never|no|n't)\b", text):
        return None
    opened = _STARTS.match(text)
    if opened:
        return _phrase(tag("To " + text[opened.end() :])[1:])
    body = statement.body if statement.lead else text
    words = tag(body)
    if words and words[0].tag in {"VVB", "VVI"} and len(words) > 2:
        return _phrase(words)
    verb = next((at for at, word in enumerate(words[:7]) if word.tag == "VVZ"), None)
    if verb is None or any(word.tag in {"PUN", "PRP", "PRF"} for word in words[:verb]):
        return None
    return _phrase(words[verb:])


def _phrase(words: Sequence[Word]) -> str | None:
    """Verb in its base form and its object, up to the first clause or mark."""
    if not words or not words[0].verb or words[0].lemma in _NO_GOAL or not words[0].lemma.isalpha():
        return None
    kept = [words[0].lemma]
    for word in words[1 : _LONGEST + 4]:
        if (
            word.tag == "PUN"
            or word.tag in {"CJS", "CJT"}
            or word.text.casefold() in _CUT
            or (word.tag[:2] in {"VV", "VM", "VB"} and word.tag not in {"VVG", "VVN"})
        ):
            break
        kept.append(word.text)
    kept = kept[:_LONGEST]
    while kept and (kept[-1].casefold() in _TRAILING or tag(kept[-1])[0].tag in {"PRP", "PRF", "AT0", "CJC", "DT0", "DPS", "AJ0", "TO0"}):
        kept.pop()
    if len(kept) < _SHORTEST:
        return None
    phrase = " ".join(kept).replace(" 's", "'s")
    return phrase[:1].upper() + phrase[1:] if re.fullmatch(r"[\w\s'’/+.#-]+", phrase) else None


_TRAILING = word_set(
    "and or of to in on at for from by with the a an its their your any all both over into more most as such between including"
)
