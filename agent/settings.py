"""Settings: one frozen value made of defaults, the nearest agent.toml, the environment and options, each stronger than the one before.

Plain pydantic with the sources merged here: every value has to say where it came from, and start-up has to stay short.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator

from agent.errors import SettingsError
from agent.llm.providers import parse_model
from agent.project import FILE_NAME, PREFIX, WORKSPACE_NAME, default_workspace, nearest_file, values_of, working_folder, workspace_in
from agent_vectorstore.embedders import problem_of

__all__ = ["FILE_NAME", "PREFIX", "WORKSPACE_NAME", "Settings", "load_settings"]

_SHOWN = 60  # characters of a wrong value that are repeated to the user


class Settings(BaseModel):
    """What a run is made with. `as_of` None is the catalogue's own date. A field's description stands above it in a new agent.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: Path = Field(description="The folder with the database, counted from this file.", examples=[WORKSPACE_NAME])
    engine: Literal["auto", "extractive", "llm"] = Field(
        "auto", description="What proposes capabilities; auto is the language model where one is named, else the extractive engine."
    )
    model: str | None = Field(
        None, description="The language model, PROVIDER:NAME. Without it none is ever asked.", examples=["openai:MODEL"]
    )
    model_url: str | None = Field(
        None, description="The model's server; without it, OPENAI_BASE_URL or the provider's own.", examples=["http://127.0.0.1:8000/v1"]
    )
    timeout: float = Field(300.0, gt=0, le=86_400, allow_inf_nan=False, description="Seconds to wait for one answer of the model.")
    concurrency: int | None = Field(
        None, ge=1, le=1_000, description="The most calls to the model at once; without it, as many as its provider takes.", examples=[8]
    )
    requests_per_minute: int | None = Field(None, ge=1, description="The most calls to the model in a minute.", examples=[500])
    tokens_per_minute: int | None = Field(None, ge=1, description="The most tokens to and from the model in a minute.", examples=[200_000])
    capabilities: int = Field(14, ge=1, le=100, description="The most capabilities the language model is to tell of one artifact.")
    embedder: str = Field("wordllama", description="What turns passages into vectors.")
    embedder_url: str | None = Field(
        None, description="The server that embeds; without it, the provider's own.", examples=["http://127.0.0.1:8000/v1"]
    )
    as_of: date | None = Field(
        None, description="The day scores are measured at; without it, the catalogue's own date.", examples=[date(2026, 1, 31)]
    )
    lock_wait: float = Field(
        30.0, ge=0, le=3600, allow_inf_nan=False, description="Seconds to wait while another process writes to the workspace."
    )

    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    @field_validator("as_of", mode="before")
    @classmethod
    def _a_date(cls, value: object) -> object:
        if isinstance(value, int | float):  # pydantic would count seconds since 1970
            raise ValueError("input should be a date like 2026-01-31")
        return value

    @field_validator("embedder")
    @classmethod
    def _is_an_embedder(cls, value: str) -> str:
        if problem := problem_of(value):
            raise ValueError(problem)
        return value

    @field_validator("model")
    @classmethod
    def _is_a_model(cls, value: str | None) -> str | None:
        if value is not None:
            parse_model(value)
        return value

    @field_validator("embedder_url", "model_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("input should be an http or https address")
        try:
            host = None if value is None else urlsplit(value).hostname
        except ValueError:
            host = None
        if value is not None and not host:
            raise ValueError("input should be an address with a host")
        if value is not None and "@" in value.split("/")[2]:
            raise ValueError("input should be an address without a name and password; a key stands in the environment")
        return value

    @property
    def uses_model(self) -> bool:
        """Whether a language model proposes: one is named, and the engine is not the extractive one."""
        return self.engine != "extractive" and self.model is not None

    def origins(self) -> dict[str, str]:
        """Where each value came from: "default", the path of agent.toml, the name of an environment variable or option."""
        return {name: self._origins.get(name, "default") for name in type(self).model_fields}


def load_settings(
    options: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings of a run started in a folder. Options that are None count as not given.

    Raises SettingsError for an unknown key, a value of the wrong kind, and an agent.toml that is not TOML; WorkspaceError where there is
    no folder for the workspace.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    file = nearest_file(folder or working_folder())
    if file is not None:
        for key, value in values_of(file).items():
            values[key] = workspace_in(file, value) if key == "workspace" else value
            origins[key] = str(file)
    for key in Settings.model_fields:
        variable = PREFIX + key.upper()
        if environment.get(variable):
            values[key], origins[key] = environment[variable], f"environment {variable}"
    for key, value in (options or {}).items():
        if value is not None:
            values[key], origins[key] = value, f"option --{key.replace('_', '-')}"
    if "workspace" not in values:
        values["workspace"], origins["workspace"] = default_workspace(file)
    return _checked(values, origins)


def _checked(values: dict[str, Any], origins: dict[str, str]) -> Settings:
    try:
        settings = Settings.model_validate({**values, "workspace": _absolute(values["workspace"], origins["workspace"])})
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
        expected = problem["msg"].removeprefix("Value error, ")
        expected = expected[:1].lower() + expected[1:]
        end = "" if expected.endswith("?") else "."
        given = re.sub(r"//[^/@]*@", "//…@", repr(problem["input"]))  # a password is not repeated
        given = given if len(given) <= _SHOWN else given[: _SHOWN - 1] + "…"
        raise SettingsError(f"{key!r} is {given} ({place}): {expected}{end}", hint="See: agent config show.") from None
    if settings.engine == "llm" and settings.model is None:
        raise SettingsError(
            f"'engine' is 'llm' ({origins['engine']}), and no model is named.",
            hint="Name one: --model PROVIDER:NAME or AGENT_MODEL.",
        )
    settings._origins.update(origins)
    return settings


def _absolute(workspace: object, place: str) -> Path:
    try:
        return Path(str(workspace)).expanduser().absolute()
    except RuntimeError:  # "~" of nobody
        raise SettingsError(
            f"'workspace' is {str(workspace)!r} ({place}), and there is no such home folder.", hint="Name it in full."
        ) from None
