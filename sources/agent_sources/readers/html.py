"""HTML: the readable content as Markdown (headings, paragraphs, lists, tables, code); chrome, scripts and hidden text left out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from agent.errors import DocumentError
from agent_sources.hidden import has_background, is_hidden

_DROPPED = {
    "script", "style", "template", "noscript", "nav", "footer", "aside", "form", "button", "select", "svg", "iframe", "object", "head",
    "dialog", "canvas", "audio", "video", "input", "textarea",
}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "body", "html", "ul", "ol", "li", "dl", "dt", "dd", "table", "pre", "blockquote",
    "figure",     "figcaption", "details", "summary", "address", "center", "fieldset", "hr", "thead", "tbody", "tr", "td", "th", *_HEADINGS,
}  # fmt: skip
_DEEPEST = 200  # nesting beyond this is an attack or an accident; its text is still kept, without structure


def html_to_markdown(text: str, _name: str) -> str:
    """The readable content of an HTML page or fragment."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            soup = BeautifulSoup(_closed(text), "html.parser")
        except ParserRejectedMarkup:
            raise DocumentError(
                'the page holds a declaration that no HTML parser reads ("<![").', hint="Take it out, or save the page again."
            ) from None
    lines = list(_block(soup, 0))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _closed(text: str) -> str:
    """The page without tags that its end cuts off: the parser would look for the end of each of them again and again."""
    whole, close, rest = text.rpartition(">")
    return whole + close + rest.partition("<!--")[0].replace("<", "&lt;")


def _shown(node: object) -> bool:
    if isinstance(node, PreformattedString):  # comments, declarations, CDATA: browsers show none of them
        return False
    if not isinstance(node, Tag):
        return True
    if node.name in _DROPPED:
        return False
    return not node.attrs or not is_hidden(_text_attributes(node), lambda: any(has_background(_text_attributes(p)) for p in node.parents))


def _words(node: Tag, between: str) -> str:
    """The shown text below a node, however deep, without recursion."""
    found: list[str] = []
    waiting: list[object] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Tag) and (one is node or _shown(one)):
            waiting += reversed(one.contents)
        elif isinstance(one, NavigableString) and _shown(one):
            found.append(str(one))
    return between.join(found)


def _text_attributes(node: Tag) -> dict[str, str]:
    return {key: str(node.attrs[key]) for key in ("hidden", "aria-hidden", "style", "bgcolor") if key in node.attrs}


def _block(node: Tag, depth: int) -> Iterator[str]:
    """Lines of a block element; runs of inline children become paragraphs."""
    if depth > _DEEPEST:
        yield from ("", _flat(_words(node, " ")), "")
        return
    run: list[str] = []
    for child in node.children:
        if not _shown(child):
            continue
        if isinstance(child, Tag) and _holds_blocks(child):
            yield from _paragraph(run)
            run = []
            yield from _element(child, depth + 1)
        else:
            run.append(_inline(child, depth + 1))
    yield from _paragraph(run)


def _holds_blocks(node: Tag) -> bool:
    return node.name in _BLOCKS or (
        node.name not in {"a", "code", "b", "strong", "em", "i", "span"} and node.find(list(_BLOCKS)) is not None
    )


def _paragraph(run: list[str]) -> Iterator[str]:
    text = _flat("".join(run))
    if text:
        yield from ("", text, "")


def _element(node: Tag, depth: int) -> Iterator[str]:
    if node.name in _HEADINGS:
        title = _flat("".join(_inline(child, depth) for child in node.children if _shown(child)))
        if title:
            yield from ("", f"{'#' * _HEADINGS[node.name]} {title}", "")
    elif node.name in {"ul", "ol"}:
        yield ""
        yield from _list(node, depth, 0)
        yield ""
    elif node.name == "table":
        yield ""
        yield from _table(node, depth)
        yield ""
    elif node.name == "pre":
        yield from ("", "```", _words(node, "").strip("\n").replace("```", "'''"), "```", "")
    elif node.name == "dt":
        yield from ("", f"**{_flat(_words(node, ' '))}**", "")
    else:
        yield from _block(node, depth)


def _list(node: Tag, depth: int, indent: int) -> Iterator[str]:
    for item in node.find_all("li", recursive=False):
        if not isinstance(item, Tag) or not _shown(item):
            continue
        own, nested = [], []
        for child in item.children:
            if isinstance(child, Tag) and child.name in {"ul", "ol"}:
                nested.append(child)
            elif _shown(child):
                own.append(_inline(child, depth + 1))
        text = _flat(" ".join(own) if any(isinstance(c, Tag) and c.name in _BLOCKS for c in item.children) else "".join(own))
        if text:
            yield f"{' ' * indent}- {text}"
        if depth < _DEEPEST:
            for child in nested:
                yield from _list(child, depth + 1, indent + 2)


def _table(node: Tag, depth: int) -> Iterator[str]:
    """A data table as a pipe table; one column, or a table that lays out the page, as paragraphs."""
    if node.find("table") is not None:
        yield from _block(node, depth)
        return
    rows = []
    first = node.find("tr")
    headed = isinstance(first, Tag) and (first.find("th") is not None or (first.parent is not None and first.parent.name == "thead"))
    for tr in node.find_all("tr"):
        cells = [_flat(_inline(cell, depth)).replace("|", "/") for cell in tr.find_all(["td", "th"], recursive=False) if _shown(cell)]
        if any(cells):
            rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        for row in rows:
            yield from ("", row[0], "")
        return
    bold = all(re.fullmatch(r"\*\*.+\*\*", cell) for cell in rows[0] if cell)
    if not headed and not bold:
        rows.insert(0, [])  # Markdown wants a header row: an empty one names nothing
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def _inline(node: object, depth: int) -> str:
    if isinstance(node, NavigableString):
        return str(node)
    if not isinstance(node, Tag) or not _shown(node):
        return ""
    if node.name == "br":
        return "\n"
    if depth > _DEEPEST:
        return _words(node, " ")
    inner = "".join(_inline(child, depth + 1) for child in node.children if _shown(child))
    if node.name in {"b", "strong"} and inner.strip():
        return f"**{inner.strip()}**" + (" " if inner.endswith(" ") else "")
    if node.name in {"code", "kbd", "tt"} and inner.strip() and "`" not in inner:
        return f"`{inner.strip()}`"
    if node.name == "sup" and inner.strip().isdigit():
        return f"^{inner.strip()}"
    return f" {inner} " if node.name in _BLOCKS else inner


def _flat(text: str) -> str:
    return " ".join(text.split())
