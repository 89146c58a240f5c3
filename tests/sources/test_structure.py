"""Blocks: what a document's text is made of, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.document import Block
from agent_sources.structure import blocks_of, plain_title

MD, MDX, PLAIN = "text/markdown", "text/mdx", "text/plain"


def shown(text: str, media_type: str = MD) -> list[tuple[str, str, str]]:
    """(kind or what it is skipped as, heading path, text) of each block."""
    return [(b.skip or b.kind, " > ".join(b.heading_path), text[b.start : b.end]) for b in blocks_of(text, media_type)]


def test_markdown_blocks_have_the_path_of_their_headings() -> None:
    text = "---\na: b\n---\n# Kiln *fires*\n\nIt bakes.\n\nSetext\n------\n\n- first\n  - second\n\n> quoted\n> twice\n\n```sh\nrun\n```\n"
    assert shown(text) == [
        ("front matter", "", "---\na: b\n---"),
        ("heading", "Kiln fires", "Kiln *fires*"),
        ("paragraph", "Kiln fires", "It bakes."),
        ("heading", "Kiln fires > Setext", "Setext"),
        ("list_item", "Kiln fires > Setext", "first"),
        ("list_item", "Kiln fires > Setext", "second"),
        ("quote", "Kiln fires > Setext", "quoted\n> twice"),
        ("code", "Kiln fires > Setext", "```sh\nrun\n```"),
    ]


def test_a_table_row_knows_its_header() -> None:
    text = "| Glaze | Temp |\n|---|---|\n| Ash | 1200 |\n| Tin | 1000 |\n"
    header, *rows = blocks_of(text, MD)
    assert header.kind == "table_header"
    assert [text[row.start : row.end] for row in rows] == ["| Ash | 1200 |", "| Tin | 1000 |"]
    assert {row.header for row in rows} == {(header.start, header.end)}


@pytest.mark.parametrize(
    ("text", "skip"),
    [
        ("[![CI](https://x.test/b.svg)](https://x.test) ![v](v.png)", "badges"),
        ("[One](a) | [Two](b) | [Three](c)", "navigation"),
        ("<b>English</b> | <a href='de.md'>Deutsch</a> | <a href='fr.md'>Français</a> | <a href='it.md'>Italiano</a>", "navigation"),
        ("More Information Needed", "placeholder"),
        ("[More information needed](https://x.test/edit)", "placeholder"),
        ("Permission is hereby granted, free of charge, to any person obtaining a copy of this software to deal in it.", "licence text"),
        ("Copyright 2021 The Kiln Authors. All rights reserved.", "licence text"),
        ("Logo: data:image/png;base64,iVBORw0KGgo=", "encoded data"),
        ("Back to top", "navigation"),
    ],
)
def test_boilerplate_is_marked(text: str, skip: str) -> None:
    assert [block.skip for block in blocks_of(text, MD)] == [skip]


@pytest.mark.parametrize(
    "text",
    [
        "Kiln reads [clay](a), [glaze](b) and [wood](c) recipes and tells how hot each has to be fired.",
        "Kiln is copyright-aware: it checks the licence of each recipe.",
        "See the [manual](https://x.test/data:image/png) for more.",
        "The model card needs more information about firing times.",
    ],
)
def test_prose_is_not_boilerplate(text: str) -> None:
    assert [block.skip for block in blocks_of(text, MD)] == [None]


def test_contents_are_navigation_and_prose_under_such_a_title_is_not() -> None:
    text = "# Index\n\n- Firing\n- [Glazing](#g)\n- Split the clay into slabs, which are weighed one by one.\n"
    assert [kind for kind, _, _ in shown(text)] == ["heading", "navigation", "navigation", "list_item"]


def test_alerts_lose_their_mark_and_empty_headings_head_nothing() -> None:
    text = "#### \n\n> [!TIP]\n> Fire slowly.\n\n## ![logo](l.png)\n\nIt bakes.\n"
    assert shown(text) == [
        ("markup", "", "####"),
        ("quote", "", "Fire slowly."),
        ("markup", "", "![logo](l.png)"),
        ("paragraph", "", "It bakes."),
    ]


def test_a_fence_indented_too_far_is_code_all_the_same() -> None:
    text = "- Fire it:\n        ```bash\n        kiln on\n        ```\n"
    assert shown(text) == [("list_item", "", "Fire it:"), ("code", "", "```bash\n        kiln on\n        ```")]


def test_raw_html_gives_headings_folded_sections_and_prose() -> None:
    text = """<h1 align="center">
  <img src="k.png"> Kiln
</h1>

<!-- <h2>Not this</h2> -->

<details>
<summary><b>Glazes</b></summary>

Ash and tin.

</details>

<p>Kiln bakes pots of any size in an hour.</p><td>No</td>

