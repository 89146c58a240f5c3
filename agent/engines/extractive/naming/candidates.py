"""Candidate names of a capability: phrases of its statement, actions told as gerunds or action nouns, its lead-in and headings.

Every candidate is a whole phrase: it begins and ends at the borders of noun phrases, holds no finite verb and no pronoun. Which of them
reads best is left to the scorer (naming.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.engines.extractive.naming.actions import actions, passives
from agent.engines.extractive.naming.forms import action_noun, known_verb, singular
from agent.engines.extractive.naming.phrases import Reading, reading
from agent.engines.extractive.naming.spans import Candidate, made, place_of, spans
from agent.engines.extractive.naming.trim import trimmed
from agent.engines.extractive.statements.headings import generic
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.roles import bare_title
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import Word, tag

_TITLE_HEAD = re.compile(
    r"^(?:how to|how do i|introduction to|getting started with|get started with|quick ?start(?: with| for)?|using|use|running the|about|"
    r"support for|supports?|working with|new|guide to|overview of|example of|examples of|step \d+)\s+(?=\w)|^\[[^\]]*\]\s*|"
    r"^\W*(?:\d+(?:\.\d+)*[.):]?|[A-Za-z][.)])\s+(?=[A-Za-z])|^:[a-z0-9_+-]+:\s*|^[^\w(]+",
    re.I,
)
_TITLE_TAIL = re.compile(
    r"\s+(?:examples?|guides?|tutorials?|usage|sections?|instructions?|overview|quick ?start|details|information|basics|walkthrough)$", re.I
)


def candidates(s: Statement, names: Names) -> list[Candidate]:
    """The candidates of one statement, each text once (the first way it was found, with the kinds of all)."""
    found: dict[str, Candidate] = {}
    for candidate in _all(s, names):
        whole = trimmed(candidate, names)
        if whole is None:
            continue
        key = whole.text.casefold()
        if key in found:
            first = found[key]
            place = {k: max(first.place.get(k, 0.0), whole.place.get(k, 0.0)) for k in (*first.place, *whole.place)}
            whole = replace(first, place={**place, f"also {whole.kind}": 1.0} if whole.kind != first.kind else place)
        found[key] = whole
    return list(found.values())


def _all(s: Statement, names: Names) -> Iterator[Candidate]:
    printed = s.printed or s.text
    if s.lead and s.kind != "heading":
        yield from _titled(s.lead, "lead")
    if len(s.heading_path) > 1:
        yield from _titled(s.heading, "heading")
    if len(s.heading_path) > 2:
        yield from _titled(s.heading_path[-2], "above")
    if s.component:
        yield from _component(s.component)
    start = own = 0
    if s.component and printed.casefold().startswith(s.component.casefold()):
        own = _at(s.words, len(s.component))
    elif s.lead and printed.casefold().startswith(f"{s.lead.casefold()}:"):
        start = _at(s.words, len(s.lead) + 1)
    else:
        own = _after_own(printed, s.words, names)
    read = reading(s.words, start, own, bool(s.component))
    yield from _phrases(read)
    yield from actions(read)
    yield from passives(read)


def _at(words: Sequence[Word], offset: int) -> int:
    return next((i for i, w in enumerate(words) if w.start >= offset), len(words))


_MAKERS = re.compile(
    r"^(?:the|its) makers(?: of (?:\S+ ){1,6}?(?=(?:also |have |now )?[a-z]))?\s*(?:also |have |now |currently |further )*", re.I
)


def _after_own(printed: str, words: Sequence[Word], names: Names) -> int:
    makers = _MAKERS.match(printed)
    if makers and makers.end():
        return _at(words, makers.end())
    called = names.opens(printed)
    if called is None:
        return 0
    end = printed.casefold().find(called.casefold()) + len(called)
    return _at(words, end) if not printed[end:].startswith(("'s", "’s")) else 0


def _titled(title: str, kind: str) -> Iterator[Candidate]:
    """A heading or lead-in as a name: numbering and words of the page's own left out, an imperative made a gerund."""
    bare, before = bare_title(title).strip(), ""
    while bare != before:
        before = bare
        bare = _TITLE_TAIL.sub("", _TITLE_HEAD.sub("", re.sub(r"\s*\([^()]*\)|\[[^\]]*\]\s*", "", bare))).strip(" :–—-.,*`")
    if not bare or bare.endswith(("?", "!")) or generic(bare):
        return
    parts = [bare] if ":" not in bare else [p.strip() for p in bare.split(":") if p.strip()][:2]
    for number, part in enumerate(parts):
        words = tag(part)
        read = reading(words, 0, 0, False)
        if read.words and read.words[0].tag in {"VVB", "VVI"} and len(read.words) > 1:
            for action in actions(read):
                yield replace(action, kind=f"{kind} {action.kind}", place={"part": float(number)})
        yield Candidate(tuple(read.words), kind, {"part": float(number)})


def _component(component: str) -> Iterator[Candidate]:
    spelled = re.sub(r"[_./-]+|(?<=[a-z])(?=[A-Z])", " ", component).strip(" /%()").lower()
    words = [made(w) for w in spelled.split()]
    if len(words) >= 2:
        yield Candidate(tuple(words), "component")
        for at in {0, len(words) - 1}:
            rest = words[1:] if at == 0 else words[:-1]
            if known_verb(words[at].text) and (noun := action_noun(words[at].text)):
                yield Candidate((*rest[:-1], made(singular(rest[-1].text)), made(noun)), "component action")


def _phrases(read: Reading) -> Iterator[Candidate]:
    chunks = read.chunks()
    for number in range(len(chunks)):
        for start, end in spans(read, number, chunks):
            if start < read.start:
                continue
            kind = "phrase" if end == chunks[number][1] else "long phrase"
            yield Candidate(tuple(read.words[start:end]), kind, place_of(read, start, end))
