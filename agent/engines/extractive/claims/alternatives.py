"""Comparisons that documents draw: which sentence names another system, and by which words it is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.engines.extractive.claims.cues import COMPARISONS, DEFICITS, OTHERS, Found, cues_in
from agent.engines.extractive.claims.learned import logit
from agent.engines.extractive.claims.names import alternative_names, fold_name, mentions, named_systems, own_keys, stem

__all__ = ["COMPARISON_THRESHOLD", "Compared", "Setting", "comparison_in", "features"]

COMPARISON_THRESHOLD = 0.35  # log odds

# Cues whose object is often a part, a cost or a thing of another kind: they need a named system, or a named kind of system.
_LOOSE = frozenset(
    {"not", "without", "instead of", "extends", "similar to", "modelled on", "replaces", "relative to", "over", "recommended"}
)
# Cues after which only a *named* system counts: "improves on existing systems" says nothing that another page would not say.
_NAMED_ONLY = frozenset(
    {"extends", "similar to", "modelled on", "replaces", "succeeds", "forked", "recommended", "relative to", "replicates", "differs",
     "tuned from", "another", "built on", "same as"}
)  # fmt: skip
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
_RIVAL_KIND = re.compile(r"\w-based\b|trial-and-error|\b(?:existing|traditional|conventional|classical|manual|closed|proprietary)\b", re.I)
_VERSUS_HEADING = re.compile(r"\b(?:vs\.?|versus|compar\w+ (?:to|with)|alternatives?|differen\w+ (?:from|between))\b", re.I)
_GROUND = re.compile(r"\b(?:on|over|in|with|from|of|for|beside|by|at)\s+(?:the\s+)?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,3}")
_AFTER_ON = r"(?:on|in|at|under|over|from|for|by|with|of|through|across|as|into|to|via|using|than|like|is|are)\s+(?:the\s+)?"
_SELF = re.compile(
    r"^(?:we|our|this (?:model|library|dataset|framework|tool|server|repository|project|benchmark|package)|it|its|their)\b", re.I
)
_STEP = re.compile(
    r"^(?:-|(?:simply |simple |please )?(?:use|run|set|see|add|install|call|pass|provide|try|download|open|click|execute)\b)", re.I
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
    """What is known beforehand: the artifact's own names (folded), its related artifacts' names, and the words of their documents."""

    own: frozenset[str]
    own_names: tuple[str, ...]
    related: tuple[str, ...]
    told: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Sequence[str], variants: Sequence[str], related: Sequence[str], told: frozenset[str] = frozenset()) -> Setting:
        bare = [re.sub(r"\s*\([^()]*\)", "", name) for name in names]  # "NAME (PUBLISHER)" is called NAME
        known = tuple(dict.fromkeys(name for name in (*names, *bare, *variants) if name))
        return cls(own=own_keys(known), own_names=known, related=tuple(related), told=told)

    def unheard(self, text: str) -> float:
        """The share of a text's longer words that no related artifact's document uses; 0 without such documents."""
        words = [word for word in re.findall(r"[A-Za-z][A-Za-z0-9-]{4,}", text) if not self.names_itself(word)] if self.told else []
        return sum(stem(word) not in self.told for word in words) / len(words) if words else 0.0

    def names_itself(self, text: str) -> bool:
        return any(mentions(text, name) for name in self.own_names if len(fold_name(name)) > 1)

    def speaks_of_itself(self, text: str) -> bool:
        """Whether a text names the artifact otherwise than as the ground of a test ("CC-100 scores lower on the Pile")."""
        return self.names_itself(_GROUND.sub(" ", text)) if _GROUND.search(text) else self.names_itself(text)

    def _without_own(self, text: str) -> str:
        """A text without the artifact's names, of which a related one's may be a part ("Heron" in "Heron 2")."""
        for name in sorted((n for n in self.own_names if len(fold_name(n)) > 3), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
        return text

    def related_in(self, text: str) -> list[str]:
        """Related artifacts that a text names, in the manifest's order, none that is part of a longer one found."""
        others = self._without_own(text)
        found = [name for name in self.related if mentions(others, name) and fold_name(name) not in self.own]
        return [name for name in found if not any(name != other and fold_name(name) in fold_name(other) for other in found)]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison in a sentence: the alternatives it names, the first cue's name, and how likely it is worth saying, in log odds.

    `named` is False where the alternative is only a kind ("existing methods").
    """

    names: tuple[str, ...]
    cue: str
    weight: float
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Cued:
    """One way in which a sentence compares: the cue, the names it leads to, and what else was seen."""

    cue: str
    names: tuple[str, ...]
    marks: frozenset[str] = frozenset()


def comparison_in(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> Compared | None:
    """The comparison a sentence draws between the artifact and named others, or None.

    A sentence counts when a cue's object is another system, when its subject is a kind of system that the documents find wanting,
    or when it stands in a section of comparisons and names another system.
    """
    cued = _cued(sentence, heading_path, role, setting)
    if not cued:
        return None
    best = max(cued, key=lambda one: (any(_is_named(name, setting) for name in one.names), -cued.index(one)))
    return Compared(
        best.names,
        best.cue,
        logit("vs_alternatives", _features(sentence, role, setting, cued)),
        any(_is_named(name, setting) for name in best.names),
    )


def features(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> dict[str, float]:
    """What the likelihood of a comparison is read off, by name; empty where nothing is compared."""
    cued = _cued(sentence, heading_path, role, setting)
    return _features(sentence, role, setting, cued) if cued else {}


def _cued(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> list[_Cued]:
    if setting.names_itself(sentence) and not setting.speaks_of_itself(sentence):
        return []  # two other things, tested on the artifact
    if _STEP.match(sentence):
        return []
    found = [_by_cue(sentence, cue, setting) for cue in cues_in(sentence, COMPARISONS)]
    found += [
        _by_clause(sentence, setting),
        _by_deficit(sentence, heading_path, role, setting),
        _by_section(sentence, heading_path, role, setting),
    ]
    return [one for one in found if one]


def _features(sentence: str, role: str, setting: Setting, cued: Sequence[_Cued]) -> dict[str, float]:
    names = {name for one in cued for name in one.names}
    own = setting.speaks_of_itself(sentence)
    yes = {
        "named": any(_is_named(name, setting) for name in names),
        "several ways": len(cued) > 1,
        "own": own,
        "itself": bool(_SELF.match(sentence)),
        "related": bool(setting.related_in(sentence)),
        "number": bool(re.search(r"\d", sentence)),
        "aimless": bool(_AIMLESS.search(sentence)),
        "loose": all(one.cue in _LOOSE for one in cued),
        "short": len(sentence) < 60,
        "long": len(sentence) > 300,
        f"role {role}": True,
        **{f"by {one.cue}": True for one in cued},
        **{mark: True for one in cued for mark in one.marks},
    }
    return {name: 1.0 for name, holds in yes.items() if holds}


def _by_cue(sentence: str, found: Found, setting: Setting) -> _Cued | None:
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
    if found.name in _LOOSE and any(sentence.startswith(other) for other in setting.related_in(sentence[:40])):
        return None  # told of the other
    if found.name in _LOOSE and not named and not _RIVAL_KIND.search(" ".join(names)):
        return None  # a part, a cost or a step that is spared
    if found.name == "modelled on" and not setting.related_in(" ".join(names)):
        return None  # an influence, not an alternative
    between = (
        found.name not in {"baseline", "kind-based"}
        and not setting.names_itself(sentence)
        and not _SELF.match(sentence)
        and named_systems(sentence[: found.start], setting.own)
    )
    return _Cued(found.name, tuple(named or names)[:4], frozenset({"between others"}) if between else frozenset())


def _by_clause(sentence: str, setting: Setting) -> _Cued | None:
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
            return _Cued("clause", tuple(names[:3]))
    match = _CLAUSE.search(sentence)
    if not match or not setting.speaks_of_itself(sentence[: match.start()]):
        return None
    rest = sentence[match.end() :]
    for name in setting.related_in(rest) + named_systems(rest, setting.own)[:1]:
        opened = re.match(rf"(?:the\s+)?{re.escape(name)}(?=\W)", rest, re.I)
        if opened and _has_predicate(rest[opened.end() :]):
            return _Cued("clause", (name,))
    return None


def _is_named(name: str, setting: Setting) -> bool:
    return bool(named_systems(name, setting.own, sentence_start=False)) or bool(setting.related_in(name))


def _by_deficit(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> _Cued | None:
    """ "Baseline search fails on questions that ...": the subject is another kind of system, the verb says what it lacks."""
    verb = DEFICITS.search(sentence)
    if not verb or role not in {"overview", "features", "comparison", "faq", "other"} or verb.start() > 90:
        return None
    subject = sentence[: verb.start()]
    if setting.names_itself(subject) or _SELF.match(subject):
        return None
    named = setting.related_in(subject) or named_systems(subject, setting.own)
    if role == "comparison" and (named or _titled(heading_path, setting)):
        return _Cued("titled deficit", tuple(named or _titled(heading_path, setting))[:3])
    kind = _OTHERS_KIND.search(subject)
    if kind:
        return _Cued("deficit", (kind.group().strip(),))
    if OTHERS.match(subject):
        plain = re.sub(r"^(?:while|whereas|although|however|but)[,\s]+", "", subject, flags=re.I)
        names = alternative_names(plain[:1].lower() + plain[1:], setting.own)
        if names:
            return _Cued("deficit", tuple(names[:3]))
    return None


def _titled(heading_path: tuple[str, ...], setting: Setting) -> list[str]:
    """Who a section's title sets beside the artifact ("Comparison to NAME", "OWN vs NAME")."""
    title = heading_path[-1] if heading_path else ""
    if not _VERSUS_HEADING.search(title):
        return []
    return named_systems(_VERSUS_HEADING.sub(" ", title), setting.own, sentence_start=False)


def _by_section(sentence: str, heading_path: tuple[str, ...], role: str, setting: Setting) -> _Cued | None:
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
    marks = {"section contrast": bool(_CONTRAST.search(sentence)), "section opening": bool(opening), "section titled": bool(titled)}
    return _Cued("section", tuple(named[:6]), frozenset(name for name, holds in marks.items() if holds))


def _has_predicate(rest: str) -> bool:
    """Whether what follows a name begins with a verb (after a bracket or an apposition): the name is what the sentence speaks of."""
    return bool(
        re.match(
            r"(?:\s*\([^()]*\))?(?:,[^,]{2,60},)?(?:\s+and\s+[A-Z][\w-]*)?\s+(?:[a-z]+s|target|offer|provide|focus|is|are|"
            r"was|were|has|can|reaches|targets)\b",
            rest,
        )
    )
