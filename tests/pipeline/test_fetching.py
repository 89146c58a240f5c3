"""Real documentation in place of notes: what is stored, kept, left out and said, from a local server."""

from __future__ import annotations

from pathlib import Path

import pytest
from local_web import LocalWeb, Page, html, markdown, moved
from pipeline_fakes import CountingEmbedder, ExactGrounder, HeadingEngine, Hearing, wrong

from agent.errors import AddressError, FetchError, InputError
from agent.pipeline import Pipeline
from agent.pipeline.library import Library
from agent.pipeline.making import Method
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog

README = "https://github.com/acme/loom/blob/v1/README.md"
RAW = "https://raw.githubusercontent.com/acme/loom/v1/README.md"
GUIDE = "https://docs.example.com/guide"
TEXT = "# Loom\n\nLoom weaves cloth for sails.\n\n## Rugs\n\nLoom weaves rugs of any width.\n"
PAGE = "<html><body><nav><a href=/>Home</a></nav><main><h1>Guide</h1><p>Loom dyes the yarn before it weaves.</p></main></body></html>"


def artifact(catalog: Path, *addresses: str, slug: str = "loom") -> None:
    folder = catalog / slug
    folder.mkdir(parents=True, exist_ok=True)
    docs = "".join(f"- {{url: '{address}'}}\n" for address in addresses)
    (folder / "artifact.yaml").write_text(
        f"slug: {slug}\nname: {slug.title()}\ntype: library\ndocs:\n- {{file: notes.md, origin: project-notes}}\n{docs}", "utf-8"
    )
    (folder / "notes.md").write_text("# Notes\n\nLoom is said to weave.\n", "utf-8")


@pytest.fixture
def pipeline(tmp_path: Path, web: LocalWeb) -> Pipeline:
    artifact(tmp_path / "catalog", README, GUIDE)
    web.put(RAW, Page(TEXT.encode(), headers={"Content-Type": "text/plain; charset=utf-8", "ETag": '"r1"'}))
    web.put(GUIDE, html(PAGE))
    heard = Hearing()
    library = Library(Workspace(tmp_path / "workspace"), Catalog(tmp_path / "catalog"), CountingEmbedder(), heard)
    return Pipeline(library, Method(HeadingEngine(), ExactGrounder), None, heard, web.network)


def texts(pipeline: Pipeline, slug: str = "loom") -> dict[str, str]:
    return {head.uri: pipeline.document(head.id).text for head in pipeline.documents(slug)}


def test_documentation_takes_the_place_of_the_notes_and_gives_it_back(pipeline: Pipeline, web: LocalWeb) -> None:
    assert list(texts(pipeline)) == ["notes.md"]
    report = pipeline.fetching.from_source("loom")
    assert report.missing == ()
    assert [(change.address, change.state) for change in report.changes] == [(README, "new"), (GUIDE, "new")]
    assert texts(pipeline) == {README: TEXT, GUIDE: "# Guide\n\nLoom dyes the yarn before it weaves.\n"}
    assert web.asked == [RAW, GUIDE]
    assert {capability.name for capability in pipeline.decompose("loom").capabilities} == {"Loom", "Rugs", "Guide"}
    assert {head.origin for head in pipeline.documents("loom")} == {"documentation"}
    assert {head.fetched_at for head in pipeline.documents("loom")} == {"2026-03-01T12:00:00+00:00"}
    pipeline.remove("loom")
    assert list(texts(pipeline)) == ["notes.md"]
    assert pipeline.fetches("loom") == []


def test_every_quote_of_fetched_documents_stands_where_it_is_said_to(pipeline: Pipeline) -> None:
    pipeline.fetching.from_source("loom")
    quotes = [e for c in pipeline.decompose("loom").capabilities for claim in c.summary for e in claim.evidence]
    assert len(quotes) == 3
    for quote in quotes:
        assert pipeline.document(quote.document_id).text[quote.start : quote.end] == quote.quote
    assert wrong(pipeline) == []


def test_each_fetch_is_recorded(pipeline: Pipeline) -> None:
    pipeline.fetching.from_source("loom")
    first, second = pipeline.fetches("loom")
    assert (first.asked, first.requested, first.final) == (README, RAW, RAW)
    assert (first.status, first.bytes, first.etag, first.outcome) == (200, len(TEXT), '"r1"', "fetched")
    assert (second.asked, second.final, second.bytes) == (GUIDE, GUIDE, len(PAGE))
    [head, _] = pipeline.documents("loom")
    assert pipeline.fetch_of(head.id) == first
    with pipeline.workspace.reading() as connection:
        robots = connection.rows("SELECT asked, status, outcome FROM fetches WHERE kind = 'robots'")
    assert [tuple(row) for row in robots] == [
        ("https://raw.githubusercontent.com/robots.txt", 404, "refused"),
        ("https://docs.example.com/robots.txt", 404, "refused"),
    ]


