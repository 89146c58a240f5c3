"""From "PROVIDER:NAME" to a model that can be asked. Nothing is imported or opened here before it is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from agent.errors import SettingsError
from agent.llm.base import ChatModel
from agent.llm.keys import Keyring
from agent.llm.openai_adapter import OpenAIModel, is_openai
from agent.llm.prices import Price, price_of
from agent.llm.providers import OPENAI, parse_model

URL_VARIABLE = "OPENAI_BASE_URL"


@dataclass(frozen=True)
class Chosen:
    """A model, the name its provider knows it by, and what its tokens cost (None: unknown). `label` is "PROVIDER:NAME"."""

    model: ChatModel
    provider: str
    name: str
    price: Price | None = None

    @property
    def label(self) -> str:
        return f"{self.provider}:{self.name}"


def problem_of(model: str) -> str:
    """What is wrong with a model setting, or ""."""
    try:
        parse_model(model)
    except ValueError as error:
        return str(error)
    return ""


def choose(
    model: str, url: str | None = None, timeout: float = 300.0, keys: Keyring | None = None, environment: Mapping[str, str] | None = None
) -> Chosen:
    """The model that "PROVIDER:NAME" names. `url` is the server's base; for OpenAI without it, OPENAI_BASE_URL. Raises SettingsError.

    A price is known only at the provider's own server: the same name may be another model elsewhere.
    """
    environment = os.environ if environment is None else environment
    keys = keys or Keyring(environment)
    try:
        provider, name = parse_model(model)
    except ValueError as error:
        raise SettingsError(f"'model' is {model!r}: {error}", hint="See: agent config show.") from None
    if provider.name != OPENAI:
        from agent.llm.langchain_adapter import LangChainModel

        return Chosen(LangChainModel(provider, url, timeout, keys), provider.name, name, None if url else price_of(provider.name, name))
    base = url or environment.get(URL_VARIABLE, "").strip() or None
    return Chosen(OpenAIModel(base, timeout, keys), OPENAI, name, price_of(OPENAI, name) if is_openai(base) else None)
