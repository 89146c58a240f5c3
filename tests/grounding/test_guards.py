"""What a claim adds to its quotes, changes in them or leaves out of them is found, and named."""

from collections.abc import Callable

import pytest

from agent.domain.capability import Claim

Ground = Callable[..., Claim]

READS = "Lumen reads scanned pages and writes Markdown."
TRAINED = "It was trained on 3 billion pages and 40 GB of tables."
NOT = "The model does not translate text."
BETTER = "Lumen 2 outperforms Kestrel on most layout benchmarks."
NEEDS = "It needs only 8 GB of memory, and can be used without a graphics card."
SIZES = "Pages of 224, 448 and 896 px are accepted."
SOME = "Some tables may lose their borders."
ROW = "| Lumen Lite | 1.5 |"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (READS, READS),
        ("Lumen was trained on 3 billion pages and 40 GB of tables.", TRAINED),
        ("Lumen was trained on three billion pages.", TRAINED),
        ("Lumen does not translate text.", NOT),
        ("Lumen needs only 8 GB of memory.", NEEDS),
        ("Lumen can be used without a graphics card.", NEEDS),
        ("Lumen accepts pages of 448 px.", SIZES),
        ("Lumen Lite has a size of 1.5 GB.", ROW),
        ("Lumen Lite fits on phones.", "The smaller variant fits on phones."),
        ("Long books: Chapters are read one after another.", "**Long books.** Chapters are read one after another."),
        ("The training pages do not contain letters.", "No, the training pages do not contain letters."),
        ("The CC part is small.", "The Common Crawl (CC) part is small."),
        ("Lumen converts formulas into LaTeX.", "Lumen converts formulas into LaTeX."),
    ],
)
def test_what_the_quote_says_is_supported(ground: Ground, claim: str, quote: str) -> None:
    result = ground(claim, quote)
    assert result.status == "supported", result.checks
    assert all(check.passed for check in result.checks)


@pytest.mark.parametrize(
    ("claim", "quote", "check", "named"),
    [
        ("Lumen was trained on 4 billion pages.", TRAINED, "numbers", "'4 billion'"),
        ("Lumen was trained on 3 million pages.", TRAINED, "numbers", "'3 million'"),
        ("Lumen was trained on 40 GB of pages and 3 billion tables.", TRAINED, "numbers", "other words"),
        ("Lumen accepts pages of 512 px.", SIZES, "numbers", "'512 px'"),
        ("Lumen 3 outperforms Kestrel on most layout benchmarks.", BETTER, "names", "'Lumen 3'"),
        ("Lumen 2 reads scanned pages and writes Markdown.", READS, "names", "'Lumen 2'"),
        ("Lumen reads scanned pages and writes HTML.", READS, "names", "'HTML'"),
        ("Lumen Turbo reads scanned pages.", READS, "names", "'Turbo'"),
        ("Lumen translates text.", NOT, "negation", "'not'"),
        ("Lumen does not read scanned pages.", READS, "negation", "'not'"),
        ("Lumen can be used with a graphics card.", NEEDS, "negation", "'without'"),
        ("Lumen is the best reader of scanned pages.", READS, "degree", "'best'"),
        ("Lumen reads all scanned pages and writes Markdown.", READS, "degree", "'all'"),
        ("Lumen reads scanned pages faster than others.", READS, "degree", "'faster'"),
        ("All tables may lose their borders.", SOME, "degree", "'all'"),
        ("Lumen 2 outperforms Kestrel on all layout benchmarks.", BETTER, "degree", "'all'"),
        ("Kestrel outperforms Lumen 2 on most layout benchmarks.", BETTER, "relation", "'outperforms'"),
        ("Lumen copies stamps from envelopes.", "TrayScan copies stamps from envelopes.", "relation", "'TrayScan'"),
    ],
)
def test_what_it_does_not_say_is_rejected_by_name(ground: Ground, claim: str, quote: str, check: str, named: str) -> None:
    result = ground(claim, quote)
    assert result.status == "rejected", result.checks
    failed = {c.name: c.detail for c in result.checks if not c.passed}
    assert named in failed[check]


def test_a_heading_licenses_a_name_but_not_another_sections(ground: Ground) -> None:
    assert ground("Lumen Lite fits on phones.", "The smaller variant fits on phones.").status == "supported"
    assert ground("Lumen Lite reads scanned pages.", READS).status == "rejected"


ROWS = ("| Lumen | 81.5 | 70.2 |", "| Kestrel | 79.0 | 74.4 |")


def test_a_figure_of_a_table_belongs_to_its_row_and_column(ground: Ground) -> None:
    def status(text: str) -> str:
        return ground(text, *ROWS, kind="vs_alternatives", alternatives=("Kestrel",)).status

    assert status("On forms, Lumen scores 81.5, against 79.0 for Kestrel.") == "one_sided"
    assert status("On forms, Lumen scores 79.0, against 81.5 for Kestrel.") == "rejected"
    assert ground("Lumen scores 70.2 on receipts.", ROWS[0]).status == "supported"
    assert ground("Lumen scores 70.2 on forms.", ROWS[0]).status == "rejected"


def test_a_list_item_and_the_line_that_introduces_it_make_one_claim(ground: Ground) -> None:
    assert ground("Lumen has several uses: reading forms aloud.", "reading forms aloud", "Lumen has several uses:").status == "supported"
