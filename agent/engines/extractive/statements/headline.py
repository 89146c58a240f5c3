"""The sentence a heading makes: "Batch inference" -> "NAME supports batch inference."."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.grammar import article_for, has_verb
from agent.engines.extractive.statements.leaning import Leaning
from agent.engines.extractive.statements.phrasing import inside, is_a
from agent.engines.extractive.statements.roles import role_of
from agent.engines.extractive.statements.standalone import stand_alone

# Headings that name a job: an action noun or a gerund.
_TASK = re.compile(
    r"\b(?:\w{3,}(?:tion|sion|ment|ing|ysis|isation|ization)s?|search|inference|export|import|support|retrieval|access|storage|control|"
    r"queries|streaming|"
    r"download|upload|transfer|conversion|management|chat|dialog(?:ue)?|recovery|replay|backup)\b",
    re.I,
)
_NO_TASK = re.compile(
    r"\?$|^(?:using|running|installing|building|getting|setting|understanding|introduction|more|next|step|example|dataset|data|"
    r"additional|known|"
    r"supported|other|general|basic|important|working|why|how|what|when|where|who)\b|\b(?:information|instructions|documentation|"
    r"section|description|"
    r"questions?|considerations?|limitations?|installation|requirements|settings?|started|troubleshooting|configuration|"
    r"evaluation results?|introduction|"
    r"training data|contributions?|citation|licensing|versions?|options?|implementation details|training details|conclusions?|statement|"
    r"annotations?|"
    r"distribution|motivation|composition|testing|pricing|development|environment|billing|meeting|acknowledg\w+|parameters|preparation)$",
    re.I,
)
_NUMBER = re.compile(
    r"^(?:\(?\d+(?:\.\d+)*[.)]?|[A-Z][.)]|step \d+:?)\s+(?=[\w\[])|^use cases?:\s+|\s*\[[^\]]*\]|\((?:optional|advanced|beta|new)[^)]*\)",
    re.I,
)
_TAIL = re.compile(r"\s+(?:examples?|tutorials?|guide|demos?|stage|section|basics|overview|tasks?)$", re.I)
# What a page is about rather than what the artifact does.
_THING = re.compile(
    r"\b(?:code|files?|checkpoints?|checks?|steps?|stage|results|metrics|details|profiles?|transformers|scripts?|structure|process|notes|"
    r"policy|rules|awards|schedule|submission|guidelines|announcements?|datasets?|papers?|models? card|pretrained models?)$|"
    r"^(?:code used)\b",
    re.I,
)
_SILENT = {"data", "overview", "limitations", "changelog", "notes", "roadmap"}


def headline(text: str, path: tuple[str, ...], leaning: Leaning) -> str | None:
    """What a heading of two or more words says the artifact supports, None where it only names a part of the page."""
    names = leaning.names
    bare = _NUMBER.sub("", _NUMBER.sub("", text)).strip(" .:")
    title, colon, rest = bare.partition(": ")
    if colon and re.match(r"[A-Z0-9][\w-]*$", title) and len(rest.split()) >= 3:  # "GRIT: A corpus of pairs"
        return is_a(title, rest, leaning)
    bare = _TAIL.sub("", title)
    if len(bare.split()) < 2 or role_of(path) in _SILENT or len(path) < 2 or names.opens(bare):
        return None
    thing = _THING.search(bare) and not re.match(r"\w{3,}ing\b", bare)
    if not _TASK.search(bare) or _NO_TASK.search(bare) or thing or re.search(r" [/-] ", bare) or has_verb(bare):
        return None
    bare = bare if leaning.titles and leaning.titles.named(bare) else inside(bare, leaning)
    article = "" if re.match(r"\w+ing \S+ \S|fine\b", bare) else article_for(bare)
    return stand_alone(f"{names.name} supports {article}{bare}", leaning)
