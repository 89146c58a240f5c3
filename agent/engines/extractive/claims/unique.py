"""What documents claim as distinctive of their artifact: a logistic score over cues, place and form.

Every feature can be read off a sentence and its place; the weights are plain numbers in weights.json, trained by
benchmarks/train_claims.py on annotated documentation and readers' judgements of single statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.engines.extractive.choice.subjects import of_whom
from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.claims.alternatives import features as comparing
from agent.engines.extractive.claims.cues import DISTINCTIONS, cues_in
from agent.engines.extractive.claims.learned import logit
from agent.engines.extractive.claims.names import named_systems
from agent.engines.extractive.statements.standalone import Names

__all__ = ["LEAST", "MOSTLY", "NEVER", "THRESHOLD", "Place", "concrete", "distinction", "features"]

THRESHOLD = -0.8  # log odds; about one in five above it is what annotators call distinctive, two in three what a reader calls worth saying
LEAST = THRESHOLD - 0.4  # the same for the only one of a page
NEVER = -99.0

# What no related artifact's document mentions sets the artifact apart; set by hand, the annotated artifacts have no related documents.
MOSTLY, _UNHEARD = 0.5, 1.0

_STRONG = frozenset({"standing", "beats", "contrast", "without", "novel", "whole", "any", "open", "adopted"})
_WEAK = frozenset({"automatic", "purpose", "adopted"})  # said of any software, or mere popularity
_AGAINST: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("instruction", r"\b(?:install\w*|clone|pip|conda|npm|docker|api key|click|refer to|check out|please|learn more|see (?:the|our|"
                        r"also)|"
              r"sign up|join|subscribe|demo from|"
              r"stay tuned|try it|get ready|explore the|contact us|watch)\b"),
        ("news", r"\b(?:released? (?:now|on|in)|is (?:out|released|available) (?:now|!)|announc\w*|now available|is out\b|thrilled|"
                 r"acknowledges?|celebrate|pledge|exciting|accepted to|have an update|release the|"
              r"excited|grateful|gratitude|webinar|meetup|"
              r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2},)"),
        ("dated", r"\b(?:(?:was|were|been) (?:officially )?(?:released|published|introduced|announced|presented)|appeared|came out|"
              r"followed) (?:on|in|at)\b|\b(?:introduced|released|published|announced) on \d|\b(?:update|main change)\b.{0,20}\d{4}|"
              r"\b(?:quickstart|conceptual|card on|readme|charts?|newsletter|listing|tutorial)\b"),
        ("parameter", r"\b(?:parameters? (?:is|are|to|for)|argument|default(?:s to)?|flag|set to|returns?|config\w* file|yaml|"
                      r"directory|folder|"
              r"script)\b"),
        ("future", r"\b(?:will be|soon|plan(?:s|ned)? to|todo|upcoming|consider(?:ing)? (?:adding|allowing)|in the future|we hope|"
                   r"mission)\b"),
        ("code", r"[_{}<>=]{1}\w|\w\(\)|--\w"),
        ("reader", r"\byou(?:r|'re|'ll)?\b(?!.*\b(?:your own|without)\b)"),
        ("besides", r"^(?:\S+ ){1,5}also\b"),
        ("example", r"\b(?:for example|e\.g\.|for instance|such as the following|example)\b"),
        ("denial", r"\b(?:does not|cannot|may not|not (?:yet|the whole|currently)|limitations?|bias(?:es)?|warning|experimental|"
              r"unfortunately)\b"),
        ("pointer", r"\b(?:with (?:the )?above|in this (?:section|tutorial|guide|example|notebook)|the following|as follows|above settings|"
              r"below)\b"),
        ("commercial", r"\b(?:enterprise|24/7|support team|paid|sales|premium)\b"),
        ("hardware", r"\b(?:epochs?|learning rate|batch size|gpus?-hours|a100s?|v100|8x|warm-?up)\b"),
    )
)  # fmt: skip
_HYPE = re.compile(
    r"\b(?:fast|easy|simple|powerful|seamless(?:ly)?|effortless(?:ly)?|robust|cutting-edge|user-friendly|easy-to-use|beautiful|"
    r"blazing\w*|comprehensive|flexible|"
    r"reliable|scalable|optimal|optimi[sz]ed|unlock\w*|supercharge\w*|empower\w*|true potential|next level|stable|accurate|intelligent)\b",
    re.I,
)  # fmt: skip
# Openings of sentences that tell a step, a condition or the state of the world rather than what the artifact is.
_ELSEWHERE = re.compile(
    r"^(?:if|when|given|to|in order to|using|as|for|because|since|once|although|though|today|currently|by default|"
    r"the (?:links?|one)|most|many|"
    r"use|see|run|add|set|end-to-end example)\b(?!.{0,40}\bunlike\b)",
    re.I,
)
# News, terms and deeds of the makers say nothing about what the artifact does; nor does popularity without a figure.
_STANDING = re.compile(
    r"\b(?:partnered|thrilled|announc\w+|(?:is|are|was|were) (?:now )?released|new in \d{4}|\d{4} update|stands for|any version|"
    r"starting from|(?:introduced|published|announced|released) on \d+|(?:appeared|came out|officially released|presented orally)|"
    r"is (?:also )?part of|"
    r"third[- ]party licen\w+|contributors?|recommends?|expires?|from version|trained between|ease of use|"
    r"\d:\d\d ?[ap]m)\b|"
    r"\A[^\d]*\b(?:most popular|downloads|certified|communit\w+|renowned|widely (?:used|adopted)|stars)\b[^\d]*\Z",
    re.I,
)
_DEFINITION = re.compile(r"^.{0,60}?\b(?:is|are)\s+(?:an?|the|one|our)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its section's role and headings, its number in its document, whether that is the artifact's first
    document, whether it opens a list item with a lead of its own, a block or a section, whether code follows."""

    role: str
    heading_path: tuple[str, ...]
    index: int
    first_document: bool = True
    lead: bool = False
    opens_block: bool = True
    opens_section: bool = False
    before_code: bool = False


