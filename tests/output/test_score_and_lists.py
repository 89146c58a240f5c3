"""Scores and plain lists in every format."""

from __future__ import annotations

from types import ModuleType

from agent.output import listing, pages, terminal_score
from agent.output.listing import Listing, ListingPage
from agent.output.options import PageOptions
from agent.output.score_view import ScorePage


def test_an_explained_score_gives_value_source_date_and_scale_of_each_input(samples: ModuleType) -> None:
    view = ScorePage(samples.scorecard(), "Lantern", samples.lantern(), True).view()
    terminal = " ".join(terminal_score.render(view, PageOptions()).split())
    assert "3,200 gives 50; log-scaled between 100 and 100,000; example.org, 2026-10-01" in terminal
    assert "Downloads unknown" in terminal
    assert "Label reading in photographs 64" in terminal
    for made in (pages.markdown("score", v=view), pages.html("score", v=view)):
        for words in (
            "3,200",
            "log-scaled between 100 and 100,000",
            "https://example.org/stars",
            "2026-10-01",
            "unknown",
            "Stock counting",
        ):
            assert words in made


def test_a_plain_score_gives_components_and_says_how_to_see_more(samples: ModuleType) -> None:
    text = terminal_score.render(ScorePage(samples.scorecard(), "Lantern").view(), PageOptions())
    assert "57 of 100, from the 60 % of its inputs that are known" in text
    assert "Match graph" in text
    assert "3,200" not in text
    assert "agent score lantern --explain" in text


def test_an_unknown_component_is_not_zero(samples: ModuleType) -> None:
    view = ScorePage(samples.scorecard(), "Lantern").view()
    assert [c.points for c in view.components] == ["50", "unknown"]


PAGE = ListingPage(
    "Things",
    "2 things",
    (Listing(("Slug", "Where"), (("a|b", "https://example.org/x"), ("<b>", "here"))), Listing(("A",), (), "Empty", "none recorded")),
)


def test_a_list_in_every_format() -> None:
    terminal, markdown, html = listing.render(PAGE, PageOptions()), pages.markdown("listing", v=PAGE), pages.html("listing", v=PAGE)
    assert "a|b   https://example.org/x" in terminal
    assert "| a\\|b | [https\\://example.org/x](<https://example.org/x>) |" in markdown
    assert '<a href="https://example.org/x" rel="noreferrer">' in html
    assert "&lt;b&gt;" in html
    for text in (terminal, markdown, html):
        assert "none recorded" in text


def test_a_long_cell_wraps_within_the_screen() -> None:
    page = ListingPage("", "", (Listing(("A", "B"), (("x" * 70, "y " * 70),)),))
    assert max(len(line) for line in listing.render(page, PageOptions()).split("\n")) <= 80


def test_a_figure_that_is_not_the_artifacts_own_is_shown_and_not_scored(samples: ModuleType) -> None:
    card = samples.scorecard()
    stars = card.components[0].inputs[0].model_copy(update={"normalised": None, "weight": 0.0})
    component = card.components[0].model_copy(update={"inputs": [stars]})
    view = ScorePage(card.model_copy(update={"components": [component]}), "Lantern", None, True).view()
    assert "3,200 (not scored)" in terminal_score.render(view, PageOptions())
    assert "| not scored |" in pages.markdown("score", v=view)
    assert "<td>not scored</td>" in pages.html("score", v=view)
