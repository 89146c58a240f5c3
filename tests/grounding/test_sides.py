"""A comparison needs both sides, or one that draws it."""

from collections.abc import Callable

import pytest

from agent.domain.capability import Claim

Ground = Callable[..., Claim]

BETTER = "Lumen 2 outperforms Kestrel on most layout benchmarks."
NEEDS = "It needs only 8 GB of memory"
READS = "Lumen reads scanned pages and writes Markdown."
HAND = "K:Kestrel reads handwriting in 12 languages."


def _versus(ground: Ground, text: str, *quotes: str) -> Claim:
    return ground(text, *quotes, kind="vs_alternatives", alternatives=("Kestrel",))


def test_one_document_that_draws_the_comparison_is_one_sided(ground: Ground) -> None:
    assert _versus(ground, BETTER, BETTER).status == "one_sided"


def test_quotes_from_both_sides_support_a_comparison(ground: Ground) -> None:
    claim = "Lumen reads scanned pages and writes Markdown, while Kestrel reads handwriting in 12 languages."
    result = _versus(ground, claim, READS, HAND)
    assert result.status == "supported", result.checks


def test_a_comparison_of_the_other_sides_documents_names_the_subject(ground: Ground) -> None:
    assert (
        _versus(ground, "Unlike Lumen, Kestrel keeps the layout of a page.", "K:Unlike Lumen, Kestrel keeps the layout of a page.").status
        == "one_sided"
    )


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Lumen reads scanned pages, while Kestrel writes Markdown.", (READS,)),
        ("Kestrel reads scanned pages and writes Markdown, while Lumen reads handwriting in 12 languages.", (READS, HAND)),
        ("Kestrel reads handwriting in 12 languages.", (HAND,)),
        ("Lumen reads handwriting in more languages than Kestrel.", (READS, HAND)),
    ],
)
def test_a_comparison_without_its_sides_is_rejected(ground: Ground, claim: str, quotes: tuple[str, ...]) -> None:
    result = _versus(ground, claim, *quotes)
    assert result.status == "rejected", result.checks


def test_a_comparison_names_what_it_compares_with(ground: Ground) -> None:
    result = ground(BETTER, BETTER, kind="vs_alternatives")
    assert result.status == "rejected"
    assert result.checks[-1].name == "sides" and "no alternative" in result.checks[-1].detail


def test_what_a_maker_ranks_first_is_one_sides_word(ground: Ground) -> None:
    assert ground(BETTER, BETTER, kind="unique").status == "one_sided"
    assert ground(READS, READS, kind="unique").status == "supported"
