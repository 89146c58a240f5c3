"""The comparison as a whole: rows, lists, symmetry, identity."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agent.comparison import compare
from agent.domain.capability import Evidence, FactClaim
from agent.domain.comparison import Comparison, Side
from agent.domain.scorecard import StoreFacts
from agent.scoring import score

AS_OF = date(2026, 6, 1)
LABELS = [
    "Type", "Score", "Adoption", "Quality", "Ecosystem", "Match graph", "Freshness", "Pricing", "License", "Released", "Size", "Languages",
    "Documents", "Capabilities", "Times matched",
]  # fmt: skip


def test_the_table_has_every_row_and_says_unknown_where_nothing_is_known(heron: Side, egret: Side) -> None:
    rows = {row.label: row for row in compare(heron, egret, AS_OF).rows}
    assert list(rows) == LABELS
    assert (rows["Pricing"].a, rows["Released"].a, rows["Languages"].b, rows["Match graph"].a) == ("unknown",) * 4
    assert rows["Times matched"].a == "0, no searches recorded"
    assert rows["License"].b == "Egret community licence"
    assert (rows["Size"].a, rows["Size"].a_sources) == ("0.5B parameters", ["0.5B parameters (https://heron.example, 2026-01-01)"])
    assert rows["Capabilities"].a == "4, 2 of them core"
    assert re.fullmatch(r"\d+ \(\d+ % of its inputs known; \d+ to \d+ if all were\)", rows["Score"].a)
    assert rows["Score"].a_note == ""


def test_rows_for_what_few_things_have_stand_there_where_one_side_has_them(side: Callable[..., Side], egret: Side) -> None:
    fact = {"field": "requirements", "value": "a roof", "source": "https://x.example", "date": "2026-01-01"}
    docs = [{"file": "a.md", "commit_date": "2025-03-01"}, {"file": "b.md", "commit_date": "2024-02-01"}]
    rows = {row.label: row for row in compare(side("stork", "Stork", {"Work": "Stork flies."}, facts=[fact], docs=docs), egret, AS_OF).rows}
    assert (rows["Requires"].a, rows["Requires"].b, rows["Requires"].a_sources) == (
        "a roof",
        "unknown",
        ["a roof (https://x.example, 2026-01-01)"],
    )
    assert rows["Documents"].a == "1 read, of 2024-02-01 to 2025-03-01"
    assert "Hardware" not in rows


def test_a_fact_out_of_project_notes_says_whose_words_they_are(side: Callable[..., Side], egret: Side) -> None:
    stork = side("stork", "Stork", {"Work": "Stork flies."}, origin="project-notes")
    assert stork.decomposition is not None
    quote = Evidence(document_id="doc", start=0, end=9, quote="It is MIT")
    fact = FactClaim(id="f", kind="fact", text="Stork is MIT.", status="supported", evidence=[quote], field="license", value="MIT")
    noted = replace(stork, decomposition=stork.decomposition.model_copy(update={"facts": [fact]}))
    row = next(row for row in compare(noted, egret, AS_OF).rows if row.label == "License")
    assert row.a_sources == ["MIT (from this project's notes on Stork: “It is MIT”)"]


def test_matches_are_counted_once_searches_are_recorded(heron: Side, egret: Side) -> None:
    searched = replace(heron, times_matched=7, searches_recorded=20)
    row = compare(searched, egret, AS_OF).rows[-1]
    assert row.label == "Times matched"
    assert (row.a, row.a_note, row.b) == ("7", "of 20 searches recorded", "0, no searches recorded")


def test_every_capability_is_aligned_or_listed_apart_exactly_once(heron: Side, egret: Side) -> None:
    page = compare(heron, egret, AS_OF)
    assert sorted([p.a for p in page.aligned] + page.only_a) == sorted(c.id for c in page.capabilities_a)
    assert sorted([p.b for p in page.aligned] + page.only_b) == sorted(c.id for c in page.capabilities_b)


def test_swapping_the_sides_swaps_the_page_and_nothing_else(heron: Side, egret: Side) -> None:
    there, back = compare(heron, egret, AS_OF), compare(egret, heron, AS_OF)
    assert {(p.a, p.b, p.similarity) for p in there.aligned} == {(p.b, p.a, p.similarity) for p in back.aligned}
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)
    assert (there.choose_a, there.choose_b) == (back.choose_b, back.choose_a)
    assert there.verdict.sentence == back.verdict.sentence
    assert [(r.label, r.a, r.b) for r in there.rows] == [(r.label, r.b, r.a) for r in back.rows]


def test_the_same_inputs_give_the_same_page_and_any_change_another_identity(heron: Side, egret: Side) -> None:
    page = compare(heron, egret, AS_OF)
    assert compare(heron, egret, AS_OF) == page
    later = compare(heron, egret, date(2026, 7, 1))
    matched = compare(replace(heron, times_matched=1, searches_recorded=1), egret, AS_OF)
    relicensed = replace(heron, manifest=heron.manifest.model_copy(update={"license": "BSD-3-Clause"}))
    hashes = {page.inputs_sha256, later.inputs_sha256, matched.inputs_sha256, compare(relicensed, egret, AS_OF).inputs_sha256}
    assert len(hashes) == 4


def test_an_artifact_without_a_decomposition_is_compared_on_what_is_known(heron: Side, egret: Side) -> None:
    unread = replace(egret, decomposition=None, scorecard=score(egret.manifest, None, StoreFacts(), AS_OF))
    page = compare(heron, unread, AS_OF)
    assert page.aligned == []
    assert {row.label: row.b for row in page.rows}["Capabilities"] == "unknown"
    assert page.only_a == [c.id for c in page.capabilities_a]


def test_a_comparison_survives_json_with_the_sources_of_its_facts(heron: Side, egret: Side) -> None:
    page = compare(heron, egret, AS_OF)
    again = Comparison.model_validate_json(page.model_dump_json())
    assert again == page
    facts = [c for choice in again.choose_a for c in choice.claims if c.kind == "fact"]
    assert facts
    assert all(getattr(fact, "source", None) for fact in facts)


def test_an_artifact_compared_with_itself_has_all_its_capabilities_aligned(side: Callable[..., Side], heron: Side) -> None:
    page = compare(heron, heron, AS_OF)
    assert len(page.aligned) == 4
    assert page.verdict.kind == "too_close"
    assert page.only_a == page.only_b == []
