"""What documents admit: limits, risks, missing support and cautions."""

from __future__ import annotations

import re

from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.claims.cues import LIMITS, cues_in

__all__ = ["LIMIT_THRESHOLD", "limitation"]

LIMIT_THRESHOLD = 2.6

_ROLES: dict[str, float] = {
    "limitations": 1.6, "overview": 0.3, "features": 0.3, "models": 0.3, "data": 0.2, "training": 0.0, "evaluation": 0.0, "usage": 0.2,
    "faq": 0.2, "comparison": 0.0, "integration": 0.2, "deployment": 0.2, "architecture": 0.0, "configuration": -0.3, "reference": -0.3,
    "changelog": -1.2, "roadmap": -0.8, "installation": -1.2, "licence": -0.2, "other": 0.1,
}  # fmt: skip
_NOT_A_LIMIT: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.I))
    for weight, pattern in (
        (1.6, r"\b(?:not only|not just|no longer (?:need|have|requir)\w*|without (?:any )?limit\w*|overcom\w+|address(?:es|ed|ing)? "
              r"(?:the|these) limit\w*|unlimited|"
              r"not (?:limited|restricted) (?:to|by)|avoid(?:s|ing)?|prevent(?:s|ing)?|mitigat\w+|remov(?:es|ed|ing)|filter(?:s|ed|"
              r"ing)?|bias (?:benchmark|evaluation|metric)s?|"
              r"if you (?:do not|don't|cannot|can't)|make sure|detect(?:s|ing)?|protect\w*|reduc(?:es|ed|ing))\b"),
        (2.0, r"\bweights (?:and|&) biases\b|\bopt[- ]out\b|^(?:to understand|it is important)\b|\bunderstand its limitations\b"),
        (1.2, r"\braises? an? (?:\w+ )?(?:error|exception)\b|\berror (?:string|code)\b|\bcorpus\.$|\bare presented in\b"),
        (1.0, r"\b(?:issue|pull request|pr)\s+#?\d+|\bfix(?:es|ed)\b|\bbug\b"),
        (0.8, r"\b(?:error message|you (?:may|might|can|will) (?:see|get|want|need)|install\w*|pip|conda|docker|compile|command)\b"),
        (0.8, r"[_{}<>=]{1}\w|\w\(\)|--\w"),
        (0.7, r"\b(?:existing|previous|other|traditional|baseline|current|most) (?:\w+ )?(?:methods?|approaches|models|systems|"
              r"datasets|libraries|services|tools|llms|rag)\b"),
        (0.8, r"\b(?:optional(?:ly)?|by default|argument|parameter|flag|set to|if (?:true|false)|returns?)\b"),
        (0.6, r"\b(?:for example|e\.g\.)\b"),
        # Advice, beliefs and goals of the makers, safeguards, and what is said of the paper rather than the artifact.
        (5.0, r"\b(?:users?|developers?|researchers?|practitioners?|you|one|people|everyone|it is) (?:should|must|need to|ought to|"
              r"recommended|advised|encouraged)\b|\b(?:advises?|recommends?|encourages?|urges?|should (?:be )?(?:perform|check|assess|"
              r"test|use|avoid)\w*)\b|^(?:before|when|if)\b[^,]*,\s+\w+ should\b"),
        (3.0, r"\b(?:believes?|hopes?|thinks?|goals?|aims? (?:to|at|of|is)|do not aim|intends? to|attempts? to)\b"),
        (3.0, r"\b(?:select\w*|keep|keeps|kept|retain\w*) only\b|\bdo not select\b|\bguardrails?\b|\b(?:scans?|screens?)\b"),
        (2.0, r"^(?:the|an?|this)(?: \S+){0,2} (?:paper|card|documentation|article|report|study|readme|page)\b|"
              r"\b(?:lets? users report|findings|documented by)\b"),
    )
)  # fmt: skip


def limitation(sentence: str, role: str, heading_path: tuple[str, ...], setting: Setting) -> float:
    """How clearly a sentence states a limit of the artifact (LIMIT_THRESHOLD and more is worth printing), or 0.0 where it has no cue."""
    found = cues_in(sentence, LIMITS)
    named = any(re.search(r"limitation|known issue|caveat|out[- ]of[- ]scope", title, re.I) for title in heading_path[-2:])
    if not found and not named:
        return 0.0
    weights = sorted((cue.weight for cue in found), reverse=True) or [0.9]
    score = weights[0] + sum(0.35 * weight for weight in weights[1:3])
    score += _ROLES.get(role, 0.0) + 0.6 * named
    score += 0.5 * setting.names_itself(sentence) - 0.6 * (len(sentence) < 45) - 0.4 * (len(sentence) > 300)
    return score - sum(weight for weight, pattern in _NOT_A_LIMIT if pattern.search(sentence))
