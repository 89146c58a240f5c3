"""Features of a candidate name: how it is built, where its sentence has it, what it shares with heading, lead-in and artifact."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from agent.engines.extractive.naming.phrases import nounish
from agent.engines.extractive.naming.spans import Candidate
from agent.engines.extractive.statements.headings import generic, names_a_job
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import Word, tag, word_set

_ACTION = re.compile(r"(?:[ts]ion|ment|ing|ysis|search|access|export)s?$", re.I)
_COARSE = {"AJC": "AJ0", "AJS": "AJ0", "NN0": "NN1", "UNC": "NN1", "VVI": "VVB", "AT0": "DET", "DPS": "DET", "DT0": "DET", "ORD": "CRD"}
_THIN = word_set(
    "feature way thing example number set kind type support case option information detail part user model data tool use usage result "
    "output input value name default file method function task step process work time system application project code text order"
)


@dataclass(frozen=True)
class Vocabulary:
    """How many statements of an artifact hold each lemma: what is rare there is specific."""

    statements: Sequence[Statement]
    names: Names

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(lemma for s in self.statements for lemma in s.content)

    def rarity(self, lemma: str) -> float:
        """0 for a lemma of every statement, 1 for one that stands once."""
        total = math.log(2 + len(self.statements))
        return 1 - math.log(1 + self.counts.get(lemma, 0)) / total

    @cached_property
    def sections(self) -> Counter[int]:
        return Counter(s.section for s in self.statements if s.printed and s.kind != "heading")

    def crowd(self, s: Statement) -> float:
        """Logarithm of how many printable statements a statement's section has."""
        return math.log(max(1, self.sections[s.section]))

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset(w.casefold() for name in self.names.known for w in re.findall(r"\w+", name) if len(w) > 2)


@dataclass(frozen=True)
class Shared:
    """The lemmas a statement's candidates are compared with."""

    sentence: frozenset[str]
    heading: frozenset[str]
    lead: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, group: Sequence[Statement]) -> Shared:
        first = group[0]
        heading = lemmas(tag(first.heading)) if len(first.heading_path) > 1 else ()
        lead = lemmas(tag(first.lead)) if first.lead else ()
        others = frozenset(lemma for s in group[1:] for lemma in s.content)
        return cls(frozenset(lemmas(first.words)), frozenset(heading), frozenset(lead), others)


def lemmas(words: Sequence[Word]) -> list[str]:
    """The lemmas of the words that carry content."""
    return [w.lemma for w in words if w.content]


def features(candidate: Candidate, s: Statement, shared: Shared, vocabulary: Vocabulary) -> dict[str, float]:
    """Named values of one candidate; those not 0."""
    words = candidate.words
    text = candidate.text
    content = lemmas(words)
    count = len(text.split())
    place = candidate.place
    found = {
        **{key: value for key, value in place.items() if not key.startswith("also ")},
        **{f"kind {key[5:]}": 1.0 for key in place if key.startswith("also ")},
        f"kind {candidate.kind}": 1.0,
        f"kind {candidate.kind} of {s.kind}": 1.0,
        f"kind {candidate.kind} words {min(count, 6)}": 1.0,
        f"words {count}": 1.0,
        "content": len(content) / 4,
        "in sentence": _share(content, shared.sentence),
        "in heading": _share(content, shared.heading),
        "in lead": _share(content, shared.lead),
        "in others": _share(content, shared.others),
        "of heading": _share(shared.heading, frozenset(content)),
        "of lead": _share(shared.lead, frozenset(content)),
        "no heading": float(not shared.heading),
        f"kind {candidate.kind} opens section": float(s.first_of_section),
        f"kind {candidate.kind} crowd": vocabulary.crowd(s) / 2,
        "generic": float(generic(text)),
        "job": float(names_a_job(text)),
        "thin": sum(lemma in _THIN for lemma in content) / max(1, len(content)),
        "own": sum(lemma in vocabulary.own for lemma in content) / max(1, len(content)),
        "opens own": float(words[0].text.casefold() in vocabulary.own),
        "rarity": sum(map(vocabulary.rarity, content)) / max(1, len(content)),
        "rarest": max(map(vocabulary.rarity, content), default=0.0),
        "digits": float(any(ch.isdigit() for ch in text)),
        "commas": text.count(",") / 2,
        "joined": float(any(w.tag == "CJC" for w in words)),
        "links": sum(w.tag in {"PRP", "PRF", "CJC"} for w in words) / 2,
        "capitals": sum(w.text[:1].isupper() for w in words[1:]) / max(1, len(words) - 1),
        "action end": float(bool(_ACTION.search(words[-1].text))),
        "action head": float(_ACTION.search(_head(words).text) is not None),
        "head " + _head(words).lemma: 1.0,
        "opens " + words[0].lemma: 1.0,
        "ends " + words[-1].lemma: 1.0,
    }
    shape = ["<", *(_coarse(w) for w in words), ">"]
    for pair in pairwise(shape):
        found[f"tags {pair[0]} {pair[1]}"] = 1.0
    for link in words:
        if link.tag in {"PRP", "PRF"}:
            found[f"link {link.lemma}"] = 1.0
    if any(a.lemma == b.lemma and a.content for i, a in enumerate(words) for b in words[i + 1 :]):
        found["says twice"] = 1.0
    return {key: value for key, value in found.items() if value}


def _head(words: Sequence[Word]) -> Word:
    end = next((i for i, w in enumerate(words) if i and w.tag in {"PRP", "PRF", "CJC", "PUN", "TO0"}), len(words))
    return next((w for w in reversed(words[:end]) if nounish(w) or w.tag == "VVG"), words[max(0, end - 1)])


def _coarse(word: Word) -> str:
    return word.text if word.tag == "PUN" else _COARSE.get(word.tag, word.tag)


def _share(of: Sequence[str] | frozenset[str], among: frozenset[str]) -> float:
    return sum(lemma in among for lemma in of) / len(of) if of else 0.0
