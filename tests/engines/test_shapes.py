"""The shape of a text decides how it is printed."""

from __future__ import annotations

import pytest

from agent.engines.extractive.statements.shapes import shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Stateful lamp processes created in the hub.", "phrase"),
        ("A shelf that keeps every book", "phrase"),
        ("Script to remove lamps that flicker", "phrase"),
        ("Using plain models to define rooms", "gerund"),
        ("Monitor and track your lamps", "imperative"),
        ("Seamlessly vectorize books at import time", "imperative"),
        ("Support several rooms at once", "imperative"),
        ("Support for several rooms", "phrase"),
        ("Returns all messages of a room", "third"),
        ("Refines a plan until it fits", "third"),
        ("Designed specifically for dark rooms", "participle"),
        ("Export to paper was tried in three rooms.", "sentence"),
        ("Lamps run in parallel", "sentence"),
        ("Guards that cap what a single lamp can consume.", "phrase"),
        ("Batch switching", "phrase"),
    ],
)
def test_shapes(text: str, shape: str) -> None:
    assert shape_of(text) == shape
