"""A quote as a reader sees the document: the marks of its markup are left out, its words and code stay.

Only for reading. The quote itself, in the JSON and in its passage, is always the document's own characters.
"""

from __future__ import annotations

import html
import re

from agent.output.clean import one_line, printable

MARKED_UP = {"text/markdown", "text/x-rst", "text/prs.fallenstein.rst", "application/x-ipynb+json"}

_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_ROLE = re.compile(r":[a-z][\w:+.-]*:`([^`<>]+?)(?:\s*<[^`<>]*>)?`")  # reStructuredText: :ref:`words <target>`
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?", re.M)
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$\n?", re.M)
_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$", re.M)
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]]|\\[\[\]])+)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
# Tags that only lay text out; any other may be a word of the document, such as a token of a model.
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|"
    r"picture|pre|q|s|samp|small|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.S | re.I,
)
_STRONG = re.compile(r"(?<!\\)(?:\*\*+|(?<![^\W_])__|__(?![^\W_]))")
_EMPHASIS = re.compile(r"(?<![\\\w*])\*(?=\S)([^*\n]+?)(?<=[^\s\\])\*(?![\w*])|(?<![\\\w])_(?=\S)([^_\n]+?)(?<=[^\s\\])_(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def readable(text: str, media_type: str | None = None) -> str:
    """The text without markup, code still between back-ticks; unchanged where its media type has no such marks."""
    clean = printable(text)
    if media_type is not None and media_type not in MARKED_UP:
        return clean
    made: list[str] = []
    at = 0
    lined = _ROW.sub(lambda m: " | ".join(cell.strip() for cell in m.group(1).split("|")), _RULE.sub("", clean))
    lined = _ROLE.sub(lambda m: f"`{m.group(1)}`", _LINE_START.sub("", lined))
    for match in _CODE.finditer(lined):
        made += [lined[at : match.start()], f"`{one_line(match.group(2))}`"]
        at = match.end()
    made.append(lined[at:])
    # Links and emphasis may hold code, so code stands aside while they are taken off.
    aside = made[1::2]
    words = _without_marks("\ufffc".join(made[::2]))
    held = iter(aside)
    words = re.sub("\ufffc", lambda _: next(held, ""), words)
    return words if words.strip() else clean


def _without_marks(text: str) -> str:
    text = _TAG.sub("", _ADDRESS.sub(r"\1", text))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2), _STRONG.sub("", text))
    return html.unescape(_ESCAPED.sub(r"\1", text))
