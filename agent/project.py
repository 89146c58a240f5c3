"""Which project a run belongs to: the nearest agent.toml upwards, and the workspace that goes with it. Imports nothing heavy."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from agent.errors import SettingsError, WorkspaceError

FILE_NAME = "agent.toml"
PREFIX = "AGENT_"
WORKSPACE_NAME = ".agent"
_APPLICATION = "capability-ledger"


def working_folder() -> Path:
    """The folder the run was started in. Raises WorkspaceError where it is gone."""
    try:
        return Path.cwd()
    except OSError as error:
        raise WorkspaceError(f"the current folder cannot be used: {error.strerror}.", hint="Change to one that is there.") from None


def nearest_file(folder: Path) -> Path | None:
    """The agent.toml of a folder, or of the nearest one above it."""
    for parent in (folder, *folder.parents):
        with suppress(OSError):  # a folder that may not be looked into has none for us
            if (parent / FILE_NAME).is_file():
                return parent / FILE_NAME
    return None


def values_of(file: Path) -> dict[str, Any]:
    """What an agent.toml says, unchecked. Raises SettingsError where it is not TOML or cannot be read."""
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = " ".join(str(error).split())
        raise SettingsError(f"{str(file)!r} is not TOML: {problem}.", hint='Write it as key = "value" lines.') from None
    except OSError as error:
        raise SettingsError(f"{str(file)!r} cannot be read: {error.strerror}.", hint="Check its permissions.") from None


def workspace_in(file: Path, value: object) -> Path:
    """The workspace an agent.toml names; a relative path counts from the file. Raises SettingsError."""
    if not isinstance(value, str) or not value:
        raise SettingsError(f"'workspace' is {value!r} ({file}): expected the path of a folder.", hint='Write workspace = "folder".')
    return file.parent / value


def default_workspace(file: Path | None) -> tuple[Path, str]:
    """The workspace where none is named, and why: beside the project's file, else in the user's data folder."""
    if file is not None:
        return file.parent / WORKSPACE_NAME, f"beside {file}"
    return _user_folder() / "workspace", "default: the user's data folder"


def workspace_of(given: str | Path | None, environment: Mapping[str, str]) -> Path:
    """The workspace of a run in this folder: option, environment, agent.toml, default; nothing else is looked at."""
    if given or environment.get(f"{PREFIX}WORKSPACE"):
        return Path(given or environment[f"{PREFIX}WORKSPACE"]).expanduser()
    file = nearest_file(working_folder())
    named = values_of(file).get("workspace") if file else None
    return workspace_in(file, named) if file and named is not None else default_workspace(file)[0]


def _user_folder() -> Path:
    from platformdirs import user_data_path

    folder = user_data_path(_APPLICATION, appauthor=False)
    # Without a home the path still begins with "~" or at the root; nothing of ours belongs there.
    if not folder.is_absolute() or (os.name == "posix" and os.environ.get("HOME") == "" and not os.environ.get("XDG_DATA_HOME")):
        raise WorkspaceError("there is no home folder to keep the workspace in.", hint="Name one: --workspace FOLDER or AGENT_WORKSPACE.")
    return folder
