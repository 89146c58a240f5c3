"""Intents, inputs and outputs of single statements, and first-person sentences with their speaker named."""

from __future__ import annotations

import pytest

from agent.domain.artifact import Manifest
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.engines.extractive.claims.intents import intents_of
from agent.engines.extractive.claims.io_fields import inputs_of, outputs_of
from agent.engines.extractive.claims.voiced import voiced
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent_sources.structure import blocks_of

MANIFEST = Manifest(slug="heron", name="Heron", type="library")


def statement(sentence: str, before: str = "") -> Statement:
    text = f"# Heron\n\n## Features\n\n{before}{sentence}\n"
    document = Document(
        id="d", artifact="heron", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256=sha256(text),
        text_sha256=sha256(text), reader="markdown/1", language="en", text=text, fetched_at="2026-01-01",
    )  # fmt: skip
    subject = Subject(manifest=MANIFEST, documents=[document], blocks={"d": blocks_of(text, "text/markdown")}, passages=[])
    return next(s for s in reversed(statements_of(subject)) if s.kind != "heading")


def test_an_intent_is_a_goal_in_the_statements_words() -> None:
    assert intents_of([statement("Heron lets you transcribe long recordings into sheet music.")]) == (
        "Transcribe long recordings into sheet music",
    )


@pytest.mark.parametrize(
    "sentence", ["Heron is a library of birdsong.", "Heron cannot transcribe stereo recordings.", "Heron supports Linux."]
)
def test_definitions_and_denials_are_no_goals(sentence: str) -> None:
    assert intents_of([statement(sentence)]) == ()


def test_inputs_and_outputs_are_noun_phrases_with_their_quote() -> None:
    one = statement("Heron takes a stereo recording and returns a printed score.")
    assert [found.text for found in inputs_of([one])] == ["stereo recording"]
    assert [found.text for found in outputs_of([one])] == ["printed score"]
    assert inputs_of([one])[0].quotes[0].quote == one.quote


def test_time_and_care_are_not_inputs() -> None:
    assert inputs_of([statement("Heron takes weeks to learn a dialect.")]) == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Heron, the first open engraver for birdsong on the desktop.", "Heron is the first open engraver for birdsong on the desktop."),
        ("Our pipeline is smaller than Kingfisher's.", "Heron's pipeline is smaller than Kingfisher's."),
    ],
)
def test_the_speaker_is_named(sentence: str, told: str) -> None:
    assert voiced(statement(sentence), Names.of(MANIFEST)) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "The second is faster than the first of them.",
        "Is Heron the only engraver? Some say so.",
        "By that measure Kingfisher does worse there.",
    ],
)
def test_sentences_that_lean_on_others_are_refused(sentence: str) -> None:
    assert voiced(statement(sentence), Names.of(MANIFEST)) is None
