"""Shorter sentences that a sentence says by itself."""

from agent.domain.artifact import Manifest
from agent.engines.extractive.claims.facets import facets, shorter, splits
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


def test_a_sentence_is_told_in_two_where_its_end_says_what_is_distinctive() -> None:
    (told,) = splits("Heron turns birdsong into notes, bypassing the need for labelled recordings.", NAMES)
    assert told == ("Heron turns birdsong into notes.", "Heron bypasses the need for labelled recordings.")


def test_both_halves_of_a_contrast_name_the_artifact() -> None:
    found = splits(
        "Unlike older readers like Kingfisher, Heron needs no labelled recordings, and it writes all 4 voices in one pass.", NAMES
    )
    assert ("Heron writes all 4 voices in one pass.", "Unlike older readers like Kingfisher, Heron needs no labelled recordings.") in found
    assert ("Heron needs no labelled recordings.", "Heron writes all 4 voices in one pass.") in found


def test_a_clause_about_another_noun_is_no_half() -> None:
    assert splits("Heron reads songs from an index that holds every known marsh bird.", NAMES) == []
    assert splits("Heron keeps the memory that holds notes and values with a paged index of its own.", NAMES) == []


def test_what_leans_on_the_first_half_is_no_half() -> None:
    assert splits("Heron draws each note as a curve, making it easier to read in the field.", NAMES) == []
    assert splits("Heron runs in a cloud or on a phone, depending on the number of birds.", NAMES) == []


def test_a_definite_noun_keeps_the_clause_that_says_which() -> None:
    assert "Heron is an open reader made to rebuild the mixture." not in facets(
        "Heron is an open reader made to rebuild the mixture that older readers were trained on.", NAMES
    )


def test_the_last_modifiers_of_a_sentence_may_be_left_out_but_no_second_object() -> None:
    assert "Heron prints scores." not in shorter("Heron prints scores without a server.")  # too short to say anything
    assert "Heron lets you print scores." in shorter("Heron lets you print scores without a server or an account.")
    assert shorter("Heron combines recordings with scores in a single book.") == []