def test_what_does_not_come_is_listed_and_the_rest_is_stored(pipeline: Pipeline, web: LocalWeb) -> None:
    web.put(GUIDE, Page(status=404))
    report = pipeline.fetching.from_source("loom")
    assert [(missing.address, missing.kept) for missing in report.missing] == [(GUIDE, False)]
    assert report.missing[0].reason == f"{GUIDE!r}: the server answered 404: it has nothing there. Check the address in a browser."
    assert list(texts(pipeline)) == [README]
    assert [(fetch.asked, fetch.outcome, fetch.status) for fetch in pipeline.fetches("loom")] == [
        (README, "fetched", 200),
        (GUIDE, "failed", 404),
    ]


def test_nothing_changes_where_nothing_comes(pipeline: Pipeline, web: LocalWeb) -> None:
    before = pipeline.decompose("loom").inputs_sha256
    web.pages.clear()
    report = pipeline.fetching.from_source("loom")
    assert report.ingested is None
    assert len(report.missing) == 2
    assert pipeline.decompose("loom").inputs_sha256 == before
    assert pipeline.artifact("loom")[1] == "bundled"


@pytest.mark.parametrize(
    "rubbish",
    [
        Page(b"\x89PNG\r\n", headers={"Content-Type": "image/png"}),
        Page(b"PK\x03\x04", headers={"Content-Type": "application/zip"}),
        html("<html><body><div id=root></div><script>start()</script></body></html>"),
        html("<html><body></body></html>"),
        html("<html><head><title>Log in</title></head><body><form><input name=user></form></body></html>"),
        Page(b"", headers={"Content-Type": "text/html"}),
        Page(b"\x00\x01\x02", headers={"Content-Type": "text/markdown"}),
        Page(b"\xff\xff\xfe text", headers={"Content-Type": "text/markdown"}),
        Page(b"p { }", headers={"Content-Type": "text/css"}),
        Page(b"\x00\x01", headers={"Content-Type": "application/octet-stream"}),
        Page(b"please log in", status=401),
        Page(b"oops", status=500),
        moved("https://127.0.0.1/"),
    ],
)  # fmt: skip
def test_rubbish_supersedes_nothing(pipeline: Pipeline, web: LocalWeb, rubbish: Page) -> None:
    web.names["127.0.0.1"] = [["127.0.0.1"]]
    pipeline.fetching.from_source("loom")
    before = texts(pipeline)
    web.put(GUIDE, rubbish)
    report = pipeline.fetching.refresh("loom")[0]
    assert [(missing.address, missing.kept) for missing in report.missing] == [(GUIDE, True)]
    assert "\n" not in report.missing[0].reason
    assert texts(pipeline) == before
    web.put(RAW, rubbish)
    assert pipeline.fetching.refresh("loom")[0].ingested is None
    assert texts(pipeline) == before


def test_a_web_page_in_place_of_a_raw_file_is_no_document(pipeline: Pipeline, web: LocalWeb) -> None:
    web.put(RAW, html(PAGE))
    [missing] = pipeline.fetching.from_source("loom").missing
    assert "a web page came where a file should be" in missing.reason


def test_documentation_in_another_language_does_not_take_the_place_of_notes(pipeline: Pipeline, web: LocalWeb) -> None:
    sentence = "Der Webstuhl webt Tuch f\u00fcr Segel und auch Teppiche in jeder Breite, die man sich w\u00fcnschen kann. "
    german = "# Webstuhl\n\n" + sentence * 8 + "\n"
    web.put(RAW, markdown(german))
    web.put(GUIDE, Page(status=404))
    pipeline.fetching.from_source("loom")
    assert list(texts(pipeline)) == ["notes.md", README]


# Refreshing


