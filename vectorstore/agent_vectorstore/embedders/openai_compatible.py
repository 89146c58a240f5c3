"""Embeddings of OpenAI, or of any server that answers as it does."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agent.errors import AgentError, IncompleteError, SettingsError
from agent_vectorstore.embedders.base import LONGEST, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tenacity import RetryCallState

KEY = "OPENAI_API_KEY"
_BATCH = 128  # texts a request: at most about 64,000 tokens, well under what servers allow
_ATTEMPTS = 5
_LONGEST_WAIT = 30.0  # seconds
_SECONDS = 60.0  # one request
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504, 529})


class OpenAIEmbedder:
    """A model behind the embeddings endpoint. `url` is the server's base (".../v1"); without it OpenAI's own.

    `sleep` waits between attempts. The id names the server where it is not OpenAI's: the same name may be another model there.
    """

    def __init__(self, model: str, url: str | None = None, sleep: Callable[[float], None] | None = None) -> None:
        self.model = model
        self.url = url
        self.id = f"openai/{model}" if url is None else f"openai/{urlsplit(url).netloc or url}/{model}"
        self._sleep = sleep

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), dimensions); a blank text gives a zero vector and is not sent.

        Raises SettingsError where key or model are refused, IncompleteError where the server does not answer, or not as it should.
        """
        import numpy as np

        sent = [(row, text[:LONGEST]) for row, text in enumerate(texts) if text.strip()]
        found: list[list[float]] = []
        for at in range(0, len(sent), _BATCH):
            found += self._answered([text for _, text in sent[at : at + _BATCH]])
        if len({len(vector) for vector in found}) > 1:
            raise self._wrong("vectors of different lengths")
        result = np.zeros((len(texts), len(found[0]) if found else 0), dtype=np.float32)
        if found:
            result[[row for row, _ in sent]] = found
        if not np.isfinite(result).all():
            raise self._wrong("a vector that holds no finite number")
        return unit(result)

    def _answered(self, texts: list[str]) -> list[list[float]]:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        options: dict[str, Any] = {} if self._sleep is None else {"sleep": self._sleep}
        attempts = Retrying(stop=stop_after_attempt(_ATTEMPTS), retry=retry_if_exception(_passing), wait=_wait, reraise=True, **options)
        try:
            # Floats, because servers that answer like OpenAI often know no base64.
            answer = attempts(self._client.embeddings.create, model=self.model, input=texts, encoding_format="float")
        except AgentError:
            raise
        except Exception as error:
            raise self._explained(error) from error
        vectors = [one.embedding for one in sorted(answer.data or [], key=lambda one: one.index)]
        if len(vectors) != len(texts) or not all(vectors):
            raise self._wrong(f"{len(vectors)} vectors for {len(texts)} texts")
        return vectors

    @cached_property
    def _client(self) -> Any:
        from openai import OpenAI

        key = os.environ.get(KEY, "").strip()
        if not key and self.url is None:
            raise SettingsError(f"'embedder' is 'openai:{self.model}', and {KEY} is not set.", hint="Set it, or choose another embedder.")
        # No retries of the SDK's own: they would multiply with ours.
        return OpenAI(api_key=key or "none", base_url=self.url, max_retries=0, timeout=_SECONDS)

    def _explained(self, error: Exception) -> AgentError:
        """What the user can do about a failed request, in one line."""
        status, said = getattr(error, "status_code", None), _said(error)
        if status in (401, 403):
            return SettingsError(f"{self._place} refuses the key in {KEY}: {said}.", hint="Check the key.")
        if status in (400, 404, 422):
            return SettingsError(f"{self._place} refuses the embedder 'openai:{self.model}': {said}.", hint="Check the model's name.")
        if _out_of_quota(error):
            return IncompleteError(f"{self._place} has no quota left for {self.model!r}: {said}.", hint="What was embedded is kept.")
        return IncompleteError(
            f"{self._place} did not embed with {self.model!r}: {said}.", hint="Try again later; what was embedded is kept."
        )

    def _wrong(self, what: str) -> IncompleteError:
        return IncompleteError(
            f"{self._place} answered {self.model!r} with {what}.", hint="It does not speak OpenAI's embeddings protocol."
        )

    @property
    def _place(self) -> str:
        return repr(self.url) if self.url else "OpenAI"


def _passing(error: BaseException) -> bool:
    """Whether trying again may help: no answer, or one that says so; never a quota that is used up."""
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIStatusError):
        return error.status_code in _PASSING and not _out_of_quota(error)
    return isinstance(error, APIConnectionError)


def _out_of_quota(error: BaseException) -> bool:
    return getattr(error, "code", None) == "insufficient_quota"


def _wait(state: RetryCallState) -> float:
    """What the server asks for (Retry-After), else 0.5 s doubling with jitter; at most 30 s."""
    from tenacity import wait_random_exponential

    error = state.outcome.exception() if state.outcome else None
    asked = getattr(getattr(error, "response", None), "headers", {}).get("retry-after", "")
    if asked.isdigit():
        return min(float(asked), _LONGEST_WAIT)
    return wait_random_exponential(multiplier=0.5, max=_LONGEST_WAIT)(state)


def _said(error: Exception) -> str:
    """The error's own words, short and on one line."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(message or error).split())[:200].rstrip(".")
