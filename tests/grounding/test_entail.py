"""Words from nowhere, words out of order and sentences cut together leave a claim undecided or lost."""

from collections.abc import Callable

import pytest

from agent.domain.capability import Claim

Ground = Callable[..., Claim]

READS = "Lumen reads scanned pages and writes Markdown."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Lumen reads printed pages and writes Markdown.", READS),
        ("Lumen reads Markdown and writes scanned pages.", READS),
        ("Lumen converts LaTeX into formulas.", "Lumen converts formulas into LaTeX."),
        ("Tables lose their borders.", "Some tables may lose their borders."),
        (
            "Lumen pages and 40 GB of tables translate text.",
            "It was trained on 3 billion pages and 40 GB of tables.\nThe model does not translate text.",
        ),
    ],
)
def test_doubtful_claims_are_not_printed(ground: Ground, claim: str, quote: str) -> None:
    result = ground(claim, quote)
    assert result.status in {"needs_review", "rejected"}
    assert not result.printed
    assert any(not check.passed and check.detail for check in result.checks)


def test_one_word_from_nowhere_is_for_a_person_to_decide(ground: Ground) -> None:
    result = ground("Lumen reads printed pages and writes Markdown.", READS)
    assert result.status == "needs_review"
    assert "'printed'" in result.checks[-1].detail


@pytest.mark.parametrize("claim", ["Sparrow reads scanned pages and writes Markdown.", "Lumen composes songs for choirs."])
def test_another_subject_or_another_matter_is_not_found(ground: Ground, claim: str) -> None:
    result = ground(claim, READS)
    assert result.status == "rejected"
    assert result.checks[-1].detail.startswith("not_found")


def test_the_words_inside_an_identifier_have_no_order_of_their_own(ground: Ground) -> None:
    assert ground("page_turn turns a page of the open book.", "Description: Turn a page of the open book", "**page_turn**").printed
