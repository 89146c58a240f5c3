"""The scorecard: unknown inputs, coverage, interval, traceable figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.artifact import Manifest
from agent.domain.capability import Claim, Decomposition, ScoreInput
from agent.domain.scorecard import DocumentOutline, Mention, Scorecard, StoreFacts
from agent.scoring import score

AS_OF = date(2026, 6, 1)
Maker = Callable[..., Manifest]
STARS = {"name": "github_stars", "value": 20_000, "date": "2026-05-01", "source": "https://ranking.example/stars"}
RELEASE = {"name": "latest_release", "value": "2026-05-20", "date": "2026-05-21", "source": "https://registry.example/brook"}


def found(card: Scorecard, component: str, name: str) -> ScoreInput:
    part = card.component(component)
    assert part is not None
    return next(i for i in part.inputs if i.name == name)


def test_an_artifact_nobody_has_measured_scores_unknown_and_not_zero(manifest: Maker) -> None:
    card = score(manifest(license=None), None, StoreFacts(), AS_OF)
    assert card.value is None
    assert card.printed() == "unknown"
    assert (card.low, card.high, card.coverage) == (0, 100, 0)


def test_the_value_is_the_weighted_mean_of_the_known_inputs(manifest: Maker) -> None:
    card = score(manifest(signals=[STARS, RELEASE]), None, StoreFacts(), AS_OF)
    known = [i for c in card.components for i in c.inputs if i.normalised is not None and i.weight > 0]
    points = sum(i.weight * (i.normalised or 0) for i in known)
    assert card.value == pytest.approx(points / sum(i.weight for i in known), abs=0.1)
    assert card.coverage == pytest.approx(sum(i.weight for i in known) / 100, abs=0.001)
    assert card.low == pytest.approx(points / 100, abs=0.1)
    assert card.high == pytest.approx(card.low + 100 * (1 - card.coverage), abs=0.2)


def test_component_weights_are_25_25_25_15_10_for_every_type(manifest: Maker) -> None:
    for kind in ("model", "dataset", "library", "framework", "agent", "mcp-server", "benchmark", "product"):
        card = score(manifest(type=kind), None, StoreFacts(), AS_OF)
        assert [(c.name, c.weight) for c in card.components] == [
            ("adoption", 25), ("quality", 25), ("match_graph", 25), ("freshness", 15), ("ecosystem", 10),
        ]  # fmt: skip
        for component in card.components:
            assert sum(i.weight for i in component.inputs) == pytest.approx(component.weight, abs=0.01)


def test_every_scored_figure_carries_value_source_date_and_normalisation(manifest: Maker) -> None:
    stars = found(score(manifest(signals=[STARS]), None, StoreFacts(), AS_OF), "adoption", "github_stars")
    assert (stars.value, stars.source, stars.date) == (20_000, "https://ranking.example/stars", "2026-05-01")
    assert "log-scaled between 100 and 200,000" in stars.note


def test_an_undated_figure_is_used_and_says_so(manifest: Maker) -> None:
    stars = found(score(manifest(signals=[{**STARS, "date": None}]), None, StoreFacts(), AS_OF), "adoption", "github_stars")
    assert stars.normalised is not None
    assert stars.date is None
    assert "undated" in stars.note


def test_a_figure_of_something_larger_is_shown_with_its_note_and_never_scored(manifest: Maker) -> None:
    shared = {**STARS, "own": False, "note": "of the whole repository"}
    card = score(manifest(signals=[shared]), None, StoreFacts(), AS_OF)
    assert card.component("adoption") is not None
    assert card.component("adoption").value is None  # type: ignore[union-attr]
    rows = [i for i in card.component("adoption").inputs if i.name == "github_stars"]  # type: ignore[union-attr]
    assert [(i.value, i.weight > 0) for i in rows] == [(None, True), (20_000, False)]
    assert "of the whole repository" in rows[1].note


def test_freshness_is_measured_at_the_given_date_and_never_with_later_events(manifest: Maker) -> None:
    releases = [RELEASE, {**RELEASE, "value": "2024-05-20"}]
    now = found(score(manifest(signals=releases), None, StoreFacts(), AS_OF), "freshness", "latest_release")
    then = found(score(manifest(signals=releases), None, StoreFacts(), date(2024, 6, 1)), "freshness", "latest_release")
    before = found(score(manifest(signals=releases), None, StoreFacts(), date(2024, 1, 1)), "freshness", "latest_release")
    assert (now.value, now.normalised) == ("2026-05-20", 100)
    assert (then.value, then.normalised) == ("2024-05-20", 100)
    assert (before.value, before.normalised) == (None, None)
    assert "after 2024-01-01" in before.note


def test_the_match_graph_is_unknown_until_a_search_is_recorded(manifest: Maker) -> None:
    silent = score(manifest(), None, StoreFacts(times_matched=0, searches_recorded=0), AS_OF)
    unmatched = score(manifest(), None, StoreFacts(times_matched=0, searches_recorded=40), AS_OF)
    assert found(silent, "match_graph", "times_matched").note == "no searches recorded"
    assert silent.component("match_graph").value is None  # type: ignore[union-attr]
    assert unmatched.component("match_graph").value == 0  # type: ignore[union-attr]


def test_adding_a_known_figure_narrows_the_interval_and_stays_inside_it(manifest: Maker) -> None:
    without = score(manifest(signals=[STARS]), None, StoreFacts(), AS_OF)
    with_it = score(manifest(signals=[STARS, RELEASE]), None, StoreFacts(), AS_OF)
    assert without.low <= with_it.low <= with_it.high <= without.high
    assert with_it.coverage > without.coverage


@given(stars=st.integers(0, 10**7), forks=st.none() | st.integers(0, 10**6), matched=st.integers(0, 5000), searched=st.integers(0, 5000))
def test_value_and_interval_always_agree(stars: int, forks: int | None, matched: int, searched: int) -> None:
    signals = [{**STARS, "value": stars}] + ([{"name": "github_forks", "value": forks}] if forks is not None else [])
    made = Manifest.model_validate({"slug": "brook", "name": "Brook", "type": "agent", "signals": signals})
    card = score(made, None, StoreFacts(times_matched=matched, searches_recorded=searched), AS_OF)
    assert card.value is not None
    assert 0 <= card.low <= card.value <= card.high <= 100


def test_quality_counts_limits_results_usage_and_the_share_of_supported_claims(
    manifest: Maker, claim: Callable[..., Claim], decomposition: Callable[..., Decomposition]
) -> None:
    made = decomposition(
        claim("Brook joins two streams and reaches an accuracy of 91.5 on the ford test."),
        claim("Brook cannot join more than four streams.", kind="limitation"),
        rejected=[claim("Brook is the best.", status="rejected")],
    )
    outline = DocumentOutline(
        "d1", "https://brook.example/readme", "documentation", headings=("Brook", "Usage", "Evaluation"), code_blocks=4
    )
    card = score(manifest(), made, StoreFacts(outlines=(outline,)), AS_OF)
    assert found(card, "quality", "licence").normalised == 100
    assert found(card, "quality", "limitations").value == 1
    assert found(card, "quality", "evaluation").value == 2  # one claim with a figure, one section
    assert found(card, "quality", "usage").normalised == 100
    share = found(card, "quality", "claims_supported")
    assert share.normalised == pytest.approx(66.67)
    assert "2 of 3 claims" in share.note


def test_a_licence_that_documents_do_not_state_is_zero_but_unread_documents_leave_it_unknown(
    manifest: Maker, decomposition: Callable[..., Decomposition]
) -> None:
    read = score(manifest(license=None), decomposition(), StoreFacts(), AS_OF)
    unread = score(manifest(license=None), None, StoreFacts(), AS_OF)
    assert found(read, "quality", "licence").normalised == 0
    assert found(unread, "quality", "licence").normalised is None


def test_ecosystem_lists_each_name_once_with_its_quote_or_source(manifest: Maker) -> None:
    quote = "Brook reads Parquet and JSON and plugs into PyTorch."
    mentions = tuple(Mention(kind, name, 0, len(quote), quote) for kind, name in
                     (("format", "Parquet"), ("format", "JSON"), ("integration", "PyTorch"), ("integration", "Delta")))  # fmt: skip
    outlines = (
        DocumentOutline("d1", "https://brook.example/readme", "documentation", mentions=mentions),
        DocumentOutline("d2", "https://else.example", "third-party", mentions=(Mention("format", "CSV", 0, 3, "CSV"),)),
    )
    facts = [
        {"field": "integrations", "value": ["PyTorch Lightning", "Keras"], "source": "https://brook.example/docs", "date": "2026-02-02"}
    ]
    made = manifest(facts=facts, related=[{"slug": "delta", "name": "Delta"}])
    card = score(made, None, StoreFacts(outlines=outlines), AS_OF)
    part = card.component("ecosystem")
    assert part is not None
    named = {(i.name, i.value): i for i in part.inputs if i.weight == 0}
    assert set(named) == {("integration", "PyTorch Lightning"), ("integration", "Keras"), ("format", "Parquet"), ("format", "JSON")}
    assert named["format", "Parquet"].note == f"“{quote}”"
    assert (named["integration", "Keras"].source, named["integration", "Keras"].date) == ("https://brook.example/docs", "2026-02-02")
    assert found(card, "ecosystem", "packages").value is None


def test_a_name_read_in_project_notes_says_whose_words_they_are(manifest: Maker) -> None:
    outline = DocumentOutline("d1", "https://brook.example/notes", "project-notes", mentions=(Mention("format", "JSON", 0, 4, "as JSON"),))
    card = score(manifest(), None, StoreFacts(outlines=(outline,)), AS_OF)
    part = card.component("ecosystem")
    assert part is not None
    assert [i.note for i in part.inputs if i.value == "JSON"] == ["from this project's notes on Brook: “as JSON”"]
