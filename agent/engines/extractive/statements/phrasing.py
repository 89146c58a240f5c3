"""Clauses made of a piece that has no subject of its own: "Export reports" -> "NAME lets you export reports"."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.grammar import article_for
from agent.engines.extractive.statements.leaning import Leaning
from agent.engines.extractive.statements.standalone import stand_alone
from agent.engines.extractive.statements.verbs import BOTH, IMPERATIVES, VERBS, third_person
from agent.text.words import STOP_WORDS, Word, tag

_OWN_VERBS = re.compile(r"^(supports?|provides?|offers?|includes?|enables?|allows?|features?|comes?|ships?|contains?|covers?)\b", re.I)
_NO_JOB = re.compile(
    r"^(?:see|read|check|visit|install|note|click|join|star|learn|refer|contact|report|follow|stay|make sure|ensure (?:that )?you|remember|"
    r"try|sign|register|clone|cite|open|go to|get started|set up|download|copy|paste|press|type|upgrade|update|submit|fork|push|"
    r"consider|keep in mind|avoid|please|watch|browse|explore|find out|start|begin|do not|don['’]t)\b",
    re.I,
)
_QUANTIFIED = re.compile(r"(?:virtually|nearly|every|each|any|all|one|no|most|many|over|up to|see|given)\b|\(")
_HOW_TO = re.compile(r"^(?:learn|see|discover|find out|shows?|explains?|describes?|understand)(?: more about)? how to (?=\w)", re.I)


def lets_you(order: str, leaning: Leaning) -> str | None:
    """An order as what the artifact lets its user do; None for steps and advice."""
    order = _first_sentence(_HOW_TO.sub("", order))
    if _NO_JOB.match(order) or len(order.split()) < 3:
        return None
    if re.match(r"use (?:it )?as ", order, re.I):
        return stand_alone(f"{leaning.names.name} can be used{order[order.index(' as ') :]}", leaning)
    own = _OWN_VERBS.match(order)
    name = leaning.names.name
    if own:
        verb = own[1].lower()
        verb = verb if verb.endswith("s") else third_person(verb)
        rest = re.sub(r"^ and (?=(verify|provide|include|improve|allow|enable)\b)", " and ", order[own.end() :])
        return stand_alone(f"{name} {verb}{rest}", leaning)
    return stand_alone(f"{name} lets you {small_first(order)}", leaning)


def does(order: str, leaning: Leaning) -> str | None:
    """ "Returns all messages" -> "NAME returns all messages."; under the heading of a module or function, that one does it."""
    heading = leaning.path[-1] if leaning.path else ""
    coded = " " not in heading and re.search(r"[a-z][A-Z]|[_.()]|[a-z]of[A-Z]", heading) is not None
    return stand_alone(f"{heading if coded else leaning.names.name} {small_first(order)}", leaning)


def offers(phrase: str, leaning: Leaning, verb: str = "offers") -> str | None:
    """A noun phrase or gerund as what the artifact offers or supports."""
    small = inside(phrase.rstrip(" .;,:"), leaning)
    if small.split()[0].casefold() in IMPERATIVES - BOTH:
        return lets_you(small, leaning)
    if len(small.split()) < 2 or _NO_JOB.match(small) or re.match(r"[^ ]+(?: [^ ]+)?: ", small):
        return None
    return stand_alone(
        f"{leaning.names.name} {verb} {article_for(small) if verb == 'offers' and not _QUANTIFIED.match(small) else ''}{small}", leaning
    )


def is_a(subject: str, phrase: str, leaning: Leaning) -> str | None:
    """ "Actors", "Stateful worker processes" -> "Actors are stateful worker processes."; None where the two do not agree."""
    small = inside(phrase.rstrip(" .;,:"), leaning)
    determined = re.match(r"(?:an?|the|our|its) ", small) is not None
    if "," in subject or _QUANTIFIED.match(small):
        return None
    article = "" if determined else article_for(small)
    if not article and not determined and re.match(r"\d[\w.]*[BMK]? (?:[\w-]+ )?model\b", small):
        article = "an " if small[0] == "8" else "a "
    plural = is_plural(subject)
    if small.startswith("the ") and (head := head_of(tag(small))) is not None and head.tag == "NN2":
        return stand_alone(f"{subject} are {small}", leaning)
    if determined or article:
        return stand_alone(f"{subject} {'are' if plural and not article else 'is'} {article}{small}", leaning)
    head = head_of(tag(small))
    if head is not None and plural and head.tag == "NN2" and len(small.split()) > 2:
        return stand_alone(f"{subject} are {small}", leaning)
    return None


def is_plural(subject: str) -> bool:
    """Whether a lead is a plural: its last word before a preposition ends so, or it joins two."""
    bare = re.split(r" (?:for|of|in|with|on|to|from|by|via)\b", re.sub(r"\s*\([^()]*\)", "", subject))[0]
    last = bare.split()[-1] if bare.split() else ""
    ends = last.endswith("s") and not last.endswith(("ss", "us", "is", "ics", "js", "OS")) and not last.isupper()
    return (ends and not re.search(r"[_./]", last)) or bool(re.search(r" (?:&|and) ", bare))


def head_of(words: list[Word]) -> Word | None:
    """The head noun of a noun phrase: the last noun before its first complement."""
    head = None
    for word in words:
        if head is not None and (word.tag in {"PRP", "PRF", "CJT", "DTQ", "TO0", "PUN", "CJC"} or (word.verb and word.tag not in {"VVZ"})):
            break
        if word.noun or word.tag in {"VVZ", "UNC"}:
            head = word
    return head


def inside(phrase: str, leaning: Leaning) -> str:
    """A phrase as it stands inside a sentence: Title Case undone, first letter small."""
    lowered = leaning.titles.lowered(phrase, leaning.names.known) if leaning.titles else phrase
    first = lowered.split(" ", 1)[0]
    if leaning.titles and re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)+", first):
        return leaning.titles.lowered(f"x {first}")[2:] + lowered[len(first) :]
    return small_first(lowered)


def small_first(text: str) -> str:
    """First letter small where the first word is an ordinary one."""
    return text[:1].lower() + text[1:] if plain_word(text) else text


def plain_word(text: str) -> bool:
    """Whether a text's first word may be written small: one capital, then small letters, and no name or code."""
    first = re.split(r"[\s,:]", text, maxsplit=1)[0]
    if not re.fullmatch(r"[A-Z][a-z]+(?:[-/][a-z]+)*", first):
        return len(first) == 1 and first in "A"
    if first.lower() in VERBS | IMPERATIVES | BOTH | STOP_WORDS or re.search(r"(?:tion|ing|ment|able|ive|ed|ly|al|ous)$", first):
        return True
    tagged = tag(first.lower())
    return bool(tagged) and tagged[0].tag not in {"NP0"}


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z)])[.;] (?=[A-Z])", text)[0]
