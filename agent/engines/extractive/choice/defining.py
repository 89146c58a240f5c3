"""Sentences that say what the artifact is: the page opens with one, so that as a capability only the job it names is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agent.domain.proposal import FactProposal
from agent.engines.extractive.choice.rank import Rating
from agent.engines.extractive.claims.repeats import contained, said_words
from agent.engines.extractive.naming.forms import base_of_gerund, known_verb
from agent.engines.extractive.statements.leaning import Leaning
from agent.engines.extractive.statements.phrasing import lets_you, offers
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Names, stand_alone
from agent.engines.extractive.statements.verbs import base_form
from agent.text.words import tag

__all__ = ["without_definition"]

_SAME = 0.7  # the share of content words from which a sentence repeats the definition
_IS = re.compile(r"\s+(?:\w+\s+)?(?:is|are|acts as|serves as|provides?|offers?|contains?)\s+(?:an?|the|our|one of|\w)", re.I)
_THAT = re.compile(r",?\s+(?:that|which)\s+(?:(?:can|also)\s+)?(?=[a-z]+s\b)")
_FOR = re.compile(
    r"\s+(?:for|(?:designed|used|built|intended|made)\s+(?:for|to)|to|capable of)\s+(?:(?:easily|your|both)\s+)?(?=[a-z])", re.I
)
_FIRST_PHRASE = re.compile(r"\s(?:for|of|in|on|with|to|from|by|that|using)\b|[,;:]")
_FEWEST = 5  # words that tell a job
_ACTION = re.compile(r"(?:tion|sion|ment|ing|ence|ysis)s?\b")


def without_definition(
    statements: Sequence[Statement], ratings: Mapping[int, Rating], defined: FactProposal | None, names: Names
) -> tuple[list[Statement], dict[int, Rating], frozenset[int]]:
    """Statements and ratings in which a sentence that repeats the definition tells its job, or is rated no more where it names none.

    Third, the orders of the statements that tell a job.
    """
    kept = dict(ratings)
    jobs: set[int] = set()
    if defined is None:
        return list(statements), kept, frozenset()
    words = said_words(defined.text, names)
    found = []
    for s in statements:
        if s.order in kept and s.printed and _repeats(s, defined, words, names):
            job = _job(s.printed, names)
            if job is None:
                del kept[s.order]
            else:
                jobs.add(s.order)
                s = replace(s, printed=job, lead=None, sentence=False)
        found.append(s)
    return found, kept, frozenset(jobs)


def _repeats(s: Statement, defined: FactProposal, words: frozenset[str], names: Names) -> bool:
    first, said = defined.quotes[0], s.printed or ""
    same = s.document_id == first.document_id and first.start is not None and first.end is not None
    if same and min(s.end, first.end or 0) > max(s.start, first.start or 0):
        return True
    called = names.opens(said)
    return called is not None and bool(_IS.match(said[len(called) :])) and contained(said_words(said, names), words) >= _SAME


def _job(text: str, names: Names) -> str | None:
    """What a definition says the artifact does or is for, without what it is; None where it says neither."""
    called = names.opens(text)
    if called is None:
        return None
    rest = text[text.casefold().find(called.casefold()) + len(called) :].rstrip(" .")
    if not _IS.match(rest):
        return text if re.match(r"\s+[a-z]+s\s", rest) else None  # "NAME lets ...": the job itself
    return next((said for said in _jobs(rest, called, Leaning(names)) if len(said.split()) >= _FEWEST), None)


def _jobs(rest: str, called: str, leaning: Leaning) -> Iterator[str]:
    for match in _THAT.finditer(rest):
        told = rest[match.end() :]
        verb = told.split()[0]
        if (base_form(verb) or tag(f"It {told}.")[1].tag == "VVZ") and (said := stand_alone(f"{called} {told}.", leaning)):
            yield said
    for match in _FOR.finditer(rest):
        told = rest[match.end() :]
        said = None
        if re.search(r"\bto\s", match.group()):
            first = tag(f"to {told}.")[1]
            said = lets_you(told, leaning) if first.tag in {"VVI", "VVB"} or known_verb(first.text) else None
        elif order := _ordered(told):
            said = lets_you(order, leaning)
        elif _ACTION.search(_FIRST_PHRASE.split(told)[0]):
            said = offers(told, leaning, "supports")
        if said:
            yield said


def _ordered(told: str) -> str | None:
    """ "testing and evaluating prompts" as an order, "test and evaluate prompts"; None where it does not open with a gerund."""
    words = tag(f"for {told}.")[1:]
    shift, found = len("for "), told
    gerunds = [words[0]] if words[0].tag == "VVG" or base_of_gerund(words[0].text) else []
    at = 1
    while gerunds and at + 1 < len(words) and words[at].text in {"and", "or", ","} and words[at + 1].text.endswith("ing"):
        gerunds.append(words[at + 1])
        at += 2
    for word in reversed(gerunds):
        base = base_of_gerund(word.text) or (word.lemma if word.lemma != word.text else None)
        if base is None:
            return None
        found = found[: word.start - shift] + base + found[word.end - shift :]
    return found if gerunds else None
