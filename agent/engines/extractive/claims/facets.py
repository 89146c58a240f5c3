"""Shorter sentences that a sentence says by itself: its main clause alone, or one of its further predicates with the subject put in.

"NAME is the first tool that reads scores, mapping each note to a key." says that NAME is the first tool that reads scores, and that NAME
maps each note to a key. A page that prints the whole sentence as a summary may print such a part as what is distinctive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.engines.extractive.statements.standalone import Names
from agent.text.words import tag, word_set

__all__ = ["facets"]

_FEWEST_WORDS = 6
_LABEL = re.compile(r"^[^:.,]{2,60}:\s+(?=[A-Z])")
_OPENING = re.compile(
    r"^(?:unlike|with|by|through|like|as|in contrast to|compared (?:to|with)|(?:built|based|equipped|powered)\b)[^,]{2,80},\s+", re.I
)
_BRACKET = re.compile(r"\s*\([^()]*\)")
# Where a main clause may end: before a participle, a relative clause, or a phrase of manner, means or contrast.
_BOUNDARY = re.compile(
    r",?\s+(?:(?:designed|built|made|intended|trained|based|powered|equipped)\s+(?:for|to|on|by|with|from)|"
    r"(?:using|enabling|allowing|providing|offering|making|boasting|establishing|leading|producing)|that|which|where|so that|including|"
    r"while|whereas|although|but|and (?:it|[a-z]+s)|with|without|via|through|on top of|by \w+ing|for \w+ing|as well as)\s"
    r"|,\s+[a-z]+ing\s"
)
# Where a further predicate of the same subject begins.
_FURTHER = re.compile(r";\s+|\s+[—–]\s+|,?\s+and\s+(?:it\s+)?(?=[a-z]+s\b)|,\s+(?=[a-z]+ing\b)|,?\s+(?:that|which)\s+(?=[a-z]+s\b)")
_NO_END = word_set("PRP PRF TO0 CJC CJS CJT AT0 DPS DT0 AVQ DTQ PNP VBZ VBB VHZ VM0 VDZ XX0 AV0 AJC AJS AJ0 CRD ORD VVZ VVB VVI VVD VVG")
_FINITE = word_set("VVZ VBZ VBB VHZ VM0 VBD VVD VHB VDZ VHD")


def facets(text: str, names: Names) -> list[str]:
    """Whole sentences that a sentence which names the artifact as its subject says by itself, each shorter; longest first, none twice."""
    found: list[str] = []
    plain = _OPENING.sub("", _LABEL.sub("", text))
    for body in dict.fromkeys((text, plain, _BRACKET.sub("", plain))):
        subject = names.opens(body)
        if subject is None or not re.match(r"\s+[a-z]", body[len(subject) :]):
            continue
        found += [*([body] if body != text else []), *_main_clauses(body), *_predicates(body, subject)]
    return sorted({one for one in found if len(one.split()) >= _FEWEST_WORDS and _balanced(one)}, key=lambda one: (-len(one), one))


def _main_clauses(text: str) -> Iterator[str]:
    """The sentence cut before one of its later modifiers."""
    for match in _BOUNDARY.finditer(text):
        part = text[: match.start()].rstrip(" ,;:–—-")
        words = [word for word in tag(part + ".") if word.tag != "PUN"]
        if words and words[-1].tag not in _NO_END and any(word.tag in _FINITE for word in words[1:]) and not _open_list(part):
            yield part + "."


def _open_list(part: str) -> bool:
    """Whether a list was begun with commas and not closed by "and" or "or"."""
    return bool(re.search(r",\s+(?!and\b|or\b)[^,]{1,40}$", part)) and not re.search(r",?\s+(?:and|or)\s[^,]+$", part)


def _predicates(text: str, subject: str) -> Iterator[str]:
    """Later predicates of the same subject: coordinated, relative or participial."""
    for match in _FURTHER.finditer(text):
        rest = text[match.end() :].rstrip(" .")
        head, _, tail = rest.partition(" ")
        verb = _third_person(head, rest)
        if verb and tail:
            yield f"{subject} {verb} {tail}."


def _third_person(head: str, rest: str) -> str | None:
    """A predicate's verb as the subject takes it ("mapping" -> "maps"), or None where it is no verb."""
    first = tag(f"It {rest}.")[1]
    if first.text != head:
        return None
    if first.tag in {"VVZ", "VBZ", "VHZ"}:
        return head
    if first.tag != "VVG" or first.lemma == head:
        return None
    if re.search(r"(?:s|x|z|ch|sh)$", first.lemma):
        return first.lemma + "es"
    return first.lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", first.lemma) else first.lemma + "s"


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count('"') % 2 == 0 and text.count("“") == text.count("”")
