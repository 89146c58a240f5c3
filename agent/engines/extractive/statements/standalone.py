"""A sentence that stands alone: references resolved or refused, decoration removed, capital and full stop in place.

The printed sentence keeps the source's own words. What changes is only what leans on the page around it: a leading "It" or "This
library" becomes the artifact's name where that is safe, a pointer ("see below") goes, and a sentence that cannot stand alone is refused.
"""

from __future__ import annotations

import re

from agent.engines.extractive.statements.leaning import Leaning, Names
from agent.engines.extractive.statements.plain import tidy
from agent.engines.extractive.statements.references import named_part, resolve, speak_for
from agent.engines.extractive.statements.refusals import CONDITION, STEP, orphaned, whole

__all__ = ["METADATA_LEAD", "Leaning", "Names", "finished", "stand_alone"]

_DISCOURSE = re.compile(
    r"^(?:additionally|also|moreover|furthermore|in addition|besides|finally|lastly|further|in particular|specifically|notably|importantly|"
    r"overall|in general|generally|in short|in summary|in other words|currently|now|at the moment|as of now|of course|for instance|"
    r"for example|"
    r"similarly|likewise|more specifically|more generally|first|second|third|secondly|thirdly|firstly|note that|please note that|"
    r"please note|"
    r"note|tip|important|warning|remember that|however|therefore|thus|hence|consequently|as a result|then|next|instead|meanwhile|"
    r"nevertheless|otherwise|alternatively|optionally|by default,? now|with that said|that said|to summarize|in fact|indeed|ultimately|"
    r"and|but|or|so|yet)(?:\s*[,:]\s*|\s+(?=(?:you can|we|it|they|this|the)\b))",
    re.I,
)
_NOTE = re.compile(r"^(?:please )?(?:note|notice|remember|be aware|keep in mind) that\s+", re.I)
_POINTERS = re.compile(
    r",?\s*(?:as\s+)?(?:shown|listed|described|given|seen|illustrated|defined|outlined|detailed|mentioned|discussed|explained|"
    r"provided|documented|presented|reported)\s+(?:in\s+(?:the\s+)?(?:figure|table|section|appendix|image|diagram)?\s*)?"
    r"(?:below|above|here|next|earlier|later|previously)\b(?:\s*(?=[.:;,]|$))"
    r"|,?\s*(?:please\s+)?(?:see|refer to|check(?: out)?|read)\b(?:(?!\.\s).){0,90}(?:for (?:more|further|the full|full|"
    r"additional)?\s*(?:details?|information|info|examples?|list)|below|above|here)\b[^.]{0,40}(?=\.|$)"
    r"|,?\s*(?:including|such as|namely|like|with|as|in)?\s*(?:the )?(?:following|below)(?:\s+[\w-]+){0,3}(?=\s*[:.]?$)"
    r"|\s+(?:below|here)(?=\s*[.:]?$)|\s+as follows(?=\s*[.:]?$)"
    r"|\s*\((?:[^()]*\b(?:above|below|here|figure|fig\.|table|section|sec\.|appendix)\b[^()]*)\)",
    re.I,
)
# A count or a pointer that promises a list: without the list the sentence says nothing.
_ANNOUNCED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|these|as follows)(?: [\w-]+){1,3}:$|"
    r"\b(?:skills|are|include|includes|features?):$",
    re.I,
)
_DATE_LEAD = re.compile(
    r"^[\[(]?(?:(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)[\])]?\s*[:,–—-]*\s*",
    re.I,
)
_MARKS = re.compile(
    r"^\[!\w+\](?:\s*>)?\s*|^(?:[QA]:|A\d*\.)\s+|^(?:yes|no|sure|absolutely)[,!.]\s+(?=\w)|^(?:\[\d{1,4}(?:[/.-]\d{1,4}){1,2}\]|(?:19|"
    r"20)\d\d/\d\d/\d\d:)\s*|^[\s\-*+•·‣>#:;,.~|/–—=]+|^\(?(?:\d{1,2}|[a-z])[.)]\s+|^\[[ xX]?\]\s*",
    re.I,
)
METADATA_LEAD = re.compile(
    r"^(?:(?:table|figure|fig\.|algorithm|listing|appendix) \d+|home ?page|repositor(?:y|ies)|papers?|leaderboard|(?:point of )?contact|"
    r"e-?mail|website|web ?site|url|links?|authors?|maintainers?|licen[sc]e|"
    r"version|date|demo|blog(?: post)?|code|github|arxiv|doi|docs|documentation|status|citation|paper title|organi[sz]ation|tags?|"
    r"note|notes|update|tip|warning|important|caution|example|examples|example usage|e\.g\.|usage|default|todo|output|input|result|"
    r"returns?|args|parameters?|"
    r"step \d+|title|read[- ]only|prerequisites?|requirements?|option \d+|method \d+|answer|question|q|a|nb|see also|source|developed by|"
    r"funded by.*|shared by.*|model type|language\(s\).*|finetuned from.*|curated by)$",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$|…$")  # a quoted ellipsis ends no sentence


def stand_alone(text: str, leaning: Leaning) -> str | None:
    """The printed form of a plain sentence (marks already removed), or None when it cannot stand alone."""
    text = _trim(text)
    if not text or text.startswith("("):  # a whole sentence in brackets belongs to the one before it
        return None
    resolved = resolve(text, leaning)
    if resolved is None or (resolved == text and STEP.match(text) and leaning.names.opens(text) is None):
        return None
    resolved = named_part(resolved, leaning.path)
    announced = _ANNOUNCED.search(resolved)
    resolved = tidy(_POINTERS.sub("", resolved)).rstrip(" ,;:–—-")
    spoken = speak_for(resolved, leaning.names)
    if spoken is None or announced or not whole(spoken) or CONDITION.match(spoken):
        return None
    printed = finished(spoken)
    return None if orphaned(printed, leaning) else printed


def finished(text: str) -> str:
    """First letter capital (names that begin small keep theirs), full stop at the end."""
    first = text.split(" ", 1)[0]
    if first[:1].islower() and not any(c.isupper() or c in "._/`0123456789" for c in first[1:]):
        text = text[:1].upper() + text[1:]
    text = text.rstrip(" ,;:–—-")
    return text if _SENTENCE_END.search(text) else text + "."


def _trim(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _MARKS.sub("", text.strip())
        text = _DATE_LEAD.sub("", text)
        stripped = _NOTE.sub("", _DISCOURSE.sub("", text))
        text = stripped if len(stripped.split()) >= 3 else text
    return text
