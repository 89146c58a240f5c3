from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Lamps come in sizes, e.g. Small and large.",
        "Upgrade to v1.5.2 Beta before you start.",
        "Read https://lamps.example/a.b?c=d. for more",
        "See [the manual](https://lamps.example/x.html). it goes on",
        "Call `lamp.on(). Then` to switch it on.",
        "J. Lumen et al. Described it first.",
        "It weighs approx. 3.5 kg, cf. Fig. 2.",
        "Wait... and see",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bright.** It shines.", ["**Bright.**", "It shines."]),
        ("Uses lamps, rods, etc. The rest is dark.", ["Uses lamps, rods, etc.", "The rest is dark."]),
        ("A line that is\nwrapped hard. The next\nline.", ["A line that is\nwrapped hard.", "The next\nline."]),
        ("One paragraph\n\nAnother", ["One paragraph", "Another"]),
        ("[Linked.](https://a.example/b.c) More? Yes.", ["[Linked.](https://a.example/b.c)", "More?", "Yes."]),
        ("Runs on LampOS 12.1. See the list.", ["Runs on LampOS 12.1.", "See the list."]),
        ("It starts. vLamp goes on.", ["It starts.", "vLamp goes on."]),
        ("Fast!\n🔥 Warm light\n💡 Cold light", ["Fast!", "🔥 Warm light", "💡 Cold light"]),
        ("First line<br>Second line", ["First line", "Second line"]),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert [s.removesuffix("<br>").strip() for s in sentences(text)] == expected


def test_offsets_count_from_the_whole_text() -> None:
    text = "Skipped. Kept here. And here. Skipped."
    spans = sentence_spans(text, 9, 29)
    assert [text[a:b] for a, b in spans] == ["Kept here.", "And here."]


@given(st.text(alphabet="aB. !?\n`*[](<>)e.g1-•\u2728", max_size=80), st.integers(0, 20), st.integers(0, 80))
def test_spans_are_ordered_disjoint_and_lose_no_word(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    spans = sentence_spans(text, start, end)
    assert all(start <= a < b <= end for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text[start:end].split())
