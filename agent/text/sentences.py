"""Sentence boundaries in technical text, with exact offsets.

Own code: of three libraries tried (syntok, pysbd, sentencex) each cut inside Markdown marks, link targets or addresses, or joined two
sentences around them. The rules are the usual ones for English: a terminator ends a sentence when white space and a plausible first word
follow, unless the word before it is an abbreviation or an initial, or the place lies inside code, an address or a link target.
"""

from __future__ import annotations

import re

from agent.text.words import word_set

_TERMINATOR = re.compile(r"[.!?…]+")
_CLOSERS = re.compile(
    r"[\"'”’»)\]*_`]*(?:\((?:https?:|/|\.|#|mailto:)[^()\s]*\))?[\"'”’»)\]*_`]*"
    r"(?:</?\w[^<>]{0,80}>)*(?:\[\^?[\w, -]{1,12}\])?"
)
_PROTECTED = re.compile(
    r"(?<!`)(?P<tick>`+)(?!`).{0,1000}?(?<!`)(?P=tick)(?!`)"  # inline code
    r"|https?://[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*"  # addresses, with one level of parentheses
    r"|(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]{0,400}\")?\)"  # link targets
    r"|<[a-zA-Z/!][^<>]{0,400}>",  # tags
    re.S,
)
_HARD_BREAK = re.compile(
    r"\n[ \t]*\n"
    r"|<br\s*/?>"
    r"|\n(?=[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+\S)"  # a list the structure did not see
    r"|\n(?=[ \t]*[\u2600-\u27BF\U0001F300-\U0001FAFF])",  # lines that begin with an emoji are a list in all but name
    re.I,
)
_NEXT = re.compile(r"\s+(?P<marks>[\"'“‘«(\[*_`<$#~]*)(?P<first>\S)(?P<rest>[\w'’-]*)")
_BEFORE = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
_ABBREVIATIONS = word_set(
    "e.g i.e eg ie cf vs viz approx ca al fig figs eq eqs sec secs ch chap no nos vol pp p ref refs tab app resp incl excl min max avg est "
    "dr mr mrs ms prof st jr sr inc ltd co corp dept univ jan feb mar apr jun jul aug sep sept oct nov dec "
    "u.s u.k u.n e.u a.k.a aka w.r.t n.b ph.d"
)
# An abbreviation that often closes a sentence: the next word decides.
_CLOSING = word_set("etc inc ltd co corp al a.m p.m ph.d u.s u.k")
_OPENERS = word_set(
    "the a an it this that these those they we you he she i in on for to as if when while by with from our your its all each for some "
    "there here however but and so see please use note both also most many more since after before at no not"
)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of `text[start:end]` as spans of `text`: ordered, disjoint, not blank, without white space at either end.

    Every character that is not white space (or a `<br>` between sentences) lies in exactly one span.
    """
    found: list[tuple[int, int]] = []
    at = start
    for cut, resume in _boundaries(text, start, end):
        _append(text, at, cut, found)
        at = resume
    _append(text, at, end, found)
    return found


def _append(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _boundaries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a sentence ends and where the next may begin."""
    protected = [match.span() for match in _PROTECTED.finditer(text, start, end) if not _is_break(match.group())]
    cuts = [
        match.span()
        for match in _HARD_BREAK.finditer(text, start, end)
        if not any(first <= match.start() < last for first, last in protected)
    ]
    position = 0
    for match in _TERMINATOR.finditer(text, start, end):
        while position < len(protected) and protected[position][1] <= match.start():
            position += 1
        if position < len(protected) and protected[position][0] < match.start() and match.end() < protected[position][1]:
            continue
        closing = _CLOSERS.match(text, match.end(), end)
        stop = closing.end() if closing else match.end()
        if _ends_sentence(text, start, match, stop, end):
            cuts.append((stop, stop))
    return sorted(cuts)


def _is_break(source: str) -> bool:
    return source[:3].lower() == "<br"


def _ends_sentence(text: str, start: int, mark: re.Match[str], stop: int, end: int) -> bool:
    following = _NEXT.match(text, stop, end)
    if not following:
        return not text[stop:end].strip()
    first = following["first"]
    word = (first + following["rest"]).casefold()
    if mark.group() in {"...", "…", ".."}:
        return first.isupper() and word in _OPENERS
    if mark.group() != ".":
        return not first.islower()
    before = _BEFORE.search(text, max(start, mark.start() - 24), mark.start())
    if before and stop == mark.end():
        token = before.group().casefold()
        if token in _CLOSING:
            return first.isupper() and word in _OPENERS
        if token in _ABBREVIATIONS and not _is_word_after_all(token, first, word):
            return False
        if len(token) == 1 and before.group().isupper() and not _closes(text, before.start(), first, word):
            return False
    if mark.start() > start and text[mark.start() - 1].isdigit() and _is_list_number(text, start, mark.start()):
        return False
    return not first.islower() or "`" in following["marks"] or _starts_named(first, following["rest"])


def _is_word_after_all(token: str, first: str, word: str) -> bool:
    """ "no.", "min.", "app.", "est." are also plain words: before a sentence opener they end one."""
    return token in {"no", "min", "max", "app", "tab", "mar", "ref", "sec", "co"} and first.isupper() and word in _OPENERS


def _closes(text: str, start: int, first: str, word: str) -> bool:
    """Whether a single capital before a full stop closes a sentence ("vitamin C. The ...") and is no initial ("J. Smith")."""
    return first.isupper() and word in _OPENERS and start > 0 and text[start - 1] == " "


def _is_list_number(text: str, start: int, stop: int) -> bool:
    """Whether the digits before `stop` are all that stands between a line's start and its full stop."""
    line = max(start, text.rfind("\n", start, stop) + 1)
    return text[line:stop].strip().isdigit()


def _starts_named(first: str, rest: str) -> bool:
    """Names that begin small and go on with a capital or digit ("vLLM", "iOS") may open a sentence."""
    return first.islower() and any(letter.isupper() for letter in rest)