def test_what_was_not_modified_is_not_sent_again(pipeline: Pipeline, web: LocalWeb) -> None:
    pipeline.fetching.from_source("loom")
    before = pipeline.decompose("loom").inputs_sha256
    web.put(RAW, Page(status=304))
    web.requests.clear()
    [report] = pipeline.fetching.refresh("loom")
    assert [(change.address, change.state) for change in report.changes] == [(README, "not modified"), (GUIDE, "same text")]
    assert web.requests[1].headers["if-none-match"] == '"r1"'
    assert pipeline.decompose("loom").inputs_sha256 == before
    assert report.touched == ()
    first = pipeline.fetches("loom")[0]
    assert (first.outcome, first.status, first.bytes) == ("unchanged", 304, len(TEXT))


def test_a_refresh_says_what_changed_and_which_capabilities_rest_on_it(pipeline: Pipeline, web: LocalWeb) -> None:
    pipeline.fetching.from_source("loom")
    made = {capability.name: capability for capability in pipeline.decompose("loom").capabilities}
    changed = "# Loom\n\nLoom weaves cloth for sails.\n\n## Rugs\n\nLoom weaves rugs up to 4 m wide.\n\n## Ropes\n\nLoom twists ropes.\n"
    web.put(RAW, markdown(changed))
    [report] = pipeline.fetching.refresh(None)
    [change, _] = report.changes
    assert (change.state, change.lines_added, change.lines_removed) == ("changed", 3, 1)
    assert change.sections_added == ("Loom > Ropes",)
    assert change.sections_changed == ("Loom > Rugs",)
    assert change.sections_removed == ()
    [touched] = report.touched
    assert (touched.name, touched.uri) == ("Rugs", made["Rugs"].uri)
    assert (touched.quotes, touched.quotes_gone) == (1, 1)
    again = {capability.name: capability for capability in pipeline.decompose("loom").capabilities}
    assert set(again) == {"Loom", "Rugs", "Ropes", "Guide"}
    assert again["Rugs"].uri == made["Rugs"].uri
    assert again["Loom"].summary[0].text == "Loom weaves cloth for sails."


def test_a_passage_that_moved_under_another_heading_keeps_its_quote(pipeline: Pipeline, web: LocalWeb) -> None:
    pipeline.fetching.from_source("loom")
    pipeline.decompose("loom")
    web.put(RAW, markdown(TEXT.replace("## Rugs", "## Carpets")))
    [touched] = pipeline.fetching.refresh("loom")[0].touched
    assert (touched.name, touched.quotes, touched.quotes_gone) == ("Rugs", 1, 0)


def test_only_what_was_fetched_before_is_asked_for_again(pipeline: Pipeline, web: LocalWeb) -> None:
    web.put(GUIDE, Page(status=404))
    pipeline.fetching.from_source("loom")
    web.requests.clear()
    pipeline.fetching.refresh(None)
    assert web.asked == [RAW]
    web.put(GUIDE, html(PAGE))
    pipeline.fetching.from_source("loom")
    assert set(texts(pipeline)) == {README, GUIDE}


def test_a_refresh_needs_something_that_was_fetched(pipeline: Pipeline) -> None:
    assert pipeline.fetching.refresh(None) == []
    with pytest.raises(InputError, match="nothing of 'loom' was fetched before"):
        pipeline.fetching.refresh("loom")


# One address


def test_an_address_is_an_artifact_of_its_own(pipeline: Pipeline, web: LocalWeb) -> None:
    web.put("https://huggingface.co/acme/dyer/raw/main/README.md", markdown("# Dyer\n\nDyer colours yarn.\n"))
    report = pipeline.fetching.address("https://huggingface.co/acme/dyer", None, None)
    assert report.ingested is not None and (report.ingested.slug, report.ingested.documents) == ("dyer", 1)
    manifest, source = pipeline.artifact("dyer")
    assert (manifest.type, source) == ("model", "https://huggingface.co/acme/dyer")
    assert [c.name for c in pipeline.decompose("dyer").capabilities] == ["Dyer"]
    web.requests.clear()
    assert [change.state for change in pipeline.fetching.refresh("dyer")[0].changes] == ["same text"]


def test_an_address_that_does_not_say_what_it_describes_needs_a_name_and_a_type(pipeline: Pipeline, web: LocalWeb) -> None:
    with pytest.raises(InputError, match=r"--name 'My model' --type model"):
        pipeline.fetching.address(GUIDE, None, None)
    with pytest.raises(InputError, match=r"does not say what it describes"):
        pipeline.fetching.address("https://github.com/acme/loom", None, None)
    assert web.requests == []
    assert pipeline.fetching.address(GUIDE, "Weaver", "product").ingested is not None


