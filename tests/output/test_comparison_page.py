"""What a reader sees of a comparison."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from agent.domain.capability import FactClaim
from agent.output import pages, terminal_comparison
from agent.output.comparison_view import ComparisonPage, ComparisonView
from agent.output.options import PageOptions


def view(samples: ModuleType, **options: object) -> ComparisonView:
    return ComparisonPage(samples.comparison(), samples.excerpts()).view(PageOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(params=["terminal", "markdown", "html"])
def shown(request: pytest.FixtureRequest, samples: ModuleType) -> str:
    made = {
        "terminal": lambda: terminal_comparison.render(view(samples), PageOptions()),
        "markdown": lambda: pages.markdown("comparison", v=view(samples)),
        "html": lambda: re.sub(r"<(?:style|script)>.*?</(?:style|script)>", "", pages.html("comparison", v=view(samples)), flags=re.S),
    }
    return " ".join(re.sub(r"<[^<>]*>|\[\[?\d+\]?\]|[*#•|]|(?<=\n)- ", " ", made[request.param]()).replace("&#39;", "'").split())


def test_it_opens_with_the_sentence_that_sums_up(shown: str) -> None:
    body = shown.split("Lantern and Harbor", 1)[1]
    assert "Lantern scores 57 and Harbor 51, which is too close to call." in body[:160]


def test_rows_verdict_and_choices_are_there(shown: str) -> None:
    for words in (
        "0, no searches recorded",
        "unknown",
        "Choose Lantern when ...",
        "Labels are torn.",
        "Choose Harbor when ...",
        "Labels move.",
    ):
        assert words in shown, words


def test_both_sides_of_a_pair_and_what_only_one_does(shown: str) -> None:
    assert shown.index("Label reading in photographs") < shown.index("Label reading in video") < shown.index("Only Lantern")
    only_lantern, only_harbor = shown.split("Only Lantern")[1].split("Only Harbor")
    assert "Stock counting" in only_lantern and "Frame archive" not in only_lantern
    assert "Frame archive" in only_harbor


def test_what_is_cut_is_counted_and_named(samples: ModuleType) -> None:
    for text in (
        terminal_comparison.render(view(samples, limit=1), PageOptions(limit=1)),
        pages.markdown("comparison", v=view(samples, limit=1)),
    ):
        assert "+1 more" in text
        assert "Use on a phone" in text
        assert "80 MB" not in text


def test_choices_that_do_not_share_the_lead_keep_their_words(samples: ModuleType) -> None:
    made = samples.comparison()
    other = made.choose_a[0].model_copy(update={"text": "Lantern wins where labels are torn."})
    page = ComparisonPage(made.model_copy(update={"choose_a": [*made.choose_a, other]}), samples.excerpts()).view(PageOptions())
    assert page.a.choose_title == "Choose Lantern"
    assert [s.text for s in page.a.choose] == ["Choose Lantern when labels are torn.", "Lantern wins where labels are torn."]


def test_no_choice_and_no_pair_say_so(samples: ModuleType) -> None:
    made = samples.comparison().model_copy(update={"choose_a": [], "aligned": []})
    text = terminal_comparison.render(ComparisonPage(made, samples.excerpts()).view(PageOptions()), PageOptions())
    assert "nothing documented sets it apart" in text
    assert "No capability was found to do the same job on both sides." in text


@pytest.mark.parametrize("width", [40, 80])
def test_lines_stay_within_the_screen(samples: ModuleType, width: int) -> None:
    from rich.cells import cell_len

    text = terminal_comparison.render(view(samples), PageOptions(width=width))
    assert max(cell_len(line) for line in text.split("\n")) <= width


def test_what_stands_behind_a_cell_names_the_site_and_does_not_repeat_the_cell(samples: ModuleType) -> None:
    made = samples.comparison()
    row = made.rows[0].model_copy(update={"label": "Size", "a": "80 MB", "a_note": "80 MB (https://www.example.org/a/card.md, 2026-11-01)"})
    page = ComparisonPage(made.model_copy(update={"rows": [row]}), samples.excerpts()).view(PageOptions())
    assert "(example.org/a/card.md," in "".join(terminal_comparison.render(page, PageOptions(full_quotes=True)).split())
    assert "card.md, 2026" not in terminal_comparison.render(page, PageOptions())
    assert "80 MB ([example.org/a/card.md](<https://www.example.org/a/card.md>), 2026-11-01)" in pages.markdown("comparison", v=page)
    link = '<a href="https://www.example.org/a/card.md" rel="noreferrer">example.org/a/card.md</a>, 2026-11-01'
    assert link in pages.html("comparison", v=page)


def test_the_facts_behind_a_choice_have_their_source_and_date(samples: ModuleType) -> None:
    made = samples.comparison()
    fact = FactClaim(
        id="f", kind="fact", text="Lantern: size: 80 MB.", status="supported", field="size", value="80 MB",
        source="https://www.example.org/card", date="2026-11-01",
    )  # fmt: skip
    choice = made.choose_a[0].model_copy(update={"text": "Choose Lantern when it has to be small: 80 MB.", "claims": [fact]})
    page = ComparisonPage(made.model_copy(update={"choose_a": [choice]}), samples.excerpts()).view(PageOptions())
    shown = " ".join(terminal_comparison.render(page, PageOptions()).split())
    assert "It has to be small: 80 MB. (Lantern: size, example.org, 2026-11-01)" in shown
    whole = " ".join(terminal_comparison.render(page, PageOptions(full_quotes=True)).split())
    assert "It has to be small: 80 MB. (Lantern: size, example.org/card, 2026-11-01)" in whole
    told = "80 MB. (Lantern: size, [example.org/card](<https://www.example.org/card>), 2026-11-01)"
    assert told in pages.markdown("comparison", v=page)
    assert '<a href="https://www.example.org/card" rel="noreferrer">example.org/card</a>, 2026-11-01' in pages.html("comparison", v=page)
    other = choice.model_copy(update={"text": "Choose Lantern when it has to be small."})
    page = ComparisonPage(made.model_copy(update={"choose_a": [other]}), samples.excerpts()).view(PageOptions())
    assert "(Lantern: size: 80 MB, example.org, 2026-11-01)" in terminal_comparison.render(page, PageOptions())


def test_a_cell_cites_the_quote_its_fact_stands_in(samples: ModuleType) -> None:
    made = samples.comparison()
    quote = made.capabilities_a[0].summary[0].evidence[0]
    row = made.rows[0].model_copy(
        update={"label": "Size", "a": "80 MB", "a_note": "", "a_sources": ["80 MB (Lantern card: “80 MB.”)"], "a_evidence": [quote]}
    )
    page = ComparisonPage(made.model_copy(update={"rows": [row]}), samples.excerpts()).view(PageOptions())
    assert page.sources[0].quote == quote.quote
    assert "80 MB [1]" in terminal_comparison.render(page, PageOptions())
    assert "80 MB [[1]] |" in pages.markdown("comparison", v=page)
    assert 'href="#source-1"' in pages.html("comparison", v=page).split("80 MB")[1][:200]


def test_a_list_in_a_cell_is_not_repeated_before_its_source(samples: ModuleType) -> None:
    made = samples.comparison()
    row = made.rows[0].model_copy(
        update={"label": "Size", "a": "1 MB; 2 MB", "a_note": "", "a_sources": ["1 MB, 2 MB (https://www.example.org/a, 2026-11-01)"]}
    )
    page = ComparisonPage(made.model_copy(update={"rows": [row]}), samples.excerpts()).view(PageOptions())
    assert "1 MB; 2 MB ([example.org/a](<https://www.example.org/a>), 2026-11-01) |" in pages.markdown("comparison", v=page)


def test_a_file_in_markdown_has_every_capability_with_its_sentence(samples: ModuleType) -> None:
    whole = pages.markdown("comparison", v=view(samples, limit=None))
    assert "more" not in re.findall(r"\+\d+ (\w+)", whole)
    assert all(c.summary[0].text in whole for c in (*samples.comparison().capabilities_a, *samples.comparison().capabilities_b))


def in_all_formats(page: ComparisonView) -> list[str]:
    made = terminal_comparison.render(page, PageOptions()), pages.markdown("comparison", v=page), pages.html("comparison", v=page)
    return [" ".join(re.sub(r"<(?:style|script)>.*?</(?:style|script)>|<[^<>]*>|[*]", " ", text, flags=re.S).split()) for text in made]


def test_every_format_says_what_each_side_is_or_that_no_sentence_does(samples: ModuleType) -> None:
    made = samples.comparison()
    first = made.capabilities_b[1].summary[0]
    said = FactClaim(
        **{**first.model_dump(), "kind": "fact", "text": "Harbor is an archive of frames."}, field="definition", value="archive"
    )
    page = ComparisonPage(made.model_copy(update={"definition_b": said}), samples.excerpts()).view(PageOptions())
    for text in in_all_formats(page):
        assert "Harbor is an archive of frames." in text
        assert "not said in one sentence of its documents" in text


def test_what_is_unknown_for_both_is_one_line(samples: ModuleType) -> None:
    made = samples.comparison()
    silent = [made.rows[0].model_copy(update={"label": label, "a": "unknown", "b": "unknown"}) for label in ("Pricing", "Released")]
    page = ComparisonPage(made.model_copy(update={"rows": [*made.rows, *silent]}), samples.excerpts()).view(PageOptions())
    for text in in_all_formats(page):
        assert "Unknown for both: Pricing, Released." in text


def test_what_a_reason_tells_is_not_told_again_in_the_list(samples: ModuleType) -> None:
    made = samples.comparison()
    claim = made.capabilities_b[1].summary[0]
    choice = made.choose_b[0].model_copy(
        update={"text": "Choose Harbor when you need it to store every frame with its time.", "claims": [claim]}
    )
    page = ComparisonPage(made.model_copy(update={"choose_b": [choice]}), samples.excerpts()).view(PageOptions())
    assert (page.b.total, len(page.b.only)) == (1, 0)
    for text in in_all_formats(page):
        assert "Told above: Frame archive" in text


def test_a_word_with_its_own_spelling_keeps_it_at_the_start_of_a_reason(samples: ModuleType) -> None:
    made = samples.comparison()
    choice = made.choose_a[0].model_copy(update={"text": "Choose Lantern when this counts: vLamp serves it."})
    page = ComparisonPage(made.model_copy(update={"choose_a": [choice]}), samples.excerpts()).view(PageOptions())
    assert [s.text for s in page.a.choose] == ["vLamp serves it."]
