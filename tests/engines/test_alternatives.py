"""Which sentences draw a comparison, and with whom."""

import pytest

from agent.engines.extractive.claims.alternatives import COMPARISON_THRESHOLD, Setting, comparison_in

SETTING = Setting.of(["Heron", "acme/heron"], ["Heron 2"], ["Kingfisher", "The Bittern Set"])


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Heron outperforms Big Tree Parser (BTP) by up to 7x and Sapling Runner (SR) by up to 2x.", ("Big Tree Parser", "Sapling Runner")),
        ("Unlike Kingfisher, Heron needs no index.", ("Kingfisher",)),
        ("Heron is a drop-in replacement for SlowSearch.", ("SlowSearch",)),
        ("Heron began as a fork of Kingfisher in 2019.", ("Kingfisher",)),
        ("Heron is made for birdsong, while The Bittern Set mixes it with traffic noise.", ("The Bittern Set",)),
        ("Heron is smaller and faster than Vox-Queue 2.5B.", ("Vox-Queue 2.5B",)),
    ],
)
def test_a_comparison_names_its_alternatives(sentence: str, names: tuple[str, ...]) -> None:
    found = comparison_in(sentence, ("Overview",), "overview", SETTING)
    assert found is not None and found.names == names and found.weight >= COMPARISON_THRESHOLD


@pytest.mark.parametrize(
    "sentence",
    [
        "Heron is better than ever.",
        "Heron runs in less than 5 minutes.",
        "Heron parses files without a server.",
        "When a batch would exceed MAX_ROWS, it is refused.",
        "Heron supports Kingfisher files.",
        "Vox-Queue beats SoundBox on Heron.",
        "Inspired by the recent Plan-It paper, Heron answers quickly.",
    ],
)
def test_sentences_that_set_nothing_beside_the_artifact_are_left_out(sentence: str) -> None:
    found = comparison_in(sentence, ("Overview",), "overview", SETTING)
    assert found is None or found.weight < COMPARISON_THRESHOLD


def test_what_a_kind_of_system_lacks_is_a_comparison_where_the_documents_introduce_themselves() -> None:
    found = comparison_in("Traditional search engines fail on questions that span many files.", ("Why Heron?",), "features", SETTING)
    assert found is not None and found.names == ("traditional search engines",) and not found.named


def test_a_section_that_compares_lends_its_title_to_the_sentences_that_say_what_the_other_lacks() -> None:
    found = comparison_in(
        "Its service is closed-source and restricted to one region.", ("Comparison to SongBox Pro",), "comparison", SETTING
    )
    assert found is None  # "Its": the artifact itself, for all the sentence says
    other = comparison_in(
        "The service is hosted, closed-source and heavily restricted.", ("Comparison to SongBox Pro",), "comparison", SETTING
    )
    assert other is not None and other.names == ("SongBox Pro",)
