"""Distinctions, comparisons, limits and facts of whole small documents."""

from __future__ import annotations

from agent.domain.artifact import Manifest, Origin
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.domain.proposal import ClaimProposal, Subject
from agent.engines.extractive.claims.attach import attach
from agent.engines.extractive.claims.contrast import two_sided
from agent.engines.extractive.draft import Attached, Draft
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent_sources.structure import blocks_of

HERON = """# Heron

Heron is a toolkit that transcribes birdsong into sheet music. Heron writes MusicXML.

## Features

- Heron reads recordings of any length without a server.
- Heron exports a score to PDF and prints it.

## Comparison

Unlike Kingfisher, Heron needs no index of species. We train Heron on 20,000 hours of licensed recordings.

| Benchmark | Kingfisher | Heron 2 |
| --- | --- | --- |
| MarshBench | 61.5 | 70.25 |

## Limitations

- Heron does not support stereo recordings.

## License

Heron is released under the MIT license.
"""
KINGFISHER = """# Kingfisher

Kingfisher identifies birds by looking their song up in an index of species. Kingfisher is published under the GPL-3.0 license.
"""
BIRDS = ("lark", "wren", "rook", "owl", "crane", "gull", "finch", "swift", "stork", "tern", "robin", "quail")
THINGS = ("maps", "walls", "slides", "globes", "cards", "posters", "fans", "tiles", "kites", "flags", "stamps", "discs")


def subject(text: str, name: str, related: list[str] | None = None, origin: Origin = "documentation") -> Subject:
    manifest = Manifest.model_validate(
        {"slug": name.lower(), "name": name, "type": "library", "related": [{"slug": r.lower(), "name": r} for r in related or []]}
    )
    document = Document(
        id=sha256(text)[:16], artifact=name.lower(), uri="readme.md", title="Readme", origin=origin, media_type="text/markdown",
        sha256=sha256(text), text_sha256=sha256(text), reader="markdown/1", language="en", text=text, fetched_at="2026-01-01",
    )  # fmt: skip
    return Subject(manifest=manifest, documents=[document], blocks={document.id: blocks_of(text, "text/markdown")}, passages=[])


def draft(*statements: Statement, importance: str = "core") -> Draft:
    return Draft(name=" ".join(statements[0].text.split()[:4]), importance=importance, statements=statements, summary=statements, score=0.5)  # type: ignore[arg-type]


def attached(neighbours: list[Subject] | None = None) -> tuple[Subject, list[Statement], Attached]:
    heron = subject(HERON, "Heron", ["Kingfisher"])
    statements = statements_of(heron)
    leads = [s for s in statements if "transcribes" in s.text or "exports" in s.text]
    return heron, statements, attach([draft(lead) for lead in leads], statements, heron, neighbours or [])


def claims(found: Attached, field: str) -> list[ClaimProposal]:
    return [claim for one in found.drafts for claim in getattr(one, field)]


def test_each_kind_of_claim_is_found_and_cites_its_own_sentence() -> None:
    heron, _, found = attached()
    text = heron.documents[0].text
    assert "Heron reads recordings of any length without a server." in [c.text for c in claims(found, "unique")]
    assert "Unlike Kingfisher, Heron needs no index of species." in [c.text for c in claims(found, "vs_alternatives")]
    assert [c.text for c in claims(found, "limitations")] == ["Heron does not support stereo recordings."]
    for field in ("unique", "vs_alternatives", "limitations"):
        for claim in claims(found, field):
            assert claim.quotes
            assert all(text[quote.start : quote.end] == quote.quote for quote in claim.quotes)


def test_a_results_table_becomes_a_sentence_with_row_and_header() -> None:
    _, _, found = attached()
    table = next(c for c in claims(found, "vs_alternatives") if "MarshBench" in c.text)
    assert table.text == "On MarshBench, Heron 2 scores 70.25, against 61.5 for Kingfisher."
    assert table.alternatives == ["Kingfisher"]
    assert ["70.25" in quote.quote for quote in table.quotes] == [True, False]
    assert "Heron 2" in table.quotes[1].quote


def test_facts_keep_the_value_and_the_sentence() -> None:
    _, _, found = attached()
    licence = next(fact for fact in found.facts if fact.field == "license")
    assert (licence.value, licence.text) == ("MIT", "Heron is released under the MIT license.")


def test_a_sentence_that_leads_a_summary_is_not_printed_twice() -> None:
    heron = subject(HERON, "Heron", ["Kingfisher"])
    statements = statements_of(heron)
    lead = next(s for s in statements if "transcribes" in s.text)
    found = attach([draft(lead)], statements, heron, [])
    assert lead.printed not in [c.text for c in claims(found, "unique")]


def test_a_distinctive_lead_is_told_shorter_in_the_summary_and_whole_as_the_claim() -> None:
    heron = subject(HERON, "Heron", ["Kingfisher"])
    statements = statements_of(heron)
    lead = next(s for s in statements if "without a server" in s.text)
    found = attach([draft(lead)], statements, heron, [])
    assert [s.printed for s in found.drafts[0].summary] == ["Heron reads recordings of any length."]
    assert found.drafts[0].unique[0].text == "Heron reads recordings of any length without a server."


def test_a_weighty_comparison_moves_out_of_a_summary_that_goes_on_without_it() -> None:
    heron = subject(HERON, "Heron", ["Kingfisher"])
    statements = statements_of(heron)
    lead = next(s for s in statements if "transcribes" in s.text)
    unlike = next(s for s in statements if s.text.startswith("Unlike"))
    found = attach([draft(lead, unlike)], statements, heron, [])
    assert [s.text for s in found.drafts[0].summary] == [lead.text]
    assert unlike.printed in [c.text for c in claims(found, "vs_alternatives")]


