import re

import pytest

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.engines.extractive.naming.forms import gerund, singular
from agent.engines.extractive.naming.namer import Namer
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent_sources.structure import blocks_of


def read(sentence: str, heading: str) -> tuple[Namer, list[Statement]]:
    text = f"# Lumen\n\n## {heading}\n\n{sentence}\n"
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    found = statements_of(Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(text, "text/markdown")}, passages=[]))
    group = [s for s in found if s.printed and s.kind != "heading"]
    return Namer(Names.of(manifest), found), group


def named(sentence: str, heading: str = "Overview", taken: tuple[str, ...] = ()) -> str | None:
    namer, group = read(sentence, heading)
    best = namer.best(group, taken)
    return best.text if best else None


def ranked(sentence: str, heading: str = "Overview") -> list[str]:
    namer, group = read(sentence, heading)
    return [name.text for name in namer.ranked(group)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lumen segments images.", "Image segmentation"),
        ("Lumen is a library for training language models.", "Training language models"),
        ("You can export the schedule to a file.", "Exporting the schedule to a file"),
        ("- **Retry Management**: Set how often a command is sent again.", "Retry management"),
        ("Lumen provides segmentation masks for every lamp.", "Segmentation masks for every lamp"),
        ("Lumen can detect broken, old and dim lamps in any room of the house at once.", "Detecting broken, old and dim lamps"),
    ],
)
def test_names_are_phrases_of_lead_or_sentence(sentence: str, expected: str) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Lumen caches calls to the bus.", "Caching calls to the bus"),
        ("- `lamp_list`: Lists all lamps.", "Lamp listing"),
        ("- `lamp_list`: Lists all lamps.", "Listing lamps"),
        ("Run lamps on a schedule at night.", "Running lamps on a schedule"),
        ("Lamps can be deployed in any room.", "Lamp deployment"),
        ("Lumen supports a wide range of lamp drivers.", "Lamp drivers"),
        ("Lumen can automatically detect lamps.", "Automatic lamp detection"),
    ],
)
def test_actions_are_offered_as_gerunds_and_action_nouns(sentence: str, wanted: str) -> None:
    assert wanted in ranked(sentence)


@pytest.mark.parametrize(
    ("sentence", "heading", "unwanted"),
    [
        ("Lumen dims lamps slowly.", "Dim your lamps", "Dim your lamps"),  # an imperative is no noun phrase
        ("Convert scenes to calendar files.", "Overview", "Scenes to calendar files"),  # the object with what belongs to its verb
        ("Lumen lowers the light of lamps in small steps.", "Overview", "Lamps in small steps"),
        ("Lumen reports faults, delays and losses.", "Overview", "Faults, delays"),  # half an enumeration
        ("Lumen is an effective tool.", "Overview", "Effective tool"),
    ],
)
def test_what_is_no_whole_phrase_is_no_candidate(sentence: str, heading: str, unwanted: str) -> None:
    assert unwanted not in ranked(sentence, heading)


def test_a_heading_may_name_the_capability_but_not_its_number() -> None:
    assert "Lamp detection" in ranked("Lumen finds lamps at once.", heading="3. Lamp detection")


def test_names_have_scores_and_come_best_first() -> None:
    namer, group = read("Lumen provides segmentation masks for every lamp.", "Overview")
    scores = [name.score for name in namer.ranked(group)]
    assert scores == sorted(scores, reverse=True) and all(0 < score < 1 for score in scores)


def test_proper_names_keep_their_capital_and_ordinary_words_lose_it() -> None:
    sentence = "- **Lamp Control With Kestrel**: Dim lamps. With Kestrel, lamp control needs no cable, and so Kestrel works with any lamp."
    assert named(sentence) == "Lamp control with Kestrel"


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
