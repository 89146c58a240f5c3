"""Shorter sentences that a sentence says by itself."""

from agent.domain.artifact import Manifest
from agent.engines.extractive.claims.facets import facets
from agent.engines.extractive.statements.standalone import Names

NAMES = Names.of(Manifest.model_validate({"slug": "heron", "name": "Heron", "type": "library"}))


def test_a_main_clause_stands_without_what_modifies_it() -> None:
    found = facets("Heron is the first open birdsong reader designed for both marshes and woods.", NAMES)
    assert "Heron is the first open birdsong reader." in found


def test_a_participle_becomes_a_predicate_of_its_own() -> None:
    found = facets("Heron accepts recordings of any length, mapping them to a variable number of notes.", NAMES)
    assert "Heron maps them to a variable number of notes." in found
    assert "Heron accepts recordings of any length." in found


def test_an_opening_contrast_may_be_left_out() -> None:
    found = facets("Unlike earlier readers, Heron needs no labelled recordings, and it runs on a phone.", NAMES)
    assert "Heron needs no labelled recordings, and it runs on a phone." in found
    assert "Heron runs on a phone." not in found  # too short to say anything


def test_a_list_is_not_cut_in_its_middle() -> None:
    found = facets("Heron reads larks, wrens, rooks with great care and owls at night.", NAMES)
    assert "Heron reads larks, wrens, rooks." not in found


def test_a_sentence_about_something_else_has_no_facets() -> None:
    assert facets("The index holds every species that a marsh may shelter, sorted by pitch.", NAMES) == []
