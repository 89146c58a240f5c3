"""Styles: one template of macros each. The only place that knows which there are and how wordings vary."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

NEUTRAL = "neutral"
_FOLDER = Path(__file__).parent / "templates"


@cache
def _template(style: str) -> Template:
    made = Environment(loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    made.filters["listed"] = listed
    made.filters["capital"] = capital
    made.filters["small"] = lambda text: text[:1].lower() + text[1:]
    return made.get_template(f"{style}.j2")


@dataclass
class Wording:
    """A style's words for one page. Which of several wordings comes first is decided by `salt`; then they take turns."""

    style: str
    salt: str
    _turns: dict[str, int] = field(default_factory=dict)

    def __call__(self, macro: str, *arguments: Any) -> str:
        """The text of a macro, on one line."""
        module = _template(self.style).make_module({"vary": self._vary})
        return " ".join(str(getattr(module, macro)(*arguments)).split())

    def opening(self, macro: str) -> str:
        """An opening with the space after it, or nothing."""
        text = self(macro)
        return f"{text} " if text else ""

    def chance(self, key: str, of: int) -> bool:
        """One time in `of`, always the same for the same page and key."""
        return self._number(key) % of == 0

    def _vary(self, key: str, wordings: Sequence[str]) -> str:
        turn = self._turns.get(key, self._number(key))
        self._turns[key] = turn + 1
        return wordings[turn % len(wordings)]

    def _number(self, key: str) -> int:
        return int(hashlib.sha256(f"{self.salt}\n{key}".encode()).hexdigest()[:8], 16)


def listed(values: Sequence[str]) -> str:
    """ "a, b and c"; with semicolons where a part has a comma of its own."""
    if len(values) == 1:
        return values[0]
    mark = "; " if any("," in value for value in values) else ", "
    return f"{mark.join(values[:-1])} and {values[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
