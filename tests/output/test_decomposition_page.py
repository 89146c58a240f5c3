"""What a reader sees of a decomposition, in every format."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from agent.domain.artifact import Manifest
from agent.output import pages, terminal_decomposition
from agent.output.decomposition_view import DecompositionPage, DecompositionView, score_summary
from agent.output.options import PageOptions

ESCAPE = "\x1b"


def view(samples: ModuleType, **options: object) -> DecompositionView:
    page = DecompositionPage(samples.lantern(), samples.scorecard(), samples.excerpts(), samples.NAMES)
    return page.view(PageOptions(**options))  # type: ignore[arg-type]


def terminal(samples: ModuleType, **options: object) -> str:
    return terminal_decomposition.render(view(samples, **options), PageOptions(**options))  # type: ignore[arg-type]


@pytest.fixture(params=["terminal", "markdown", "html"])
def shown(request: pytest.FixtureRequest, samples: ModuleType) -> str:
    """The page's words on one line, whatever the format."""
    made = {
        "terminal": lambda: terminal(samples),
        "markdown": lambda: pages.markdown("decomposition", v=view(samples)),
        "html": lambda: re.sub(r"<(?:style|script)>.*?</(?:style|script)>", "", pages.html("decomposition", v=view(samples)), flags=re.S),
    }
    return " ".join(re.sub(r"<[^<>]*>|\[\[?\d+\]?\]", "", made[request.param]()).replace("&#39;", "'").split())


def test_a_one_sided_claim_names_whose_word_it_is(shown: str) -> None:
    assert "Lantern reads 40 labels per second, while Harbor reads 12, according to its own documentation." in shown
    assert "Lantern needs less light than Harbor, according to A round-up." in shown
    assert "in 80 MB, according to this project's notes on Lantern card and another source." in shown


def test_quotes_of_notes_are_never_passed_off_as_the_artifacts_words(shown: str) -> None:
    assert "from this project's notes on Lantern card; Lantern paper" in shown
    assert "Lantern in short" not in shown


def test_what_is_not_documented_says_so(shown: str) -> None:
    assert shown.count("nothing documented") == 1
    assert "Where “Unique” or “vs alternatives” is absent: nothing documented." in shown


def test_piped_text_keeps_the_back_ticks_of_code_and_a_terminal_shows_it_by_style(samples: ModuleType) -> None:
    assert "The prompt `read <region>` limits Lantern" in " ".join(terminal(samples).split())
    page = terminal(samples, colour=True).split("Sources")[0]
    assert "`" not in page and "read <region>" in " ".join(re.sub(r"\x1b\[[\d;]*m", "", page).split())


def test_silence_names_only_the_lines_that_are_missing(samples: ModuleType) -> None:
    assert view(samples, limit=1).silence == ""
    phone = samples.lantern().model_copy(update={"capabilities": [samples.on_device()]})
    assert DecompositionPage(phone).view(PageOptions()).silence == "Where “vs alternatives” is absent: nothing documented."


def test_the_same_side_is_named_once_for_all_sentences_of_a_field(samples: ModuleType) -> None:
    first, second = samples.label_reading(), samples.stock_counting()
    notes = [samples.on_device().unique[0], first.vs_alternatives[0]]
    same = [claim.model_copy(update={"status": "one_sided"}) for claim in (*first.unique, *second.limitations)]
    made = samples.lantern().model_copy(
        update={"capabilities": [first.model_copy(update={"unique": same, "vs_alternatives": notes}), samples.on_device()]}
    )
    text = " ".join(terminal_decomposition.render(DecompositionPage(made).view(PageOptions()), PageOptions()).split())
    assert "trained on torn labels. [4] Counts above 200 are not reliable, both according to its own documentation." in text
    assert "in 80 MB, according to this project's notes on Lantern in short." in text
    assert "in 80 MB, according to this project's notes. [" in text  # the second time the citation's number says which


