"""The page of a draft in every format: citations by first use, what was left out, nothing of a document that runs or steers."""

from __future__ import annotations

import json
import re
from types import ModuleType

import pytest
from markdown_it import MarkdownIt

from agent.domain.capability import EngineHead, Evidence
from agent.domain.draft import Draft, DraftBlock, DraftSection, DraftSentence, LeftOut
from agent.output import pages, terminal_draft
from agent.output.draft_view import DraftPage, DraftView
from agent.output.options import PageOptions

EVIL = "Lantern **wins** <script>alert(1)</script> [x](javascript:alert(1)) `rm -rf` \x1b[31m"


def sentence(samples: ModuleType, text: str, *evidence: Evidence, artifact: str = "lantern", status: str = "supported") -> DraftSentence:
    made = samples.claim("summary", text, *evidence, status=status)
    return DraftSentence(**made.model_dump(), artifact=artifact, said=[text])


@pytest.fixture
def draft(samples: ModuleType) -> Draft:
    quote = samples.quote
    counts, runs = quote("lantern-guide", "Lantern counts the items on a shelf."), quote("lantern-notes", "Lantern runs on a phone")
    stores, faster = quote("harbor-guide", "Harbor stores every frame"), quote("lantern-guide", "Lantern reads 40 labels per second")
    said = [
        DraftSection(key="verdict", title="In short", blocks=[DraftBlock(sentences=[
            sentence(samples, "Lantern runs on a phone.", runs), sentence(samples, "Harbor stores every frame.", stores, artifact="harbor"),
        ])]),
        DraftSection(key="table", title="Side by side", rows=samples.comparison().rows, note="By score: too close to call."),
        DraftSection(key="shared", title="Where they meet", blocks=[DraftBlock(form="item", label="label reading", sentences=[
            sentence(samples, "Lantern reads 40 labels per second.", faster, status="one_sided"), sentence(samples, EVIL, counts, runs),
        ])]),
        DraftSection(key="choose", title="When to choose Lantern", artifact="lantern", note="Nothing decides."),
    ]  # fmt: skip
    left = LeftOut(
        section="verdict", artifact="lantern", text="Lantern flies.", reason="words: 'flies' not in the quotes", status="rejected"
    )
    return Draft(
        sha256="ab" * 32, inputs_sha256="cd" * 32, style="neutral", as_of="2026-11-23", engine=EngineHead(name="extractive", version="1"),
        artifacts=[samples.lantern().artifact, samples.harbor().artifact], title="Lantern vs. Harbor", sections=said, left_out=[left],
        documents=samples.DOCUMENTS, missing=["claims 1 to 2: truncated"],
    )  # fmt: skip


def view(draft: Draft, samples: ModuleType, **options: bool) -> DraftView:
    return DraftPage(draft, samples.excerpts(), samples.NAMES).view(PageOptions(**options))  # type: ignore[arg-type]


def test_citations_are_numbered_by_first_use_and_lead_to_their_quotes(draft: Draft, samples: ModuleType) -> None:
    made = view(draft, samples)
    numbers = [n for section in made.sections for block in section.blocks for s in block.sentences for n in s.citations]
    assert numbers == [1, 2, 3, 4, 1]
    assert [source.quote for source in made.sources][:2] == ["Lantern runs on a phone", "Harbor stores every frame"]
    assert made.sources[0].label == "from this project's notes on Lantern card; Lantern paper"
    assert made.sources[0].section == "Runs on small devices"


def test_one_side_speaking_of_itself_is_named(draft: Draft, samples: ModuleType) -> None:
    texts = [s.text for section in view(draft, samples).sections for block in section.blocks for s in block.sentences]
    assert "Lantern reads 40 labels per second, according to its own documentation." in texts


def test_what_was_left_out_is_listed_where_it_is_asked_for(draft: Draft, samples: ModuleType) -> None:
    plain, whole = view(draft, samples), view(draft, samples, full_quotes=True)
    assert not plain.omitted and "1 left out (--verbose lists them)" in plain.footer
    for page in (pages.markdown("draft", v=whole), pages.html("draft", v=whole), terminal_draft.render(whole, PageOptions())):
        assert "Lantern flies." in page and "flies" in page and "In short" in page
        assert "claims 1 to 2: truncated" in page


def test_markdown_reads_as_it_is_meant(draft: Draft, samples: ModuleType) -> None:
    text = pages.markdown("draft", v=view(draft, samples))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "\n\n\n" not in text and "<script>" not in html and 'href="javascript' not in html and "\x1b" not in text
    assert "<h1>Lantern vs. Harbor</h1>" in html and re.search(r'<a href="#source-2">2</a>', html)
    assert "<strong>Label reading.</strong>" in html and "<em>Nothing decides.</em>" in html


def test_html_stands_alone_and_runs_nothing_of_a_document(draft: Draft, samples: ModuleType) -> None:
    page = pages.html("draft", v=view(draft, samples))
    assert page.count("<script>") == 1 and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search(r"<(?:link|img|iframe)\b|\bsrc=", page) and "prefers-color-scheme: dark" in page
    links = set(re.findall(r'href="#source-(\d+)"', page))
    assert links <= set(re.findall(r'id="source-(\d+)"', page)) and len(links) == 4


@pytest.mark.parametrize("width", [80, 120, 60])
def test_the_terminal_shows_at_most_eighty_columns(draft: Draft, samples: ModuleType, width: int) -> None:
    text = terminal_draft.render(view(draft, samples), PageOptions(width=width))
    assert max(len(line) for line in text.split("\n")) <= min(width, 80) and "\x1b" not in text
    assert text.index("In short") < text.index("Side by side") < text.index("Sources")


def test_the_json_is_the_draft(draft: Draft) -> None:
    assert Draft.model_validate(json.loads(draft.model_dump_json())) == draft
