"""Whether a sentence that speaks of something says that its subject has it, and in which of its words.

A sentence can name a thing and say the opposite ("it is not a chat model"), or say nothing of its subject at all ("without fine-tuning",
"streaming is planned"). Read from how documentation is written: the clause around the mention, the negator that governs it, and the marks
of a wish, a condition or another's deed. When in doubt the sentence says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

__all__ = ["Stance", "phrase", "stance"]

Stance = Literal["yes", "no", "mentioned", "unclear", "unasked"]

_MOST = 72  # characters of a phrase in a table's cell
_BREAK = re.compile(
    r"[;:]\s|,\s(?=which\b)|\s(?:--|[–—])\s|,?\s(?:but|while|whereas|although|though|however|because|since)\s"
    r"|,\s(?:and|so)\s(?=(?:it|they|you|we|this|that|the)\b)"
)
_NEGATOR = re.compile(r"\b(?:not|never|cannot|no|nor|neither|lacks?|lacking|unable to)\b|n['’]t\b", re.I)
# Negators that take nothing away: "not only", "no need to", "does not require", "no matter", "not limited to".
_HARMLESS = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|cannot)\b|n['’]t)\s+(?:only|just|merely|solely|limited to|(?:\w+\s)?need(?:s|"
    r"ed)?|have to|requir\w+|matter|longer "
    r"(?:need|requir)\w*|necessarily|restricted)\b",
    re.I,
)
_DENIED_AFTER = re.compile(
    r"^[^,;:.]{0,40}?\b(?:(?:(?:is|are|was|were|has|have|can)(?:\s+\w+)?(?:\s+not|n['’]t)|cannot)\s+(?:(?:yet|"
    r"currently|officially|been|be)\s+)*"
    r"(?:support|availab|allow|permit|possib|implement|includ|intend|provid|offer|expos|part|cover|enabl|an option|licen[cs])\w*"
    r"|(?:is|are) (?:\w+ )?(?:unsupported|unavailable|disabled|prohibited|forbidden|removed|deprecated|discontinued|out of scope))",
    re.I,
)
_ASIDE = re.compile(
    r"(?:\b(?:without|instead of|rather than|other than|unlike|except(?: for)?|avoid(?:s|ing)?|beyond|replac(?:es?|ing)|"
    r"as opposed to|inspired by|remov\w+|exclud\w+|filter\w* out|outperform\w*|surpass\w*|beats?|compared (?:to|with)|"
    r"versus|vs\.?|than|similar to|(?:based|built|rel\w+) (?:up)?on|"
    r"(?:not|no|never|n['’]t) (?:yet )?(?:evaluated|tested|compared))\b[^,;:]{0,30})$",
    re.I,
)
_UNREAL = re.compile(
    r"\b(?:coming soon|planned|plans? to|roadmap|to-?do|will be|would|might|hope(?:s|fully)?|future (?:work|version|"
    r"release)s?|in (?:the )?future|"
    r"work in progress|wip|feature request|proposed|wish)\b|\?$",
    re.I,
)
_WEAKNESS = re.compile(
    r"\b(?:well|good|as(?! an?\b)|better|always|fully|accura\w+|reliabl\w+|perfect\w*|guarantee\w*|ensure|"
    r"every|all|most)\b",
    re.I,
)
_FAR = 7  # words between a negator and what it denies
_CONDITION = re.compile(r"\b(?:if|unless|whether|when|in case)\b[^,;:]*$|^\W*(?:since|because|although|while|though)\b", re.I)
_SCOPED = re.compile(
    r"\b(?:by default|when|if|unless|in this (?:mode|example|case|notebook|section)|on (?:windows|macos|mac)\b|yourself|again)", re.I
)
_MORE_NOTS = re.compile(
    r"\b(?:and|or)\s+(?:\w+ly\s+)?(?:supports?|provides?|offers?|includes?|allows?|is|are|can|lets?|runs?|uses?|"
    r"works?|performs?|needs?|requires?)\b",
    re.I,
)
_PRONOUN = r"(?:it|they|this|these|that|there)"
_THING = (
    r"(?:model|dataset|data ?set|data|corpus|library|framework|server|benchmark|tool|toolkit|package|project|"
    r"agent|release|version|weights|licen[cs]e)s?"
)
_TELLING = (
    r"(?:(?:(?:also|now|currently|natively|fully|directly|inherently|already|additionally)\s+)?(?:lets?|allows?|"
    r"enables?)\s+(?:you|users|developers|one)\s+(?:to\s+)?"
    r"|(?:(?:also|now|currently|natively|fully|directly|inherently|already|additionally)\s+)?"
    r"(?:gives? (?:you|users|developers)|helps?(?: you)?(?: to| with)?|is (?:[\w-]+,? (?:and )?){1,4}(?:to use )?with|"
    r"supports?|provides?|offers?|includes?|features?|has|have|comes? with|contains?|gives?(?: you)?|is|are|"
    r"can(?: be used to| be)?|ships? with|"
    r"enables?|implements?|makes? it (?:easy|simple|possible) to)\s+(?:(?:also|now|currently)\s+)?)"
)
_LINK = re.compile(
    r"\s(?=(?:with|for|from|in|on|to|by|through|via|into|using|across|and|or|that|which|as|at|so|when|where|such as|including)\s)", re.I
)
_EDGE = re.compile(
    r"^(?:(?:(?:which|that) )?(?:allows?|lets?|enables?) (?:(?:you|users) )?to |(?:which|that) (?:lets?) (?:you|"
    r"users) |(?:which|that) (?:is|are) |(?:offers|provides|supports) "
    r"|(?:and|or|with|for|from|of|in|on|by|via|that|which|as|at|so|when|where|to|the following|also|now)\s+)"
    r"|\s+(?:and|or|with|for|of|to|the|a|an|that|which|its|your)$",
    re.I,
)


def stance(sentence: str, start: int, end: int, own: Sequence[str]) -> Stance | None:
    """What a sentence says of the thing it names at [start, end), for the artifact of these names; None where it does not say."""
    left, right = _clause(sentence, start, end)
    before, after = sentence[left:start], sentence[end:right]
    if re.search(r"\bnon[- ]?$", before, re.I):
        return "no"
    if _UNREAL.search(sentence[left:right]) or _ASIDE.search(before) or _CONDITION.search(before):
        return None
    told = before if not _HARMLESS.search(before) else _HARMLESS.sub(" ", before)
    denied = list(_NEGATOR.finditer(told))
    if denied:
        between = told[denied[-1].end() :]
        if _MORE_NOTS.search(between) or _WEAKNESS.search(between) or len(between.split()) > _FAR:
            return None  # "does not keep data and supports ...": which of the two is denied is not for a pattern to say
        return "no" if _about(sentence, left, own) and not _SCOPED.search(sentence[left:right]) else None
    if re.match(r"\W*(?:papers?|benchmarks?)\b", after, re.I):
        return None
    if _DENIED_AFTER.search(_HARMLESS.sub(" ", after)):
        return None if _SCOPED.search(sentence[left:right]) else "no"
    return "yes"


def phrase(sentence: str, start: int, end: int, own: Sequence[str]) -> str:
    """The few words of a sentence around [start, end) that say the thing itself, at most about 70 characters."""
    left, right = _clause(sentence, start, end)
    clause = sentence[left:right]
    at = start - left, end - left
    lead = re.match(_lead(own), clause, re.I)
    offset = lead.end() if lead and lead.end() <= at[0] else 0
    return _tidied(_near(clause[offset:].rstrip(" .!"), at[0] - offset, at[1] - offset))


def denial(sentence: str, start: int, end: int) -> str:
    """The clause that denies the thing at [start, end), as it stands."""
    left, right = _clause(sentence, start, end)
    more = _MORE_NOTS.search(sentence, end, right)
    return sentence[left : more.start() if more else right].strip(" .,!")


def _lead(own: Sequence[str]) -> str:
    """What stands before the thing itself: "NAME also supports", "You can", "We provide"."""
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True)) or r"(?!)"
    subject = rf"(?:(?:the |this )?(?:{names})(?:[- ]?v?\d[\w.]*)?(?:\s{_THING})?|{_PRONOUN}|(?:the|this|our)\s{_THING}|we|you|users)"
    return rf"(?:(?:here|now|also),?\s)?(?:the makers of (?:{names})\s|{subject}\s+{_TELLING}|(?:{names})\s+(?=[a-z]))"


def _about(sentence: str, left: int, own: Sequence[str]) -> bool:
    """Whether the clause that begins at `left` speaks of the artifact: its name, a pronoun, "the model", or no other subject."""
    names = "|".join(re.escape(name) for name in own) or r"(?!)"
    subject = (
        rf"\W*(?:(?:the |this )?(?:{names})(?![\w-])|{_PRONOUN}\b|(?:the|this|our)\s+(?:\w+\s)?{_THING}\b|"
        r"(?:we|you|no|not|there|cannot|do(?:es)? not|neither)\b)"
    )
    return re.match(subject, sentence[left:], re.I) is not None


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause around [start, end)."""
    left, right = 0, len(sentence)
    for match in _BREAK.finditer(sentence):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _near(text: str, start: int, end: int) -> str:
    """At most `_MOST` characters of whole groups of words around [start, end): the comma's part first, then what links to it."""
    if len(text) <= _MOST:
        return text
    commas = [m.start() for m in re.finditer(r",\s|\s\(", text)]
    left = max((c + 2 for c in commas if c + 2 <= start), default=0)
    right = min((c for c in commas if c >= end), default=len(text))
    if right < len(text) and (loose := re.search(r"\s(?:and|or)\s\w+$", text[end:right])):
        right = end + loose.start()  # "through crews and precise, quick control": the second half goes on behind the comma
    if right - left <= _MOST:
        return text[left:right]
    cuts = [left, *(left + m.start() + 1 for m in _LINK.finditer(text[left:right])), right]
    low = max((c for c in cuts if c <= start), default=left)
    high = min((c for c in cuts if c >= end), default=right)
    for cut in cuts:
        if cut > high and cut - low <= _MOST:
            high = cut
    for cut in reversed(cuts):
        if cut < low and high - cut <= _MOST:
            low = cut
    return text[low:high]


def _tidied(text: str) -> str:
    """Without loose words and marks at its ends."""
    before = None
    while text != before:
        before = text
        text = _EDGE.sub("", text.strip(" ,;:.!-–—"))
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*\([^()]*$", "", text).replace(")", "") or text.strip("()")
    return text