def test_the_documents_dates_and_version_are_a_row_where_the_manifest_has_them(samples: ModuleType) -> None:
    def shown(*docs: dict[str, str]) -> list[str]:
        manifest = Manifest.model_validate({"slug": "lantern", "name": "Lantern", "type": "model", "docs": docs})
        page = DecompositionPage(samples.lantern(), manifest=manifest).view(PageOptions())
        return [fact.value for fact in page.facts if fact.label == "Documents"]

    guide, notes = {"url": "https://example.org/lantern-guide"}, {"url": "https://example.org/lantern-notes"}
    assert shown(guide, notes) == []
    assert shown({**guide, "commit_date": "2025-02-01", "retrieved": "2026-11-01"}, notes) == [
        "as of 2025-02-01 (2 of 3 undated), retrieved 2026-11-01"
    ]
    assert shown({**guide, "version": "0.2.0", "date": "2023-05-01"}, {**notes, "date": "2024-01-01"}) == [
        "version 0.2.0, as of 2023-05-01 to 2024-01-01 (1 of 3 undated)"
    ]
    assert shown({"url": "https://example.org/not-read", "date": "2020-01-01"}) == []


def test_a_licence_of_two_parts_has_its_source(samples: ModuleType) -> None:
    facts = [
        samples.lantern().facts[0].model_copy(update={"field": field, "value": value})
        for field, value in (("license_weights", "Lamp terms"), ("license_code", "MIT"))
    ]
    found = DecompositionPage(samples.lantern().model_copy(update={"facts": facts})).view(PageOptions()).facts
    licence = next(fact for fact in found if fact.label == "License")
    assert licence.link == "https://example.org/lantern/card"
    assert licence.date == "2026-11-01"


def test_a_licence_that_only_the_manifest_states_says_so(shown: str) -> None:
    assert "stated in artifact.yaml" in shown


def test_a_markdown_page_gives_the_rest_with_first_sentence_and_quote(samples: ModuleType) -> None:
    page = pages.markdown("decomposition", v=view(samples, limit=1, openings=True))
    assert re.search(r"- \*\*2\. Stock counting\.\*\* Lantern counts the items on a shelf\. \[\[\d+\]\]", page)
    assert "> Lantern counts the items on a shelf." in page
    assert "Counts above 200" not in page


def test_a_left_out_document_titled_by_the_name_goes_by_its_file(samples: ModuleType) -> None:
    other = samples.GERMAN.model_copy(update={"title": "Lantern", "uri": "docs/README-ja.md", "language": "ja"})
    strange = samples.GERMAN.model_copy(update={"id": "x", "title": "Extra", "language": "xx"})
    made = samples.lantern().model_copy(update={"documents": [*samples.DOCUMENTS, other, strange]})
    assert DecompositionPage(made).view(PageOptions()).notes == (
        "Only English documents were read; not read: README-ja.md (Japanese); Extra (another language).",
    )


def test_every_page_has_score_and_skipped_document(shown: str) -> None:
    assert (
        "Score: 57 of 100 on adoption, documentation, freshness, integrations and use, counting the 60 % of inputs that are known; "
        "with all of them known it would lie between 34 and 74." in shown
    )
    assert "Only English documents were read; not read: Handbuch (German)." in shown


def test_an_unknown_fact_has_no_row(shown: str) -> None:
    assert "Pricing" not in shown and "unknown" not in shown


def test_claims_to_review_are_counted_and_not_shown(shown: str) -> None:
    assert "1 claim undecided" in shown
    assert "loved by clerks" not in shown
    assert "1 proposed claim rejected" in shown
    assert "400 labels" not in shown


def test_review_lists_the_undecided_with_the_reason(samples: ModuleType) -> None:
    assert "Lantern is loved by clerks. (undecided: entailment: undecided)" in " ".join(terminal(samples, review=True).split())


def test_a_limit_names_the_rest_and_cites_nothing_of_it(samples: ModuleType) -> None:
    text = terminal(samples, limit=1)
    assert "1 of 3 shown" in text
    assert "+2 more capabilities" in text
    assert "Stock counting" in text
    assert "Counts above 200" not in text


