import os
import re
from pathlib import Path

import pytest
import yaml

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import Proposal, Subject
from agent.engines.extractive import ExtractiveEngine
from agent.engines.extractive.choice.rank import QUESTIONS, likelihood, rank, weights
from agent.engines.extractive.statements.reader import statements_of
from agent_sources.structure import blocks_of

PAGE = """# Lumen

Lumen is a library for controlling lamps over the network.

> Recent work has achieved remarkable progress on lamps.

## Features

- **Dimming**: Lower the light of any lamp in small steps.
- **Schedules**: Plan the light of a whole week in one file.
- **Scenes**: Save the state of a room and restore it later.
- **Voice control**: Switch lamps with short spoken commands.

## Exporting schedules

Lumen exports schedules to calendar files. Each entry keeps its colour and its time.

## Monitoring power use

Lumen measures the power each lamp draws and reports it by the hour.

## Installation

Run `pip install lumen` to install the package.

## License

Lumen is released under a free licence.

## Contributing

Contributors may open a pull request with new lamp drivers.
"""


def subject(text: str = PAGE) -> Subject:
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    return Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(text, "text/markdown")}, passages=[])


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return ExtractiveEngine().propose(subject(), [])


def test_each_feature_and_task_section_becomes_a_capability(proposal: Proposal) -> None:
    names = " / ".join(c.name.casefold() for c in proposal.capabilities)
    for wanted in ("light of any lamp", "light of a whole week", "scenes", "spoken commands", "schedules to calendar files", "power"):
        assert wanted in names


def test_silent_sections_and_background_give_none(proposal: Proposal) -> None:
    leading = " ".join(c.summary[0].text for c in proposal.capabilities)
    assert not re.search(r"pip install|pull request|free licence|Recent work", leading)


def test_a_summary_is_led_by_the_opening_of_its_passage(proposal: Proposal) -> None:
    exporting = next(c for c in proposal.capabilities if "export" in c.name.casefold())
    assert exporting.summary[0].text == "Lumen exports schedules to calendar files."


def test_every_quote_stands_in_the_document(proposal: Proposal) -> None:
    quotes = [q for c in proposal.capabilities for claim in c.summary for q in claim.quotes]
    assert quotes and all(PAGE[q.start : q.end] == q.quote for q in quotes)


def test_the_same_documents_give_the_same_proposal(proposal: Proposal) -> None:
    assert ExtractiveEngine().propose(subject(), []) == proposal


def test_names_are_unique_and_orders_by_importance(proposal: Proposal) -> None:
    names = [c.name.casefold() for c in proposal.capabilities]
    assert len(set(names)) == len(names)
    ranks = [("core", "major", "minor").index(c.importance) for c in proposal.capabilities]
    assert ranks[0] == 0


def test_documents_without_statements_give_a_note_and_no_capability() -> None:
    empty = ExtractiveEngine().propose(subject("# Lumen\n\n```\nx = 1\n```\n"), [])
    assert empty.capabilities == [] and empty.notes


def test_every_weight_is_a_plain_number_and_every_likelihood_a_share() -> None:
    assert all(isinstance(value, float) for table in weights().values() for value in table.values())
    found = rank(statements_of(subject()), subject().manifest)
    assert found and all(0 < getattr(one, question) < 1 for one in found.values() for question in QUESTIONS)
    assert likelihood({"named subject": 1.0}, {"bias": 0.0, "named subject": 2.0}) > 0.5


REFERENCE = Path(os.environ.get("AGENT_REFERENCE", Path(__file__).parents[2].parent / "shared")) / "corpus"
BAD = re.compile(
    r"^(?:it|its|this|that|these|those|they|their|we|our|you|your|he|she|i|my|and|but|or|so|because|nor|yet)\b"
    r"|\||https?://|```|\[\d+\]|\bet al\b",
    re.I,
)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference corpus is not beside the checkout")
@pytest.mark.parametrize("slug", sorted(p.name for p in REFERENCE.iterdir()) if REFERENCE.is_dir() else [])
def test_summaries_of_real_documentation_keep_their_form(slug: str) -> None:
    from benchmarks.direct import subject_of

    real = subject_of(REFERENCE, slug)
    assert yaml.safe_load((REFERENCE / slug / "artifact.yaml").read_text(encoding="utf-8"))["slug"] == slug
    made = ExtractiveEngine().propose(real, [])
    texts = [claim.text for c in made.capabilities for claim in c.summary]
    assert [t for t in texts if BAD.search(t) or not re.search(r"[.!?…][\"'”’)]*$", t)] == []
    assert [c.name for c in made.capabilities if not 1 <= len(c.name.split()) <= 8] == []
