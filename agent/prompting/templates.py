"""The templates of one task: `<task>/system.j2` and `<task>/user.j2`, with what they include."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.domain.base import sha256
from agent.errors import InputError

if TYPE_CHECKING:
    from jinja2 import Environment

_INCLUDES = re.compile(r"{%-?\s*(?:include|import|from|extends)\s+['\"]([^'\"]+)['\"]")
_PARTS = ("system.j2", "user.j2")


def prompts_folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


@dataclass(frozen=True)
class Prompt:
    """One task's templates. `sha256` names their version: it changes whenever the words of the prompt may."""

    task: str
    folder: Path

    @cached_property
    def sha256(self) -> str:
        """The hash of system, user and every file they include, each with its name. Reads files only: an unchanged run needs no more."""
        return sha256("".join(f"{name}\n{len(text)}\n{text}" for name, text in sorted(self._files().items())))

    def render(self, **variables: Any) -> tuple[str, str]:
        """System and user text. A variable that a template names and that is not given is an error (jinja2.UndefinedError).

        What a variable holds is put in as it is and never read as a template.
        """
        environment = _environment(self.folder)
        system, user = (environment.get_template(f"{self.task}/{part}").render(**variables).strip() for part in _PARTS)
        return system, user

    def _files(self) -> dict[str, str]:
        found: dict[str, str] = {}
        wanted = [f"{self.task}/{part}" for part in _PARTS]
        while wanted:
            name = wanted.pop()
            if name not in found:
                found[name] = _read(self.folder / name)
                wanted += _included(found[name])
        return found


@lru_cache(maxsize=32)
def prompt(task: str) -> Prompt:
    """The program's own templates of a task. Raises InputError, when they are read, where there are none."""
    return Prompt(task, prompts_folder())


def _included(text: str) -> Iterator[str]:
    return (match.group(1) for match in _INCLUDES.finditer(text))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise InputError(f"there is no prompt template {str(path)!r}.", hint="Install the package again.") from None


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
