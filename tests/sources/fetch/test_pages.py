"""From an answer to a document: what it is taken for, in which encoding, and which part of a web page counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.artifact import DocumentRef
from agent.domain.document import Document
from agent.errors import FetchError
from agent_sources.fetch.addresses import parse
from agent_sources.fetch.exchange import Reply
from agent_sources.fetch.main_content import main_content
from agent_sources.fetch.pages import read_reply
from agent_sources.readers.registry import HTML, JSON, MARKDOWN, MDX, NOTEBOOK, PLAIN, RST

NOW = "2026-03-01T12:00:00+00:00"
NOTEBOOK_TEXT = json.dumps({"cells": [{"cell_type": "markdown", "source": "# Loom\n\nLoom weaves."}], "nbformat": 4}).encode()
HTML_TEXT = b"<html><body><h1>Loom</h1><p>Loom weaves cloth.</p></body></html>"


def document(body: bytes, content_type: str | None, url: str = "https://docs.example.com/page", declared: str | None = None) -> Document:
    headers = {} if content_type is None else {"content-type": content_type}
    return read_reply("loom", DocumentRef(url=url, media_type=declared), Reply(parse(url), 200, headers, body), NOW).document


@pytest.mark.parametrize(
    ("content_type", "name", "declared", "body", "media_type"),
    [
        ("text/markdown; charset=utf-8", "page", None, b"# Loom\n\nLoom weaves.", MARKDOWN),
        ("text/markdown", "page.mdx", None, b"# Loom\n\nLoom weaves.", MDX),
        ("TEXT/HTML", "page.md", None, HTML_TEXT, HTML),
        ("application/xhtml+xml", "page", None, HTML_TEXT, HTML),
        ("text/plain; charset=utf-8", "README.md", None, b"# Loom\n\nLoom weaves.", MARKDOWN),
        ("text/plain", "page.mdx", None, b"# Loom\n\nLoom weaves.", MDX),
        ("text/plain", "page.rst", None, b"Loom\n====\n\nLoom weaves.", RST),
        ("text/plain", "page.html", None, HTML_TEXT, HTML),
        ("text/plain", "page.ipynb", None, NOTEBOOK_TEXT, NOTEBOOK),
        ("application/json", "page.ipynb", None, NOTEBOOK_TEXT, NOTEBOOK),
        ("application/json", "api", None, b'{"about": "Loom weaves cloth."}', JSON),
        ("text/plain", "page", None, b"Loom weaves cloth.", PLAIN),
        ("text/plain", "card", MARKDOWN, b"# Loom\n\nLoom weaves.", MARKDOWN),
        ("application/octet-stream", "README.md", None, b"# Loom\n\nLoom weaves.", MARKDOWN),
        (None, "page", None, HTML_TEXT, HTML),
        (None, "page", None, b"Loom weaves cloth.", PLAIN),
        (None, "page.md", None, b"# Loom\n\nLoom weaves.", MARKDOWN),
        ("text/html", "page", MARKDOWN, HTML_TEXT, HTML),
    ],
)
def test_what_an_answer_is_taken_for(content_type: str | None, name: str, declared: str | None, body: bytes, media_type: str) -> None:
    read = document(body, content_type, f"https://docs.example.com/{name}", declared)
    assert read.media_type == media_type
    assert "Loom weaves" in read.text
    assert (read.uri, read.fetched_at) == (f"https://docs.example.com/{name}", NOW)


@pytest.mark.parametrize(
    "content_type",
    [
        "image/png",
        "application/zip",
        "video/mp4",
        "text/css",
        "text/javascript",
        "application/octet-stream",
        "application/gzip",
        "font/woff2",
        "nonsense",
    ],
)
def test_what_is_no_document_is_refused(content_type: str) -> None:
    with pytest.raises(FetchError, match=f"it is '{content_type}'; a document is Markdown"):
        document(b"Loom weaves cloth.", content_type)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("# Grün\n\nLoom färbt.".encode("latin-1"), "text/markdown; charset=ISO-8859-1"),
        ("# Grün\n\nLoom färbt.".encode(), "text/markdown; charset=ISO-8859-1"),  # wrong in the header, and right in itself
        ("# Grün\n\nLoom färbt.".encode("utf-16"), "text/markdown"),
        ("# Grün\n\nLoom färbt.".encode("utf-8-sig"), "text/markdown; charset=windows-1252"),
        ('<meta charset="windows-1252"><h1>Grün</h1><p>Loom färbt.</p>'.encode("cp1252"), "text/html"),
        ('<meta charset="windows-1252"><h1>Grün</h1><p>Loom färbt.</p>'.encode("cp1252"), "text/html; charset=utf-8"),
        ('<h1>Grün</h1><p>Loom färbt.</p>'.encode("cp1252"), 'text/html; charset="latin1"'),
    ],
)  # fmt: skip
def test_other_encodings_become_text(body: bytes, content_type: str) -> None:
    assert document(body, content_type).text.strip() == "# Grün\n\nLoom färbt."


@pytest.mark.parametrize(
    "content_type",
    ["text/markdown", "text/markdown; charset=utf-8", "text/markdown; charset=klingon", "text/markdown; charset=hex", "text/html"],
)
def test_text_in_no_encoding_it_names_is_refused(content_type: str) -> None:
    with pytest.raises(FetchError, match="is not text in it or in UTF-8"):
        document(b"<p>Gr\xfcn</p>", content_type)


def test_a_broken_notebook_is_refused_in_one_line() -> None:
    with pytest.raises(FetchError, match=r"it cannot be read: 'x\.ipynb' is not a notebook") as raised:
        document(b'{"cells": 3}', "application/json", "https://docs.example.com/x.ipynb")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("body", [b"", b"   \n", b"<html><nav>x</nav></html>", b"<script>run()</script>", b"<h1>Only a title</h1>"])
def test_a_page_without_a_passage_is_no_document(body: bytes) -> None:
    with pytest.raises(FetchError, match="it has no passage of text in it"):
        document(body, "text/html")


# Main content

SENTENCE = "Lantern reads printed labels in photographs and returns their words, with a box for each of them, to whoever asked."
LONG = f"<p>{SENTENCE}</p>" * 12
LINKS = "<ul>" + "".join(f'<li><a href="/{n}">Chapter number {n}</a></li>' for n in range(30)) + "</ul>"
BODY = f"""
<h1>Lantern guide</h1><p>{SENTENCE}</p>
<h2>Install</h2><p>Run this first.</p><pre><code>pip install lantern
lantern --help</code></pre>
<h2>Models</h2><p>{SENTENCE} {SENTENCE}</p>
<table><tr><th>Name</th><th>Size</th></tr><tr><td>small</td><td>1B</td></tr></table>
<h2>Uses</h2>
<ul><li>Counting boxes</li><li>Reading <a href="/x">meters</a><ul><li>gas</li></ul></li><li><a href="/y">Sorting parcels</a></li></ul>
<h3>Limits</h3><dl><dt>threshold</dt><dd>Below it a word is left out.</dd></dl>"""
KEPT = ["# Lantern guide", "## Install", "## Models", "## Uses", "### Limits", "pip install lantern\nlantern --help", "| small | 1B |",
        "- Counting boxes", "  - gas", "- Sorting parcels", "Below it a word is left out."]  # fmt: skip
LAYOUTS = {
    "role": f'<body><div role="navigation">{LINKS}</div><div role="main">{BODY}</div><div class="footer">All rights.</div></body>',
    "main": f"<body><div>{LINKS}</div><main><article>{BODY}</article></main><div class=end>All rights.</div></body>",
    "article": f"<body><div id=side>{LINKS}</div><article>{BODY}</article><div>All rights.</div></body>",
    "divs": f"<body><div id=top>{LINKS}</div><div id=content>{BODY}</div><div id=bottom>All rights. {LINKS}</div></body>",
    "banner": f"<body><div class=cookies><p>All rights, and cookies.</p></div><div>{LINKS}</div><div><div>{BODY}</div></div></body>",
    "sections": f"<body><div>{LINKS}</div><div><section>{BODY}</section><section><h2>Long</h2>{LONG}</section></div></body>",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_main_content_is_kept_whole_and_the_rest_is_not(layout: str) -> None:
    text = document(f"<html>{LAYOUTS[layout]}</html>".encode(), "text/html").text
    assert [part for part in KEPT if part not in text] == []
    assert "Chapter number" not in text
    assert "All rights" not in text


def test_a_page_of_xhtml_is_read_like_any_other() -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">{LAYOUTS["divs"]}</html>'
    text = document(page.encode(), "application/xhtml+xml").text
    assert [part for part in KEPT if part not in text] == []
    assert "Chapter number" not in text


def test_a_bare_page_is_kept_whole() -> None:
    text = document(f"<html><body>{BODY}</body></html>".encode(), "text/html").text
    assert [part for part in KEPT if part not in text] == []


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<",
        "plain words",
        "<main></main><p>Words outside.</p>",
        "<div>" * 3000 + "deep",
        "<p>" + "x" * 2_100_000,
        "<table><tr><td>" * 500,
        "<main>" * 300,
    ],
    ids=["empty", "half a tag", "no tag", "empty main", "deep", "large", "tables", "mains"],
)
def test_odd_pages_are_kept_whole_or_in_part(page: str) -> None:
    assert main_content(page) is not None
    if "Words" in page:
        assert "Words outside" in main_content(page)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<main>", "</main>", "<div>", "</div>", "<article>", "<h1>", "</h1>", "Loom weaves. ", "<nav>", "<!--", "-->"]
        ),
        max_size=30,
    )
)
def test_every_page_gives_a_text_whose_passages_stand_in_it_or_an_error_of_ours(parts: list[str]) -> None:
    try:
        read = document("".join(parts).encode(), "text/html")
    except FetchError as error:
        assert "\n" not in str(error)
    else:
        assert "Loom weaves." in read.text
