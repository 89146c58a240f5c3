"""Reference lists: a tool's name and what stands below it become one sentence."""

from __future__ import annotations

import pytest

from agent.engines.extractive.statements.components import component_of, described, third_person


@pytest.mark.parametrize(
    ("component", "text", "sentence"),
    [
        ("read_pages", "Read the pages of a book as text", "read_pages reads the pages of a book as text."),
        ("shelf_tabs", "Description: List, create, or close a shelf.", "shelf_tabs lists, creates, or closes a shelf."),
        ("make_shelf", "Make new shelf or ensure it stands", "make_shelf makes new shelf or ensures it stands."),
        ("find_book", "Recursively search the stacks for a title", "find_book recursively searches the stacks for a title."),
        ("drag_book", "Perform drag and drop between two shelves", "drag_book performs drag and drop between two shelves."),
        ("%shelve", "Save the session to a shelf. Overwrites it.", "%shelve saves the session to a shelf."),
    ],
)
def test_an_imperative_description_gets_the_component_as_its_subject(component: str, text: str, sentence: str) -> None:
    assert described(component, text) == sentence


@pytest.mark.parametrize("text", ["Title: Click", "Parameters:", "Inputs: path (string)", "Port number to listen on", "Books"])
def test_what_is_no_description_is_left_alone(text: str) -> None:
    assert described("shelf_tabs", text) is None


def test_only_identifiers_are_components() -> None:
    assert component_of("read_pages") == "read_pages"
    assert component_of("%undo") == "%undo"
    assert component_of("Reading pages") is None
    assert component_of("books") is None


@pytest.mark.parametrize(
    ("verb", "form"), [("search", "searches"), ("copy", "copies"), ("play", "plays"), ("go", "goes"), ("fix", "fixes")]
)
def test_third_person(verb: str, form: str) -> None:
    assert third_person(verb) == form
