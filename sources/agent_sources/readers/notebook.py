"""Jupyter notebooks: Markdown cells as they are, code cells as fenced blocks, outputs left out."""

from __future__ import annotations

import json
import re

from agent.errors import DocumentError


def notebook_to_markdown(text: str, name: str) -> str:
    """The text of a notebook (nbformat 3 or 4), cells separated by a blank line."""
    try:
        notebook = json.loads(text)
        sheets = notebook.get("worksheets") or [notebook]
        cells = [cell for sheet in sheets for cell in sheet["cells"]]
        parts = [_cell(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DocumentError(f"{name!r} is not a notebook: no list of cells in it.", hint="Save it again with Jupyter.") from None
    return "\n\n".join(part for part in parts if part) + "\n"


def _cell(cell: dict[str, object]) -> str:
    source = cell.get("source", cell.get("input", ""))
    body = "".join(str(line) for line in source) if isinstance(source, list) else str(source)
    body = body.replace("\r\n", "\n").strip("\n")
    if not body.strip():
        return ""
    if cell["cell_type"] == "markdown":
        return body
    if cell["cell_type"] == "heading":
        return f"{'#' * int(str(cell.get('level', 1)))} {body}"
    if cell["cell_type"] == "code":
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", body))])
        return f"{fence}python\n{body}\n{fence}"
    return ""
