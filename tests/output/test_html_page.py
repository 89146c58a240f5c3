"""The HTML page is one safe file that works without a script."""

from __future__ import annotations

import base64
import hashlib
import re
from types import ModuleType

import pytest
from bs4 import BeautifulSoup

from agent.output import pages
from agent.output.comparison_view import ComparisonPage
from agent.output.decomposition_view import DecompositionPage
from agent.output.options import PageOptions

WHOLE = PageOptions(whole=True, limit=2)


@pytest.fixture(params=["decomposition", "comparison"])
def page(request: pytest.FixtureRequest, samples: ModuleType) -> str:
    if request.param == "comparison":
        return pages.html("comparison", v=ComparisonPage(samples.comparison(), samples.excerpts()).view(PageOptions(whole=True, limit=1)))
    made = DecompositionPage(samples.lantern(), samples.scorecard(), samples.excerpts(), samples.NAMES)
    return pages.html("decomposition", v=made.view(WHOLE))


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def test_the_policy_admits_the_pages_own_style_and_script_by_hash(page: str) -> None:
    policy = soup(page).find("meta", {"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    allowed = str(policy["content"])
    assert allowed.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in allowed
    assert "unsafe" not in allowed


def test_nothing_is_fetched_from_anywhere(page: str) -> None:
    made = soup(page)
    assert not made.find_all(["img", "link", "iframe", "object", "embed"])
    assert not [tag for tag in made.find_all(True) if tag.has_attr("src") or tag.has_attr("style")]
    assert "url(" not in page and "@import" not in page
    assert not [name for tag in made.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_a_documents_markup_is_text(page: str) -> None:
    assert len(re.findall("<script", page)) == 1


def test_every_citation_leads_to_a_source_with_the_quote_marked_in_its_passage(page: str, samples: ModuleType) -> None:
    made = soup(page)
    cited = {str(link["href"])[1:] for link in made.select(".cite a")}
    sources = {str(item["id"]): item for item in made.select(".sources > li")}
    assert cited == set(sources)
    for item in sources.values():
        quote, marked, passage = (item.select_one(css) for css in ("blockquote", "mark", ".passage"))
        assert quote is not None and marked is not None and passage is not None
        assert quote.get_text() == marked.get_text().replace("`", "")  # read without marks, marked as it stands
        assert any(passage.get_text() in text for text in samples.TEXTS.values())


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(page: str) -> None:
    made = soup(page)
    ids = [str(tag["id"]) for tag in made.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in made.find_all("a", href=re.compile("^#"))} <= set(ids)


def test_what_is_beyond_the_limit_is_folded_away_with_its_sources(samples: ModuleType) -> None:
    made = soup(pages.html("decomposition", v=DecompositionPage(samples.lantern(), None, samples.excerpts()).view(WHOLE)))
    folded = made.select_one("#more")
    assert folded is not None
    assert "+1 more capability" in folded.get_text()
    assert "Lantern runs on a phone without a network." in folded.get_text()
    assert folded.select(".cite a")


def test_a_link_needs_a_web_address(samples: ModuleType) -> None:
    made = samples.lantern()
    head = made.artifact.model_copy(update={"homepage": "javascript:alert(1)"})
    documents = [d.model_copy(update={"uri": "javascript:alert(2)"}) for d in made.documents]
    evil = DecompositionPage(made.model_copy(update={"artifact": head, "documents": documents}), None, samples.excerpts())
    assert "javascript:" not in pages.html("decomposition", v=evil.view(WHOLE))
    assert "javascript:" not in pages.markdown("decomposition", v=evil.view(WHOLE))
