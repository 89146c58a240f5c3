"""Any chat model LangChain knows, with its strict structured output and nothing else of it: no parsing, no retries.

LangChain's structured output is a model bound to a schema, then a parser. Only the first half is used: the parser raises away what a reply
with a wrong form says, and with it what it cost.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from math import ceil
from time import perf_counter
from typing import Any

from agent.errors import SettingsError
from agent.llm.base import ChatReply, ChatRequest, Finish
from agent.llm.faults import explained, shown
from agent.llm.keys import Keyring
from agent.llm.providers import Provider
from agent.llm.tokens import estimate_input, estimate_tokens

# How providers say how a reply ended, folded: finish_reason (most), stop_reason (Anthropic, Bedrock), done_reason (Ollama).
_FINISHES: dict[str, Finish] = {
    "": "stop",  # not said: its form will tell
    **dict.fromkeys(("stop", "end_turn", "stop_sequence", "tool_use", "tool_calls", "eos", "eos_token", "complete", "completed"), "stop"),
    **dict.fromkeys(("length", "max_tokens", "model_length", "model_context_window_exceeded"), "length"),
    **dict.fromkeys(("content_filter", "content_filtered", "guardrail_intervened"), "content_filter"),
    **dict.fromkeys(("safety", "recitation", "blocklist", "prohibited_content", "spii"), "content_filter"),
    "refusal": "refusal",
}
_REASONS = ("finish_reason", "stop_reason", "stopReason", "done_reason")


class LangChainModel:
    """A provider's models through its LangChain package. `timeout` is in seconds.

    Raises SettingsError, with what to install, where the package is missing, and where there is no key.
    """

    def __init__(self, provider: Provider, url: str | None = None, timeout: float = 300.0, keys: Keyring | None = None) -> None:
        self._provider, self._url, self._timeout = provider, url, timeout
        self._keys = keys or Keyring()
        self._secrets = self._keys.secrets(provider.keys)
        self._lock = threading.Lock()
        self._built: dict[tuple[str, int, float | None, int | None, int], Any] = {}

    def complete(self, request: ChatRequest) -> ChatReply:
        """One request, sent once. Raises ProviderError."""
        bound = _strict(self._model(request), request)
        began = perf_counter()
        try:
            message = bound.invoke([(one.role, one.content) for one in request.messages])
        except Exception as error:
            message = _kept(error)
            if message is None:
                raise explained(error, self.place, request.model, self._secrets) from None
        return _reply(message, request, round(perf_counter() - began, 3))

    @property
    def place(self) -> str:
        return self._provider.name if self._url is None else shown(self._url)

    def _model(self, request: ChatRequest) -> Any:
        """LangChain's model for requests of this kind, made once. The place for the context is counted in steps of 4,096."""
        window = -(-(int(estimate_input(request) * 1.3) + request.max_output_tokens) // 4_096) * 4_096
        kind = (request.model, request.max_output_tokens, request.temperature, request.seed, window)
        with self._lock:
            if kind not in self._built:
                self._built[kind] = self._new(request, window)
            return self._built[kind]

    def _new(self, request: ChatRequest, window: int) -> Any:
        options = _OPTIONS.get(self._provider.name, _usual)(self._timeout, request.max_output_tokens, window)
        sampling = {"temperature": request.temperature, "seed": request.seed}
        options |= {name: value for name, value in sampling.items() if value is not None}
        if self._url:
            options["base_url"] = self._url
        key = self._key()
        try:
            from langchain.chat_models import init_chat_model

            return init_chat_model(request.model, model_provider=self._provider.name, **(options | key))
        except ImportError:
            raise SettingsError(
                f"the models of {self._provider.name!r} need a package that is not installed.", hint=f"Run: {self._provider.install}."
            ) from None
        except Exception as error:
            raise explained(error, self.place, request.model, self._secrets) from None

    def _key(self) -> dict[str, str]:
        """The key where LangChain would not find it by itself. Raises SettingsError where there is none and the provider needs one."""
        found = [(name, self._keys.find(name)) for name in self._provider.keys]
        if not self._provider.keys or any(key and key[1] == "environment" for _, key in found):
            return {}
        for _, key in found:
            if key and not self._url:  # a stored key goes to the provider's own server alone
                return {"api_key": key[0]}
        if self._url:
            return {"api_key": "none"}
        name = self._provider.keys[0]
        raise SettingsError(
            f"the model is one of {self._provider.name!r}, and there is no {name}.", hint=f"Set it, or run: agent keys set {name}."
        )


def _usual(timeout: float, most: int, window: int) -> dict[str, Any]:  # noqa: ARG001
    """The parameters init_chat_model documents for all providers; retries belong to the middleware."""
    return {"timeout": timeout, "max_tokens": most, "max_retries": 0}


def _google(timeout: float, most: int, window: int) -> dict[str, Any]:
    # Google's SDK takes 0 attempts for its default of several; 1 is none but the first.
    return _usual(timeout, most, window) | {"max_retries": 1}


def _mistral(timeout: float, most: int, window: int) -> dict[str, Any]:
    return _usual(timeout, most, window) | {"max_retries": 1, "timeout": ceil(timeout)}  # counts attempts too, and whole seconds


def _ollama(timeout: float, most: int, window: int) -> dict[str, Any]:
    # Without a window of its own Ollama cuts the beginning off a long prompt, and says nothing.
    return {"client_kwargs": {"timeout": timeout}, "num_predict": most, "num_ctx": window}


_OPTIONS: dict[str, Callable[[float, int, int], dict[str, Any]]] = {"google_genai": _google, "mistralai": _mistral, "ollama": _ollama}


def _strict(model: Any, request: ChatRequest) -> Any:
    """The model held to the schema, without LangChain's parser behind it."""
    schema = {"title": request.schema_name, "description": "The answer.", **request.json_schema}
    try:
        chain = model.with_structured_output(schema, method="json_schema", strict=True)
    except (TypeError, ValueError, NotImplementedError):  # a provider without it: LangChain's own way, by tool call
        chain = model.with_structured_output(schema)
    return chain.first


def _kept(error: Exception) -> Any:
    """OpenAI's SDK raises a reply away that was cut (LengthFinishReasonError) and keeps it in the error."""
    completion = getattr(error, "completion", None)
    choices = getattr(completion, "choices", None)
    if not choices:
        return None
    usage = getattr(completion, "usage", None)
    counted = {"input_tokens": usage.prompt_tokens, "output_tokens": usage.completion_tokens} if usage else None
    return _Raw(choices[0].message.content, {"finish_reason": choices[0].finish_reason}, counted)


class _Raw:
    """A message in the few words `_reply` reads."""

    tool_calls: tuple[Any, ...] = ()
    invalid_tool_calls: tuple[Any, ...] = ()

    def __init__(self, content: Any, metadata: dict[str, Any], usage: dict[str, int] | None) -> None:
        self.content, self.response_metadata, self.usage_metadata, self.additional_kwargs = content, metadata, usage, dict[str, Any]()


def _reply(message: Any, request: ChatRequest, seconds: float) -> ChatReply:
    """A LangChain message as a reply: how it ended, its text or the arguments of its tool call, its tokens."""
    metadata: dict[str, Any] = message.response_metadata or {}
    reason = next((str(metadata[name]).rpartition(".")[2].casefold() for name in _REASONS if metadata.get(name)), "")
    refusal = (message.additional_kwargs or {}).get("refusal") or None
    text = _text(message)
    usage = message.usage_metadata
    return ChatReply(
        text=text,
        finish="refusal" if refusal else _FINISHES.get(reason, "other"),
        refusal=refusal,
        input_tokens=usage["input_tokens"] if usage else estimate_input(request),
        output_tokens=usage["output_tokens"] if usage else estimate_tokens(text or ""),
        tokens_estimated=not usage,
        model=str(metadata.get("model_name") or metadata.get("model") or request.model),
        seconds=seconds,
    )


def _text(message: Any) -> str | None:
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    if message.invalid_tool_calls:
        return str(message.invalid_tool_calls[0].get("args") or "") or None
    content = message.content
    if isinstance(content, list):  # blocks of text, thinking and more
        content = "".join(
            block if isinstance(block, str) else str(block.get("text") or "")
            for block in content
            if isinstance(block, str) or block.get("type") == "text"
        )
    return content or None
