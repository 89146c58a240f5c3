"""Numbers are compared by value, unit, precision and bound, whatever they are written in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.numbers import licenses, quantities


def _allows(source: str, claim: str) -> bool:
    (wanted,) = quantities(claim)
    return any(licenses(given, wanted) for given in quantities(source))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("825 GiB", "886 GB"),
        ("825.18 GiB", "825 GiB"),
        ("3B parameters", "three billion parameters"),
        ("3B parameters", "3,000 million parameters"),
        ("60 seconds", "1 minute"),
        ("224x224", "224 \u00d7 224 px"),
        ("sizes of 224, 448 and 896 px", "448 px"),
        ("twenty-two sets", "22 sets"),
        ("93.26 %", "93.3 percent"),
        ("1.5 \u00d7 10^6 rows", "1.5 million rows"),
        ("more than 100 languages", "over 100 languages"),
        ("100+ languages", "more than 100 languages"),
        ("about 20 hours", "20 hours"),
        ("zero-shot", "0-shot"),
        ("10\u00b2 points", "100 points"),
    ],
)
def test_the_same_quantity(source: str, claim: str) -> None:
    assert _allows(source, claim)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("825 GiB", "826 GiB"),
        ("825 GiB", "825 GB"),
        ("825 GiB", "825.4 GiB"),
        ("3B parameters", "3M parameters"),
        ("3 GB", "3 models"),
        ("10\u00b2 points", "102 points"),
        ("224x224", "224x448"),
        ("up to 90 %", "90 %"),
        ("90 %", "over 90 %"),
        ("at least 8 GB", "at most 8 GB"),
        ("2.6 points", "3 points"),
        ("5 seconds", "5 minutes"),
        ("$5", "5 users"),
    ],
)
def test_another_quantity(source: str, claim: str) -> None:
    assert not _allows(source, claim)


@pytest.mark.parametrize("name", ["GPT-4", "v1.5", "release 3.0.1", "Qwen2-VL", "gfx1030", "2D"])
def test_numbers_inside_names_are_no_quantities(name: str) -> None:
    assert quantities(name) == ()


@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}"]))
def test_every_integer_is_read_whole(number: int, form: str) -> None:
    text = f"It has {form.format(number)} rows."
    (quantity,) = quantities(text)
    assert quantity.value == Decimal(number)
    assert text[quantity.start : quantity.end] == form.format(number)


@given(st.text(alphabet="0123456789.,x-+ %kMGB", max_size=30))
def test_any_text_is_read(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert licenses(quantity, quantity) or quantity.bound == "<"