<pre>
@misc{kiln}
</pre>
"""
    assert shown(text) == [
        ("heading", "Kiln", '<img src="k.png"> Kiln'),
        ("hidden", "", "<!-- <h2>Not this</h2> -->"),
        ("heading", "Kiln > Glazes", "<b>Glazes</b>"),
        ("paragraph", "Kiln > Glazes", "Ash and tin."),
        ("paragraph", "Kiln", "Kiln bakes pots of any size in an hour."),
        ("markup", "Kiln", "No"),
        ("code", "Kiln", "<pre>\n@misc{kiln}\n</pre>"),
    ]


def test_project_notes_know_the_source_of_each_section() -> None:
    text = "## A\n\nOne.\n\nTwo.\n\nSource: [Kiln book](https://x.test/b); [Kiln site](https://x.test)\n\n## B\n\nThree.\n"
    found = {text[b.start : b.end]: (b.source, b.skip) for b in blocks_of(text, MD)}
    assert found["One."] == found["Two."] == ("Kiln book; Kiln site", None)
    assert found["Three."] == (None, None)
    assert [skip for _, skip in found.values()].count("source line") == 1


MDX_TEXT = """---
title: Kiln
---

import { Card } from '/snippets/card.mdx';
export const heat = {
  max: 1300,
};

# Kiln

<CardGroup cols={2}>
  <Card title="Even heat" icon="fire">
    Kiln heats all sides.
  </Card>
  <Card
    title="Quick"
  >
    Kiln is done in an hour.
  </Card>
</CardGroup>

<CodeGroup>
```bash shell
kiln <Fire> on
```
</CodeGroup>

Kiln bakes <Tip text="all sizes">pots</Tip> and `<Plate>`s. {/* not this */}

<Tabs><Tab title="Wood">

## Burning wood

Wood burns.

</Tab></Tabs>
"""


def test_mdx_components_are_neither_text_nor_obstacles() -> None:
    assert shown(MDX_TEXT, MDX) == [
        ("front matter", "", "---\ntitle: Kiln\n---"),
        ("heading", "Kiln", "Kiln"),
        ("heading", "Kiln > Even heat", "Even heat"),
        ("paragraph", "Kiln > Even heat", "Kiln heats all sides."),
        ("heading", "Kiln > Quick", "Quick"),
        ("paragraph", "Kiln > Quick", "Kiln is done in an hour."),
        ("code", "Kiln", "```bash shell\nkiln <Fire> on\n```"),
        ("paragraph", "Kiln", 'Kiln bakes <Tip text="all sizes">pots</Tip> and `<Plate>`s.'),
        ("heading", "Kiln > Burning wood", "Burning wood"),
        ("paragraph", "Kiln > Burning wood", "Wood burns."),
    ]


PAPER = """Kiln: A Study of Heat
Ada Potter

Abstract
We fire pots at many heats and look at the colour of each of them after one
day of rest in the dark.
1 Introduction
Pots have been fired for a long time, and people have always wondered about the
right heat1. We answer.
1https://kiln.test/book
Figure 1: Colours of pots by heat.
and here the text goes on after the figure, which stood in the middle of a page
of the paper.
1.1 Earlier Kilns and
Their Makers
Kilns were once dug into the ground, and some of them were very large: a family
could live in one.
12
2 Method
We do three things with each of the pots that we have made for this small study:
• fire it at a heat that was drawn by lot out of ten of
them,
• let it cool.
"""


def test_papers_have_headings_captions_footnotes_and_lists() -> None:
    headings = [path for kind, path, _ in shown(PAPER, PLAIN) if kind == "heading"]
    assert headings == ["Abstract", "1 Introduction", "1 Introduction > 1.1 Earlier Kilns and Their Makers", "2 Method"]
    texts = [text for kind, _, text in shown(PAPER, PLAIN) if kind in {"paragraph", "list_item"}]
    assert "Figure 1: Colours of pots by heat." in texts
    assert texts[-2:] == ["fire it at a heat that was drawn by lot out of ten of\nthem,", "let it cool."]
    assert [text for kind, _, text in shown(PAPER, PLAIN) if kind == "markup"] == ["1https://kiln.test/book"]


def test_numbers_out_of_sequence_are_no_headings() -> None:
    text = "1 Start\nIt begins here and goes on.\n7 Bags of clay\nWere bought on that day.\n2 Next\nIt ends.\n"
    assert [path for kind, path, _ in shown(text, PLAIN) if kind == "heading"] == ["1 Start", "2 Next"]


def test_titles_are_plain() -> None:
    assert plain_title("🔥 **Kiln** [book](x) `v2` <b>now</b> {#id} \\(new\\)") == "Kiln book v2 now (new)"


FRAGMENTS = st.sampled_from(
    ["# A\n", "text ", "\n\n", "- item\n", "> q\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "```\ncode\n```\n", "<p>", "</p>", "<details>",
     "<summary>s</summary>", "</details>", "<Card title='T'>", "</Card>", "<!-- c -->", "{/* c */}", "import a from 'b'\n", "é漢🔥", "  ",
     "1 Title\n", "• b\n", "Figure 1: c.\n", "[a](b)", "`x`", "***", "---\n", "Setext\n===\n", "&nbsp;", "\t", "~~~\n", "<pre>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join), st.sampled_from([MD, MDX, PLAIN]))
def test_blocks_are_ordered_disjoint_inside_and_trimmed(text: str, media_type: str) -> None:
    blocks: list[Block] = blocks_of(text, media_type)
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        if block.header:
            assert block.header[1] <= block.start
        at = block.end
