"""Claims out of lines, JSON lines and pages."""

from __future__ import annotations

import pytest

from agent.errors import InputError
from agent.pipeline.written import claims_in, form_of

PAGE = """# Ferry

Ferry copies folders over an encrypted channel. Is it fast? See the manual.
Install it first. It runs on Linux.

- Links are kept.
- `code`

```sh
ferry --help is not a claim.
```
"""


def test_a_page_gives_the_sentences_that_claim_something_with_their_lines() -> None:
    made = claims_in(PAGE, "markdown")
    assert [(claim.text, claim.line) for claim in made.claims] == [
        ("Ferry copies folders over an encrypted channel.", 3),
        ("It runs on Linux.", 4),
        ("Links are kept.", 6),
    ]
    assert made.skipped >= 3


def test_lines_and_json_lines() -> None:
    assert [claim.text for claim in claims_in("one is a claim\n\n two is another \n", "lines").claims] == [
        "one is a claim",
        "two is another",
    ]
    made = claims_in('{"text": "a holds"}\n{"claim": "b holds"}\n"c holds"\n', "jsonl")
    assert [(claim.text, claim.line) for claim in made.claims] == [("a holds", 1), ("b holds", 2), ("c holds", 3)]


@pytest.mark.parametrize("row", ["{", "[]", '{"text": 3}', '{"words": "x"}', '""'])
def test_a_bad_json_line_is_named(row: str) -> None:
    with pytest.raises(InputError, match="line 2"):
        claims_in(f'{{"text": "a holds"}}\n{row}\n', "jsonl", "claims.jsonl")


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "x", "markdown"),
        ("a.jsonl", "x", "jsonl"),
        ("-", '{"text": "x"}', "jsonl"),
        ("-", "# A\n\nB is.", "markdown"),
        ("-", "B is.", "lines"),
    ],
)
def test_the_form_is_told_by_name_then_by_look(name: str, text: str, form: str) -> None:
    assert form_of(name, text) == form
