"""Comparisons that documents draw: which sentence names another system, and by which words it is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.engines.extractive.cues import COMPARISONS, DEFICITS, OTHERS, Found, cues_in
from agent.engines.extractive.names import alternative_names, fold_name, mentions, named_systems, own_keys

__all__ = ["Compared", "Setting", "comparison_in"]

# Cues whose object is often a part, a cost or a thing of another kind: they need a named system, or a named kind of system.
_LOOSE = frozenset(
    {"not", "without", "instead of", "extends", "similar to", "modelled on", "replaces", "relative to", "over", "recommended"}
)
# Cues after which only a *named* system counts: "improves on existing systems" says nothing that another page would not say.
_NAMED_ONLY = frozenset(
    {
        "extends",
        "similar to",
        "modelled on",
        "replaces",
        "succeeds",
        "forked",
        "recommended",
        "relative to",
        "replicates",
        "differs",
        "tuned from",
        "another",
    }
)
_TAKES_MORE = frozenset({"outperform", "than", "compared to"})
_MORE = re.compile(r"(?:,| and| or)\s+(?=[A-Z])")
_CONTRAST = re.compile(
    r"\b(?:while|whereas|although|but|however|in contrast|instead|on the other hand|only|both|differ\w*|same|"
    r"unlike)\b",
    re.I,
)
_CLAUSE = re.compile(r"[,;]\s+(?:while|whereas|but)\s+|;\s+(?=[A-Z])")
_CONCESSION = re.compile(r"^(?:while|whereas|although)\s+(?P<other>[^,]{5,120}),\s+(?P<own>.+)$", re.I)
_BETTER = re.compile(r"\b(?:more|better|deeper|faster|fewer|less|higher|lower|stronger|further|cheaper|simpler|easier|richer)\b", re.I)
_OTHERS_KIND = re.compile(
    r"\b(?:existing|current|traditional|conventional|manual|other|previous|prior|standard|baseline|naive)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:approaches|methods|models|systems|tools|services|research|datasets|benchmarks|frameworks|libraries|llms|solutions|pipelines)\b",
    re.I,
)
_VERSUS_HEADING = re.compile(r"\b(?:vs\.?|versus|compar\w+ (?:to|with)|alternatives?|differen\w+ (?:from|between))\b", re.I)
_GROUND = re.compile(r"\b(?:on|over|in|with|from|of|for|beside|by|at)\s+(?:the\s+)?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,3}")
_AFTER_ON = r"(?:on|in|at|under|over|from|for|by|with|of|through|across|as|into|to|via|using|than|like|is|are)\s+(?:the\s+)?"
_SELF = re.compile(
    r"^(?:we|our|this (?:model|library|dataset|framework|tool|server|repository|project|benchmark|package)|it|its|their)\b", re.I
)
_AIMLESS = re.compile(
    r"\b(?:thanks?|acknowledge\w*|citation|cite|pull request|issue|bug|install\w*|upgrade|downgrade|pip|conda|npm|docker|import|"
    r"default value|"
    r"set to|argument|parameter|flag|deprecated|renamed|click|tutorial|blog post|you can also|checkpoint can be|example|learning rate|"
    r"epochs?|batch size)\b",
    re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known beforehand: the artifact's own names (folded) and the names of its related artifacts."""

    own: frozenset[str]
    own_names: tuple[str, ...]
    related: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str], variants: Sequence[str], related: Sequence[str]) -> Setting:
        bare = [re.sub(r"\s*\([^()]*\)", "", name) for name in names]  # "NAME (PUBLISHER)" is called NAME
        known = tuple(dict.fromkeys(name for name in (*names, *bare, *variants) if name))
        return cls(own=own_keys(known), own_names=known, related=tuple(related))

    def names_itself(self, text: str) -> bool:
        return any(mentions(text, name) for name in self.own_names if len(fold_name(name)) > 1)

    def speaks_of_itself(self, text: str) -> bool:
        """Whether a text names the artifact otherwise than as the ground of a test ("CC-100 scores lower on the Pile")."""
        return self.names_itself(_GROUND.sub(" ", text)) if _GROUND.search(text) else self.names_itself(text)

    def related_in(self, text: str) -> list[str]:
        """Related artifacts that a text names, in the manifest's order, none that is part of a longer one found."""
        found = [name for name in self.related if mentions(text, name) and fold_name(name) not in self.own]
        return [name for name in found if not any(name != other and fold_name(name) in fold_name(other) for other in found)]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison in a sentence: the alternatives it names, the cue's name and how much it is worth saying (about 0-8).

    `named` is False where the alternative is only a kind ("existing methods").
    """

    names: tuple[str, ...]
    cue: str
    weight: float
    named: bool = True


def comparison_in(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> Compared | None:
    """The comparison a sentence draws between the artifact and named others, or None.

    A sentence counts when a cue's object is another system, when its subject is a kind of system that the documents find wanting,
    or when it stands in a section of comparisons and names another system.
    """
    best: Compared | None = None
    for found in cues_in(sentence, COMPARISONS):
        compared = _by_cue(sentence, found, setting)
        if compared and (best is None or compared.weight > best.weight):
            best = compared
    for compared in (
        _by_clause(sentence, setting),
        _by_deficit(sentence, heading_path, role, setting),
        _by_section(sentence, heading_path, role, setting),
    ):
        if compared and (best is None or compared.weight > best.weight):
            best = compared
    if best is None:
        return None
    weight = best.weight - 1.5 * bool(_AIMLESS.search(sentence)) + 0.5 * (role in {"comparison", "overview", "features", "evaluation"})
    weight += 0.8 * bool(setting.related_in(sentence)) + 0.4 * bool(
        re.search(r"\d", sentence) and best.cue in {"outperform", "than", "compared to"}
    )
    named = any(_is_named(name, setting) for name in best.names)
    return Compared(best.names, best.cue, weight, named)


def _by_cue(sentence: str, found: Found, setting: Setting) -> Compared | None:
    slot = sentence[found.end :]
    names = named_systems(sentence, setting.own) if found.name == "baseline" else alternative_names(slot, setting.own)
    if found.name in _TAKES_MORE and names:
        for match in _MORE.finditer(slot):
            more = alternative_names(slot[match.end() :], setting.own)
            names += [
                name
                for name in more
                if name[:1].isupper() and re.search(rf"{re.escape(name)}(?:\s*\([\w\s-]+\))?\s+by\b", slot) and name not in names
            ]
    named = [name for name in names if _is_named(name, setting)]
    if not names or (found.name in _NAMED_ONLY and not named):
        return None
    if found.name == "modelled on" and not setting.related_in(" ".join(names)):
        return None  # an influence, not an alternative
    weight = found.weight + 0.6 * bool(named)
    before = sentence[: found.start]
    if setting.speaks_of_itself(sentence):
        weight += 1.0
    elif setting.names_itself(sentence):
        weight -= 2.0  # two other things, tested on the artifact
    elif _SELF.match(sentence):
        weight += 0.5
    elif found.name not in {"baseline", "kind-based"} and named_systems(before, setting.own):
        weight -= 1.6  # the comparison is between two other things
    if found.name in _LOOSE and not named:
        weight -= 0.4
    return Compared(tuple(named or names)[:4], found.name, weight)


def _by_clause(sentence: str, setting: Setting) -> Compared | None:
    """ "NAME is made for code, while OTHER mixes ...": each clause has a subject of its own."""
    conceded = _CONCESSION.match(sentence)
    if (
        conceded
        and setting.speaks_of_itself(conceded["own"])
        and _BETTER.search(conceded["own"])
        and not setting.names_itself(conceded["other"])
    ):
        names = alternative_names(conceded["other"], setting.own)
        if names:
            return Compared(tuple(names[:3]), "clause", 3.0)
    match = _CLAUSE.search(sentence)
    if not match or not setting.speaks_of_itself(sentence[: match.start()]):
        return None
    rest = sentence[match.end() :]
    for name in setting.related_in(rest) + named_systems(rest, setting.own)[:1]:
        opened = re.match(rf"(?:the\s+)?{re.escape(name)}(?=\W)", rest, re.I)
        if opened and _has_predicate(rest[opened.end() :]):
            return Compared((name,), "clause", 3.0)
    return None


def _is_named(name: str, setting: Setting) -> bool:
    return bool(named_systems(name, setting.own, sentence_start=False)) or bool(setting.related_in(name))


def _by_deficit(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> Compared | None:
    """ "Baseline search fails on questions that ...": the subject is another kind of system, the verb says what it lacks."""
    verb = DEFICITS.search(sentence)
    if not verb or role not in {"overview", "features", "comparison", "faq", "other"} or verb.start() > 90:
        return None
    subject = sentence[: verb.start()]
    if setting.names_itself(subject) or _SELF.match(subject):
        return None
    named = setting.related_in(subject) or named_systems(subject, setting.own)
    if role == "comparison" and (named or _titled(heading_path, setting)):
        return Compared(tuple(named or _titled(heading_path, setting))[:3], "deficit", 2.4)
    kind = _OTHERS_KIND.search(subject)
    if kind:
        return Compared((kind.group().strip(),), "deficit", 2.5)
    if OTHERS.match(subject):
        plain = re.sub(r"^(?:while|whereas|although|however|but)[,\s]+", "", subject, flags=re.I)
        names = alternative_names(plain[:1].lower() + plain[1:], setting.own)
        if names:
            return Compared(tuple(names[:3]), "deficit", 2.5)
    return None


def _titled(heading_path: tuple[str, ...], setting: Setting) -> list[str]:
    """Who a section's title sets beside the artifact ("Comparison to NAME", "OWN vs NAME")."""
    title = heading_path[-1] if heading_path else ""
    if not _VERSUS_HEADING.search(title):
        return []
    return named_systems(_VERSUS_HEADING.sub(" ", title), setting.own, sentence_start=False)


