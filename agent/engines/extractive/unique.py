"""What documents claim as distinctive of their artifact: a logistic score over cues, place and form.

Every feature can be read off a sentence and its place; the weights were fitted on annotated documentation, see WEIGHTS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.engines.extractive.alternatives import Setting, comparison_in
from agent.engines.extractive.cues import DISTINCTIONS, cues_in
from agent.engines.extractive.names import named_systems

__all__ = ["NEVER", "THRESHOLD", "Place", "distinction", "features"]

THRESHOLD = 1.6

# Cues that distinguish by themselves; the others do so only together or with a number.
_STRONG = frozenset(
    {"first", "only", "superlative", "state of the art", "unlike", "rather than", "without", "needs no", "novel", "introduces", "a new",
     "unified", "agnostic", "local", "curated", "outperforms", "used by"}
)  # fmt: skip
_WEAK = frozenset({"key", "automatic"})  # said of any software
# Logistic weights by feature: fitted on annotated documentation (35 artifacts, each left out in turn, L2 penalty), then held to the sign
# that a rare feature must have. The base is shifted by 4, so that worths are positive numbers like those of comparisons and limits.
NEVER = 0.0
_BASE = 0.03
WEIGHTS: dict[str, float] = {
    "code": -0.58, "commercial": -0.40, "compares": 0.56, "cue a new": 0.08, "cue agnostic": 0.19, "cue automatic": 0.28,
    "cue combines": 0.07, "cue control": -0.10, "cue curated": 0.38, "cue designed": 0.09, "cue first": 0.30,
    "cue introduces": 0.33, "cue key": 0.19, "cue local": 0.14, "cue needs no": 0.20, "cue not but": -0.12, "cue only": 0.20,
    "cue open": 0.21, "cue outperforms": 0.19, "cue rather than": 0.20, "cue scale": 0.05, "cue standalone": 0.08,
    "cue superlative": 0.20, "cue unified": 0.10, "cue unlike": 0.31, "cue used by": 0.37, "cue without": 0.19, "dated": -0.60,
    "definition": 0.18, "denial": -0.40, "early": 1.06, "example": -0.26, "first document": 0.56, "future": -0.40,
    "hardware": -0.30, "hype": -0.10, "instruction": -0.60, "long": 0.21,
    "mere praise": -1.00, "many numbers": -0.20, "news": -0.40, "no cue": -0.58,
    "number": 0.37, "opens with its name": 0.37, "other system first": -0.60, "own": 0.18, "parameter": -0.19, "pointer": -0.60,
    "rather early": 0.32, "reader": -0.51, "role architecture": -0.21, "role changelog": -0.40, "role comparison": 0.48,
    "role configuration": -0.32, "role data": 0.15, "role deployment": -0.11, "role evaluation": -0.10, "role faq": -0.12,
    "role features": 0.57, "role integration": 0.26, "role limitations": -0.40, "role notes": 0.10, "role other": 0.25,
    "role overview": -0.05, "role reference": -0.03, "role roadmap": -0.60, "role training": -0.15, "role usage": -0.32,
    "short": -0.44, "strong": 0.94, "top section": 0.61,
}  # fmt: skip
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
              r"followed) (?:on|in|at)\b|\b(?:update|main change)\b.{0,20}\d{4}|"
              r"\b(?:quickstart|conceptual|card on|readme|charts?|newsletter|listing|tutorial)\b"),
        ("parameter", r"\b(?:parameters? (?:is|are|to|for)|argument|default(?:s to)?|flag|set to|returns?|config\w* file|yaml|"
                      r"directory|folder|"
              r"script)\b"),
        ("future", r"\b(?:will be|soon|plan(?:s|ned)? to|todo|upcoming|consider(?:ing)? (?:adding|allowing)|in the future|we hope|"
                   r"mission)\b"),
        ("code", r"[_{}<>=]{1}\w|\w\(\)|--\w"),
        ("reader", r"\byou(?:r|'re|'ll)?\b(?!.*\b(?:your own|without)\b)"),
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
_DEFINITION = re.compile(r"^.{0,60}?\b(?:is|are)\s+(?:an?|the|one|our)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its section's role and headings, its number in its document, whether that is the artifact's first
    document, whether it opens a list item with a lead of its own."""

    role: str
    heading_path: tuple[str, ...]
    index: int
    first_document: bool = True
    lead: bool = False


def _particular(sentence: str, found: set[str], own: bool, place: Place, setting: Setting) -> bool:
    """Whether a rival's name could not simply take the artifact's place: a cue of contrast or standing, a number or a proper name, said of
    the artifact or in its list of features."""
    about = own or place.lead or (place.role in {"features", "comparison"} and bool(found & _STRONG))
    concrete = bool(re.search(r"\d", sentence)) or bool(named_systems(sentence, setting.own))
    return about and bool(found & _STRONG or (concrete and (found - _WEAK or own)) or len(found - _WEAK) >= 2)


def features(sentence: str, place: Place, setting: Setting) -> dict[str, float]:
    """What the score reads off a sentence, by name; empty for a question."""
    found = {cue.name for cue in cues_in(sentence, DISTINCTIONS)}
    own = setting.speaks_of_itself(sentence)
    if "?" in sentence or _ELSEWHERE.match(sentence) or not _particular(sentence, found, own, place, setting):
        return {}
    opens = setting.names_itself(sentence[:40])
    compared = comparison_in(sentence, place.heading_path, place.role, setting)
    values = {f"cue {name}": 1.0 for name in found} | {f"role {place.role}": 1.0}
    values |= {name: 1.0 for name, pattern in _AGAINST if pattern.search(sentence)}
    yes = {
        "strong": bool(found & _STRONG),
        "no cue": not found - _WEAK,
        "own": own,
        "opens with its name": opens,
        "definition": opens and bool(_DEFINITION.search(sentence)),
        "other system first": bool(named_systems(sentence[:50], setting.own)) and not setting.names_itself(sentence[:50]),
        "early": place.index < 25,
        "rather early": 25 <= place.index < 60,
        "top section": len(place.heading_path) <= 1,
        "first document": place.first_document,
        "number": bool(re.search(r"\d", sentence)),
        "many numbers": len(re.findall(r"\d+(?:\.\d+)?", sentence)) > 4,
        "short": len(sentence) < 50,
        "long": len(sentence) > 300,
        "hype": len(_HYPE.findall(sentence)) > 1,
        "mere praise": not found - _WEAK and bool(_HYPE.search(sentence)),
        "compares": bool(compared and compared.weight >= 2.8),
    }
    return values | {name: 1.0 for name, holds in yes.items() if holds}


def distinction(sentence: str, place: Place, setting: Setting) -> float:
    """How much a sentence distinguishes the artifact, as log odds plus 4 (from THRESHOLD worth printing); NEVER for a question."""
    values = features(sentence, place, setting)
    return _BASE + sum(WEIGHTS.get(name, 0.0) * value for name, value in values.items()) if values else NEVER
