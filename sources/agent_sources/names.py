"""Names as slugs."""

from __future__ import annotations

import re
import unicodedata


def kebab(name: str) -> str:
    """A name as a slug: ASCII letters and digits, lower case, joined by hyphens, at most 64 characters; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")