def _by_section(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> Compared | None:
    """In a section about alternatives, a sentence that names one and contrasts or describes it."""
    title = heading_path[-1] if heading_path else ""
    if role != "comparison" and not _VERSUS_HEADING.search(title):
        return None
    related = setting.related_in(sentence)
    titled = [name for name in _titled(heading_path, setting) if name in sentence]
    opening = [
        name for name in named_systems(sentence, setting.own)[:1] if sentence.startswith(name) and _has_predicate(sentence[len(name) :])
    ]
    named = list(dict.fromkeys([*related, *titled, *opening]))
    named = [name for name in named if not any(name != other and fold_name(name) in fold_name(other) for other in named)]
    if not named:
        return None
    weight = 2.0 + 0.6 * bool(_CONTRAST.search(sentence)) + 0.6 * setting.speaks_of_itself(sentence) + 0.4 * bool(opening)
    weight -= 0.8 * bool(
        re.search(r"\b(?:if you(?:'d)? be happy|learn more|we are considering|was created to|is a technique)\b", sentence, re.I)
    )
    return Compared(tuple(named[:6]), "section", weight)


def _has_predicate(rest: str) -> bool:
    """Whether what follows a name begins with a verb (after a bracket or an apposition): the name is what the sentence speaks of."""
    return bool(
        re.match(
            r"(?:\s*\([^()]*\))?(?:,[^,]{2,60},)?(?:\s+and\s+[A-Z][\w-]*)?\s+(?:[a-z]+s|target|offer|provide|focus|is|are|"
            r"was|were|has|can|reaches|targets)\b",
            rest,
        )
    )
