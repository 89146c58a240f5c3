"""The verdict: a leader only where the interval of the difference allows one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.comparison.verdict import difference, opening, verdict
from agent.domain.capability import ScoreInput
from agent.domain.comparison import Side
from agent.domain.scorecard import Component, Scorecard


def card(values: list[float | None], kind: str = "model") -> Scorecard:
    """Four inputs of 25 points each."""
    inputs = [ScoreInput(name=f"i{n}", value=v, normalised=v, weight=25) for n, v in enumerate(values)]
    known = [v for v in values if v is not None]
    value = sum(known) / len(known) if known else None
    part = Component(name="adoption", value=value, weight=100, coverage=len(known) / 4, inputs=inputs)
    low = sum(known) / 4
    return Scorecard(artifact="x", type=kind, kind=kind, as_of="2026-06-01", value=value, coverage=len(known) / 4, low=low,
                     high=low + 25 * (4 - len(known)), components=[part])  # fmt: skip


@pytest.fixture
def pair(heron: Side, egret: Side) -> Callable[..., tuple[Side, Side]]:
    def make(ours: list[float | None], theirs: list[float | None]) -> tuple[Side, Side]:
        return replace(heron, scorecard=card(ours)), replace(egret, scorecard=card(theirs))

    return make


Pair = Callable[..., tuple[Side, Side]]


def test_the_difference_leaves_out_what_neither_side_knows() -> None:
    found = difference(card([80, 60, None, None]), card([50, 60, None, None]))
    assert found is not None
    assert (found.low, found.high, found.known_share) == (15, 15, 0.5)


def test_an_input_known_on_one_side_ranges_over_everything_on_the_other() -> None:
    found = difference(card([80, 60, None, None]), card([50, None, None, None]))
    assert found is not None
    assert (found.low, found.high, found.known_share) == (-5, 45, 0.25)


def test_a_leader_is_stated_where_the_nearer_end_is_three_points_away(pair: Pair) -> None:
    a, b = pair([80, 60, None, None], [50, 60, None, None])
    found = verdict(a, b)
    assert (found.kind, found.leader) == ("leader", "heron")
    assert found.sentence == "Heron leads by 15 points; 50 % of the weight known for both."
    swapped = verdict(b, a)
    assert (swapped.leader, swapped.sentence) == ("heron", found.sentence)
    assert (swapped.low, swapped.high) == (-15, -15)


@pytest.mark.parametrize(("gap", "kind"), [(5.9, "too_close"), (6.0, "leader")])
def test_less_than_three_points_is_too_close_to_call(pair: Pair, gap: float, kind: str) -> None:
    a, b = pair([50 + gap, 50, None, None], [50, 50, None, None])
    assert verdict(a, b).kind == kind


def test_the_lead_is_given_as_the_interval_of_the_difference(pair: Pair) -> None:
    a, b = pair([80, 60, None, None], [10, None, None, 40])
    assert verdict(a, b).kind == "too_close"
    a, b = pair([90, 90, 90, None], [10, 10, None, None])
    assert verdict(a, b).sentence == "Heron leads by 50 to 83 points; 50 % of the weight known for both."


def test_an_interval_that_contains_zero_has_no_leader(pair: Pair) -> None:
    a, b = pair([60, 60, None, None], [50, None, None, None])
    found = verdict(a, b)
    assert (found.kind, found.leader) == ("too_close", None)
    assert found.sentence == "Too close to call on the little that is known; 25 % of the weight known for both."


def test_nothing_known_is_said_to_be_so(pair: Pair) -> None:
    a, b = pair([None] * 4, [None] * 4)
    assert verdict(a, b).kind == "unknown"
    assert opening(a, b, verdict(a, b)).startswith("Heron has no score yet and Egret has no score yet: nothing is known")


def test_different_kinds_have_both_scores_and_no_leader(heron: Side, marsh: Side) -> None:
    a, b = replace(heron, scorecard=card([95] * 4)), replace(marsh, scorecard=card([5, 5, None, None], kind="dataset"))
    found = verdict(a, b)
    assert (found.kind, found.leader, found.low) == ("different_kinds", None, None)
    said = opening(a, b, found)
    assert said == (
        "Heron scores 95 and Marsh scores 5 (50 % of inputs known), a model and a dataset: "
        "neither leads, as a score ranks each within its own kind."
    )


values = st.lists(st.none() | st.floats(0, 100), min_size=4, max_size=4)


@given(values, values)
def test_swapping_the_sides_turns_the_interval_round(ours: list[float | None], theirs: list[float | None]) -> None:
    there, back = difference(card(ours), card(theirs)), difference(card(theirs), card(ours))
    if there is None or back is None:
        assert there is back
    else:
        assert (there.low, there.high, there.known_share) == (pytest.approx(-back.high), pytest.approx(-back.low), back.known_share)
        assert there.low <= there.high
