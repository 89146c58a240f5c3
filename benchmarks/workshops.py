"""Made-up documentation of workshops: sections whose first sentence says what the artifact does, as many as wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

VERBS = ("sorts", "stacks", "weighs", "counts", "labels", "wraps", "dries", "paints", "drills", "measures")
THINGS = ("wooden trays", "copper pipes", "glass jars", "paper boxes", "brass hinges", "canvas bags", "oak boards", "clay tiles")
_FILLER = (
    "The worker at bench {n} reads the card before the next piece moves on, and the evening shift finds the count on the wall. "
    "A bell rings when bench {n} is empty, so that nobody has to walk back to look. "
)


def section(name: str, number: int) -> str:
    """One section of about 1,500 characters."""
    verb, thing = VERBS[number % len(VERBS)], THINGS[(number // len(VERBS) + number) % len(THINGS)]
    lead = f"{name} {verb} {number + 2} {thing} at bench {number} in one pass."
    return f"## Bench {number}\n\n{lead} {_FILLER.format(n=number) * 7}\n"


def workshop(folder: Path, slug: str, sections: int, related: Sequence[str] = ()) -> Path:
    """Write an artifact's folder; give it."""
    place, name = folder / slug, slug.replace("-", " ").title()
    place.mkdir(parents=True, exist_ok=True)
    more = f"related: [{', '.join(f'{{slug: {one}}}' for one in related)}]\n" if related else ""
    docs = "docs:\n- {file: guide.md, title: Guide}\n"
    (place / "artifact.yaml").write_text(f"slug: {slug}\nname: {name}\ntype: library\n{more}{docs}", encoding="utf-8")
    text = f"# {name}\n\n" + "\n".join(section(name, number) for number in range(sections))
    (place / "guide.md").write_text(text, encoding="utf-8")
    return place
