"""From a pydantic model to the strict form of JSON schema that providers hold a model's output to."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

DEEPEST = 10
"""Levels of objects and arrays within each other that strict output allows (OpenAI, "Structured model outputs")."""

# Said of a schema for people, or checked after parsing: providers refuse them, or take them and do not keep them.
_DROPPED = frozenset(
    {
        "title", "default", "examples", "discriminator", "deprecated", "readOnly", "writeOnly", "format", "pattern", "contentMediaType",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems",
        "uniqueItems", "minProperties", "maxProperties",
    }
)  # fmt: skip


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a model in strict form: every field required, nothing additional, no defaults, no ranges.

    What is dropped (ranges, lengths, patterns) is checked when the reply is validated. Raises TypeError for a model without a strict form:
    a root that is no object, a mapping of free keys, a tuple, a field of any type, more than ten levels.
    """
    full = model.model_json_schema()
    definitions = full.pop("$defs", {})
    if "$ref" in full:  # a model that contains itself stands among its own definitions
        full = {**definitions[full["$ref"].rpartition("/")[2]]}
    root = _strict(full, model.__name__)
    if root.get("type") != "object":
        raise TypeError(f"{model.__name__} is no object at its root, and strict output needs one")
    if definitions:
        root["$defs"] = {name: _strict(schema, name) for name, schema in definitions.items()}
    if _depth(root, root.get("$defs", {}), ()) > DEEPEST:
        raise TypeError(f"{model.__name__} is more than {DEEPEST} levels deep")
    return root


def _strict(schema: dict[str, Any], place: str) -> dict[str, Any]:
    """One schema and what is in it. `place` names it in errors."""
    if "$ref" in schema:  # what stands beside a reference is not allowed there
        return {"$ref": schema["$ref"]}
    if len(schema.get("allOf", [])) == 1:
        return _strict({**{k: v for k, v in schema.items() if k != "allOf"}, **schema["allOf"][0]}, place)
    kept = {key: value for key, value in schema.items() if key not in _DROPPED}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    options = kept.pop("oneOf", None) or kept.get("anyOf")
    if options is not None:
        kept["anyOf"] = [_strict(option, f"{place}[{number}]") for number, option in enumerate(options)]
    elif kept.get("type") == "object":
        kept.update(_object(kept, place))
    elif kept.get("type") == "array":
        kept["items"] = _items(kept, place)
    elif "type" not in kept and "enum" not in kept:
        raise TypeError(f"{place} may be of any type, and strict output needs one")
    return kept


def _object(schema: dict[str, Any], place: str) -> dict[str, Any]:
    if schema.get("additionalProperties") not in (None, False) or "properties" not in schema:
        raise TypeError(f"{place} is a mapping of free keys: give it named fields, or make it a list of pairs")
    properties = {name: _strict(inner, f"{place}.{name}") for name, inner in schema["properties"].items()}
    return {"properties": properties, "required": list(properties), "additionalProperties": False}


def _items(schema: dict[str, Any], place: str) -> dict[str, Any]:
    if "prefixItems" in schema or not isinstance(schema.get("items"), dict):
        raise TypeError(f"{place} is a tuple or a list of anything: say what its items are")
    return _strict(schema["items"], f"{place}[]")


def _depth(schema: dict[str, Any], definitions: dict[str, Any], seen: tuple[str, ...]) -> int:
    """Levels of objects and arrays; a definition inside itself counts once, as providers allow recursion."""
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        return 0 if name in seen or name not in definitions else _depth(definitions[name], definitions, (*seen, name))
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    own = 1 if schema.get("type") in ("object", "array") else 0
    return own + max((_depth(one, definitions, seen) for one in inner), default=0)
