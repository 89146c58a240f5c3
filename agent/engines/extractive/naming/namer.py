"""Names: the candidate phrase that a learned linear model likes best, in sentence case, no name twice on a page.

The model is a softmax over the candidates of a statement (weights in weights.json, trained by benchmarks/train_names.py on the names
that editors gave); its score also says how near to an editor's name a phrase is likely to come, so that poor ones can be told.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.engines.extractive.naming.candidates import candidates
from agent.engines.extractive.naming.casing import Casing
from agent.engines.extractive.naming.features import Shared, Vocabulary, features
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import tag

POOR = 0.35  # a name under this score tells its capability badly: better no capability than such a one
_SAME = 0.6  # Jaccard of content lemmas from which two names are one
_EMPTY_OPENING = 24  # characters of articles and empty words before what a component provides
_FEW = 2  # so many content lemmas of a name make it the same as a longer one that has them all
_COMMANDS = {"VVB", "VVI"}  # a title in the imperative is no noun phrase; its gerund is a candidate, too
_WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Named:
    """A name and its score, 0-1: how much of an editor's name for the same statement it is likely to say."""

    text: str
    score: float


class Namer:
    """Names the capabilities of one artifact; no name is given twice."""

    def __init__(self, names: Names, statements: Sequence[Statement]) -> None:
        self.names = names
        self.casing = Casing(statements, frozenset(w.casefold() for name in names.known for w in name.split()))
        self.vocabulary = Vocabulary(statements, names)

    def best(self, group: Sequence[Statement], taken: Iterable[str]) -> Named | None:
        """The best name for a group of statements (its lead first), or None where no phrase can be one.

        None, too, where the best is one of `taken`: what bears the same name is the same job. Only the tools of a reference list,
        whose names differ in a word, get their next best.
        """
        used = [_keys(name) for name in taken]
        ranked = self.ranked(group)
        if group[0].component:
            given = _provided(group[0], ranked)
            ranked = [*given, *([] if given or (ranked and ranked[0].score >= POOR) else self._spelled(group[0].component)), *ranked]
        for named in ranked:
            if not any(_same(_keys(named.text), other) for other in used):
                return named
            if not group[0].component:
                return None
        lead = group[0].lead or ""
        if re.fullmatch(r"[A-Z][a-z]{3,}", lead) and _keys(lead) not in used:
            return Named(lead, POOR)  # one word, but the documents' own title
        return None

    def _spelled(self, component: str) -> list[Named]:
        """A component's own name in words, where it is more than one: "review-toolkit" -> "Review toolkit"."""
        words = re.sub(r"[_./-]+|(?<=[a-z])(?=[A-Z])", " ", component).strip(" ()%").split()
        return [Named(self.casing.sentence_case(" ".join(words).lower()), POOR)] if len(words) > 1 else []

    def ranked(self, group: Sequence[Statement]) -> list[Named]:
        """Every candidate of the group's first statement, best first."""
        shared = Shared.of(group)
        weights = _weights()
        found = []
        for candidate in candidates(group[0], self.names):
            if candidate.words[0].tag in _COMMANDS:
                continue
            values = features(candidate, group[0], shared, self.vocabulary)
            logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
            found.append(Named(self.casing.sentence_case(candidate.text), round(1 / (1 + math.exp(-logit)), 4)))
        return sorted(found, key=lambda named: (-named.score, named.text))


def _provided(lead: Statement, ranked: Sequence[Named]) -> list[Named]:
    """What a component is said to provide, as its name: the longest candidate that begins with the first noun phrase."""
    said = (lead.printed or "").casefold()
    verb = f"{(lead.component or '').casefold()} provides "
    if not said.startswith(verb):
        return []
    at = {named.text: said.find(named.text.casefold(), len(verb)) for named in ranked}
    found = sorted((place, -named.score, named.text) for named in ranked if (place := at[named.text]) >= 0)
    return [Named(found[0][2], max(POOR, -found[0][1]))] if found and found[0][0] - len(verb) <= _EMPTY_OPENING else []


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return dict(json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"])


def _keys(name: str) -> frozenset[str]:
    return frozenset(word.lemma for word in tag(name.lower()) if word.content)


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a | b) and (len(a & b) / len(a | b) >= _SAME or (len(a & b) >= _FEW and (a <= b or b <= a)))
