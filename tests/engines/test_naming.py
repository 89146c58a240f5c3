import re

import pytest

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.engines.extractive.forms import gerund, singular
from agent.engines.extractive.naming import Namer
from agent.engines.extractive.standalone import Names
from agent.engines.extractive.statements import statements_of
from agent_sources.structure import blocks_of


def named(sentence: str, heading: str = "Overview", taken: tuple[str, ...] = ()) -> str | None:
    text = f"# Lumen\n\n## {heading}\n\n{sentence}\n"
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    found = statements_of(Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(text, "text/markdown")}, passages=[]))
    group = [s for s in found if s.printed and s.kind != "heading"]
    return Namer(Names.of(manifest), found).name(group, taken, alone_in_section=True)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lumen segments images.", "Image segmentation"),
        ("Lumen is a library for training language models.", "Training language models"),
        ("You can export the schedule to a file.", "Exporting the schedule to a file"),
        ("- **Retry Management**: Set how often a command is sent again.", "Retry management"),
        ("Lumen provides segmentation masks for every lamp.", "Segmentation masks for every lamp"),
    ],
)
def test_names_come_from_lead_or_predicate(sentence: str, expected: str) -> None:
    assert named(sentence) == expected


def test_a_heading_that_names_a_job_names_the_capability() -> None:
    assert named("Lamps fade in a minute when asked.", heading="Fading lamps slowly") == "Fading lamps slowly"


def test_no_name_is_given_twice() -> None:
    sentence = "Lumen segments images."
    first = named(sentence)
    assert first is not None and named(sentence, taken=(first,)) != first


@pytest.mark.parametrize(
    "sentence",
    [
        "Lumen can detect broken, old and dim lamps in any room of the house at once.",
        "Lumen supports meaningful, structured reports and much more for users of all kinds.",
        "Lumen lets users plan what their lamps will do on each day of the coming week.",
        "Run lamps on a schedule with the `lumen run` command.",
    ],
)
def test_names_are_short_and_tidy(sentence: str) -> None:
    name = named(sentence)
    assert name is not None and 2 <= len(name.split()) <= 8
    assert name[0].isupper() and not re.search(r"\b(?:of|to|with|for|and|or|the|a|in|on)$|[`|:]", name)


def test_word_forms() -> None:
    assert [gerund(v) for v in ("use", "run", "fine-tune", "see", "train", "span", "show")] == [
        "using", "running", "fine-tuning", "seeing", "training", "spanning", "showing",
    ]  # fmt: skip
    assert [singular(n) for n in ("images", "queries", "boxes", "classes", "analysis")] == ["image", "query", "box", "class", "analysis"]
