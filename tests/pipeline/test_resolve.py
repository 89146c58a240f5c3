"""What a user may type for an artifact."""

from __future__ import annotations

import pytest

from agent.domain.artifact import Manifest
from agent.errors import UnknownArtifact
from agent.pipeline.resolve import is_path, named


@pytest.mark.parametrize("argument", ["a/b", ".", "./x", "..", "notes.md", "C:\\docs", "page.html", ".hidden", "dir/"])
def test_separator_leading_dot_or_extension_make_a_path(argument: str) -> None:
    assert is_path(argument)


@pytest.mark.parametrize("argument", ["paligemma", "the-pile", "llama 3.1", "GPT-3.5", "v2.", "The Pile"])
def test_anything_else_is_a_name(argument: str) -> None:
    assert not is_path(argument)


MANIFESTS = [
    Manifest(slug="red-fox", name="Red Fox", type="model", aliases=["vulpes/fox"], variants=["Red Fox 2", "Arctic"]),
    Manifest(slug="grey-fox", name="Grey Fox", type="model", variants=["Arctic"]),
]


def test_names_are_compared_without_case_and_separators() -> None:
    assert named("RED_fox", MANIFESTS) == ("red-fox", "")
    assert named("Vulpes/Fox", MANIFESTS) == ("red-fox", "")


def test_a_variant_resolves_with_a_note() -> None:
    assert named("red-fox-2", MANIFESTS) == ("red-fox", "'red-fox-2' is a variant; its record is 'red-fox'.")


def test_a_name_of_two_artifacts_resolves_to_none() -> None:
    with pytest.raises(UnknownArtifact, match="names 2 artifacts: grey-fox, red-fox"):
        named("arctic", MANIFESTS)


def test_suggestions_are_near_names() -> None:
    with pytest.raises(UnknownArtifact, match="Did you mean 'grey-fox'"):
        named("gray fox", MANIFESTS)
