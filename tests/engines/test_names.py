"""What counts as another system's name."""

import pytest

from agent.engines.extractive.claims.names import alternative_names, mentions, named_systems, own_keys

OWN = own_keys(["Heron", "acme/heron", "The Reed Corpus"])


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("earlier parsers like TurboParse, Heron keeps comments", ["TurboParse"]),
        ("Big Tree Parser (BTP) by up to 7x", ["Big Tree Parser"]),
        ("Qux-7B and Zorp 2.5 that need a server", ["Qux-7B", "Zorp 2.5"]),
        ("plain regex-based approaches using grammar files", ["plain regex-based approaches"]),
        ("existing methods – they need a server", ["existing methods"]),
        ("less careful uses of chat logs, such as Zorp-2 whose data", ["Zorp-2"]),
        ("a JSON file", []),
        ("the GPU", []),
        ("Heron Large", []),
        ("five", []),
        ("", []),
    ],
)
def test_the_words_after_a_cue_name_the_alternative(slot: str, expected: list[str]) -> None:
    assert alternative_names(slot, OWN) == expected


def test_ordinary_words_acronyms_and_publishers_are_no_systems() -> None:
    assert named_systems("Evaluation on the GPU uses JSON, and Hugging Face hosts the API in English.", OWN) == []


def test_several_systems_come_in_order_without_the_artifact_itself() -> None:
    assert named_systems("Heron 2 was set beside SoundBox TDT, Vox-Queue 2.5B and whisperer.cpp.", OWN) == [
        "SoundBox TDT",
        "Vox-Queue 2.5B",
        "whisperer.cpp",
    ]


def test_own_names_hold_with_and_without_the_article_and_the_owner() -> None:
    assert named_systems("The Reed Corpus and heron share a licence.", OWN, sentence_start=False) == []


@pytest.mark.parametrize(
    ("sentence", "name", "expected"), [("It beats Big-Tree parser.", "big tree", True), ("Herons fly.", "Heron", False)]
)
def test_mentions_ignore_case_and_hyphens_but_not_word_ends(sentence: str, name: str, expected: bool) -> None:
    assert mentions(sentence, name) is expected
