"""Whole phrases only: hollow heads and loose ends are cut from a candidate name, and what is no phrase is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.engines.extractive.naming.forms import singular
from agent.engines.extractive.naming.phrases import BREAKS, EMPTY, FINITE, PRONOUNS, nounish
from agent.engines.extractive.naming.spans import Candidate, joined
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import Word, word_set

MOST_WORDS = 8
# Heads that say nothing of their own before "of", "for" or "to".
_HOLLOW = word_set(
    "set range variety collection number list lot series kind type family way means hundred thousand dozen couple piece array "
    "amount majority rest sort part some many support ability capability possibility option use purpose choice host wealth version "
    "case example process task plethora "
)
# What an artifact is called where it has no better head: "library for training models" is a name by what comes after.
_CLASSES = word_set("library framework tool toolkit package platform suite software project program engine model system solution method")
_VAGUE = word_set(
    "feature way thing example number variety range set list kind type lot support case option information detail section part "
    "user it them model data tool use usage result output input value name default note code file method function one following "
    "library framework project dataset task step process work time page platform improvement behavior prediction module approach "
    "technique solution application system addition release idea point need goal variant rest right question answer issue "
    "documentation repository version paper "
)
_CODE = re.compile(r"[_(){}=\\<>\[\]$@#|`~^]|[A-Za-z]\.[A-Za-z]|^-|--|\w/[^\s/]*/|(?:^|\s)/|/(?:\s|$)|\d{6}")


def trimmed(candidate: Candidate, names: Names) -> Candidate | None:
    """A candidate without hollow heads and empty words at its edges; None where no whole phrase is left."""
    words = list(candidate.words)
    while words and _empty(words[0]):
        words.pop(0)
    words = [w for at, w in enumerate(words) if not (at and w.tag == "DPS")]
    loose = {"PUN", "PRP", "PRF", "CJC", "AT0", "DPS", "POS", "TO0"} | ({"AV0"} if candidate.kind not in {"lead", "heading"} else set())
    while words and words[-1].tag in loose:
        words.pop()
    words = _without_own(words, names)
    while hollow := _hollow(words):
        words = words[hollow:]
        while words and _empty(words[0]):
            words.pop(0)
    if len(words) > 2 and words[0].text.casefold() in {"support", "supports", "features"} and words[-1].tag == "NN2":
        words = words[1:]
    if not words or not _whole(words, candidate.kind) or _cut(words, candidate.place):
        return None
    text = joined(words)
    if words[0].text.casefold().strip(".") in {"based", "vs", "versus"} or (
        words[0].lemma in _PEOPLE and len(words) > 1 and words[1].text == "to"
    ):
        return None  # torn from "X-based", or from "allows users to ..."
    count = len(text.split())
    if count > MOST_WORDS or _CODE.search(text) or any(text.casefold() in {n.casefold(), n.casefold() + "s"} for n in names.known):
        return None
    if count == 1 and not re.search(r"(?:[ts]ions?|[a-z]{3}ing|ment|sis|search|export|access)$", text, re.I):
        return None
    content = [w.lemma for w in words if w.content]
    if not content or all(lemma in _VAGUE or singular(lemma) in _VAGUE for lemma in content):
        return None
    return replace(candidate, words=tuple(words))


_PEOPLE = word_set("user developer people person researcher team approach technique")  # and what one takes "to do" something
# Nouns of adverbial phrases: "in addition to".
_ADVERBIAL = word_set("addition order terms favor regard contrast")
# Prepositions that after a verb and its object belong to the verb: "convert models to formats" holds no phrase "models to formats".
_COMPLEMENTS = word_set("to into as at by onto")


def _cut(words: Sequence[Word], place: Mapping[str, float]) -> bool:
    """Whether the sentence's next words belong to the phrase, or its last ones to the verb before it."""
    if "denied" in place or (words[-1].lemma in _HOLLOW and "next PRF" in place):
        return True
    if "cuts right" in place and any(w.tag in {"PRP", "PRF"} for w in words):
        return True
    if "opened PRF" in place and any(w.tag == "PRP" for w in words):
        return True  # "lower the light of lamps in steps" holds no phrase "lamps in steps"
    return not place.get("after offer") and any(f"object then {preposition}" in place for preposition in _COMPLEMENTS)


