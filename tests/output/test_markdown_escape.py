"""Whatever a document says comes out of a Markdown reader as the same words, and never as markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from agent.output.clean import one_line
from agent.output.markdown_escape import Markdown, cell, code, escape, link, quoted, refs, spoken

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(alphabet="ab1 .-+#>=_*`~<>[]()!|&;:/\\$^{}\"'\nwhtpsx@", max_size=30)


def read(markdown: str) -> str:
    """The words a reader shows of one paragraph; fails where there is anything but a paragraph."""
    shown = READER.render(markdown).strip()
    match = re.fullmatch(r"<p>(.*)</p>", shown, re.S)
    assert match is not None, shown
    assert "<" not in match.group(1), shown
    return html.unescape(match.group(1))


@given(NASTY)
@example("1. a")
@example("- a")
@example("# a")
@example("> a")
@example("***")
@example("---")
@example("a_b_c _d_ __e__")
@example("<script>alert(1)</script>")
@example("![x](https://evil/leak.png)")
@example("&lt;b&gt; &#60;")
@example("[a](javascript:b)")
@example("[a]: b")
@example("~~a~~")
@example("a\\")
@example("~~~")
@example("===")
@example("+")
def test_a_reader_shows_the_same_words(text: str) -> None:
    line = one_line(text)
    if line:
        assert read(escape(text)) == line


@given(NASTY)
def test_code_holds_any_text(text: str) -> None:
    line = one_line(text)
    if line:
        shown = READER.render("x " + code(line)).strip()
        assert shown == f"<p>x <code>{html.escape(line).replace('&#x27;', chr(39))}</code></p>"


@given(NASTY)
def test_a_table_cell_never_ends_early(text: str) -> None:
    shown = READER.render(f"| a | b |\n| --- | --- |\n| {cell(text)} | end |")
    assert shown.count("<td>") == 2
    assert "<td>end</td>" in shown


@given(st.lists(NASTY, min_size=1, max_size=4))
def test_a_quote_stays_one_block_quote(lines: list[str]) -> None:
    text = "\n".join(lines)
    if one_line(text):
        shown = READER.render(quoted(text))
        assert shown.startswith("<blockquote>")
        assert shown.strip().endswith("</blockquote>")
        words = html.unescape(re.sub(r"</?(?:blockquote|p|code)>", " ", shown))
        assert "".join(words.replace("`", "").split()) == "".join(one_line(text).replace("`", "").split())


def test_a_bare_address_is_legible_and_no_link() -> None:
    assert spoken("See https://example.org/a_b, then www.example.org.") == "See `https://example.org/a_b`, then `www.example.org`."


def test_readable_text_stays_as_it_is() -> None:
    plain = "PaliGemma 2 (3B) scores 83.19 at 224 px & 85.64 at 448 px; see google_research/big_vision - 5 > 3."
    assert escape(plain) == plain


def test_markdown_is_not_escaped_twice() -> None:
    assert escape(Markdown("*a*")) == "*a*"


def test_code_in_a_sentence_is_code() -> None:
    assert spoken("use `a_b *c*` *now*") == "use `a_b *c*` \\*now\\*"


def test_only_a_web_address_is_linked() -> None:
    assert link("a [b]", "https://example.org/x") == "[a \\[b\\]](<https://example.org/x>)"
    assert link("a", "javascript:alert(1)") == "a"


@pytest.mark.parametrize(("numbers", "expected"), [((), ""), ((3,), " [[3]]"), ((1, 2), " [[1], [2]]")])
def test_references_are_bracketed(numbers: tuple[int, ...], expected: str) -> None:
    assert refs(numbers) == expected