def test_every_citation_has_its_source_and_every_source_a_citation(samples: ModuleType) -> None:
    for limit in (1, 2, None):
        text = terminal(samples, limit=limit)
        page, sources = text.split("\nSources")
        cited = {n for group in re.findall(r"\[(\d+(?:, \d+)*)\]", page) for n in group.split(", ")}
        listed = re.findall(r"^ +\[(\d+)\] ", sources, re.M)
        assert cited == set(listed)
        assert len(listed) == len(set(listed))


def test_the_quote_shown_is_the_documents_own(samples: ModuleType) -> None:
    for source in view(samples, limit=None).sources:
        assert samples.TEXTS[source.document_id][source.start : source.end] == source.quote
        assert source.before + source.quote + source.after in samples.TEXTS[source.document_id]


@pytest.mark.parametrize("width", [40, 62, 80, 200])
@pytest.mark.parametrize("colour", [True, False])
def test_lines_stay_within_the_screen(samples: ModuleType, width: int, colour: bool) -> None:
    from rich.cells import cell_len

    text = terminal(samples, width=width, colour=colour, review=True, limit=2)
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert max(cell_len(line) for line in plain.split("\n")) <= min(width, 80)


def test_piped_text_has_no_colour_and_no_lines_drawn(samples: ModuleType) -> None:
    text = terminal(samples, colour=False)
    assert ESCAPE not in text
    assert not re.search("[─━│┃]", text)
    assert ESCAPE in terminal(samples, colour=True)


def test_whole_quotes_on_request(samples: ModuleType) -> None:
    long = samples.lantern().model_copy(update={"capabilities": [long_capability(samples)]})
    page = DecompositionPage(long, None, samples.excerpts(), samples.NAMES)
    short, full = PageOptions(), PageOptions(full_quotes=True)
    assert "…”" in terminal_decomposition.render(page.view(short), short)
    assert "…”" not in terminal_decomposition.render(page.view(full), full)


def long_capability(samples: ModuleType):  # type: ignore[no-untyped-def]
    words = samples.LANTERN_GUIDE.split("## Reading labels\n\n")[1].split("\n\n##")[0]
    return samples.capability("lantern", "reading", [samples.claim("summary", "Lantern reads.", samples.quote("lantern-guide", words))])


def test_an_unknown_score_is_unknown_and_not_zero(samples: ModuleType) -> None:
    assert score_summary(None).line == "unknown"
    assert score_summary(samples.scorecard(value=None)).line == "unknown"


def test_terminal_text_of_a_document_cannot_steer_the_terminal(samples: ModuleType) -> None:
    made = samples.lantern()
    first = made.capabilities[0].model_copy(update={"name": "reading \x1b]0;owned\x07 [bold]x[/bold]"})
    page = DecompositionPage(made.model_copy(update={"capabilities": [first]}), None, samples.excerpts(), samples.NAMES)
    text = terminal_decomposition.render(page.view(PageOptions()), PageOptions())
    assert ESCAPE not in text and "\x07" not in text
    assert "[bold]x[/bold]" in text


def test_markdown_citations_lead_to_their_sources(samples: ModuleType) -> None:
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").enable("table").render(pages.markdown("decomposition", v=view(samples)))
    targets = set(re.findall(r'href="#source-(\d+)"', rendered))
    anchors = set(re.findall(r'<a id="source-(\d+)"', rendered))
    assert targets == anchors == {str(n) for n in range(1, len(anchors) + 1)}
    assert "<script" not in rendered


def test_nothing_found_says_so_in_every_format(samples: ModuleType) -> None:
    empty = samples.lantern().model_copy(update={"capabilities": [], "facts": [], "documents": samples.DOCUMENTS[:1]})
    view = DecompositionPage(empty).view(PageOptions())
    for page in (
        terminal_decomposition.render(view, PageOptions()),
        pages.markdown("decomposition", v=view),
        pages.html("decomposition", v=view),
    ):
        assert "Nothing in its own documentation could be read as a capability." in page
        assert "No claims; 1 document read" in page
        assert "#source" not in page.split("<script>")[0]
