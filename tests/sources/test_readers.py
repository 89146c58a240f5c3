"""Readers: what becomes of the bytes of each media type."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import DocumentError
from agent_sources.readers.registry import HTML, JSON, MARKDOWN, NOTEBOOK, PLAIN, RST, decode, media_type_of, read, reader_id


def text(content: str, media_type: str) -> str:
    return read(content.encode(), media_type, "x").text


@pytest.mark.parametrize(
    ("name", "declared", "media_type"),
    [
        ("README.MD", None, MARKDOWN),
        ("a.html", None, HTML),
        ("a.rst", None, RST),
        ("a.ipynb", None, NOTEBOOK),
        ("https://x.test/page.html?q=a.md#b.rst", None, HTML),
        ("LICENSE", None, PLAIN),
        ("a.md", "text/plain", PLAIN),
        ("a.md", "application/unknown", MARKDOWN),
    ],
)
def test_the_media_type_is_declared_or_told_by_the_name(name: str, declared: str | None, media_type: str) -> None:
    assert media_type_of(name, declared) == media_type


def test_text_is_decoded_once_for_all_readers() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "x") == "a\nb\nc\n"
    assert decode("e\u0301 10²".encode(), "x") == "é 10²"
    assert decode("naïve".encode("utf-16"), "x") == "naïve"
    assert reader_id(NOTEBOOK) == "ipynb/2"


def test_html_becomes_its_readable_content() -> None:
    page = """<html><head><title>T</title></head><body><nav>Menu</nav>
    <h2>Kiln</h2><p>It <b>bakes</b> <code>pots</code>,<br>and a<sup>2</sup>.</p><script>x()</script>
    <ul><li>one<ul><li>two</li></ul></li></ul><p hidden>secret</p><p style="display:none">secret</p>
    <table><tr><th>Heat</th><th>Time</th></tr><tr><td>900</td><td>1 | 2 h</td></tr></table>
    <table><tr><td>a</td><td>b</td></tr></table><pre>run
 it</pre><footer>end</footer></body></html>"""
    assert text(page, HTML) == (
        "## Kiln\n\nIt **bakes** `pots`, and a^2.\n\n- one\n  - two\n\n| Heat | Time |\n| --- | --- |\n| 900 | 1 / 2 h |\n\n"
        "|  |  |\n| --- | --- |\n| a | b |\n\n```\nrun\n it\n```\n"
    )


def test_deeply_nested_html_is_read() -> None:
    assert "deep" in text("<div>" * 5000 + "deep" + "</div>" * 5000, HTML)


def test_a_notebook_becomes_its_cells() -> None:
    notebook = {
        "cells": [
            {"cell_type": "markdown", "source": ["# Kiln\n", "bakes"]},
            {"cell_type": "code", "source": "fire()\n", "outputs": [{"text": "hot"}]},
            {"cell_type": "code", "source": []},
            {"cell_type": "raw", "source": "raw"},
        ]
    }
    assert text(json.dumps(notebook), NOTEBOOK) == "# Kiln\nbakes\n\n```python\nfire()\n```\n"


def test_json_keys_become_headings_and_prose_paragraphs() -> None:
    value = {"kiln": {"about": "Bakes pots of any size in one hour.", "heat": 900, "none": None, "sizes": ["S", "L"], "rows": [1] * 50}}
    assert text(json.dumps(value), JSON) == (
        "# kiln\n\n\n## about\n\nBakes pots of any size in one hour.\n\n- heat: 900\n\n## sizes\n\n- S\n- L\n\n## rows\n\n- 50 entries\n"
    )


def test_rst_becomes_markdown_without_its_directives() -> None:
    source = """Kiln
====

It :ref:`bakes <b>` ``pots``.

.. image:: k.png

.. toctree::
   a

.. code-block:: sh

   run

Heat
----

- one

  - two

===== =====
Heat  Time
===== =====
900   1 h
===== =====

.. include:: /etc/passwd
"""
    got = text(source, RST)
    assert "# Kiln\n\nIt bakes `pots`." in got
    assert "```\nrun\n```" in got
    assert "## Heat" in got
    assert "- one\n  - two" in got
    assert "| Heat | Time |\n| --- | --- |\n| 900 | 1 h |" in got
    assert "root:" not in got
    assert "toctree" not in got


@pytest.mark.parametrize(
    ("media_type", "content", "said"),
    [
        (NOTEBOOK, "{}", "not a notebook"),
        (NOTEBOOK, "nope", "not a notebook"),
        (JSON, "{", "is not JSON"),
        (HTML, "<script>x</script>", "no readable text"),
    ],
)
def test_what_a_document_is_not_is_told_in_one_line(media_type: str, content: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as raised:
        read(content.encode(), media_type, "doc")
    assert "'doc'" in str(raised.value)
    assert "\n" not in str(raised.value)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([MARKDOWN, HTML, RST, NOTEBOOK, JSON, PLAIN]))
def test_any_bytes_are_read_or_refused(data: bytes, media_type: str) -> None:
    try:
        got = read(data, media_type, "x").text
    except DocumentError:
        return
    assert got.strip()
    assert "\r" not in got
    assert read(data, media_type, "x").text == got


def test_a_declaration_no_html_parser_reads_is_refused_in_one_line() -> None:
    with pytest.raises(DocumentError, match="declaration that no HTML parser reads"):
        read(b"<p>Lamps</p><![foo bar]>", "text/html", "lamps.html")
