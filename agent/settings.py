"""Settings: one frozen value made of defaults, the nearest agent.toml, the environment and options, each stronger than the one before.

Plain pydantic with the sources merged here: every value has to say where it came from, and start-up has to stay short.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError

from agent.errors import SettingsError

FILE_NAME = "agent.toml"
PREFIX = "AGENT_"
WORKSPACE_NAME = ".agent"
_APPLICATION = "capability-ledger"


class Settings(BaseModel):
    """What a run is made with. `as_of` None is the catalogue's own date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: Path
    engine: Literal["extractive"] = "extractive"
    embedder: Literal["wordllama"] = "wordllama"
    as_of: date | None = None

    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    def origins(self) -> dict[str, str]:
        """Where each value came from: "default", the path of agent.toml, the name of an environment variable or option."""
        return {name: self._origins.get(name, "default") for name in type(self).model_fields}


def load_settings(
    options: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings of a run started in a folder. Options that are None count as not given.

    Raises SettingsError for an unknown key, a value of the wrong kind, and an agent.toml that is not TOML.
    """
    environment = os.environ if environment is None else environment
    folder = folder or Path.cwd()
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    file = _nearest(folder)
    if file is not None:
        for key, value in _of_file(file).items():
            values[key] = file.parent / str(value) if key == "workspace" else value
            origins[key] = str(file)
    for key in Settings.model_fields:
        variable = PREFIX + key.upper()
        if environment.get(variable):
            values[key], origins[key] = environment[variable], f"environment {variable}"
    for key, value in (options or {}).items():
        if value is not None:
            values[key], origins[key] = value, f"option --{key.replace('_', '-')}"
    if "workspace" not in values:
        values["workspace"] = file.parent / WORKSPACE_NAME if file else _user_folder()
        origins["workspace"] = f"beside {file}" if file else "default: the user's data folder"
    return _checked(values, origins)


def _checked(values: dict[str, Any], origins: dict[str, str]) -> Settings:
    try:
        settings = Settings.model_validate({**values, "workspace": Path(str(values["workspace"])).expanduser().absolute()})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        key = str(problem["loc"][0])
        place = origins.get(key, "default")
        if problem["type"] == "extra_forbidden":
            from rapidfuzz import process

            known = list(Settings.model_fields)
            raise SettingsError(
                f"{place} has an unknown setting {key!r}.", hint=f"Did you mean {process.extractOne(key, known)[0]!r}?"
            ) from None
        expected = problem["msg"][:1].lower() + problem["msg"][1:]
        raise SettingsError(f"{key!r} is {problem['input']!r} ({place}): {expected}.", hint="See: agent config show.") from None
    settings._origins.update(origins)
    return settings


def _nearest(folder: Path) -> Path | None:
    for parent in (folder, *folder.parents):
        if (parent / FILE_NAME).is_file():
            return parent / FILE_NAME
    return None


def _of_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{str(file)!r} is not TOML: {error}.", hint='Write it as key = "value" lines.') from None
    except OSError as error:
        raise SettingsError(f"{str(file)!r} cannot be read: {error.strerror}.", hint="Check its permissions.") from None


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(_APPLICATION, appauthor=False) / "workspace"
