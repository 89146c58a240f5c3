"""The strict form of a schema: what providers demand holds for any model, and what it cannot say is refused when it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from agent.llm.schema import strict_schema


class Kind(Enum):
    WADER = "wader"
    DUCK = "duck"


class Bird(BaseModel):
    """A bird."""

    title: str = Field("unnamed", min_length=1, max_length=9, pattern="^[a-z]+$", description="Its name.")
    weight: float | None = Field(None, ge=0, le=20)
    kind: Kind = Kind.DUCK
    colour: Literal["grey"] = "grey"
    rings: Annotated[list[int], Field(min_length=1, max_length=3)] = [1]


class Flock(BaseModel):
    birds: list[Bird] = []
    leader: Bird | None = Field(None, description="The first of them.")
    default: str = ""


class Nest(BaseModel):
    eggs: int
    inner: Nest | None = None


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema; names of properties are not schemas."""
    if not isinstance(schema, dict):
        return
    yield schema
    for inner in (*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ()), schema.get("items")):
        yield from objects(inner)


def assert_strict(schema: dict[str, Any]) -> None:
    assert schema["type"] == "object" and "anyOf" not in schema
    for one in objects(schema):
        assert set(one) <= {
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "anyOf",
            "enum",
            "description",
            "$ref",
            "$defs",
        }
        if one.get("type") == "object":
            assert one["required"] == list(one["properties"])
            assert one["additionalProperties"] is False
        if "$ref" in one:
            assert set(one) == {"$ref"}
            assert one["$ref"].rpartition("/")[2] in schema["$defs"]


def test_a_model_becomes_strict() -> None:
    schema = strict_schema(Flock)
    assert_strict(schema)
    assert schema["required"] == ["birds", "leader", "default"]
    bird = schema["$defs"]["Bird"]
    assert bird["properties"]["title"] == {"description": "Its name.", "type": "string"}
    assert bird["properties"]["weight"]["anyOf"] == [{"type": "number"}, {"type": "null"}]
    assert bird["properties"]["colour"]["enum"] == ["grey"]
    assert schema["$defs"]["Kind"]["enum"] == ["wader", "duck"]


def test_a_model_that_contains_itself_keeps_its_reference() -> None:
    assert_strict(strict_schema(Nest))


def test_a_schema_is_the_same_every_time() -> None:
    assert strict_schema(Flock) == strict_schema(Flock)


class Mapping(BaseModel):
    by_name: dict[str, int]


class Anything(BaseModel):
    value: Any


class Pair(BaseModel):
    pair: tuple[int, str]


class Loose(BaseModel):
    things: list[Any]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Mapping, "Mapping.by_name is a mapping of free keys"),
        (Anything, "Anything.value may be of any type"),
        (Pair, "Pair.pair is a tuple"),
        (Loose, r"Loose.things\[\] may be of any type"),
    ],
)
def test_what_has_no_strict_form_is_refused_by_name(model: type[BaseModel], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        strict_schema(model)


def test_more_than_ten_levels_are_refused() -> None:
    model: type[BaseModel] = create_model("L0", value=(int, ...))
    for level in range(1, 10):
        model = create_model(f"L{level}", inner=(model, ...))
    assert_strict(strict_schema(model))
    with pytest.raises(TypeError, match="more than 10 levels"):
        strict_schema(create_model("Deeper", inner=(model, ...)))


LEAVES = st.sampled_from(
    [(str, ...), (int, 3), (float, Field(0.5, ge=0)), (bool, False), (Literal["a", "b"], "a"), (str | None, None), (Kind, Kind.DUCK)]
)
NAMES = st.from_regex(re.compile(r"[a-z]{2,8}"), fullmatch=True).filter(lambda name: not hasattr(BaseModel, name))


def models() -> st.SearchStrategy[type[BaseModel]]:
    def made(fields: dict[str, Any], number: int) -> type[BaseModel]:
        return create_model(f"M{number}", **fields)

    def larger(inner: st.SearchStrategy[type[BaseModel]]) -> st.SearchStrategy[type[BaseModel]]:
        nested = inner.flatmap(lambda model: st.sampled_from([(model, ...), (list[model], []), (model | None, None)]))  # type: ignore[valid-type]
        return st.builds(made, st.dictionaries(NAMES, LEAVES | nested, min_size=1, max_size=4), st.integers(100, 999))

    return st.recursive(st.builds(made, st.dictionaries(NAMES, LEAVES, min_size=1, max_size=4), st.integers(1, 99)), larger, max_leaves=4)


@given(models())
def test_any_model_of_fields_becomes_strict(model: type[BaseModel]) -> None:
    assert_strict(strict_schema(model))
