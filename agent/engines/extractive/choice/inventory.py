"""Reference lists of tools, commands or plugins: how many of a subsection lead capabilities, and the sentence that names the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from agent.engines.extractive.choice.rank import INVENTORY
from agent.engines.extractive.statements.phrasing import small_first
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.roles import bare_title

__all__ = ["free_places", "others_of"]

_PLACES = 10  # of a page for a reference list: as many of a subsection as fall to it are free
_FEWEST, _MOST = 2, 10  # components that the sentence names
_NOUN = re.compile(
    r"\b(tools|commands|functions|methods|plugins|actions|operators|assertions|endpoints|hooks|skills|agents|metrics|modules)\b", re.I
)


def free_places(statements: Sequence[Statement]) -> int:
    """How many components of one subsection lead capabilities before those of others come first."""
    sections = Counter(s.section for s in statements if s.component and s.printed)
    return max(1, round(_PLACES / len(sections))) if sum(sections.values()) >= INVENTORY else _PLACES


def others_of(leader: Statement, statements: Sequence[Statement], leading: Collection[int]) -> Statement | None:
    """A sentence that names the components of the leader's subsection which lead nothing; None where there are too few."""
    if not leader.component:
        return None
    others = [
        s
        for s in statements
        if s.section == leader.section and s.component and s.printed and s.order not in leading and _alike(s.component, leader.component)
    ]
    names = list(dict.fromkeys(s.component for s in others if s.component))[:_MOST]
    title = re.sub(r"\s*\([^()]*\)", "", bare_title(leader.heading)).strip(" :")
    if not len(names) >= _FEWEST or not title or not re.fullmatch(r"[\w /&'-]{3,40}", title):
        return None
    noun = next((match[1].lower() for above in reversed(leader.heading_path) if (match := _NOUN.search(above))), None)
    if noun is None:
        return None
    group = f"The {small_first(title)}" if noun in title.lower() else f"The {small_first(title)} {noun}"
    printed = f"{group} also include {', '.join(names[:-1])} and {names[-1]}."
    named = [next(s for s in others if s.component == name) for name in names]
    spans = [_place(s) for s in named]
    first = spans[0]
    return replace(
        named[0], start=first[0], end=first[1], quote=first[2], printed=printed, composed=False, component=None, listed=tuple(spans[1:])
    )


def _alike(name: str, other: str) -> bool:
    """Whether two components are written alike; the parameters of tools are not."""
    return re.sub(r"[^\W_]+", "", name)[:1] == re.sub(r"[^\W_]+", "", other)[:1]


def _place(s: Statement) -> tuple[int, int, str]:
    """Where a component's name stands: the item above its description, or its own statement."""
    if s.composed and s.intro_span and s.intro_quote:
        return (*s.intro_span, s.intro_quote)
    return s.start, s.end, s.quote
