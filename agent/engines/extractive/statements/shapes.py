"""What shape a piece of text has: a sentence, an order, a verb without its subject, or a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from agent.engines.extractive.statements.verbs import BOTH, IMPERATIVES, VERBS, base_form
from agent.text.words import Word, tag, word_set

Shape = Literal["sentence", "imperative", "third", "gerund", "participle", "phrase"]

_FINITE = frozenset({"VVZ", "VVB", "VVD", "VBZ", "VBB", "VBD", "VHZ", "VHB", "VHD", "VDZ", "VDB", "VDD", "VM0"})
_AUXILIARY = word_set("is are was were has have had does do did can cannot may might must shall should will would could ca wo")
_SUBORDINATE = word_set("that which who whose whom where when while if because whenever wherever unless until how what whether why")
_OBJECT = frozenset({"AT0", "DPS", "DT0", "NN2", "PNP", "PNX"})
_CONDITIONS = word_set("if when whenever while once unless although because since given")
_COMPLEMENT = frozenset({"AT", "AJ", "DT", "DP", "CR", "NN"})
_PRONOUNS = word_set("we you it this they these i there to let")
_KNOWN = VERBS | IMPERATIVES
_PARTICIPLES = word_set("built made written based known given driven shown run drawn")


def shape_of(text: str) -> Shape:
    """The shape of a plain text; verbs in relative clauses and reduced participles do not make it a sentence."""
    words = tag(_small_opening(text))
    while len(words) > 2 and words[0].text.endswith("ly") and words[0].tag[:2] != "VV":
        words = words[1:]
    if not words:
        return "phrase"
    first = words[0].text.casefold()
    if first in _CONDITIONS or first in _PRONOUNS:
        return "sentence"
    second = words[1] if len(words) > 1 else None
    if second is not None and _orders(words):
        return "sentence" if _stated(words) else "imperative"
    if second is not None and _third(words):
        return "third"
    main = main_verb(words)
    if first.endswith("ing") and words[0].tag in {"VVG", "AJ0", "NN1"} and main is None and first[:-3] not in {"str", "th", "dur"}:
        return "gerund" if words[0].tag == "VVG" or (second is not None and _opens_object(second)) else "phrase"
    if main is None and (first in _PARTICIPLES or (first.endswith("ed") and words[0].tag in {"VVN", "VVD", "AJ0"})):
        follows = second is not None and second.tag in {"PRP", "TO0", "AV0", "PRF", "CJS"}
        return "participle" if follows else "phrase"
    return "sentence" if main is not None else "phrase"


def _stated(words: Sequence[Word]) -> bool:
    """ "Export to X was performed": what looks like an order is the subject of a form of "be"."""
    for word in words:
        if word.text.casefold() in _SUBORDINATE or word.tag == "PUN":
            return False
        if word.text in {"was", "were", "is", "are"}:
            return True
    return False


def _small_opening(text: str) -> str:
    """A text with its first word small where that may be a verb: capitals make the tagger see a name. Else as it is, tagged once."""
    first = text.split(" ", 1)[0].rstrip(",")
    if not re.fullmatch(r"[A-Z][a-z-]+", first):
        return text
    low = first.lower()
    verb = low in _KNOWN or base_form(low) is not None or low.endswith(("ing", "ed", "ly", "ize", "ise", "ify"))
    return text[:1].lower() + text[1:] if verb else text


def _third(words: Sequence[Word]) -> bool:
    """ "Returns all messages", "Refines a module": a third person without its subject."""
    first, second = words[0], words[1]
    low = first.text.casefold()
    if not low.endswith("s") or low.endswith(("ss", "us")) or second.text.casefold() in _AUXILIARY or second.tag in {"PRF", "PUN", "VVZ"}:
        return False
    if second.tag == "AT0" or second.text.casefold() in {"all", "any", "each"}:
        return base_form(low) is not None or first.tag == "VVZ"
    return first.tag == "VVZ" and (base_form(low) is not None or second.tag in {"AJ0", "NN1", "NN2", "DPS"})


def main_verb(words: Sequence[Word]) -> int | None:
    """The number of the first finite verb outside subordinate clauses, or None."""
    waiting, seen = 0, False
    for number, word in enumerate(words):
        low = word.text.casefold()
        if low in _SUBORDINATE and not (low == "that" and word.tag == "DT0"):
            waiting += 1
        elif low in _AUXILIARY or _finite(words, number):
            if not waiting:
                if seen and _without_object(words, number):
                    continue
                return number
            seen = True
            # "X that reads and writes Y" : verbs joined to the subordinate one belong to it
            waiting = 0 if not _joined_later(words, number) else waiting
    return None


def _without_object(words: Sequence[Word], number: int) -> bool:
    """ "... the resources an instance can consume.": a clause at the end whose object stands before it."""
    after = words[number + 1 :]
    return len(after) > 1 and after[0].tag in {"VVI", "VVB"} and after[1].tag == "PUN"


def _joined_later(words: Sequence[Word], number: int) -> bool:
    """Whether another finite verb stands right behind a conjunction after this one, in the same clause."""
    for at in range(number + 1, len(words) - 1):
        if words[at].text in {".", ";", ":"}:
            return False
        if words[at].text.casefold() in {"and", "or", "but"} and _finite(words, at + 1):
            return True
    return False


def _finite(words: Sequence[Word], number: int) -> bool:
    word = words[number]
    before = words[number - 1] if number else None
    after = words[number + 1] if number + 1 < len(words) else None
    if before is not None and (before.tag in {"TO0", "AT0", "DPS", "PRF", "PRP", "AJ0", "POS", "CRD"} or before.text in {"-", "/"}):
        return False
    if word.tag in _FINITE:
        if word.tag == "VVZ" and words[0].tag == "VVG" and before is not None and before.noun:
            return False  # "Validating model outputs against ..."
        if word.tag in {"VVZ", "VVB"} and after is not None and after.tag in {"VVN", "VVD", "PRF"}:
            return False  # "worker processes created by"
        if word.tag == "VVD":
            joined = before is not None and before.tag == "CJC"
            return not joined and after is not None and after.tag not in {"PRP", "PRF", "TO0", "CJC", "PUN"}
        return number > 0 or after is None
    low = word.text.casefold()
    if before is None or after is None:
        return False
    if (before.noun or before.tag == "VVG") and (word.tag == "VVI" or (low in VERBS and low not in BOTH)):
        return word.tag == "VVI" or after.tag[:2] in _COMPLEMENT or (low == "run" and after.tag == "PRP")
    if low == "support" and before.tag in {"AV0", "NN2"} and after.noun:
        return True
    return (
        number > 0
        and word.tag == "NN2"
        and base_form(word.text.casefold()) is not None
        and (before.noun or before.tag == "AV0")
        and (
            after.tag[:2] in {"AT", "AJ", "DT", "DP", "CR"}
            or (after.tag == "NN2" and after.text.islower())
            or (before.text[:1].isupper() and number < 4 and after.noun)
        )
    )


def _orders(words: Sequence[Word]) -> bool:
    """ "Export reports", "Build event-driven workflows": a base form with its object or complement."""
    first, second = words[0], words[1]
    low = first.text.casefold()
    if second.text in {",", "and", "or", "&"} and low in _KNOWN and len(words) > 3:
        return any(word.text.casefold() in _KNOWN for word in words[2:6])
    plural = second.tag == "VVZ" and len(words) > 2 and words[2].tag == "PRF"  # "teams of agents"
    if second.tag in {"PRF", "POS", "PUN"} or second.text.casefold() in _AUXILIARY or (second.tag == "VVZ" and not plural):
        return False
    if plural and low in _KNOWN:
        return True
    if low == "support":
        return second.text.casefold() not in {"for", "in", "with", "team"}
    if low not in _KNOWN:
        ending = low.endswith(("ize", "ise", "ify")) and len(low) > 5
        return (
            (ending or first.tag in {"VVB", "VVI"})
            and low not in _AUXILIARY
            and (ending or _opens_object(second))
            and base_form(low) is None
        )
    if _opens_object(second):
        return True
    if low in BOTH and second.text.casefold() in {"about", "with"}:
        return True
    if low in BOTH and second.tag in {"VVN", "VVD"} and len(words) > 2 and words[2].noun:
        return True
    if low in BOTH:
        return first.tag in {"VVB", "VVI"} and second.tag in {"AJ0", "NN1", "NP0", "AV0", "AJC"} and _has_plural(words)
    return True


def _has_plural(words: Sequence[Word]) -> bool:
    """Whether the noun phrase behind a first word ends in a plural: then the word before it is no noun of a compound."""
    for word in words[1:]:
        if word.tag not in {"AJ0", "NN1", "NN2", "NP0", "AV0", "VVN", "VVG", "AJC", "UNC"}:
            return False
        if word.tag == "NN2":
            return True
    return False


def _opens_object(word: Word) -> bool:
    return word.tag in _OBJECT or word.text.casefold() in {"all", "any", "each", "every", "multiple", "several", "your", "up", "with"}
