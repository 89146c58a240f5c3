"""Phrases cut out of tagged sentences: the noun phrase from a place on, and an action with its object."""

from __future__ import annotations

import re
from itertools import pairwise

from agent.engines.extractive.forms import ACTION_NOUNS, gerund, singular
from agent.text.words import Word, tag, word_set

MOST_WORDS = 8
_STOP_TAGS = {"PUN", "CJS", "CJT", "DTQ", "PNQ", "AVQ"}
_CUTS = word_set(
    "which that who when while whenever where so because if unless until as without via through using by thanks based including like "
    "such instead rather"
)
_TRAILING = {"PRP", "PRF", "AT0", "CJC", "CJS", "TO0", "AV0", "DPS", "DT0", "VBZ", "VM0", "PUN", "CJT", "DTQ", "XX0", "VBB", "VBI", "ORD"}
_TRAILING_WORDS = word_set("and or etc more various many different several other own new both such")
_DROP_FIRST = {"AT0", "DPS", "DT0", "DTQ", "CJC", "PUN", "AV0", "PNP", "EX0", "TO0", "CJS"}


def doing(words: list[Word], at: int) -> str:
    """Verb and object from `at` as an action: "Image segmentation" for a bare plural, else "Segmenting the left half"."""
    while at < len(words) and (words[at].tag == "AV0" or words[at].text == "to"):
        at += 1
    if at >= len(words):
        return ""
    verb = words[at]
    base = verb.lemma if verb.verb or verb.tag[:2] == "NN" else verb.text.casefold()
    if base == "be" or not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", base):
        return ""
    both = None
    if at + 2 < len(words) and words[at + 1].tag == "CJC" and words[at + 2].verb:
        both, after = words[at + 2], at + 3
    else:
        after = at + 1
    obj = noun_phrase(words, after, first_may_be_preposition=True)
    if not obj:
        return ""
    if both is None and base in ACTION_NOUNS and re.fullmatch(r"[a-z]+s", obj) and len(obj.split()) == 1:
        return f"{singular(obj)} {ACTION_NOUNS[base]}".capitalize()
    action = gerund(base) + (f" and {gerund(both.lemma)}" if both else "")
    return f"{action.capitalize()} {small(obj)}"


def noun_phrase(words: list[Word], start: int, *, first_may_be_preposition: bool = False) -> str:
    """The phrase from `start` to where its sentence turns, at most eight words, tidy at both ends."""
    kept: list[Word] = []
    for at in range(start, len(words)):
        word = words[at]
        if kept and (word.tag in _STOP_TAGS or word.text.casefold() in _CUTS or word.text in "(–—-:;"):
            if word.text == "," and (_enumerates(words, at) or _qualifies(words, at)):
                kept.append(word)
                continue
            break
        if kept and word.tag == "CJC" and at + 1 < len(words) and words[at + 1].tag in {"VVB", "VVI", "VVZ", "VBZ"}:
            break
        if not kept and word.tag in _DROP_FIRST and not (first_may_be_preposition and word.tag in {"PRP", "AVP", "AT0"}):
            continue
        if (
            kept
            and word.tag in {"VVZ", "VBZ", "VBB", "VM0", "VHZ", "VVD", "VBD", "PNP", "TO0"}
            and (len(kept) >= 2 or word.tag in {"VBZ", "VBB", "VBD"})
        ):
            break
        kept.append(word)
        if sum(w.tag != "PUN" for w in kept) >= MOST_WORDS - 1:
            break
    if len(kept) + start < len(words) and words[start + len(kept) - 1 : start + len(kept)] and kept and _mid_phrase(words, kept[-1]):
        kept = _back_to_head(kept)
    while kept and (kept[-1].tag in _TRAILING or kept[-1].text in ",;:(&/" or kept[-1].text.casefold() in _TRAILING_WORDS):
        kept.pop()
    return joined(kept) if any(w.noun or w.tag in {"VVG", "CRD"} or w.tag == "UNC" for w in kept) else ""


def _enumerates(words: list[Word], at: int) -> bool:
    """Whether a comma separates nouns of one enumeration that ends within the next words ("images, audio and text")."""
    near = words[at + 1 : at + 6]
    return any(w.tag == "CJC" for w in near) and not any(w.verb for w in near) and bool(near) and (near[0].noun or near[0].tag == "AJ0")


def _qualifies(words: list[Word], at: int) -> bool:
    """Whether a comma separates adjectives before one noun ("meaningful, structured data")."""
    before, after = words[at - 1] if at else None, words[at + 1 : at + 3]
    return before is not None and before.tag in {"AJ0", "VVN"} and bool(after) and after[0].tag in {"AJ0", "VVN", "CJC"}


def _mid_phrase(words: list[Word], last: Word) -> bool:
    index = next(i for i, w in enumerate(words) if w.start == last.start)
    following = words[index + 1] if index + 1 < len(words) else None
    return (
        following is not None
        and (following.noun or following.tag in {"AJ0", "VVN"})
        and last.tag in {"AJ0", "NN1", "NP0", "NN0", "CRD", "VVG", "VVN"}
    )


def _back_to_head(kept: list[Word]) -> list[Word]:
    """Cut back to before the last preposition or conjunction, so that no half phrase stays."""
    for at in range(len(kept) - 1, 1, -1):
        if kept[at].tag in {"PRP", "PRF", "CJC", "PUN", "TO0"}:
            return kept[:at]
    return kept


def small(text: str) -> str:
    words = text.split()
    first = words[0] if words else ""
    if len(words) > 1 and words[1][:1].isupper() and not words[1].isupper():
        return text
    return text[:1].lower() + text[1:] if re.fullmatch(r"[A-Z][a-z]+", first) and tag(first.lower())[0].tag != "NP0" else text


def joined(words: list[Word]) -> str:
    """Words as they stood, with the blanks they had."""
    if not words:
        return ""
    out = words[0].text
    for before, word in pairwise(words):
        out += (" " if word.start > before.end else "") + word.text
    return out
