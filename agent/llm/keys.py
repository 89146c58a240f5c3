"""Where a provider's key is found: the environment, else a file of the user's own that nobody else may read."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from agent.errors import InputError, SettingsError, WorkspaceError

_APPLICATION = "capability-ledger"
_FILE_NAME = "keys.json"
_LONGEST = 1_000  # characters of a key
_SHOWN = 4  # characters of a key that are ever shown
# What looks like a key or a part of one, in the words of a provider: OpenAI repeats a refused key with stars in its middle.
_KEY_LIKE = re.compile(r"\b(?:sk|pk|gsk|xai|rk|or)-[\w*.-]{6,}|\bAIza[\w*-]{10,}|(?i:(?<=bearer )\S+)")


class Keyring:
    """Keys by the name of their environment variable. The environment wins over the file."""

    def __init__(self, environment: Mapping[str, str] | None = None, file: Path | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self._file = file

    @property
    def file(self) -> Path:
        """The file, which need not exist. Raises WorkspaceError where there is no home folder."""
        return self._file or _user_file()

    def find(self, name: str) -> tuple[str, str] | None:
        """A key and where it came from ("environment" or the file's path). Raises SettingsError for a file others may read."""
        if value := self._environment.get(name, "").strip():
            return value, "environment"
        if value := self._stored().get(name, ""):
            return value, str(self.file)
        return None

    def set(self, name: str, value: str) -> None:
        """Keep a key in the file. Raises InputError for what is no key, WorkspaceError where the file cannot be written."""
        value = value.strip()
        if not value or len(value) > _LONGEST or not value.isascii() or not value.isprintable() or " " in value:
            raise InputError(
                f"what was given for {name} is no key.", hint="Expected one line of letters, digits and signs, without blanks."
            )
        self._write({**self._stored(), name: value})

    def stored(self) -> list[str]:
        """The names in the file."""
        return sorted(self._stored())

    def secrets(self, names: Iterable[str]) -> list[str]:
        """The values of these keys, for `scrubbed`: environment and file."""
        stored: dict[str, str] = {}
        with suppress(SettingsError, WorkspaceError):  # a file that cannot be read gave no key away
            stored = self._stored()
        return [value for name in names for value in (self._environment.get(name, "").strip(), stored.get(name, "")) if value]

    def _stored(self) -> dict[str, str]:
        try:
            file = self.file
        except WorkspaceError:
            return {}
        try:
            if sys.platform != "win32" and stat.S_IMODE(file.stat().st_mode) & 0o077:
                raise SettingsError(f"{str(file)!r} holds keys, and others may read it.", hint=f"Run: chmod 600 {str(file)!r}.")
            kept = json.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "it is not JSON"
            raise SettingsError(f"the keys in {str(file)!r} cannot be read: {said}.", hint="Remove it and set the keys again.") from None
        if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
            raise SettingsError(f"{str(file)!r} is no file of keys.", hint="Remove it and set the keys again.")
        return kept

    def _write(self, keys: dict[str, str]) -> None:
        """Written beside its place and moved there: never half a file, and never one that others could read for a moment."""
        file = self.file
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            number, name = tempfile.mkstemp(dir=file.parent, prefix=".keys-")  # made with mode 0600
            try:
                with os.fdopen(number, "w", encoding="utf-8") as out:
                    json.dump(keys, out, indent=1, sort_keys=True)
                Path(name).replace(file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise WorkspaceError(f"{str(file)!r} cannot be written: {error.strerror}.", hint="Set the key in the environment.") from None


def masked(value: str) -> str:
    """A key as it may be shown: its last four characters, of a long one only."""
    return "…" + value[-_SHOWN:] if len(value) >= 5 * _SHOWN else "…"


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """A provider's words without any key: whole keys by their value, parts of keys by their form."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) > _SHOWN:
            text = text.replace(secret, "[key]")
    return _KEY_LIKE.sub("[key]", text)


def said_by(error: Any, secrets: Iterable[str]) -> str:
    """An error's own words on one line, short, without keys."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    message = inner.get("message") if isinstance(inner, dict) else None
    words = " ".join(scrubbed(str(message or error), secrets).split())
    return words[:200].rstrip(".") or type(error).__name__


def _user_file() -> Path:
    from platformdirs import user_config_path

    folder = user_config_path(_APPLICATION, appauthor=False)
    if not folder.is_absolute():  # "~" stays where there is no home
        raise WorkspaceError("there is no home folder to keep keys in.", hint="Set the key in the environment.")
    return folder / _FILE_NAME
