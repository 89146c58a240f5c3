"""A sentence read for its phrases: tags mended, asides left out, noun chunks found.

The tagger was trained on running prose and takes many verbs of documentation for nouns ("Export trained models", "Lumen caches calls");
where grammar leaves only a verb, the known verbs of `forms` mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.engines.extractive.naming.forms import base_of, known_verb, only_verb
from agent.text.words import Word, word_set

FINITE = word_set("VVZ VVB VVD VBZ VBB VBD VM0 VHZ VHB VHD VDZ VDB VDD")
_OPENERS = {"(", "[", "{"}
_CLOSERS = {")", "]", "}"}
_QUOTES = set('"“”‘’`*')
_DETERMINERS = {"AT0", "DPS", "DT0"}
_OBJECT = {"AT0", "DPS", "DT0", "AJ0", "NN0", "NN1", "NN2", "NP0", "CRD", "UNC", "VVN", "AJC", "AJS"}
_MODIFIERS = {"AJ0", "AJC", "AJS", "CRD", "ORD", "VVN", "VVG", "POS"}
# Adjectives that only praise, and words that only count: no part of a name's beginning.
EMPTY = word_set(
    "added new easy powerful simple convenient great various full improved amazing robust several many different multiple some any all "
    "other another such own same more most following few both each every certain useful advanced comprehensive rich wide broad "
    "vast whole entire numerous additional extensive popular seamless intuitive state-of-the-art easily simply quickly directly "
    "also now currently fully either best better possible available necessary respective above below particular specific first- "
    "class built-in using faster easier greater higher good real-world cutting-edge high-level high-quality flexible modern "
    "whatever running effective substantial related first second third latest existing right initial original actual main major "
    "given overall general common typical proper optimal little less recent previous next last whose nice neat very centralized "
)
# Third persons that the tagger takes for plurals and that name nothing in documentation.
_ALWAYS_VERBS = word_set(
    "uses provides supports allows enables includes contains offers requires lets makes gives helps runs takes implements extends "
    "generates creates reads writes accepts exposes describes"
)
LIGHT = word_set(
    "support provide offer include feature contain ship have release introduce expose accept publish come comprise cover enable "
    "allow let help use make do be perform carry take get give need require want empower assist work ensure aim consist become "
    "seem mean see show discover learn follow refer base propose present achieve serve involve appear represent belong recommend "
    "denote indicate assume prefer remain happen depend vary differ gather try exist describe consider note expect suggest "
    "demonstrate contribute unlock leverage excel unleash "
)
BREAKS = word_set("which that who whom whose while so because where when if such e.g i.e etc but than")
PRONOUNS = {"PNP", "PNI", "PNQ", "PNX", "DTQ", "CJT", "EX0", "CJS", "AVQ", "XX0", "TO0"}


@dataclass(frozen=True)
class Reading:
    """A sentence's words without asides, tags mended; `start` where it goes on after its lead, `after_subject` after its own subject.

    `subject` is "own" (the artifact or its makers), "component", "none" (an imperative or a fragment) or "other".
    """

    words: list[Word]
    start: int
    after_subject: int
    subject: str

    def chunks(self) -> list[tuple[int, int]]:
        """The base noun phrases [i, j): determiners and empty words before them left out, a noun or gerund at the end."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(self.words):
            end = self._chunk(at)
            if end is None:
                at += 1
                continue
            found.append((at, end))
            at = end
        return found

    def _chunk(self, at: int) -> int | None:
        words = self.words
        if not _modifies(words, at) and not nounish(words[at]):
            return None
        if words[at].text.casefold() in EMPTY or words[at].tag == "POS":
            return None
        if words[at].tag == "VVN" and at and nounish(words[at - 1]):
            return None  # "the release introduced models"
        end, last = at, None
        while end < len(words):
            word = words[end]
            if nounish(word):
                last = end + 1
            elif not _modifies(words, end) and not (word.text in {"&", "-", "/"} and end > at) and not _lists_adjectives(words, end, at):
                break
            if word.tag == "VVN" and end > at and nounish(words[end - 1]):
                break
            if word.tag == "VVG" and end > at and (word.text in {"using", "including", "containing"} or nounish(words[end - 1])):
                break
            if end > at and end == self.after_subject:
                break
            end += 1
        return last