def _empty(word: Word) -> bool:
    """Whether a word says nothing at a name's beginning; made words are meant."""
    small = word.text.casefold()
    if small == "no" or word.start < 0:
        return small == "using"
    return word.tag in {"AT0", "DPS", "DT0", "PUN", "CJC", "AV0", "POS", "PNP", "EX0", "PRP", "PRF"} or small in EMPTY


def _without_own(words: list[Word], names: Names) -> list[Word]:
    """A phrase without the artifact's name before its noun ("Lumen agents" -> "agents")."""
    called = names.opens(joined(words))
    if called is None:
        return words
    rest = [w for w in words if w.start < 0 or w.start >= words[0].start + len(called)]
    if rest and rest[0].tag == "POS":
        rest = rest[1:]
    return rest if words[0].start >= 0 and len(rest) >= 2 and (nounish(rest[0]) or rest[0].tag in {"AJ0", "VVG"}) else words


def _hollow(words: Sequence[Word]) -> int:
    """How many words a hollow head takes with its preposition ("comma-separated list of"); 0 where none opens the phrase."""
    of = next((i for i, w in enumerate(words) if w.tag in {"PRF", "PRP", "TO0"}), 0)
    if of == 1 and words[0].lemma in _CLASSES and words[1].text == "for" and len(words) > 3:
        return 2
    if not of or of + 1 >= len(words) or words[of - 1].lemma not in _HOLLOW or any(not _mere(w) for w in words[: of - 1]):
        return 0
    return of + 1 if words[of].tag == "PRF" or words[of - 1].lemma == "support" else 0


def _mere(word: Word) -> bool:
    return word.tag in {"AJ0", "AJC", "AJS", "CRD", "ORD", "VVN"}


def _whole(words: Sequence[Word], kind: str) -> bool:
    if any(w.tag in (FINITE - {"VVB"}) | (PRONOUNS - {"TO0"}) or w.text.casefold() in BREAKS for w in words):
        return False
    if (
        words[0].tag in {"VVB", "VVI"}
        or words[0].text == "makers"
        or (words[0].lemma in _ADVERBIAL and len(words) > 1 and words[1].tag == "PRP")
    ):
        return False
    head = next((i for i, w in enumerate(words) if i and w.tag in {"PRP", "PRF", "TO0", "CJC"}), len(words))
    if (
        not any(nounish(w) or w.tag == "VVG" or not w.text.isalpha() for w in words[:head])
        and words[min(head, len(words) - 1)].tag != "CJC"
    ):
        return False  # "Ideal for teams"
    if words[0].lemma in _CLASSES and len(words) > 1 and words[1].text == "for":
        return False  # "framework for programming"
    aim = next((i for i, w in enumerate(words) if w.tag == "TO0"), 0)
    if aim and words[aim - 1].lemma in _HOLLOW | _CLASSES | _PEOPLE:
        return False  # "two approaches to store vectors": the action itself is a candidate
    if words[-1].text.casefold() in {"its", "their", "your", "our", "own"}:
        return False
    if words[-1].tag in {"AJ0", "AV0"} and words[-1].text.isalpha() and words[0].tag != "VVG":
        return False  # "Language agnostic"
    if any(w.text in {":", ";", "?", "!", "–", "—", "|"} for w in words):
        return False
    last_comma = max((i for i, w in enumerate(words) if w.text == ","), default=-1)
    if (
        last_comma >= 0
        and kind in {"long phrase", "gerund", "noun of", "lead"}
        and not any(w.tag == "CJC" or w.text == "&" or words[last_comma - 1].tag == "AJ0" for w in words[last_comma:])
    ):
        return False
    if words[-1].tag == "VVG" and len(words) > 2 and words[-2].tag in {"CJC", "PRP", "PUN"} and kind not in {"lead", "heading", "above"}:
        return words[-2].tag != "PUN"
    return any(nounish(w) or w.tag == "VVG" for w in words)