def test_an_address_that_gives_nothing_stores_nothing(pipeline: Pipeline, web: LocalWeb) -> None:
    with pytest.raises(FetchError, match=r"'https://docs.example.com/gone': the server answered 404"):
        pipeline.fetching.address("https://docs.example.com/gone", "Gone", "model")
    web.names["docs.example.com"] = [["10.0.0.1"]]
    with pytest.raises(AddressError, match=r"'https://docs.example.com/guide': 'docs.example.com' is at 10.0.0.1: not a public address"):
        pipeline.fetching.address(GUIDE, "Guide", "model")
    assert [manifest.slug for manifest, _ in pipeline.artifacts()] == ["loom"]


def test_the_readme_of_a_repository_is_found_under_its_names(pipeline: Pipeline, web: LocalWeb) -> None:
    web.put(
        "https://raw.githubusercontent.com/acme/dyer/HEAD/README.rst",
        Page(b"Dyer\n====\n\nDyer colours yarn.\n", headers={"Content-Type": "text/plain"}),
    )
    pipeline.fetching.address("https://github.com/acme/dyer", None, "library")
    assert web.asked == [f"https://raw.githubusercontent.com/acme/dyer/HEAD/README.{suffix}" for suffix in ("md", "rst")]
    [text] = texts(pipeline, "dyer").values()
    assert text.startswith("# Dyer")


def test_an_artifact_without_addresses_has_no_source(pipeline: Pipeline, tmp_path: Path) -> None:
    artifact(tmp_path / "catalog", slug="shuttle")
    with pytest.raises(InputError, match="names no address"):
        pipeline.fetching.from_source("shuttle")


def test_a_copy_beside_the_manifest_gives_way_to_its_address_and_stays_where_that_gives_nothing(
    pipeline: Pipeline, web: LocalWeb, tmp_path: Path
) -> None:
    folder = tmp_path / "reed"
    folder.mkdir()
    docs = f"docs:\n- {{file: copy.md, url: '{README}', retrieved: '2020-01-01'}}\n- {{file: own.md}}\n"
    (folder / "artifact.yaml").write_text(f"slug: reed\nname: Reed\ntype: library\n{docs}", "utf-8")
    (folder / "copy.md").write_text("# Reed\n\nReed spaces the threads of old.\n", "utf-8")
    (folder / "own.md").write_text("# Own\n\nReed is made of steel.\n", "utf-8")
    pipeline.ingest(str(folder))
    web.pages.clear()
    assert pipeline.fetching.from_source("reed").ingested is None
    assert texts(pipeline, "reed")[README] == "# Reed\n\nReed spaces the threads of old.\n"
    web.put(RAW, markdown(TEXT))
    [change] = pipeline.fetching.from_source("reed").changes
    assert change.state == "changed"
    assert texts(pipeline, "reed") == {README: TEXT, "own.md": "# Own\n\nReed is made of steel.\n"}
    assert [head.fetched_at[:4] for head in pipeline.documents("reed") if head.uri == README] == ["2026"]
    pipeline.ingest(str(folder))
    with pytest.raises(InputError, match="nothing of 'reed' was fetched before"):
        pipeline.fetching.refresh("reed")


def test_addresses_that_may_not_be_asked_for_are_listed_without_their_passwords(pipeline: Pipeline, web: LocalWeb, tmp_path: Path) -> None:
    artifact(tmp_path / "catalog", "https://me:secret@docs.example.com/x", "http://docs.example.com/y", GUIDE, GUIDE, slug="shed")
    report = pipeline.fetching.from_source("shed")
    assert [missing.reason for missing in report.missing] == [
        "'https://...@docs.example.com/x' has a user name or password in it; such addresses are not fetched. "
        "Download the page and ingest the file.",
        "'http://docs.example.com/y' is http; only https is fetched. Use 'https://docs.example.com/y'.",
    ]
    assert web.asked == [GUIDE]
    with pipeline.workspace.reading() as connection:
        assert "secret" not in str([tuple(row) for row in connection.rows("SELECT * FROM fetches")])


def test_the_same_answers_give_the_same_decomposition(pipeline: Pipeline, web: LocalWeb) -> None:
    pipeline.fetching.from_source("loom")
    first = pipeline.decompose("loom").inputs_sha256
    pipeline.remove("loom")
    web.time += 86_400
    pipeline.fetching.from_source("loom")
    assert pipeline.decompose("loom").inputs_sha256 == first
