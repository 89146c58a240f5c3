"""A model's quotes become places in documents: exact, folded, in the wrong passage, too long, cut too short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from llm_subjects import subject

from agent.domain.proposal import QuoteRef
from agent.engines.llm.packs import packs_of
from agent.engines.llm.quotes import LONGEST, Quotes
from agent.engines.llm.schemas import Quoted

TEXT = """# Plover

Plover counts **eggs** in photos of nests. It does not count chicks, and it may miss eggs under grass.

## Export

Plover writes [CSV files](https://example.org/csv) and "summaries".
Plover draws maps only if a position is known.
"""
ABOUT = subject("plover", "Plover", TEXT)
(PACK,) = packs_of(ABOUT)


def ref(passage: int, quote: str) -> QuoteRef:
    return Quotes(PACK.parts).ref(Quoted(passage=passage, quote=quote))


def _is_exact(found: QuoteRef) -> bool:
    return found.start is not None and TEXT[found.start : found.end] == found.quote


def test_an_exact_quote_is_found_in_its_passage_or_another() -> None:
    for number in (1, 2, 99, 0, -3):
        found = ref(number, "Plover counts **eggs** in photos of nests.")
        assert _is_exact(found) and found.quote == "Plover counts **eggs** in photos of nests."


def test_marks_and_signs_that_were_left_out_are_put_back() -> None:
    assert ref(1, "Plover counts eggs in photos").quote == "Plover counts **eggs** in photos"
    found = ref(2, "Plover writes CSV files and “summaries”.")
    assert _is_exact(found) and found.quote.startswith("Plover writes [CSV files](")


def test_what_stands_nowhere_is_passed_on_without_a_place() -> None:
    found = ref(1, "Plover sings to the eggs.")
    assert found.start is None and found.quote == "Plover sings to the eggs." and found.document_id == "plover-0"


def test_a_quote_cut_out_of_a_denial_or_condition_gets_it_back() -> None:
    assert ref(1, "count chicks").quote == "It does not count chicks, and it may miss eggs under grass."
    assert ref(2, "Plover draws maps").quote == "Plover draws maps only if a position is known."
    assert ref(1, "photos of nests").quote == "photos of nests"


def test_too_long_a_quote_ends_with_a_sentence() -> None:
    sentence = "Plover rests beside the marsh on quiet days and waits for wind. "
    about = subject("plover", "Plover", "# Plover\n\n" + sentence * 12)
    found = Quotes(packs_of(about)[0].parts).ref(Quoted(passage=1, quote=(sentence * 12).strip()))
    assert 0 < len(found.quote) <= LONGEST and found.quote.endswith("wind.")


@given(st.integers(0, len(TEXT)), st.integers(8, 80), st.integers(-2, 5))
def test_whatever_is_quoted_the_place_holds_the_words(start: int, size: int, passage: int) -> None:
    words = TEXT[start : start + size]
    found = ref(passage, words)
    assert found.start is None or _is_exact(found)
    inside = any(words.strip() in part.text for part in PACK.parts) and words.strip()
    if inside:
        assert words.strip() in found.quote


def test_a_row_of_a_table_stays_a_row() -> None:
    about = subject("plover", "Plover", "# Plover\n\n| Nest | Eggs |\n| --- | --- |\n| reed | 3 |\n| dune, not counted | 4 |\n")
    assert Quotes(packs_of(about)[0].parts).ref(Quoted(passage=1, quote="| reed | 3 |")).quote == "| reed | 3 |"
