"""What an artifact is, and the typed facts its documents state."""

from __future__ import annotations

import pytest

from agent.domain.artifact import ArtifactType, Manifest
from agent.domain.base import sha256
from agent.domain.document import Document
from agent.domain.proposal import FactProposal, Proposal, Subject
from agent.engines.extractive.claims.alternatives import Setting
from agent.engines.extractive.facts.definition import definition
from agent.engines.extractive.facts.facts import facts
from agent.grounding.grounder import Grounder
from agent.pipeline.verify import verified
from agent_sources.structure import blocks_of


def subject(text: str, name: str = "Lumen", kind: ArtifactType = "library") -> Subject:
    document = Document(
        id="d0", artifact="lumen", uri="README.md", title=name, origin="documentation", media_type="text/markdown", sha256=sha256(text),
        text_sha256=sha256(text), reader="markdown 1", language="en", text=text, fetched_at="2026-11-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name=name, type=kind)
    return Subject(manifest=manifest, documents=[document], blocks={"d0": blocks_of(document.text, document.media_type)}, passages=[])


def stated(one: Subject) -> dict[str, list[str]]:
    """The values of the facts that stand after verification, by field."""
    names = one.manifest.names()
    proposed = facts([], one, Setting.of(names, one.manifest.variants, []))
    found: dict[str, list[str]] = {}
    for fact in verified(Proposal(capabilities=[], facts=proposed), Grounder(one)).facts:
        found.setdefault(fact.field, []).append(fact.value)
    return found


def said(text: str, name: str = "Lumen", kind: ArtifactType = "library") -> FactProposal:
    found = definition(subject(text, name, kind))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# Lumen\n\nWelcome, everyone!\n\nLumen is a small library for lamp control.", "Lumen is a small library for lamp control."),
        ("# Lumen\n\nThis library provides drivers for most desk lamps.", "Lumen provides drivers for most desk lamps."),
        ("# Lumen\n\nA tiny toolkit that dims lamps over the network.", "Lumen is a tiny toolkit that dims lamps over the network."),
        ("# Lumen\n\nWe introduce Lumen, a library of lamp drivers for homes.", "Lumen is a library of lamp drivers for homes."),
        (
            "# Lumen\n\nThis repository contains the code that was used to build Lumen.",
            "The repository contains the code that was used to build Lumen.",
        ),
        ("# Lumen: Light for Every Desk\n\n- June: a new release", "Lumen: Light for Every Desk."),
    ],
)
def test_the_definition_is_the_documents_own_sentence_with_the_name(text: str, sentence: str) -> None:
    found = said(text)
    assert found.text == sentence
    assert [text[q.start : q.end] for q in found.quotes] == [q.quote for q in found.quotes]


def test_a_sentence_with_a_noun_of_the_type_wins_over_praise_and_parts() -> None:
    text = (
        "# Lumen\n\nLumen is a great choice for every home that has lamps.\n\n## Licence\n\nLumen is a registered trademark of Lamp Co.\n\n"
        "## What is Lumen?\n\n**Lumen** is an open framework for lamps that talk to each other.\n"
    )
    assert said(text).text == "Lumen is an open framework for lamps that talk to each other."


def test_names_match_however_they_are_joined_and_a_card_may_shorten_them() -> None:
    assert said("# x\n\nCode Lumen is a model for light code.", "CodeLumen", "model").text == "Code Lumen is a model for light code."
    card = "# Dataset Card for Glow\n\n## Dataset Summary\n\nGlow is a dataset of lamps in 12 rooms.\n"
    assert said(card, "Glow-1k", "dataset").text == "Glow is a dataset of lamps in 12 rooms."


def test_where_no_sentence_says_it_nothing_is_said() -> None:
    assert definition(subject("# Guide\n\nInstall the package, then run it. We are happy to help you.")) is None


def test_facts_of_a_model_come_from_lists_labels_and_tables() -> None:
    text = (
        "# Lumen\n\nLumen is a language model for lamps.\n\n**License:** MIT\n\nLumen comes in sizes of 2B, 7B and 30B parameters. "
        "Lumen supports inputs of up to 32k tokens.\n\n**Input** Models input text only.\n\n"
        "Lumen requires a GPU with at least 16 GB of memory.\n\n"
        "[11/10] We compare with rival models of 33B and 65B.\n"
    )
    found = stated(subject(text, kind="model"))
    assert found["license"] == ["MIT"]
    assert found["parameters"] == ["2B, 7B and 30B"]
    assert found["context_length"] == ["32k tokens"]
    assert found["input_modalities"] == ["text only"]
    assert found["hardware"] == ["a GPU with at least 16 GB of memory"]


def test_a_table_of_parameters_gives_the_smallest_and_the_largest() -> None:
    text = "# Lumen\n\nLumen is a model.\n\n| Model | Params (M) |\n| --- | --- |\n| LumenS | 1.9 |\n| LumenL | 86.7 |\n| Rival | 200 |\n"
    assert stated(subject(text, kind="model"))["parameters"] == ["Params (M): 1.9 (LumenS) to 86.7 (LumenL)"]


def test_facts_of_a_dataset_come_from_front_matter_and_counts() -> None:
    text = (
        "---\nlanguage:\n- en\nlicense:\n- cc-by-4.0\nsize_categories:\n- 1K<n<10K\n---\n\n# Lumen\n\n"
        "Lumen is a dataset of 12K image-text pairs from lamp shops. We manually checked 50 random images in Lumen.\n"
    )
    found = stated(subject(text, kind="dataset"))
    assert found["license"] == ["cc-by-4.0"]
    assert found["languages"] == ["en"]
    assert found["size"] == ["12K image-text pairs"]


def test_facts_of_software_are_its_clients_and_what_it_needs() -> None:
    text = (
        "# Lumen\n\nLumen is a server for lamps.\n\n## Installation\n\nLumen requires Python 3.10 or newer.\n\n## Clients\n\n"
        "Lumen has client libraries for several languages:\n\n- Python\n- Go\n- Java\n\n## Licence\n\nApache 2.0 licences of third-party "
        "parts are listed elsewhere.\n"
    )
    found = stated(subject(text))
    assert found["programming_languages"] == ["Python, Go and Java"]
    assert found["requirements"] == ["Python 3.10 or newer"]
    assert "license" not in found


def test_what_is_said_of_others_is_no_fact() -> None:
    text = (
        "# Lumen\n\nLumen is a model for lamps.\n\nRival has 70B parameters and is licensed under MIT.\n\nThe shards are about 1GB each.\n"
    )
    assert set(stated(subject(text, kind="model"))) == {"definition"}
