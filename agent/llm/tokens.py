"""How many tokens a text is, about, before a provider has counted them: for budgets, rate limits and dry runs."""

from __future__ import annotations

import json
from math import ceil

from agent.llm.base import ChatRequest

_CHARACTERS = 4  # of ASCII a token: OpenAI's rule of thumb for English
_AROUND = 4  # tokens a message costs beside its text


def estimate_tokens(text: str) -> int:
    """Tokens of a text: one for four ASCII characters and one for every other character.

    The rule is OpenAI's for English; counting others one by one is on the safe side for European letters and about right for Chinese and
    Japanese. Code and tables have more tokens than this says, up to a third.
    """
    ascii_characters = sum(map(str.isascii, text)) if not text.isascii() else len(text)
    return ceil(ascii_characters / _CHARACTERS) + len(text) - ascii_characters


def estimate_input(request: ChatRequest) -> int:
    """Input tokens of a request: its messages and its schema."""
    schema = json.dumps(request.json_schema, ensure_ascii=False, separators=(",", ":"))
    return sum(estimate_tokens(message.content) + _AROUND for message in request.messages) + estimate_tokens(schema)
