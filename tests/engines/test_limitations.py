"""Limits that documents state, and sentences that only sound like them."""

import pytest

from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.claims.limitations import LIMIT_THRESHOLD, limitation

SETTING = Setting.of(["Heron"], [], [])


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Heron does not support stereo recordings.", "features"),
        ("Heron can hallucinate birds that nobody heard.", "limitations"),
        ("Only English labels are available.", "limitations"),
        ("Indexing can be expensive, so start with a small set.", "limitations"),
    ],
)
def test_limits_are_found(sentence: str, role: str) -> None:
    assert limitation(sentence, role, ("Heron",), SETTING) >= LIMIT_THRESHOLD


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Heron is not limited to English.", "features"),
        ("Existing systems cannot read birdsong.", "overview"),
        ("Log your runs to Weights & Biases.", "integration"),
        ("Heron filters harmful and toxic recordings.", "features"),
        ("Heron reads birdsong.", "features"),
    ],
)
def test_boasts_and_other_systems_failings_are_no_limits(sentence: str, role: str) -> None:
    assert limitation(sentence, role, ("Heron",), SETTING) < LIMIT_THRESHOLD


def test_advice_beliefs_and_safeguards_are_no_limits() -> None:
    for text in (
        "Users must be aware of the biases and limitations of Heron.",
        "Heron's makers believe that its bias may not be reduced without more recordings.",
        "Before deploying Heron, developers should test its limitations.",
        "The makers of Heron do not select any offensive recordings.",
    ):
        assert limitation(text, "limitations", ("Limitations",), SETTING) < LIMIT_THRESHOLD
