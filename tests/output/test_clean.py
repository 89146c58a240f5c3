"""Document text that reaches a screen cannot steer it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.output.clean import one_line, pieces, printable, shorten, web_address


def test_escape_sequences_and_direction_overrides_are_dropped() -> None:
    assert printable("a\x1b[31mred\x9b0m \u202eevil\u2066 end\x07") == "a[31mred0m evil end"


def test_tabs_and_newlines_stay_printable() -> None:
    assert printable("a\tb\nc") == "a\tb\nc"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@given(st.text(min_size=1), st.integers(min_value=8, max_value=60))
def test_shortened_text_fits_and_begins_like_the_text(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= width
    assert one_line(text).startswith(short.removesuffix("…").rstrip())


def test_a_cut_falls_between_words_and_shows() -> None:
    assert shorten("one two three four", 14) == "one two three…"


def test_back_ticks_make_code() -> None:
    assert pieces("use `read <x>` now") == [("text", "use "), ("code", "read <x>"), ("text", " now")]


def test_a_lone_back_tick_is_text() -> None:
    assert pieces("a ` b") == [("text", "a ` b")]


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    for other in ("javascript:alert(1)", 'https://x/" onclick="y', "file:///etc/passwd", "catalog/a.md", "", None):
        assert web_address(other) is None
