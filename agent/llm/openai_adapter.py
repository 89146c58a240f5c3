"""OpenAI's chat completions, and every server that answers as they do (vLLM, llama.cpp, Ollama, OpenRouter)."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from agent.errors import SettingsError
from agent.llm.base import ChatReply, ChatRequest, Finish, ProviderError
from agent.llm.faults import explained, shown, wrong_form
from agent.llm.keys import Keyring
from agent.llm.providers import OPENAI_URL, PROVIDERS
from agent.llm.tokens import estimate_input, estimate_tokens

_KEY = str(PROVIDERS["openai"].key)
_CONNECTING = 15.0  # seconds at most to open a connection, however long an answer may take
# A server that does not say how a reply ended leaves it to its form to tell.
_FINISHES: dict[str, Finish] = {"": "stop", "stop": "stop", "length": "length", "content_filter": "content_filter"}
# OpenAI documents max_completion_tokens and calls max_tokens deprecated and unfit for its reasoning models; servers that answer like it
# document max_tokens (Ollama, llama.cpp) or both (vLLM, OpenRouter). A server that wants the other one says so, once.
_CAP, _OLD_CAP = "max_completion_tokens", "max_tokens"
_UNKNOWN = re.compile(r"unsupported|not supported|unrecognized|unknown|unexpected|not permitted|extra|deprecated|not allowed", re.I)


class OpenAIModel:
    """A model behind chat completions. `url` is the server's base (".../v1"), None OpenAI's own; `timeout` is in seconds.

    A key in the environment goes to whatever server is named, as with OpenAI's own tools; one in the key file to OpenAI alone. A server
    other than OpenAI's needs none. Raises SettingsError where OpenAI is asked without a key.
    """

    def __init__(self, url: str | None = None, timeout: float = 300.0, keys: Keyring | None = None) -> None:
        self.url = url
        self._timeout = timeout
        self._keys = keys or Keyring()
        self._secrets = self._keys.secrets([_KEY])
        self._cap = _CAP if is_openai(url) else _OLD_CAP
        self._lock = threading.Lock()
        self._opened: Any = None

    def complete(self, request: ChatRequest) -> ChatReply:
        """One request, sent once: retries belong to the middleware. Raises ProviderError."""
        began = perf_counter()
        cap = self._cap
        try:
            completion = self._sent(request, cap)
        except SettingsError:
            raise
        except Exception as error:
            if not _wants_other_cap(error, cap):
                raise self._explained(error, request) from None  # a chained exception could show a key the server repeats
            self._cap = _OLD_CAP if cap == _CAP else _CAP
            try:
                completion = self._sent(request, self._cap)
            except Exception as again:
                raise self._explained(again, request) from None
        try:
            return self._reply(completion, request, perf_counter() - began)
        except (AttributeError, KeyError, TypeError, ValueError):  # the SDK hands on whatever JSON came
            raise wrong_form(self.place, request.model, "something else") from None

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _sent(self, request: ChatRequest, cap: str) -> Any:
        return self._client().chat.completions.create(**_payload(request, cap))

    def _client(self) -> Any:
        with self._lock:
            if self._opened is None:
                from openai import OpenAI, Timeout

                timeout = Timeout(self._timeout, connect=min(_CONNECTING, self._timeout))
                # No retries of the SDK's own: they would multiply with ours.
                self._opened = OpenAI(api_key=self._key(), base_url=self.url or OPENAI_URL, max_retries=0, timeout=timeout)
            return self._opened

    def _key(self) -> str:
        found = self._keys.find(_KEY)
        if is_openai(self.url):
            if found is None:
                raise SettingsError(
                    f"the model is one of OpenAI's, and there is no {_KEY}.", hint=f"Set it, or run: agent keys set {_KEY}."
                )
            return found[0]
        return found[0] if found and found[1] == "environment" else "none"

    def _reply(self, completion: Any, request: ChatRequest, seconds: float) -> ChatReply:
        """The first choice as it came. Some servers put an error into an answer of success, with the status as its code."""
        trouble = getattr(completion, "error", None)
        if isinstance(trouble, dict):
            raise self._explained(_Trouble(trouble), request)
        choices = getattr(completion, "choices", None)
        if not choices or getattr(choices[0], "message", None) is None:
            raise wrong_form(self.place, request.model, "no message")
        choice = choices[0]
        text, refusal = _text(choice.message.content), getattr(choice.message, "refusal", None) or None
        finish: Finish = "refusal" if refusal else _FINISHES.get(choice.finish_reason or "", "other")
        usage = getattr(completion, "usage", None)
        read, written = getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
        return ChatReply(
            text=text,
            finish=finish,
            refusal=refusal,
            input_tokens=estimate_input(request) if read is None else read,
            output_tokens=estimate_tokens(text or "") if written is None else written,
            tokens_estimated=read is None or written is None,
            model=str(getattr(completion, "model", None) or request.model),
            seconds=round(seconds, 3),
        )

    def _explained(self, error: Exception, request: ChatRequest) -> ProviderError:
        return explained(error, self.place, request.model, self._secrets)

    @property
    def place(self) -> str:
        """The server as messages name it."""
        return "OpenAI" if is_openai(self.url) else shown(str(self.url))


def is_openai(url: str | None) -> bool:
    """Whether an address is OpenAI's own (regional ones included), or none."""
    host = (urlsplit(url).hostname or "") if url else "api.openai.com"
    return host == "api.openai.com" or host.endswith(".api.openai.com")


class _Trouble(Exception):
    """An error that came as the body of a successful answer."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__(str(body.get("message") or body))
        self.body = body
        code = body.get("code")
        self.code = int(code) if isinstance(code, str) and code.isdigit() else code
        self.status_code = self.code if isinstance(self.code, int) else 502


def _payload(request: ChatRequest, cap: str) -> dict[str, Any]:
    """The request as chat completions want it; sampling that is None is left out, because reasoning models refuse it."""
    sampling = {"temperature": request.temperature, "seed": request.seed}
    return {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": request.schema_name, "strict": True, "schema": request.json_schema},
        },
        cap: request.max_output_tokens,
        **{name: value for name, value in sampling.items() if value is not None},
    }


def _wants_other_cap(error: Exception, cap: str) -> bool:
    if getattr(error, "status_code", None) not in (400, 422):
        return False
    said = str(error)
    return re.search(rf"\b{cap}\b", said) is not None and _UNKNOWN.search(said) is not None


def _text(content: object) -> str | None:
    """A message's text; some servers send it in parts."""
    if isinstance(content, str) or content is None:
        return content
    parts: Sequence[Any] = content if isinstance(content, list) else []
    return "".join(str(part.get("text") or "") for part in parts if isinstance(part, dict)) or None
