"""Markdown and HTML pages out of the views, through Jinja2 templates.

Both environments escape by default: HTML by autoescape, Markdown by `finalize`. The HTML is one file with its style and script
inside; a Content-Security-Policy admits exactly these two, by hash, and nothing from anywhere else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from agent.output import markdown_escape
from agent.output.clean import pieces

_TEMPLATES = Path(__file__).parent / "templates"


def markdown(template: str, **view: object) -> str:
    """A Markdown page of the template `<name>.md.j2`."""
    text = _markdown().get_template(f"{template}.md.j2").render(view)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") + "\n"


def html(template: str, **view: object) -> str:
    """A self-contained HTML page of the template `<name>.html.j2`."""
    style, script = _file("style.css"), _file("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = _html().get_template(f"{template}.html.j2")
    return page.render({**view, "style": Markup(style), "script": Markup(script), "policy": policy}).strip() + "\n"


@lru_cache(maxsize=1)
def _markdown() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        finalize=markdown_escape.escape,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("spoken", "quoted", "cell", "documents", "place", "refs", "cited", "running", "heading_anchor"):
        made.filters[name] = getattr(markdown_escape, name)
    made.filters["link"] = markdown_escape.link
    made.filters["run"] = markdown_escape.run
    made.filters["verbatim"] = markdown_escape.Markdown
    return made


@lru_cache(maxsize=1)
def _html() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["spoken"] = _spoken
    made.filters["spoken_lines"] = _spoken_lines
    return made


def _spoken(text: str) -> Markup:
    """A sentence, its back-ticked runs as code elements."""
    return Markup("").join(Markup("<code>{}</code>").format(piece) if kind == "code" else escape(piece) for kind, piece in pieces(text))


def _spoken_lines(text: str) -> Markup:
    """Text whose line ends stay, its back-ticked runs as code elements."""
    return Markup("\n").join(_spoken(line) for line in text.split("\n"))


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
