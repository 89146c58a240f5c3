"""From a piece of Markdown source to the words a reader sees: marks, targets, tags, citations and decoration removed."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>", re.I)
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+\"[^\"]*\")?\s*\)|\[([^\[\]]+)\]\[[^\]]*\]"
)
_SPAN = re.compile(r"\[([^\[\]]+)\]\{[^{}]*\}|\{[#.][^{}]*\}|\{:[^{}]*\}")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_CODE = re.compile(r"(?P<tick>`+)(?!`)(.+?)(?<!`)(?P=tick)(?!`)", re.S)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)(.+?)(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\S)([^_]+?)(?<=\S)_{1,3}(?!\w)|~~(.+?)~~", re.S
)
_STARS = re.compile(r"(?<!\w)\*{2,3}|\*{2,3}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{2,30}:(?!\w)")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\u2190-\u21ff\u25a0-\u25ff\u2300-\u23ff\u00ae\u2122\ufffd\ue000-\uf8ff]+"
)
_YEAR = r"(?:19|20)\d\d[a-z]?"
_AUTHOR = r"[A-Z][\w’'-]+(?:\s+et\s+al\.?|,?\s+(?:and|&)\s+[A-Z][\w’'-]+|(?:,\s+[A-Z][\w’'-]+)+(?:,?\s+(?:and|&)\s+[A-Z][\w’'-]+)?)?"
_ONE = rf"(?:(?:see|e\.g\.,?|cf\.|i\.e\.,?)\s+)?{_AUTHOR},?\s+{_YEAR}"
_CITATIONS = re.compile(
    rf"\s*[(\[]{_ONE}(?:\s*[;,]\s*(?:{_ONE}|{_YEAR}))*[)\]]"
    rf"|\s*\[\d{{1,3}}(?:\s*[,–-]\s*\d{{1,3}})*\]"
    r"|\s*\[\^[\w-]+\]|\s*\[@[^\]]+\]"
    rf"|(?<=et al\.)\s*\({_YEAR}\)|(?<=et al)\s*\({_YEAR}\)",
)
# "results [paper]" loses its label; a bracket that belongs to the word before it ("package[extra]") stays.
_LABEL = re.compile(r"(?<![\w\]])\s*\[+\s*(?:[A-Za-z][\w .-]{0,24})?\s*\]+(?!\w)")
_SEE = re.compile(
    r"\s*[(\[](?:please\s+)?(?:see|cf\.?|refer to|check|link|source|docs?|details|more|paper|code|blog|demo|figure|fig\.?|table|section|"
    r"appendix)"
    r"\b[^()\[\]]{0,120}[)\]]",
    re.I,
)
_URL = re.compile(r"\s*\(\s*(?:https?://|www\.)[^()\s]*\s*\)|\s*\b(?:at|from|on|in|here|to|via)?:?\s*https?://\S+$")
_EMPTY = re.compile(r"\(\s*[,;]*\s*\)|\[\s*\]|[“\"]\s*[”\"](?=\s|$)")


@lru_cache(maxsize=4096)
def plain(source: str) -> str:
    """The visible words of a piece of Markdown or inline HTML on one line.

    Link texts stay without their targets, code without its ticks; images, comments, emoji, citations ("[12]", "(Ash et al., 2020)")
    and pointers ("(see below)") go.
    """
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(" ".join(match.group(2).split()))
        return f"\ue000{len(codes) - 1}\ue001"

    # Code first: what looks like a tag or a mark inside it is its text.
    text = _CODE.sub(keep, source.replace("\ue000", "").replace("\ue001", ""))
    text = _IMAGE.sub("", _COMMENT.sub(" ", text))
    text = re.sub(r"\n[ \t]*>[ \t]?", "\n", re.sub(r"(?<=[a-z])-\n[ \t]*(?=[a-z])", "", text))  # quote marks; words broken at a line's end
    for _ in range(2):  # a badge is an image inside a link
        text = _LINK.sub(lambda m: m.group(1) if m.group(1) is not None else m.group(2), text)
    text = _SPAN.sub(lambda m: m.group(1) or "", text)
    text = _TAG.sub(_tag, _AUTOLINK.sub("", text))
    for _ in range(2):
        text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2) or m.group(3) or "", text)
    text = _ESCAPE.sub(r"\1", _STARS.sub("", text))
    text = _LABEL.sub("", _CITATIONS.sub("", html.unescape(text)))
    text = re.sub(r"\ue000(\d+)\ue001", lambda m: codes[int(m.group(1))], text)  # a bracket inside code is its text
    text = _EMOJI.sub(" ", _SHORTCODE.sub(" ", text))
    return tidy(_URL.sub("", _SEE.sub("", text)))


def _tag(match: re.Match[str]) -> str:
    """Inline tags vanish, breaking ones leave a blank."""
    return " " if re.match(r"</?(?:br|p|div|li|td|tr|ul|ol|h\d)\b", match.group(), re.I) else ""


def tidy(text: str) -> str:
    """One line, no blank before a mark, no empty brackets, no doubled marks."""
    text = _EMPTY.sub("", " ".join(text.replace("\u200b", "").replace("\u00ad", "").split()))
    text = re.sub(r"\s+([,;:!?)\]]|\.(?!\w))", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*\1)+", r"\1", text)
    text = re.sub(r"[,;:]\.$", ".", text)
    text = re.sub(r"(?<!\w)_+(?=[A-Z])|(?<=[.!])_+$", "", text)
    text = re.sub(r"^\[([^\[\]]+)\](\.?)$", r"\1\2", text)
    return " ".join(text.split()).strip()
