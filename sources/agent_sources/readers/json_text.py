"""JSON documents: keys become headings, prose strings paragraphs, short values list items."""

from __future__ import annotations

import json
from collections.abc import Iterator

from agent.errors import DocumentError

_PROSE_WORDS = 6  # a string of this many words reads as prose, not as a value
_MOST_ITEMS = 40  # longer lists are data, not documentation: only their length is told
_DEEPEST = 6  # Markdown has no deeper headings


def json_to_markdown(text: str, name: str) -> str:
    """The readable content of a JSON document, in its own order."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name!r} is not JSON: {error}.", hint="Check it with: python -m json.tool.") from None
    return "\n".join(_lines(value, 1)).strip() + "\n"


def _lines(value: object, level: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _mapping(value, level)
    elif isinstance(value, list):
        if len(value) > _MOST_ITEMS:
            yield f"- {len(value)} entries"
            return
        for item in value:
            if isinstance(item, dict | list):
                yield from _lines(item, level)
                yield ""
            else:
                yield f"- {_flat(item)}"
    else:
        yield _flat(value)


def _mapping(value: dict[str, object], level: int) -> Iterator[str]:
    nested = []
    for key, item in value.items():
        if isinstance(item, str) and len(item.split()) >= _PROSE_WORDS:
            yield from ("", f"{'#' * min(level, _DEEPEST)} {key}", "", item.strip(), "")
        elif isinstance(item, dict | list):
            nested.append((key, item))
        elif item not in (None, ""):
            yield f"- {key}: {_flat(item)}"
    for key, item in nested:
        yield from ("", f"{'#' * min(level, _DEEPEST)} {key}", "")
        if level < 4 * _DEEPEST:
            yield from _lines(item, level + 1)


def _flat(value: object) -> str:
    return " ".join(str(value).split())
