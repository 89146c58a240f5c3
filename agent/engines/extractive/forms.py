"""Word forms that names need: gerunds, singulars and the action nouns of common verbs."""

from __future__ import annotations

import re

from agent.text.words import word_set

# Verbs whose action has a noun of its own that reads better than the gerund after a bare plural ("images" -> "Image segmentation").
ACTION_NOUNS: dict[str, str] = {
    "segment": "segmentation",
    "detect": "detection",
    "classify": "classification",
    "caption": "captioning",
    "translate": "translation",
    "transcribe": "transcription",
    "generate": "generation",
    "summarize": "summarization",
    "summarise": "summarisation",
    "evaluate": "evaluation",
    "extract": "extraction",
    "retrieve": "retrieval",
    "recognize": "recognition",
    "recognise": "recognition",
    "deploy": "deployment",
    "compress": "compression",
    "quantize": "quantization",
    "validate": "validation",
    "visualize": "visualization",
    "annotate": "annotation",
    "manage": "management",
    "configure": "configuration",
    "execute": "execution",
    "search": "search",
    "track": "tracking",
    "monitor": "monitoring",
    "embed": "embedding",
    "export": "export",
    "import": "import",
    "verify": "verification",
    "edit": "editing",
    "filter": "filtering",
    "parse": "parsing",
    "cluster": "clustering",
    "rank": "ranking",
    "stream": "streaming",
    "orchestrate": "orchestration",
    "create": "creation",
}
# One vowel before one final consonant doubles it in words of one syllable, and in these of more.
_SHORT = re.compile(r"^(?:[^aeiou]*|qu)[aeiou][bdgklmnprtvz]$")
_DOUBLE = word_set("debug embed control transfer submit commit refer occur begin unzip unpin rerun reset prefer admit permit compel")
_KEEP_E = word_set("be see free flee agree")


def gerund(verb: str) -> str:
    """The -ing form of a base form: "use" -> "using", "run" -> "running", "fine-tune" -> "fine-tuning"."""
    head, dash, last = verb.rpartition("-")
    if last.endswith("ie"):
        made = last[:-2] + "ying"
    elif last.endswith("e") and last not in _KEEP_E and not last.endswith(("ee", "oe", "ye")):
        made = last[:-1] + "ing"
    elif last in _DOUBLE or _SHORT.match(last):
        made = last + last[-1] + "ing"
    else:
        made = last + "ing"
    return head + dash + made


def singular(noun: str) -> str:
    """The singular of a regular plural: "images" -> "image", "queries" -> "query", "boxes" -> "box"."""
    if re.search(r"[^aeiou]ies$", noun):
        return noun[:-3] + "y"
    if re.search(r"(?:x|ch|sh|ss|z)es$", noun):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
