"""MDX: components are blanked out before Markdown is parsed, so that offsets stay, and their titles become headings.

Markdown takes a line with a component for raw HTML and swallows the fence after it: from there on code would count as prose and prose
as code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.document import Block

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})(.*)$")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\1(?!`)")
_ATTRIBUTE = r"""(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*?"""
_COMPONENT = re.compile(rf"<(?P<close>/)?(?P<name>[A-Z][\w.]*)(?P<attributes>{_ATTRIBUTE})(?P<empty>/)?>")
_COMMENT = re.compile(r"\{/\*(?:(?!\{/\*).)*?\*/\}", re.S)
_MODULE = re.compile(r"^(?:import\s[^\n]*\sfrom\s[^\n]*|import\s+['\"][^\n]*|export\s[^\n]*(?:\n(?!\s*\n)[^\n]*)*)$", re.M)
_TITLE = re.compile(r"""\btitle=(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')""")
_DEEPEST = 6


@dataclass(frozen=True)
class Component:
    """A component with a title: [start, end) is what it holds, [title_start, title_end) the words of its title."""

    start: int
    end: int
    title_start: int
    title_end: int


def without_components(text: str) -> tuple[str, list[Component]]:
    """The text with every component tag, comment and module line replaced by spaces (line ends kept), and the titled components."""
    shielded = shield_code(text)
    masked = list(text)
    open_tags: list[tuple[str, int, tuple[int, int] | None]] = []
    titled: list[Component] = []
    for found in _COMPONENT.finditer(shielded):
        _blank(masked, *found.span())
        if found["close"]:
            while open_tags:
                name, start, title = open_tags.pop()
                if name == found["name"]:
                    if title:
                        titled.append(Component(start, found.start(), *title))
                    break
        elif not found["empty"]:
            open_tags.append((found["name"], found.end(), _title(found)))
    for pattern in (_COMMENT, _MODULE):
        for found in pattern.finditer(shielded):
            _blank(masked, *found.span())
    return "".join(masked), sorted(titled, key=lambda one: (one.start, -one.end))


def with_titles(text: str, blocks: Sequence[Block], components: Sequence[Component]) -> list[Block]:
    """The blocks with a heading for each titled component, and its title in the path of what it holds.

    A component that holds headings (a tab around whole sections) gives none: its sections have their own.
    """
    headings = [block.start for block in blocks if block.kind == "heading"]
    kept = [one for one in components if not any(one.start <= at < one.end for at in headings)]
    result = []
    for block in blocks:
        inside = [one for one in kept if one.start <= block.start < one.end]
        titles = tuple(text[one.title_start : one.title_end].strip() for one in inside)
        result.append(block.model_copy(update={"heading_path": block.heading_path + titles}) if titles else block)
    for one in kept:
        around = [other for other in kept if other.start <= one.title_start < other.end]
        before = [block for block in blocks if block.kind == "heading" and block.start < one.title_start]
        path = before[-1].heading_path if before else ()
        titles = tuple(text[other.title_start : other.title_end].strip() for other in (*around, one))
        level = min((before[-1].level if before else 0) + len(titles), _DEEPEST)
        result.append(Block(kind="heading", start=one.title_start, end=one.title_end, heading_path=path + titles, level=level))
    return sorted(result, key=lambda block: (block.start, block.end))


def _title(found: re.Match[str]) -> tuple[int, int] | None:
    title = _TITLE.search(found["attributes"])
    if title is None:
        return None
    start, end = title.span("double" if title["double"] else "single")
    return found.start("attributes") + start, found.start("attributes") + end


def shield_code(text: str) -> str:
    """The text with fenced and inline code replaced by as many spaces: tags in it are not components."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(" " * len(line))
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark and "`" not in mark[2]:
            fence = mark[1]
            lines.append(" " * len(line))
        else:
            lines.append(_INLINE_CODE.sub(lambda m: " " * len(m[0]), line))
    return "\n".join(lines)


def _blank(characters: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if characters[at] != "\n":
            characters[at] = " "
