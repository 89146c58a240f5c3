"""Makes a folder a project: agent.toml, a workspace of its own, and a .gitignore that leaves the workspace out."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from agent.errors import InputError, WorkspaceError
from agent.project import FILE_NAME
from agent.store.workspace import MARKER

IGNORE = ".gitignore"
_WIDTH = 100
_HEAD = """\
# Settings of the `agent` command for this folder and those below it. Stronger, in this order: options, then environment variables
# (AGENT_ENGINE and so on). `agent config show` prints each value and where it came from.
# A line without the mark in front of it takes effect; as they stand, the lines show the defaults.
"""

State = Literal["made", "added to", "was there", "not needed"]


@dataclass(frozen=True)
class Key:
    """A setting as agent.toml shows it. `example` True: there is no default, and the value only shows the form."""

    name: str
    description: str
    value: Any
    example: bool = False


def toml_text(keys: Sequence[Key]) -> str:
    """A new agent.toml: every setting with what it does, commented out at its default."""
    parts = [_HEAD]
    for key in keys:
        said = key.description + (" An example:" if key.example else "")
        parts.append("\n".join(f"# {line}" for line in textwrap.wrap(said, _WIDTH)) + f"\n# {key.name} = {_toml(key.value)}\n")
    return "\n".join(parts)


def init(folder: Path, keys: Sequence[Key], workspace: Path, opened: Callable[[], object]) -> list[tuple[Path, State]]:
    """Write what a project needs and is not there yet. Returns each place with what was done.

    `opened` makes and opens `workspace`, the folder's own. What stands in the way is refused before anything is written. Raises
    InputError and WorkspaceError.
    """
    file, ignore = folder / FILE_NAME, folder / IGNORE
    _refuse_what_is_in_the_way(folder, (file, ignore), workspace)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = (workspace / MARKER).exists()
        opened()
        return [
            (file, _written(file, toml_text(keys))),
            (workspace, "was there" if there else "made"),
            (ignore, _ignored(ignore, workspace)),
        ]
    except OSError as error:
        raise WorkspaceError(f"{error.filename!r} cannot be written: {error.strerror}.", hint="Check its permissions.") from None


def _refuse_what_is_in_the_way(folder: Path, files: Sequence[Path], workspace: Path) -> None:
    for path in (folder, *folder.absolute().parents):
        if path.exists() and not path.is_dir():
            raise InputError(f"{str(path)!r} is a file.", hint="Name a folder.")
    for path in files:
        if (path.is_symlink() and not path.exists()) or (path.exists() and not path.is_file()):
            raise InputError(f"{str(path)!r} is there and is not a file.", hint="Rename it, or choose another folder.")
    others = workspace.exists() and (not workspace.is_dir() or any(workspace.iterdir()))
    if others and not (workspace / MARKER).exists():
        raise InputError(
            f"{str(workspace)!r} is there and is not a workspace of this program.", hint="Rename it, or choose another folder."
        )


def _written(file: Path, text: str) -> State:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return "was there"
    return "made"


def _ignored(ignore: Path, workspace: Path) -> State:
    """Add the workspace to .gitignore, where it lies in that folder and no line names it."""
    try:
        name = workspace.resolve().relative_to(ignore.parent.resolve()).as_posix()
    except ValueError:
        return "not needed"
    there = ignore.exists()
    before = ignore.read_bytes() if there else b""
    if name.encode() in {line.strip().strip(b"/") for line in before.splitlines()}:
        return "was there"
    end = b"\r\n" if b"\r\n" in before else b"\n"
    with ignore.open("ab") as stream:
        stream.write((end if before and not before.endswith(b"\n") else b"") + f"/{name}/".encode() + end)
    return "added to" if there else "made"


def _toml(value: object) -> str:
    """A setting's value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float | date) else json.dumps(str(value), ensure_ascii=False)
