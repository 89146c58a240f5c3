"""reStructuredText: read by docutils, written as Markdown; directives that only include or link are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import Reporter

from agent.errors import DocumentError

# Sphinx markup that plain docutils does not know: a role keeps its text, a cross-reference directive is dropped.
_ROLE = re.compile(r":[\w:+.-]+:`~?([^`<]+?)\s*(?:<[^`>]*>)?`")
_DROPPED_DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+(?:toctree|auto\w+|currentmodule|module|contents|include|literalinclude|raw|image|figure|highlight|"
    r"tabularcolumns|index|only|meta|thumbnail|video|youtube)::.*\n(?:(?:(?P=indent)[ \t]+.*)?\n)*",
    re.M,
)
_UNWRAPPED_DIRECTIVE = re.compile(
    r"^[ \t]*\.\.[ \t]+(?:tabs?|tab-set|tab-item|grid|grid-item|grid-item-card|card|dropdown|group-tab)::.*$", re.M
)
# docutils replaces without end, and twice as much with each step, where substitutions name each other.
_SUBSTITUTION = re.compile(r"^([ \t]*\.\.[ \t]+\|[^|\n]+\|[ \t]+replace::)(.*(?:\n[ \t]+\S.*)*)$", re.M)
_SETTINGS = {
    "report_level": Reporter.SEVERE_LEVEL + 1,
    "halt_level": Reporter.SEVERE_LEVEL + 1,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "doctitle_xform": False,
    "_disable_config": True,
    "syntax_highlight": "none",
    "warning_stream": False,
    "line_length_limit": 10_000_000,
}


def rst_to_markdown(text: str, name: str) -> str:
    """The text of an rst document as Markdown."""
    source = _UNWRAPPED_DIRECTIVE.sub("", _DROPPED_DIRECTIVE.sub("\n", text + "\n"))
    source = _SUBSTITUTION.sub(lambda found: found[1] + found[2].replace("|", ""), _ROLE.sub(r"\1", source))
    try:
        tree = publish_doctree(source, settings_overrides=_SETTINGS)
    except Exception as error:  # docutils raises what it meets: KeyError, IndexError, AssertionError ...
        raise DocumentError(
            f"{name!r} cannot be read as reStructuredText: {' '.join(str(error).split())[:160]}.", hint="Check it with docutils."
        ) from None
    lines = "\n".join(line for node in tree.children for line in _block(node, 1))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _block(node: nodes.Node, level: int) -> Iterator[str]:
    if isinstance(node, nodes.section):
        for child in node.children:
            yield from _block(child, level + (0 if isinstance(child, nodes.title) else 1))
    elif isinstance(node, nodes.title):
        yield from ("", f"{'#' * min(level, 6)} {_inline(node)}", "")
    elif isinstance(node, nodes.paragraph):
        yield from ("", _inline(node), "")
    elif isinstance(node, nodes.literal_block | nodes.doctest_block):
        yield from ("", "```", node.astext(), "```", "")
    elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
        yield ""
        yield from _list(node, 0)
        yield ""
    elif isinstance(node, nodes.definition_list_item):
        term = " ".join(_inline(c) for c in node.children if isinstance(c, nodes.term))
        yield from ("", f"**{term}**", "")
        for child in node.children:
            if isinstance(child, nodes.definition):
                yield from _block(child, level)
    elif isinstance(node, nodes.table):
        yield from _table(node)
    elif isinstance(node, nodes.comment | nodes.system_message | nodes.target | nodes.substitution_definition | nodes.image):
        return
    elif isinstance(node, nodes.Element):
        for child in node.children:
            yield from _block(child, level)


def _list(node: nodes.Element, indent: int) -> Iterator[str]:
    for item in node.children:
        first = True
        for child in item.children:
            if isinstance(child, nodes.bullet_list | nodes.enumerated_list):
                yield from _list(child, indent + 2)
            else:
                text = _inline(child) if isinstance(child, nodes.TextElement) else " ".join(child.astext().split())
                yield f"{' ' * indent}{'- ' if first else '  '}{text}"
                first = False


def _table(node: nodes.table) -> Iterator[str]:
    rows = [
        [_inline(entry).replace("|", "/") for entry in row.children if isinstance(entry, nodes.entry)] for row in node.findall(nodes.row)
    ]
    width = max((len(row) for row in rows), default=0)
    yield ""
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if number == 0:
            yield "|" + " --- |" * width
    yield ""


def _inline(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, nodes.image | nodes.system_message | nodes.footnote_reference | nodes.citation_reference):
        return ""
    text = "".join(_inline(child) for child in node.children)
    if isinstance(node, nodes.strong):
        text = f"**{text}**"
    elif isinstance(node, nodes.literal) and "`" not in text:
        text = f"`{text}`"
    elif isinstance(node, nodes.problematic):
        text = node.astext().strip("`_|")
    return " ".join(text.split()) if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline) else text
