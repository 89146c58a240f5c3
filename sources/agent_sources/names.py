"""Names: of artifacts as slugs, of the files that describe them, and of the bundled ones. Nothing is parsed for them."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

MANIFEST_NAME = "artifact.yaml"
_PACKAGE = Path(__file__).parent


def bundled_folder() -> Path:
    """Where the bundled artifacts are: inside the installed package, else beside it in a checkout."""
    installed = _PACKAGE / "_catalog"
    return installed if installed.is_dir() else _PACKAGE.parent / "catalog"


def slugs_in(folder: Path) -> tuple[str, ...]:
    """The slugs of a catalogue's folder, in order: the names of its folders with a manifest."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if (entry / MANIFEST_NAME).is_file()))


def place_of(path: Path) -> str:
    """A file's or folder's full path as text that can be stored: bytes of a name that are no UTF-8 are written out (\\xe9)."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")


def kebab(name: str) -> str:
    """A name as a slug: ASCII letters and digits, lower case, joined by hyphens, at most 64 characters; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")
