"""The rules of form catch what a page may not show, and let ordinary sentences pass."""

from __future__ import annotations

import pytest

from benchmarks.forms import faults, near_duplicates


@pytest.mark.parametrize(
    "text",
    [
        "Tide Tables records 312 harbours.",
        "For each harbour, levels are given every hour (in metres).",
        'The makers call it "the long record."',
        "Andes stations are included.",
    ],
)
def test_whole_sentences_pass(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("It records 312 harbours.", "begins with a pronoun or conjunction"),
        ("**This** record is long.", "begins with a pronoun or conjunction"),
        ("But levels are missing.", "begins with a pronoun or conjunction"),
        ("Levels | hourly.", "holds a pipe"),
        ("See https://example.org/levels.", "holds a URL"),
        ("![build](x.svg) Levels.", "holds a badge or image"),
        ("Run ```levels``` now.", "holds a code fence"),
        ("Levels of 312 harbours", "ends without punctuation"),
        ("Levels of 312 harbours:", "ends without punctuation"),
    ],
)
def test_each_fault_is_named(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_near_duplicates_are_pairs_with_most_tokens_shared() -> None:
    texts = ["Levels of all harbours every hour.", "Levels of all the harbours every hour.", "Forecasts a week ahead."]
    assert list(near_duplicates(texts)) == [(texts[0], texts[1])]
