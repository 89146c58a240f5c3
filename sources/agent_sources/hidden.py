"""What a page hides from those who look at it: text without size, colour, place or display, scripts, and comments.

It is left out of passages, because nobody who published the page can have read it there. Only what an element says of itself counts:
style sheets hide tabs and menus that people do open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

NEVER_SHOWN = frozenset(["script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "select", "head"])
_TINY = 2.0  # points or pixels
_FAR = 500.0  # pixels beyond the edge
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_TO_THE_END = frozenset(["script", "style"])  # unclosed, these swallow the rest of a page
_NUMBER = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
_RGB = re.compile(r"rgba?\((\d{1,3})[, ]+(\d{1,3})[, ]+(\d{1,3})(?:[,/ ]+([\d.]+%?))?\)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)(?P<attributes>[^<>]*)>|(?P<comment><!--)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SIGNS = re.compile(r"<!--|hidden|\bstyle\s*=|<(?:script|style|template|noscript|svg|iframe|object|canvas|select)\b", re.I)


class _Open(NamedTuple):
    """A tag that is not closed yet."""

    name: str
    start: int
    after: int
    hides: bool
    painted: bool


def is_hidden(attributes: Mapping[str, str], painted: Callable[[], bool]) -> bool:
    """Whether an element with these attributes hides what it holds; `painted` tells whether something around it has a background."""
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style", "")
    return bool(style) and _hides(_declarations(style), painted)


def has_background(attributes: Mapping[str, str]) -> bool:
    """Whether an element paints a background other than white."""
    if "bgcolor" in attributes:
        return True
    return "background" in attributes.get("style", "").lower() and not _is_white(_background(_declarations(attributes["style"])))


def hidden_spans(text: str, shielded: Callable[[str], str]) -> list[tuple[int, int]]:
    """The spans of a Markdown text that its raw HTML hides: ordered, disjoint. `shielded` blanks out code, where a tag is only shown.

    An element that is never closed ends at the next blank line. Linear in the length of the text.
    """
    if not _SIGNS.search(text):
        return []
    source = shielded(text)
    found: list[tuple[int, int]] = []
    opened: list[_Open] = []
    count: dict[str, int] = {}
    at = painted = 0
    while tag := _TAG.search(source, at):
        at = tag.end()
        if tag["comment"]:
            end = source.find("-->", at)
            if end < 0 and source[source.rfind("\n", 0, tag.start()) + 1 : tag.start()].strip():
                source = source.replace("<!--", "    ")  # in the middle of a line, and none of them is closed: these are words
                continue
            at = end + 3 if end >= 0 else len(source)
            found.append((tag.start(), at))
            continue
        name = tag["name"].lower()
        if tag["close"] and count.get(name):
            last = None
            while last is None or last.name != name:
                last = opened.pop()
                count[last.name] -= 1
                painted -= last.painted
                if last.hides:
                    found.append((last.start, tag.end()))
        elif not tag["close"] and name not in _VOID and not tag["attributes"].endswith("/"):
            attributes = _attributes(tag["attributes"])
            hides = name in NEVER_SHOWN or is_hidden(attributes, lambda around=painted: around > 0)  # type: ignore[misc]
            opened.append(_Open(name, tag.start(), tag.end(), hides, has_background(attributes)))
            count[name] = count.get(name, 0) + 1
            painted += opened[-1].painted
    found += _unclosed(source, [one for one in opened if one.hides])
    return _merged(found)


def _unclosed(source: str, opened: list[_Open]) -> Iterator[tuple[int, int]]:
    blank = 0  # where the next blank line is
    for one in opened:
        if blank < one.after:
            found = _BLANK_LINE.search(source, one.after)
            blank = found.start() if found else len(source)
        yield one.start, len(source) if one.name in _TO_THE_END else blank


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spans replaced by as many blanks, line ends kept."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _attributes(source: str) -> dict[str, str]:
    if "=" not in source and "hidden" not in source.lower():
        return {}
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(source)}


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in re.sub(r"/\*.*?\*/", "", style.lower(), flags=re.S).split(";"))
    return {key.strip(): " ".join(value.replace("!important", "").split()) for key, _, value in pairs}


def _hides(style: Mapping[str, str], painted: Callable[[], bool]) -> bool:
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return True
    size, opacity = _length(style.get("font-size")), _length(style.get("opacity"))
    if (size is not None and size <= _TINY) or (opacity is not None and opacity <= 0.05):
        return True
    away = [_length(style.get(side)) for side in ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")]
    if any(one is not None and one <= -_FAR for one in away):
        return True
    extents = [_length(style.get(side)) for side in ("height", "width", "max-height", "max-width")]
    if style.get("overflow", "") in {"hidden", "clip"} and any(one is not None and one <= 1 for one in extents):
        return True
    if re.match(r"rect\((?:[01](?:px)?[, ]*){4}\)", style.get("clip", "")) or re.match(r"inset\((?:50|100)%", style.get("clip-path", "")):
        return True
    colour, background = style.get("color", ""), _background(style)
    if _is_transparent(colour):
        return True
    return _is_white(colour) and (_is_white(background) if background else not painted())


def _background(style: Mapping[str, str]) -> str:
    return style.get("background-color") or style.get("background") or ""


def _length(value: str | None) -> float | None:
    """A length in pixels or points, a share as it is; None for none. Relative sizes count only when they are nothing."""
    found = _NUMBER.fullmatch(value or "")
    if found is None:
        return None
    number = float(found[1])
    return number * 16 if found[2] in {"em", "rem", "ex", "ch", "vw", "vh", "%", "pc", "in", "cm", "mm"} else number


def _is_white(colour: str) -> bool:
    found = _RGB.match(colour)
    if found:
        return min(int(found[part]) for part in (1, 2, 3)) >= 250
    return bool(re.fullmatch(r"white|#fff[0-9a-f]?|#f[a-f0-9]f[a-f0-9]f[a-f0-9](?:[0-9a-f]{2})?|snow|ivory|hsl\(.*100%\)", colour))


def _is_transparent(colour: str) -> bool:
    found = _RGB.match(colour)
    return colour == "transparent" or bool(found and found[4] and float(found[4].rstrip("%")) == 0)
