"""What distinguishes, and what any software says of itself."""

import pytest

from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.claims.unique import THRESHOLD, Place, distinction

SETTING = Setting.of(["Heron"], [], [])
OVERVIEW = Place("overview", ("Heron",), 3)


@pytest.mark.parametrize(
    "sentence",
    [
        "Heron is the first open tool that reads birdsong and whale song with one model.",
        "Heron is the most popular library for birdsong, with over 2 million monthly downloads.",
        "Heron runs without a server and needs no labelled recordings.",
        "Heron was trained on 20,000 hours of manually annotated song from 350 marshes.",
        "Heron treats pitch as text rather than as a spectrogram.",
    ],
)
def test_distinctive_sentences_reach_the_threshold(sentence: str) -> None:
    assert distinction(sentence, OVERVIEW, SETTING) >= THRESHOLD


@pytest.mark.parametrize(
    "sentence",
    [
        "Heron is fast and easy to use.",
        "Heron automatically saves your work.",
        "To install the first release, run pip and see the guide.",
        "Is Heron the only tool for birdsong?",
        "Set the parameter to the default value in the config file of the folder.",
    ],
)
def test_praise_instructions_and_questions_do_not(sentence: str) -> None:
    assert distinction(sentence, OVERVIEW, SETTING) < THRESHOLD


def test_the_same_words_weigh_less_far_down_in_a_reference_section() -> None:
    sentence = "Heron runs without a server."
    assert distinction(sentence, OVERVIEW, SETTING) > distinction(sentence, Place("reference", ("Heron", "API"), 200, False), SETTING)


def test_a_sentence_about_another_system_weighs_less() -> None:
    own = distinction("Heron reads 40 dialects without retraining.", OVERVIEW, SETTING)
    assert own > distinction("Vox-Queue reads 40 dialects without retraining Heron.", OVERVIEW, SETTING)
