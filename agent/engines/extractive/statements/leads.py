"""Leads: the bold words, code or term that open a list item and say what it is about."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.grammar import has_verb
from agent.engines.extractive.statements.plain import plain
from agent.engines.extractive.statements.standalone import Names

_LEAD = re.compile(
    r"\A\s*(?:[^\w\s*`\[_<]+\s*)?(?:"
    r"(?P<bold>(?:\*\*|__)(?P<b>[^*\n]{2,90}?)(?:\*\*|__)|<(?P<tag>b|strong)>(?P<h>[^<\n]{2,90})</(?P=tag)>)\s*(?P<s1>[:.–—-]*)\s*"
    r"|(?P<code>`(?P<c>[^`\n]{2,60})`)\s*(?:\([^()\n]{0,60}\))?\s*(?P<s2>[:–—]|-(?=\s))\s*"
    r"|(?P<link>\[(?P<l>[^\]\n]{2,80})\]\([^()\s]*\))\s*(?P<s3>[:–—]|-(?=\s))\s*"
    r"|(?P<term>(?P<t>[A-Z][^:.!?*`\[\]\n]{1,58}?))(?P<s4>:|\s[–—-])\s+(?=\S))",
)


def lead_of(source: str, names: Names) -> tuple[str | None, str]:
    """The bold lead-in or term that opens a piece of source (None without one), and the visible words after it."""
    found = _LEAD.match(source)
    text = plain(source)
    if not found:
        return None, text
    raw = found["b"] or found["h"] or found["c"] or found["l"] or found["t"] or ""
    separator = found["s1"] or found["s2"] or found["s3"] or found["s4"] or ""
    rest = plain(source[found.end() :])
    lead = plain(raw).rstrip(" :.–—-")
    inner = raw.rstrip().endswith((":", ".", "!")) or bool(separator)
    if re.fullmatch(r"descriptions?|summary|purpose|what it does|about|function", lead, re.I) and rest:
        return None, rest
    if (
        re.fullmatch(
            r"(?:(?:\d{1,2}\.? )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?,?(?: \d{1,2},?)? (?:19|20)\d\d)",
            lead,
            re.I,
        )
        and rest
    ):
        return None, rest
    if re.fullmatch(r"[\[(]?(?:(?:19|20)?\d\d[-/.]){1,2}\d{1,4}[\])]?", lead) and rest:
        return None, rest
    if found["t"] and (has_verb(lead) or (names.opens(lead) and len(lead.split()) > 2)):
        return None, text
    if found["b"] and rest and not separator and names.opens(rest) and re.match(r"[A-Z]", rest) and len(lead.split()) < 6:
        return lead, rest
    if not lead or len(lead.split()) > 9 or (rest and not inner) or (found["t"] and len(lead.split()) > 6):
        return None, text
    return lead, rest
