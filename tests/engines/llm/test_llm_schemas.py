"""The forms of replies are what strict JSON schemas allow."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from agent.engines.llm.schemas import Consolidated, Differentiated, Proposed, Verdicts

NOT_STRICT = {"default", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "anyOf", "oneOf"}


def _depth(node: Any, definitions: dict[str, Any]) -> int:
    if isinstance(node, dict):
        if "$ref" in node:
            return _depth(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
        return 1 + max((_depth(value, definitions) for key, value in node.items() if key != "$defs"), default=0)
    return max((_depth(value, definitions) for value in node), default=0) if isinstance(node, list) else 0


@pytest.mark.parametrize("form", [Proposed, Consolidated, Differentiated, Verdicts])
def test_every_object_requires_all_its_fields_and_nothing_has_a_range(form: type[BaseModel]) -> None:
    schema = form.model_json_schema()
    definitions = schema.get("$defs", {})
    for part in (schema, *definitions.values()):
        assert part["type"] == "object" and part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        assert not any(NOT_STRICT & set(field) for field in part["properties"].values())
    assert _depth(schema, definitions) <= 20  # at most ten levels of objects and lists


def test_a_missing_or_additional_field_is_an_error() -> None:
    with pytest.raises(ValueError, match="capabilities"):
        Consolidated.model_validate({})
    with pytest.raises(ValueError, match="mood"):
        Consolidated.model_validate({"capabilities": [], "mood": "good"})
