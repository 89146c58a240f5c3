"""Headings that name a job, told from those that name a part of a page."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.roles import role_of_heading
from agent.text.words import word_set

_GENERIC_HEADING = re.compile(
    r"^(?:overview|introduction|usage|examples?|features?|key features|highlights|about|description|quick ?start|get(?:ting)? started|"
    r"training|evaluation|"
    r"models?|data|datasets?|results?|performance|configuration|documentation|installation|benchmark(?:s|ing)?|key (?:features|points|"
    r"concepts)|use cases?|"
    r"basic usage|advanced usage|main (?:features|results)|why .*|what .*|how .*|dataset (?:summary|description|structure|creation|"
    r"card.*)|data (?:fields|splits|instances)|"
    r"model (?:description|details|summary|card.*|sources)|supported tasks.*|(?:direct|downstream|intended) uses?|tools?|api|"
    r"command[- ]line|options?|concepts?|"
    r"more|next steps|architecture|design|summary|abstract|background|other .*|additional .*|general .*|languages|notes?|details|"
    r"reference|components|"
    r"helpful tutorials?|advanced.*usage|basic.*usage|available .*|considerations.*|getting .*|setting .*|source data|initial data.*|"
    r"annotations?|curation rationale|personal and.*|tips.*|news|running|using|important.*|"
    r"training data|training procedure|uses|limitations.*|table notes|figure notes|faqs?|q: .*|.*\bpart \d+.*|case stud.*|method|"
    r"tutorials?|demos?)$",
    re.I,
)
_JOB_ROLES = word_set("usage evaluation training data models integration deployment features configuration architecture")
_CODE = re.compile(r"[_(){}=/\\<>\[\]$@#|]|\w\.\w|^-|`|^[a-z]+[A-Z]")
_ACTION = re.compile(
    r"\b\w{3,}(?:ing|tion|sion|ment|ments|tions|sis)\b|\b(?:search|support|inference|export|access|storage|control|management)\b", re.I
)


def generic(title: str) -> bool:
    """Whether a heading only names a part of a page ("Usage", "Key features")."""
    return bool(_GENERIC_HEADING.match(title))


def names_a_job(title: str) -> bool:
    """Whether a heading names something that is done ("Fading lamps", "Batch inference"), so that it can name a capability."""
    if not title or title.endswith("?") or _CODE.search(title) or generic(title):
        return False
    if len(title.split()) == 1:
        return bool(re.search(r"(?:tion|ing|ment|sis)$", title, re.I))
    return role_of_heading(title) in _JOB_ROLES or bool(_ACTION.search(title))
