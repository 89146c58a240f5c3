"""From what a user types to one artifact: slug, then name or exact synonym, then variant; else suggestions."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

from agent.domain.artifact import Manifest
from agent.errors import UnknownArtifact

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_ALIKE = 70  # of 100: below, a suggestion is a distraction


def is_path(argument: str) -> bool:
    """Whether an argument is a path: it has a separator, a leading dot or an extension."""
    return "/" in argument or "\\" in argument or argument.startswith(".") or bool(_EXTENSION.search(argument))


def folded_name(name: str) -> str:
    """A name for comparison: case, width and the kind of separators do not count."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_-]+", " ", plain).strip()


def named(wanted: str, manifests: Iterable[Manifest]) -> tuple[str, str]:
    """The slug of the artifact that carries a name, and a note where the name is that of a variant (else "").

    Raises UnknownArtifact where none does, with the nearest names, or where several do.
    """
    everything = list(manifests)
    key = folded_name(wanted)
    exact = sorted({m.slug for m in everything if key in map(folded_name, (m.slug, *m.names()))})
    if exact:
        return _only(wanted, exact), ""
    variants = sorted({m.slug for m in everything if key in map(folded_name, m.variants)})
    if variants:
        slug = _only(wanted, variants)
        return slug, f"{wanted!r} is a variant; its record is {slug!r}."
    raise UnknownArtifact(f"no artifact is called {wanted!r}.", hint=_suggestion(wanted, everything))


def _only(wanted: str, slugs: list[str]) -> str:
    if len(slugs) > 1:
        raise UnknownArtifact(f"{wanted!r} names {len(slugs)} artifacts: {', '.join(slugs)}.", hint="Give the slug of one.")
    return slugs[0]


def _suggestion(wanted: str, manifests: list[Manifest]) -> str:
    from rapidfuzz import fuzz, process

    if is_path(wanted):
        return "There is no such file or folder either; `agent artifacts list` shows what there is."
    if os.path.exists(wanted):  # noqa: PTH110  False too for a name that is too long for a file
        return f"For the file or folder of that name give './{wanted}'."
    names = {folded_name(name): m.slug for m in manifests for name in (*m.variants, *m.names(), m.slug)}
    near = process.extract(folded_name(wanted), names.keys(), scorer=fuzz.WRatio, limit=8, score_cutoff=_ALIKE)
    slugs = list(dict.fromkeys(names[name] for name, _, _ in near))[:3]
    return (
        f"Did you mean {' or '.join(map(repr, slugs))}?"
        if slugs
        else "`agent artifacts list` shows what there is; `agent ingest` adds more."
    )