def test_without_drafts_only_facts_come_back() -> None:
    heron = subject(HERON, "Heron")
    found = attach([], statements_of(heron), heron, [])
    assert found.drafts == () and found.facts


def test_the_same_documents_give_the_same_claims() -> None:
    neighbours = [subject(KINGFISHER, "Kingfisher")]
    assert attached(neighbours)[2] == attached(neighbours)[2]


def test_no_more_than_three_claims_of_a_field_for_one_capability() -> None:
    many = "# Heron\n\nHeron sings.\n\n## Features\n\n" + "\n".join(
        f"- Heron is the first tool that reads {bird} song without {thing} or training." for bird, thing in
        (("lark", "maps"), ("wren", "index files"), ("rook", "servers"), ("owl", "labels"), ("crane", "experts"))
    )  # fmt: skip
    heron = subject(many, "Heron")
    statements = statements_of(heron)
    found = attach([draft(next(s for s in statements if "sings" in s.text))], statements, heron, [])
    assert len(found.drafts[0].unique) <= 3


def test_two_sided_claims_quote_both_sides_about_one_property() -> None:
    heron, kingfisher = subject(HERON, "Heron", ["Kingfisher"]), subject(KINGFISHER, "Kingfisher")
    made = two_sided(heron, [kingfisher])
    assert [c.text for c in made] == ["Heron is released under the MIT license; Kingfisher is published under the GPL-3.0 license."]
    assert [q.document_id for q in made[0].quotes] == [heron.documents[0].id, kingfisher.documents[0].id]


def test_two_sides_that_state_the_same_value_are_not_set_against_each_other() -> None:
    same = KINGFISHER.replace("GPL-3.0", "MIT")
    assert two_sided(subject(HERON, "Heron"), [subject(same, "Kingfisher")]) == []


def test_what_no_related_document_mentions_counts_as_distinct() -> None:
    text = "# Heron\n\n## Features\n\nHeron engraves cadenzas as lilypond staves in real time. Heron identifies birds.\n"
    heron = subject(text, "Heron", ["Kingfisher"], origin="project-notes")
    statements = statements_of(heron)
    drafts = [draft(next(s for s in statements if "identifies" in s.text))]
    alone = attach(drafts, statements, heron, [])
    beside = attach(drafts, statements, heron, [subject(KINGFISHER, "Kingfisher")])
    assert claims(alone, "unique") == []
    assert [c.text for c in claims(beside, "unique")] == ["Heron engraves cadenzas as lilypond staves in real time."]


def led_by(text: str, *spare: str) -> tuple[Attached, list[Statement]]:
    """What becomes of a page whose first capability a sentence leads, beside so many others."""
    body = "# Heron\n\n## Features\n\n" + "\n\n".join((text, *spare)) + "\n"
    heron = subject(body, "Heron", ["Kingfisher"])
    statements = [s for s in statements_of(heron) if s.kind == "sentence"]
    return attach([draft(s) for s in statements], statements, heron, []), statements


def test_a_leading_sentence_is_told_in_two_and_both_halves_cite_it() -> None:
    found, (sentence,) = led_by("Heron transcribes birdsong into notes, bypassing the need for 3 labelled recordings.")
    (only,) = found.drafts
    assert [s.printed for s in only.summary] == ["Heron transcribes birdsong into notes."]
    assert [c.text for c in only.unique] == ["Heron bypasses the need for 3 labelled recordings."]
    assert only.unique[0].quotes == only.summary[0].quotes() == sentence.quotes()


def test_a_page_with_few_capabilities_spares_none_for_a_claim() -> None:
    found, sentences = led_by("Unlike Kingfisher, Heron needs no index of species.")
    assert [s.order for one in found.drafts for s in one.summary] == [s.order for s in sentences]
    assert claims(found, "vs_alternatives") == []


def test_a_comparison_leaves_a_page_with_capabilities_to_spare() -> None:
    spare = [f"Heron draws {bird} songs on {thing}." for bird, thing in zip(BIRDS, THINGS, strict=True)]
    found, sentences = led_by("Unlike Kingfisher, Heron needs no index of species.", *spare)
    assert "Unlike Kingfisher, Heron needs no index of species." in [c.text for c in claims(found, "vs_alternatives")]
    assert len(found.drafts) == len(sentences) - 1


def test_it_after_a_longer_name_is_that_other_thing() -> None:
    text = "# Heron\n\nHeron sings.\n\n## Hosting\n\nHeron Cloud is a hosted reader. It starts in 30 seconds without a server.\n"
    heron = subject(text, "Heron")
    statements = statements_of(heron)
    found = attach([draft(next(s for s in statements if "sings" in s.text))], statements, heron, [])
    assert not any("30 seconds" in c.text for c in claims(found, "unique"))


def test_a_sentence_that_opens_with_a_conjunction_is_no_claim() -> None:
    text = "While Kingfisher reads from an index, Heron gives deeper, more reliable readings."
    heron = subject(f"# Heron\n\nHeron sings.\n\n## Features\n\n{text}\n", "Heron", ["Kingfisher"])
    statements = statements_of(heron)
    found = attach([draft(next(s for s in statements if "sings" in s.text))], statements, heron, [])
    assert text not in [c.text for c in claims(found, "vs_alternatives")]


def test_what_the_page_says_already_is_no_claim() -> None:
    text = "# Heron\n\nHeron is the first open reader of birdsong for marshes.\n\n## Features\n\nHeron sings.\n\n## Notes\n\n"
    heron = subject(text + "The first open reader of birdsong for marshes is Heron, without any training.\n", "Heron")
    statements = statements_of(heron)
    found = attach([draft(next(s for s in statements if "sings" in s.text))], statements, heron, [])
    assert claims(found, "unique") == []
