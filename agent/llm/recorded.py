"""Real answers kept in a folder, one file for each request, and given again to exactly that request.

A file says that it is recorded, when and how it was made, the request and the reply. There is no near match: a prompt or a document that
changed by one character is another request, and its answer is missing.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError

from agent.domain.base import Frozen
from agent.errors import InputError, WorkspaceError
from agent.llm.base import ChatModel, ChatReply, ChatRequest, ProviderError
from agent.llm.choose import Chosen
from agent.llm.prices import FREE

LABEL: Literal["recorded"] = "recorded"


class Transcript(Frozen):
    """One recorded answer: `made` says how ("read and answered by hand", a model's name), `date` when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Literal["recorded"] = LABEL
    key: str
    date: date
    made: str
    request: ChatRequest
    reply: ChatReply


class RecordedModel:
    """Replays a folder. A request that is not in it is missing: ProviderError, final, exit code 3. Raises InputError for no folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(f"{str(folder)!r} is no folder of recorded answers.", hint="Name one that is there.")
        self._folder = folder

    def complete(self, request: ChatRequest) -> ChatReply:
        file = self._folder / f"{request.key}.json"
        try:
            transcript = read_transcript(file)
        except FileNotFoundError:
            raise ProviderError(
                f"{str(self._folder)!r} holds no recorded answer to request {request.key[:16]!r} of {request.model!r}.",
                hint="Ask the model itself and record it, or use the prompts and documents it was recorded with.",
                final=True,
            ) from None
        if transcript.request != request:
            raise ProviderError(f"{str(file)!r} is the answer to another request.", hint="Record it again.", final=True)
        return transcript.reply


class RecordingModel:
    """Keeps every reply of a model in a folder as it comes. `made` and `day` go into each file."""

    def __init__(self, inner: ChatModel, folder: Path, made: str, day: date) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)  # before anything is asked: an answer that cannot be kept has been paid for
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise InputError(f"no answers can be kept in {str(folder)!r}: {error.strerror}.", hint="Name a folder to write in.") from None
        self._inner, self._folder, self._made, self._day = inner, folder, made, day

    def complete(self, request: ChatRequest) -> ChatReply:
        reply = self._inner.complete(request)
        transcript = Transcript(key=request.key, date=self._day, made=self._made, request=request, reply=reply)
        _write(self._folder, f"{request.key}.json", transcript.model_dump(mode="json"))
        return reply

    def close(self) -> None:
        closing = getattr(self._inner, "close", None)
        if closing is not None:
            closing()


def replayed(folder: Path, model: str) -> Chosen:
    """Recorded answers in the place of a model, PROVIDER:NAME, that is not asked. They cost nothing."""
    provider, _, name = model.partition(":")
    return Chosen(RecordedModel(folder), provider, name or provider, FREE)


def recording(chosen: Chosen, folder: Path, made: str, day: date) -> Chosen:
    """The same model, every reply of which is kept in a folder."""
    return Chosen(RecordingModel(chosen.model, folder, made, day), chosen.provider, chosen.name, chosen.price)


def read_transcript(file: Path) -> Transcript:
    """A transcript, checked against its own name. Raises FileNotFoundError, ProviderError where it is damaged."""
    try:
        transcript = Transcript.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise
    except (OSError, ValidationError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not in a transcript's form"
        raise ProviderError(f"{str(file)!r} cannot be read: {said}.", hint="Record it again.", final=True) from None
    if not transcript.key == transcript.request.key == file.stem:
        raise ProviderError(f"{str(file)!r} does not hold the request it is named for.", hint="Record it again.", final=True)
    return transcript


def _write(folder: Path, name: str, value: dict[str, Any]) -> None:
    """Written beside its place and moved there, so that a reader never meets half a file."""
    part: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8", newline="\n") as out:
            part = Path(out.name)
            out.write(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
        part.chmod(0o644)
        part.replace(folder / name)
    except OSError as error:
        with suppress(OSError):
            if part:
                part.unlink()
        raise WorkspaceError(
            f"{str(folder / name)!r} cannot be written: {error.strerror}.", hint="Free space or name another folder."
        ) from None
