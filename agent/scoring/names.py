"""The names documents use for integrations, formats and packages, read from names.yaml beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import cast, get_args

import yaml

from agent.domain.scorecard import Mention, MentionKind

_LINE = 200  # a mention's quote is its line, cut to this many characters around the name


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], dict[str, tuple[MentionKind, str]]]]:
    """One pattern per kind with a group per name, so that a text is read once per kind."""
    table = yaml.safe_load(resources.files("agent.scoring").joinpath("names.yaml").read_text(encoding="utf-8"))
    found = []
    for kind in get_args(MentionKind):
        groups: dict[str, tuple[MentionKind, str]] = {}
        parts = []
        for number, (name, forms) in enumerate(table[kind].items()):
            groups[f"n{number}"] = (cast(MentionKind, kind), name)
            parts.append(f"(?P<n{number}>{'|'.join(forms)})")
        found.append((re.compile(rf"(?<![\w/@-])(?:{'|'.join(parts)})(?![\w-])"), groups))
    return found


def mentions_in(text: str) -> list[Mention]:
    """The first mention of each name in a text, in order of kind and place."""
    return [mention for pattern, groups in _patterns() for mention in _of_kind(text, pattern, groups)]


def _of_kind(text: str, pattern: re.Pattern[str], groups: dict[str, tuple[MentionKind, str]]) -> Iterator[Mention]:
    seen: set[str] = set()
    for match in pattern.finditer(text):
        kind, name = groups[match.lastgroup or ""]
        if name not in seen:
            seen.add(name)
            start, end = _line(text, match.start(), match.end())
            yield Mention(kind=kind, name=name, start=start, end=end, quote=text[start:end])


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a name, without white space at its ends, cut to a readable length with the name inside."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > _LINE:
        cut = max(first, start - _LINE // 2)
        stop = min(last, max(end, cut + _LINE))
        space, gap = text.find(" ", cut, start), text.rfind(" ", end, stop)
        first, last = (cut if cut == first else space + 1 if space >= 0 else cut), (stop if stop == last else gap if gap >= 0 else stop)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
