"""What a sentence says by parts: its main clause alone, or one of its further predicates with the subject put in.

"NAME is the first tool that reads scores, mapping each note to a key." says that NAME is the first tool that reads scores, and that NAME
maps each note to a key. `facets` are single such parts; `splits` are two of them that share no word but the subject: what is done, which
a summary prints, and what is distinctive, which is a claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.engines.extractive.statements.standalone import Names
from agent.text.words import tag, word_set

__all__ = ["facets", "shorter", "splits"]

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
# "the mixture that ..." is not "the mixture".
_RESTRICTS = re.compile(r"\s+(?:that|which|where)\s")
_DEFINITE = re.compile(r"\bthe(?: [\w-]+){1,3}$", re.I)
# Where a further predicate of the same subject begins.
_FURTHER = re.compile(r";\s+|\s+[—–]\s+|,?\s+and\s+(?:it\s+)?(?=[a-z]+s\b)|,\s+(?=[a-z]+ing\b)|,?\s+(?:that|which)\s+(?=[a-z]+s\b)")
# Where a sentence may be told in two, and the word that says how the second half hangs on the first.
_CUT = re.compile(
    r"(?:;|\s+[—–])\s+(?:it\s+)?(?=[a-z]+(?:s|ing)\b|can\b)|,?\s+and\s+(?:(?:it|then|also)\s+)*(?=[a-z]+s\b|can\b)|"
    r",\s+(?:(?:thus|thereby|while)\s+)?(?=[a-z]+ing\b)|,?\s+(?P<relative>that|which)\s+(?=[a-z]+s\b|can\b)|,\s+(?P<with>with)\s+"
)
_CONTRAST = re.compile(r"^(?:unlike|in contrast to|as opposed to|compared (?:to|with))\b[^,]{2,80}(?:,[^,]{2,40}){0,2}?,\s+", re.I)
_DEFINED = re.compile(r"\s+is\s+(?:an?|the)\s+(?:(?!(?:of|for|in|on|with|from|to|by|and)\b)[\w,-]+\s*){1,7}$")
_FEWEST_SPLIT = 5
_PHRASES = word_set(
    "in from across on at over under within behind instead rather regardless using by through via with without as unlike for to"
)
# Verbs that ask for a second phrase: "combines A with B" is not "combines A".
_TWO_SIDED = word_set(
    "combine compare integrate connect convert turn transform map bring put base mix pair replace translate switch merge fuse join match "
    "bridge balance provide equip power link split divide align adapt apply help enable allow focus consist depend rely range refer"
)
_NO_DEED = word_set("depending including according regarding following using based making")
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


def splits(text: str, names: Names) -> list[tuple[str, str]]:
    """Every way to tell a sentence in two, (head, tail): each a whole sentence with the same subject; the longest heads first."""
    found: list[tuple[str, str]] = []
    contrast = _CONTRAST.match(text)
    body = text[contrast.end() :] if contrast else text
    subject = names.opens(body)
    if subject is None or not re.match(r"\s+[a-z]", body[len(subject) :]):
        return []
    for match in _CUT.finditer(body):
        head = body[: match.start()].rstrip(" ,;:–—-")
        tail = _tail(body, match, subject)
        if tail and _whole(head):
            found += [(head + ".", tail)]
    if contrast:
        found += [(tail, text[: contrast.end()] + head) for head, tail in found]
    return sorted((pair for pair in found if all(_long_enough(part) and _balanced(part) for part in pair)), key=lambda p: -len(p[0]))


def shorter(text: str) -> list[str]:
    """What a sentence still says without its last modifiers ("NAME reads scores" of "NAME reads scores without ..."), longest first."""
    plain = _BRACKET.sub("", text)
    found = set(_without_phrases(plain))
    if not any(word.lemma in _TWO_SIDED for word in tag(plain)):
        found |= set(_main_clauses(plain))
    return sorted((part for part in found if _long_enough(part) and _balanced(part)), key=lambda part: (-len(part), part))


def _without_phrases(text: str) -> Iterator[str]:
    """The sentence cut before a phrase of place, means or contrast that no verb asks for: its object stands before it."""
    words = tag(text)
    for number, word in enumerate(words[3:], 3):
        if word.text.casefold() not in _PHRASES or not words[number - 1].noun or any(w.lemma in _TWO_SIDED for w in words[:number]):
            continue
        part = text[: word.start].rstrip(" ,;:–—-")
        if _whole(part):
            yield part + "."


def _long_enough(text: str) -> bool:
    return len(text.split()) >= _FEWEST_SPLIT


def _tail(body: str, match: re.Match[str], subject: str) -> str | None:
    """What follows a cut as a sentence about the subject, or None where it speaks of something else."""
    rest = body[match.end() :].rstrip(" .")
    if match["with"]:
        return f"{subject} comes with {rest}." if re.match(r"(?:over |more than |up to )?\d", rest) else None
    if match["relative"] and not _DEFINED.match(body[len(subject) : match.start()]):
        return None  # the clause may be about any noun before it
    first, _, more = rest.partition(" ")
    if first in _NO_DEED or re.match(r"(?:it|this|them|these)\b", more) or (first.endswith("ing") and re.search(r",? and \w+ing\b", rest)):
        return None  # a condition, a word that leans on the first half, or one of a list of participles
    if first == "can" and more:
        return f"{subject} {rest}."
    here = next((word for word in tag(body) if word.start == match.end()), None)
    verb = _third_person(first, rest) if here is not None and here.verb else None
    return f"{subject} {verb} {more}." if verb and more else None


def _whole(part: str) -> bool:
    """Whether a sentence cut off here is complete: a finite verb, no open list, nothing that asks for more at its end."""
    words = [word for word in tag(part + ".") if word.tag != "PUN"]
    return bool(words) and words[-1].tag not in _NO_END and any(w.tag in _FINITE for w in words[1:]) and not _open_list(part)


def _main_clauses(text: str) -> Iterator[str]:
    """The sentence cut before one of its later modifiers."""
    for match in _BOUNDARY.finditer(text):
        part = text[: match.start()].rstrip(" ,;:–—-")
        if _whole(part) and not (_RESTRICTS.match(match.group()) and _DEFINITE.search(part)):
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
