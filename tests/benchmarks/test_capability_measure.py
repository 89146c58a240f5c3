"""The capability measure counts by its rule, and never sees a golden file's claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.capabilities import match, maximum_pairs, measure, report
from benchmarks.golden import load_golden, without_claims
from benchmarks.pairs import agreement, pair_id, pairs_of
from benchmarks.spans import Span, sources_of, tiles

README = (
    "# Tide Tables\n\nTide Tables records the water level of 312 harbours every hour.\n\n"
    "You can forecast **high water** for a harbour up to seven days ahead.\n\n"
    "Each level carries the code of its weather station, for joining records.\n"
)
GOLDEN = """
slug: tide-tables
type: dataset
capabilities:
  - id: hourly-levels
    name: hourly water levels
    description: Levels of many harbours.
    evidence: [{file: readme.md, quote: "records the water level of 312 harbours every hour"}]
  - id: forecasts
    name: high water forecasts
    description: Forecasts a week ahead.
    evidence: [{file: readme.md, quote: "forecast high water for a harbour"}]
unique:
  - claim: It carries station codes.
    evidence: [{file: readme.md, quote: "Each level carries the code of its weather station"}]
claims:
  - text: never to be read
    label: supported
    evidence: [{file: readme.md, quote: "a quote that stands nowhere"}]
facts:
  - {field: harbours, value: 312, evidence: [{file: readme.md, quote: "312 harbours"}]}
"""


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "tide-tables"
    folder.mkdir(parents=True)
    (folder / "readme.md").write_text(README, encoding="utf-8")
    (folder / "artifact.yaml").write_text("slug: tide-tables\nname: Tide Tables\ntype: dataset\ndocs: [{file: readme.md}]\n")
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "tide-tables.yaml").write_text(GOLDEN)
    return tmp_path


def _claim(quote: str, start: int | None = None) -> dict[str, Any]:
    at = README.index(quote) if start is None else start
    return {"text": "A sentence.", "evidence": [{"document_id": "d", "start": at, "end": at + len(quote), "quote": quote}]}


def _decomposition(*quotes: str, unique: tuple[str, ...] = ()) -> dict[str, Any]:
    capabilities = [{"name": f"c{n}", "summary": [_claim(q)], "unique": [], "vs_alternatives": []} for n, q in enumerate(quotes)]
    if unique:
        capabilities[0]["unique"] = [_claim(q) for q in unique]
    return {
        "artifact": {"slug": "tide-tables"},
        "documents": [{"id": "d", "uri": "somewhere/readme.md", "sha256": "other"}],
        "capabilities": capabilities,
    }


def _measured(reference: Path, *args: Any, **more: Any) -> Any:
    return measure([_decomposition(*args, **more)], reference / "golden", reference / "corpus")[0]


def test_claims_are_cut_out_before_parsing() -> None:
    text = without_claims(GOLDEN)
    assert "never to be read" not in text and "stands nowhere" not in text
    assert "facts:" in text and "unique:" in text


def test_claims_at_the_end_of_a_file_are_cut_out() -> None:
    assert without_claims("slug: a\nclaims:\n- text: b\n  label: c\n") == "slug: a\n"


def test_golden_quotes_are_read_without_the_claims(reference: Path) -> None:
    (golden,) = load_golden(reference / "golden")
    assert len(golden.quotes()) == 4
    assert not any("nowhere" in quote.text for quote in golden.quotes())


def test_the_same_passages_pair_through_markup(reference: Path) -> None:
    result = _measured(reference, "You can forecast **high water** for a harbour", "Tide Tables records the water level of 312 harbours")
    assert (result.strict, result.recall(result.strict), result.precision(result.strict)) == (2, 1.0, 1.0)
    assert result.missing == 0


def test_two_capabilities_on_one_passage_pair_once(reference: Path) -> None:
    result = _measured(reference, "records the water level of 312 harbours", "water level of 312 harbours every hour")
    assert (result.strict, result.precision(result.strict)) == (1, 0.5)


def test_less_than_half_of_the_shorter_quote_is_no_pair(reference: Path) -> None:
    assert _measured(reference, "hour.\n\nYou can").strict == 0


def test_only_the_first_200_characters_count(reference: Path) -> None:
    long = README[README.index("Tide Tables records") :]
    source = sources_of(reference / "corpus" / "tide-tables")[0]
    matching = match(load_golden(reference / "golden")[0], _decomposition(long), [source])
    span = matching.predicted[0].span
    assert span is not None and span.end - span.start <= 200 < len(long)


def test_a_golden_unique_entry_is_found_by_a_unique_claim_alone(reference: Path) -> None:
    quote = "Each level carries the code of its weather station"
    assert _measured(reference, quote).unique[0] == 0
    assert _measured(reference, "Tide Tables records", unique=(quote,)).unique == (1, 1, 1)


def test_an_artifact_without_a_decomposition_scores_zero_and_is_reported(reference: Path) -> None:
    results = measure([], reference / "golden", reference / "corpus")
    assert results[0].recall(results[0].strict) == 0.0
    assert "tide-tables" in report(results)
    assert "high water" not in report(results)


def test_spans_of_different_documents_are_never_the_same_passage() -> None:
    assert Span("a", 0, 10).same_passage(Span("a", 5, 40))
    assert not Span("a", 0, 10).same_passage(Span("a", 6, 40))
    assert not Span("a", 0, 10).same_passage(Span("b", 0, 10))


def test_blind_tiles_are_spread_evenly(reference: Path) -> None:
    sources = sources_of(reference / "corpus" / "tide-tables")
    spans = tiles(sources, 3)
    assert len(spans) == 3
    assert all(span.end - span.start <= 200 for span in spans)
    assert spans == sorted(spans, key=lambda span: span.start)


def test_pairing_is_a_maximum_one() -> None:
    assert len(maximum_pairs([(0, 0), (0, 1), (1, 0)])) == 2
    assert maximum_pairs([]) == {}


def test_left_over_pairs_are_judged_by_their_content(reference: Path) -> None:
    decomposition = _decomposition("Each level carries the code")
    (golden,) = load_golden(reference / "golden")
    matching = match(golden, decomposition, sources_of(reference / "corpus" / "tide-tables"))
    pairs = [pair for pair in pairs_of([matching], seed=1) if pair.kind == "real"]
    assert {pair.golden.name for pair in pairs} == {"hourly water levels", "high water forecasts"}
    yes = pair_id(matching.predicted[0], golden.capabilities[1])
    judged = measure([decomposition], reference / "golden", reference / "corpus", lambda p, g: pair_id(p, g) == yes)[0]
    assert (judged.strict, judged.judged, judged.unanswered) == (0, 1, 0)


def test_agreement_is_counted_on_pairs_read_twice() -> None:
    answers = [{"first": "same", "second": "same"}, {"first": "different", "second": "same"}, {"first": "same"}]
    count, equal, kappa = agreement(answers)
    assert (count, equal) == (2, 0.5)
    assert kappa < 0.5
