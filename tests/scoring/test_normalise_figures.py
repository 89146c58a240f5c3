"""From figures to 0-100."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.scoring.normalise import decayed, log_scaled, read_date


def test_anchors_are_0_and_100_and_nothing_lies_outside() -> None:
    assert log_scaled(100, 100, 200_000) == 0
    assert log_scaled(200_000, 100, 200_000) == 100
    assert log_scaled(5, 100, 200_000) == 0
    assert log_scaled(9_000_000, 100, 200_000) == 100


def test_ten_times_the_count_is_the_same_step_anywhere() -> None:
    low, high = 100, 100_000_000
    first = log_scaled(10_000, low, high) - log_scaled(1_000, low, high)
    second = log_scaled(10_000_000, low, high) - log_scaled(1_000_000, low, high)
    assert first == pytest.approx(second, abs=0.2)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_larger_count_never_scores_lower(a: int, b: int) -> None:
    small, large = sorted((a, b))
    assert log_scaled(small, 10, 1_000_000) <= log_scaled(large, 10, 1_000_000)


def test_freshness_is_full_within_the_grace_and_halves_after_it() -> None:
    assert decayed(0, 30, 365) == decayed(30, 30, 365) == 100
    assert decayed(395, 30, 365) == 50
    assert decayed(760, 30, 365) == 25


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024-05-14", date(2024, 5, 14)), ("2023-01", date(2023, 1, 1)), ("2019", date(2019, 1, 1))],
)
def test_partial_dates_count_from_their_first_day_and_say_so(text: str, expected: date) -> None:
    found = read_date(text)
    assert found is not None
    assert found[0] == expected
    assert bool(found[1]) == (len(text) < 10)


@pytest.mark.parametrize("text", ["last week", "2023-13-01", "", "20240514", "2024-05-14T00:00"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_date(text) is None
