"""A model server on this machine, found and offered; it is used only where a setting names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

HOST, PORT = "127.0.0.1", 11434
"""Where Ollama listens, unless told otherwise."""

_SECONDS = 0.5  # a server on this machine answers at once
_MOST = 1_000_000  # bytes


def local_models(get: Callable[[str], bytes] | None = None) -> list[str] | None:
    """The names of the models an Ollama server on this machine has, None where there is none. `get` fetches a path of it."""
    try:
        answer = json.loads((get or _get)("/api/tags"))
        return [str(model["name"]) for model in answer["models"]]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return None


def _get(path: str) -> bytes:
    connection = HTTPConnection(HOST, PORT, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().read(_MOST)
    finally:
        connection.close()
