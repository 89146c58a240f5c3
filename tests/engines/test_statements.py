import pytest

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.roles import role_of
from agent_sources.structure import blocks_of

PAGE = """# Lumen

Lumen is a library for switching lamps. It supports dimming and colour.

## Features

Lumen is quick with:

- Batched commands for many lamps
- **Schedules**: Plan the light of a whole week.
- `lumen.scene` - Save a scene for later use
- Ada Watt (Lamp Works)

| Command | What it does |
| --- | --- |
| fade | Lowers the light of a lamp slowly |

## Usage

To fade all lamps of a room, use:

```python
# Fade every lamp in the room slowly
lumen.fade(room="hall")
```

## Citation

Please cite the paper on lamps.
"""


def statements(text: str) -> list[Statement]:
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    return statements_of(Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(text, "text/markdown")}, passages=[]))


def test_every_quote_stands_at_its_offsets() -> None:
    found = statements(PAGE)
    assert len(found) > 10
    assert all(PAGE[s.start : s.end] == s.quote for s in found)
    assert all(PAGE[q.start : q.end] == q.quote for s in found for q in s.quotes())


@pytest.mark.parametrize(
    "sentence",
    [
        "Lumen is a library for switching lamps.",
        "Lumen supports dimming and colour.",
        "Lumen is quick with batched commands for many lamps.",
        "Lumen lets you plan the light of a whole week.",
        "lumen.scene saves a scene for later use.",
        "Lumen lets you fade all lamps of a room.",
        "Fade every lamp in the room slowly.",
    ],
)
def test_sentences_items_and_comments_are_printed_whole(sentence: str) -> None:
    assert sentence in [s.printed for s in statements(PAGE)]


def test_a_list_of_names_is_not_printed() -> None:
    assert [s.printed for s in statements(PAGE) if "Ada Watt" in s.text] == [None]


def test_a_composed_sentence_cites_its_introduction_too() -> None:
    composed = next(s for s in statements(PAGE) if s.composed)
    assert [q.quote for q in composed.quotes()] == ["Batched commands for many lamps", "Lumen is quick with:"]


def test_a_table_row_with_one_cell_of_prose_is_a_statement() -> None:
    row = next(s for s in statements(PAGE) if s.kind == "row")
    assert row.lead == "fade" and "Lowers the light of a lamp slowly" in row.body


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (("Lumen",), "overview"),
        (("Lumen", "Key Features"), "features"),
        (("Lumen", "Citation", "BibTeX"), "citation"),
        (("Lumen", "Limitations and biases", "Examples"), "limitations"),
        (("Lumen", ":bulb: Highlights"), "features"),
        (("Lumen", "Training data"), "training"),
        (("Installation", "Usage"), "installation"),
    ],
)
def test_headings_tell_the_role_of_a_section(path: tuple[str, ...], role: str) -> None:
    assert role_of(path) == role
