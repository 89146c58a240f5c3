"""Leads, rows, headings and lists become sentences that stand alone."""

from __future__ import annotations

import pytest

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import ClaimProposal, Subject
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.grounding import Grounder
from agent_sources.structure import blocks_of

PAGE = """# Lumen

Lumen is a library for switching lamps.

## Features

Lumen supports three hubs:

- Zigbee
- Thread
- Radio hubs

Highlights:

- **Scenes**: Named settings of many lamps.
- **Night Mode**: A calm plan for the dark hours.
- **Tracing**: Monitor and track your lamps.
- **Models**: Using plain models to define rooms
- **Watchful design**: Designed for rooms without windows
- Export reports to paper and screen.
- Support for old lamps
- For dark rooms, we offer two plans: dusk and dawn.

## 2. Batch Switching

Switching of many lamps in one go is batch switching. We also provide a planner.

## Dusk Planner

This feature dims the evening of a whole house. It supports guests.

The action then starts the lamps.

## Tools

| Tool | Description |
| --- | --- |
| fade_lamp | Lower the light of a lamp slowly |

| Parameter | Description |
| --- | --- |
| speed | How fast the light of a lamp goes down |

| Check | Returns true if |
| --- | --- |
| is-dark | no lamp of the room shines |

| Field | Description |
| --- | --- |
| room | Name of the room in which the lamp hangs |
"""


def subject() -> Subject:
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=PAGE, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    return Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(PAGE, "text/markdown")}, passages=[])


FOUND: list[Statement] = statements_of(subject())
PRINTED = [s.printed for s in FOUND]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lumen supports three hubs: Zigbee, Thread and radio hubs.",
        "Scenes are named settings of many lamps.",
        "Night Mode is a calm plan for the dark hours.",
        "Lumen lets you monitor and track your lamps.",
        "Lumen supports using plain models to define rooms.",
        "Lumen's watchful design is designed for rooms without windows.",
        "Lumen lets you export reports to paper and screen.",
        "Lumen offers support for old lamps.",
        "For dark rooms, Lumen offers two plans: dusk and dawn.",
        "Lumen supports batch switching.",
        "Lumen also provides a planner.",
        "The Dusk Planner feature dims the evening of a whole house.",
        "The Dusk Planner feature supports guests.",
        "fade_lamp lowers the light of a lamp slowly.",
        "is-dark returns true if no lamp of the room shines.",
        "The field room contains name of the room in which the lamp hangs.",
    ],
)
def test_pieces_become_sentences(sentence: str) -> None:
    assert sentence in PRINTED


@pytest.mark.parametrize("words", ["The action then", "How fast the light"])
def test_what_needs_the_sentence_before_or_is_a_setting_is_not_printed(words: str) -> None:
    assert not any(text and words in text for text in PRINTED)


def test_a_sentence_with_its_list_cites_every_item() -> None:
    listed = next(s for s in FOUND if s.listed)
    quotes = listed.quotes()
    assert [q.quote for q in quotes] == ["Lumen supports three hubs:", "Zigbee", "Thread", "Radio hubs"]
    assert all(PAGE[q.start : q.end] == q.quote for q in quotes)


def test_composed_sentences_are_grounded_in_their_quotes() -> None:
    grounder = Grounder(subject())
    claims = {s.printed: grounder.claim(ClaimProposal(kind="summary", text=s.printed, quotes=s.quotes())) for s in FOUND if s.printed}
    assert {text: claim.status for text, claim in claims.items() if claim.status != "supported"} == {}