def _bare(sentence: str, found: set[str], setting: Setting) -> bool:
    """Whether nothing in it could tell the artifact from a rival: no number, proper name, mechanism or contrast."""
    return not (found - _WEAK or re.search(r"\d", sentence) or named_systems(sentence, setting.own) or setting.unheard(sentence) >= MOSTLY)


def _of_another(sentence: str, setting: Setting) -> bool:
    """Whether another system's name opens the sentence, followed by what it does."""
    bare = re.sub(r"^(?:(?:version|release) [\w.]+ of\s+)?(?:the\s+)?", "", sentence, flags=re.I)
    return any(
        bare.startswith(name) and re.match(r"\s+(?:[a-z]+s|can|has|are|was|were)\s", bare[len(name) :])
        for name in named_systems(sentence[:60], setting.own)[:1]
    )


def features(sentence: str, place: Place, setting: Setting) -> dict[str, float]:
    """What the score reads off a sentence, by name; empty for one that can be no distinction (a question, bare praise)."""
    found = {cue.name for cue in cues_in(sentence, DISTINCTIONS)}
    if "?" in sentence or _STANDING.search(sentence) or _bare(sentence, found, setting) or _of_another(sentence, setting):
        return {}
    opens = setting.names_itself(sentence[:40])
    values = {f"cue {name}": 1.0 for name in found} | {f"role {place.role}": 1.0}
    values |= {name: 1.0 for name, pattern in _AGAINST if pattern.search(sentence)}
    yes = {
        "strong": bool(found & _STRONG),
        "several cues": len(found) > 1,
        "own": setting.speaks_of_itself(sentence),
        "opens with its name": opens,
        "definition": opens and bool(_DEFINITION.search(sentence)),
        "elsewhere": bool(_ELSEWHERE.match(sentence)),
        "early": place.index < 25,
        "rather early": 25 <= place.index < 60,
        "top section": len(place.heading_path) <= 1,
        "first document": place.first_document,
        "opens block": place.opens_block,
        "opens section": place.opens_section,
        "before code": place.before_code,
        "number": bool(re.search(r"\d", sentence)),
        "many numbers": len(re.findall(r"\d+(?:\.\d+)?", sentence)) > 4,
        "short": len(sentence) < 50,
        "long": len(sentence) > 300,
        "hype": len(_HYPE.findall(sentence)) > 1,
        "compares": bool(comparing(sentence, place.heading_path, place.role, setting)),
        "makers": "makers" in sentence[:60],
    }
    values |= {name: 1.0 for name, holds in yes.items() if holds}
    told = of_whom(sentence, sentence, place.heading_path, _names(setting.own_names))
    return values | {f"told {name}": float(value) for name, value in told if value}


@lru_cache(maxsize=64)
def _names(own: tuple[str, ...]) -> Names:
    known = sorted({name for name in own if len(name) > 1}, key=lambda name: (-len(name), name))
    return Names(own[0], tuple(known), re.compile(r"\A\b\Z"))


def concrete(sentence: str) -> bool:
    """Whether a number or a cue of contrast, standing or scope carries a sentence; a definition that is merely cut short has none."""
    found = {cue.name for cue in cues_in(sentence, DISTINCTIONS)}
    return bool(found & _STRONG - {"open", "adopted"} or re.search(r"(?<![\w.-])\d", sentence))


def distinction(sentence: str, place: Place, setting: Setting) -> float:
    """How likely a sentence distinguishes the artifact, in log odds (from THRESHOLD worth printing); NEVER where it cannot."""
    values = features(sentence, place, setting)
    if not values:
        return NEVER
    return logit("unique", values) + _UNHEARD * (setting.unheard(sentence) >= MOSTLY and setting.names_itself(sentence[:40]))
