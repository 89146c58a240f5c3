"""Where a result goes: standard output, or a file that is either the old one or the whole new one."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from agent.cli.session import Session
from agent.errors import InputError, WorkspaceError
from agent.output.options import CAPABILITIES, Format, PageOptions

_BY_EXTENSION: dict[str, Format] = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json"}
# Characters that JSON may hold raw and a terminal would obey.
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Target:
    """A format and a place, checked before any work is done."""

    format: Format
    path: Path | None

    def write(self, text: str, session: Session) -> None:
        """Put the result where it belongs. Raises WorkspaceError where the file cannot be written."""
        session.end_progress()
        if self.path is None:
            sys.stdout.write(text)
            sys.stdout.flush()
            return
        _replace(self.path, text)
        session.note(f"Wrote {self.path}.")

    def page_options(self, session: Session, *, limit: int | None = CAPABILITIES, review: bool = False) -> PageOptions:
        """What this target's page looks like."""
        return PageOptions(
            limit=limit,
            review=review,
            full_quotes=session.verbose,
            whole=self.format == "html",
            openings=self.format == "markdown",
            width=shutil.get_terminal_size((80, 24)).columns if self._on_terminal else 80,
            colour=self._on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        )

    @property
    def _on_terminal(self) -> bool:
        return self.path is None and sys.stdout.isatty()


def target(chosen: str | None, output: Path | None, formats: tuple[str, ...], default: Format = "table") -> Target:
    """The target that --format and --output ask for, `default` where neither says. Raises InputError for a place that cannot be."""
    if output is not None:
        if output.is_dir():
            raise InputError(f"--output {str(output)!r} is a folder.", hint="Name a file in it.")
        if not output.parent.is_dir():
            raise InputError(f"--output {str(output)!r}: there is no folder {str(output.parent)!r}.", hint="Make it first.")
    named = _BY_EXTENSION.get(output.suffix.lower()) if output else None
    if chosen is None:
        return Target(named if named in formats else default, output) if named else Target(default, output)
    made: dict[str, Format] = {"table": "table", "markdown": "markdown", "html": "html", "json": "json"}
    return Target(made[chosen], output)


def as_json(value: object) -> str:
    """A value as indented JSON; models as their JSON form."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    return _STEERING.sub(lambda m: f"\\u{ord(m.group()):04x}", text) + "\n"


def render(target: Target, value: object, views: dict[Format, Callable[[], str]]) -> str:
    """The value in the target's format; `views` make all but the JSON."""
    return as_json(value) if target.format == "json" else views[target.format]()


def _replace(path: Path, text: str) -> None:
    """Write a file as a whole; what a link leads to is replaced, not the link. A device or a pipe is written to, and stays what it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        place = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WorkspaceError(f"--output {str(path)!r} cannot be written: {error.strerror}.", hint="Choose another place.") from error


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