def _lists_adjectives(words: Sequence[Word], at: int, since: int) -> bool:
    """Whether a comma or "and" stands between two adjectives of one noun ("typed, extensible loop")."""
    if at == since or at + 2 >= len(words) or words[at].text not in {",", "and"} or words[at - 1].tag not in {"AJ0", "VVN"}:
        return False
    return words[at + 1].tag in {"AJ0", "VVN"} and (nounish(words[at + 2]) or words[at + 2].tag in {"AJ0", "CJC"})


def nounish(word: Word) -> bool:
    return word.tag[:2] in {"NN", "NP"} or word.tag == "UNC"


def _modifies(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands before a noun as its modifier."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.tag not in _MODIFIERS or after is None:
        return word.tag == "CRD" and bool(at)
    if word.tag in {"VVN", "VVG"} or (word.tag == "AJ0" and after.tag in {"PRP", "PRF", "TO0"}):
        listed = after.text in {",", "and"} and at + 2 < len(words) and words[at + 2].tag == "AJ0"
        return nounish(after) or after.tag in {"AJ0", "VVN"} or listed
    return True


def reading(words: Sequence[Word], start: int, own: int, component: bool) -> Reading:
    """Words read from `start` on; `own` is where they go on after the artifact's or component's name, 0 where they do not begin so."""
    kept, moved = _without_asides(words)
    _mend_inside(kept)
    _mend_caused(kept)
    start, own = moved(start), moved(own) if own else 0
    subject = ("component" if component else "own") if own else "other"
    if own:
        while own + 1 < len(kept) and kept[own].tag == "AV0":
            own += 1
        _mend_finite(kept, own)
    elif start < len(kept):
        if _imperative(kept, start):
            kept[start] = replace(kept[start], tag="VVB", lemma=kept[start].text.casefold())
            _mend_coordinated(kept, start, third=False)
        if kept[start].tag in {"VVB", "VVI"} or not any(w.tag in FINITE for w in kept[start:]):
            subject = "none"
    if subject != "other" and (own or start) < len(kept) and kept[own or start].tag in {"VVZ", "VVB", "VVI"}:
        _mend_objects(kept, (own or start) + 1)
    return Reading(kept, start, own or start, subject)


def _without_asides(words: Sequence[Word]) -> tuple[list[Word], Callable[[int], int]]:
    kept: list[Word] = []
    places: list[int] = []
    depth = 0
    for word in words:
        places.append(len(kept))
        if word.text in _OPENERS:
            depth += 1
        elif word.text in _CLOSERS:
            depth = max(0, depth - 1)
        elif not depth and word.text not in _QUOTES:
            kept.append(word)
    return kept, lambda at: places[at] if at < len(places) else len(kept)


def _mend_inside(words: list[Word]) -> None:
    """Verbs between two noun phrases that only a verb can be."""
    for at in range(1, len(words) - 1):
        word = words[at]
        if (
            (word.tag == "NN2" and word.text in _ALWAYS_VERBS and (nounish(words[at - 1]) or words[at - 1].tag == "AV0"))
            or (word.tag == "NN2" and nounish(words[at - 1]) and base_of(word.text) and words[at + 1].tag in {"AT0", "DPS", "DT0", "NP0"})
            or (word.tag == "NN2" and words[at - 1].text.endswith("ly") and base_of(word.text) and words[at + 1].tag in _OBJECT)
        ):
            words[at] = replace(word, tag="VVZ", lemma=base_of(word.text) or word.lemma)
        elif word.tag in {"NN1", "NN0"} and words[at - 1].tag == "AV0" and known_verb(word.text) and words[at + 1].tag in _OBJECT:
            words[at] = replace(word, tag="VVB", lemma=word.text.casefold())


def _mend_caused(words: list[Word]) -> None:
    """ "lets agents run code": the base form after whoever is let do it."""
    for at in range(len(words) - 3):
        if words[at].text not in {"lets", "let", "helps", "makes"}:
            continue
        if nounish(words[at + 1]) and words[at + 2].tag in {"NN1", "NN0", "VVB"} and known_verb(words[at + 2].text):
            words[at + 2] = replace(words[at + 2], tag="VVI", lemma=words[at + 2].text)


def _mend_finite(words: list[Word], at: int) -> None:
    """The word after a subject that is known: its verb, if it may be one."""
    if at >= len(words) or words[at].tag in FINITE - {"VVZ", "VVB"}:
        return
    base = base_of(words[at].text)
    if base and (words[at].tag in {"NN2", "VVZ", "NN1", "UNC", "NP0"}):
        words[at] = replace(words[at], tag="VVZ", lemma=base)
        if at + 1 < len(words) and words[at + 1].tag == "VVZ":
            words[at + 1] = replace(words[at + 1], tag="NN2")
        _mend_coordinated(words, at, third=True)


def _mend_objects(words: list[Word], at: int) -> None:
    """After the main verb, up to the next clause, what looks like another one is a plural: "avoid needless API calls"."""
    for place in range(at, len(words)):
        if words[place].tag in PRONOUNS - {"TO0"} or words[place].tag in {"PUN", "CJC"} or words[place].text.casefold() in BREAKS:
            return
        if words[place].tag == "VVZ" and nounish(words[place - 1]):
            words[place] = replace(words[place], tag="NN2")


def _mend_coordinated(words: list[Word], at: int, *, third: bool) -> None:
    """ "lists, creates or closes a tab": the verbs joined to a mended one."""
    for place in range(at + 1, len(words) - 1):
        word = words[place]
        base = base_of(word.text) if third else word.text.casefold() if known_verb(word.text) else None
        joined = words[place - 1].text in {",", "and", "or", "/"}
        if base and joined and (words[place + 1].tag in _OBJECT | {"CJC", "PUN"}) and word.tag[:2] in {"NN", "VV", "AJ"}:
            words[place] = replace(word, tag="VVZ" if third else "VVB", lemma=base)
        elif word.text not in {",", "and", "or", "/"}:
            break


def _imperative(words: list[Word], at: int) -> bool:
    """Whether a sentence opens with a base form that can only be its verb."""
    first = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or first.text.casefold() != first.lemma:
        return False
    if not known_verb(first.text) and first.tag not in {"VVB", "VVI"}:
        return False
    if nounish(after) and at + 2 < len(words) and words[at + 2].tag in {"VM0", "VBZ", "VBB", "VBD"}:
        words[at] = replace(first, tag="NN1")  # "Model files can be shared": a subject
        return False
    action = re.search(r"(?:[ts]ion|ment|[a-z]{3}ing|sis)$", after.text) and after.tag[:2] == "NN"
    if action and first.lemma not in LIGHT and not only_verb(first.text):
        words[at] = replace(first, tag="NN1")  # "Retry management", "Pose estimation"
        return False
    if first.tag in {"VVB", "VVI"} or only_verb(first.text):
        return after.tag not in {"PRF"} and after.tag not in FINITE
    if after.tag in _DETERMINERS | {"CRD", "NN2"}:
        return True
    if after.tag in {"AJ0", "VVN", "NN1", "NP0", "UNC"} and len(words) - at > 3:
        return any(w.tag in {"PRP", "TO0", "NN2", "AT0"} for w in words[at + 2 : at + 6]) and not any(
            w.tag in FINITE for w in words[at + 1 :]
        )
    return after.tag == "CJC" and at + 2 < len(words) and known_verb(words[at + 2].text)
