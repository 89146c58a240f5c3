"""Whole small pages: the definition, reference lists, tables and bold headings, as a reader meets them."""

from __future__ import annotations

import pytest

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import FactProposal, QuoteRef, Subject
from agent.engines.extractive.choice.defining import without_definition
from agent.engines.extractive.choice.group import groups_of
from agent.engines.extractive.choice.inventory import free_places
from agent.engines.extractive.choice.rank import Rating, rank
from agent.engines.extractive.choice.subjects import of_whom
from agent.engines.extractive.naming.forms import base_of_gerund, gerund
from agent.engines.extractive.statements.reader import Statement, statements_of
from agent.engines.extractive.statements.standalone import Names
from agent_sources.structure import blocks_of


def subject(text: str) -> Subject:
    document = Document(
        id="d1", artifact="lumen", uri="readme.md", title="Readme", origin="documentation", media_type="text/markdown", sha256="0",
        text_sha256="0", reader="markdown/1", language="en", text=text, fetched_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    manifest = Manifest(slug="lumen", name="Lumen", type="library")
    return Subject(manifest=manifest, documents=[document], blocks={"d1": blocks_of(text, "text/markdown")}, passages=[])


def read(text: str) -> list[Statement]:
    return statements_of(subject(text))


def printed(text: str) -> list[str]:
    return [s.printed for s in read(text) if s.printed]


NAMES = Names.of(Manifest(slug="lumen", name="Lumen", type="library"))


@pytest.mark.parametrize(
    ("definition", "job"),
    [
        ("Lumen is a library for testing and evaluating lamps.", "Lumen lets you test and evaluate lamps."),
        ("Lumen is a small server that stores the state of every lamp.", "Lumen stores the state of every lamp."),
        ("Lumen provides a framework to build light shows for large stages.", "Lumen lets you build light shows for large stages."),
        ("Lumen is a fast library for lamp simulation and planning.", "Lumen supports lamp simulation and planning."),
        ("Lumen is a small and friendly library.", None),
    ],
)
def test_of_a_definition_only_the_job_can_be_a_capability(definition: str, job: str | None) -> None:
    found = read(f"# Lumen\n\n{definition}\n")
    ratings = {s.order: Rating(0.9, 0.9, 0.9, 0.9) for s in found if s.printed}
    place = next(s for s in found if s.printed)
    quote = QuoteRef(document_id="d1", quote=place.quote, start=place.start, end=place.end)
    told, rated, jobs = without_definition(
        found, ratings, FactProposal(field="definition", value="x", text=definition, quotes=[quote]), NAMES
    )
    assert [s.printed for s in told if s.order in rated] == ([job] if job else [])
    assert jobs == set(rated)


TOOLS = """# Lumen

## Tools

### Lamps

- **lamp_fade**
  - Description: Fade a lamp slowly
- **lamp_dim**
  - Description: Dim a lamp by a tenth
- **lamp_list**
  - Description: List all lamps of a room

### Rooms

- **room_add**
  - Description: Add a room to the house
- **room_drop**
  - Description: Drop a room from the house
- **room_list**
  - Description: List the rooms of a house
"""


def test_a_reference_list_is_spread_over_its_subsections_and_the_other_tools_are_named_with_their_quotes() -> None:
    lumen = subject(TOOLS)
    found = statements_of(lumen)
    groups = groups_of(found, rank(found, lumen.manifest))
    assert {g.lead.heading for g in groups[:2]} == {"Lamps", "Rooms"}
    assert free_places(found) == 5
    leading = {g.lead.component for g in groups}
    others = [s for g in groups for s in g.statements[1:]]
    for s in others:
        assert (s.printed or "").startswith(("The lamps tools also include", "The rooms tools also include"))
        assert not any(name and name in (s.printed or "").split() for name in leading)
        assert all(lumen.documents[0].text[q.start : q.end] == q.quote for q in s.quotes())


def test_of_several_columns_the_one_headed_as_a_description_is_said() -> None:
    table = (
        "# Lumen\n\n## Plugins\n\n| Name | Description | Contents |\n| --- | --- | --- |\n"
        "| lamp-review | Automated review of lamps in large rooms | Command: starts the review of a lamp |\n"
        "| lamp-mover | Move lamps between the rooms of a house | Agent: carries lamps around |\n"
    )
    assert printed(table) == [
        "lamp-review provides automated review of lamps in large rooms.",
        "lamp-mover moves lamps between the rooms of a house.",
    ]


def test_a_label_is_left_out_before_a_sentence_that_has_its_own_subject() -> None:
    assert printed("# Lumen\n\n## Features\n\n- **Safety**: Safe mode disables the heat of a lamp.\n") == [
        "Safe mode disables the heat of a lamp."
    ]
    assert printed("# Lumen\n\n## Features\n\n- **Open-source**: Built for houses of every size.\n") == [
        "Lumen is built for houses of every size."
    ]


def test_bold_words_before_a_paragraph_are_its_heading() -> None:
    found = read("# Lumen\n\n**Lumen beside other lamps** Lumen needs no wires and no switches at all.\n")
    assert [(s.printed, s.heading) for s in found if s.printed] == [
        ("Lumen needs no wires and no switches at all.", "Lumen beside other lamps")
    ]


def test_whom_a_sentence_is_about_can_be_told() -> None:
    own = {name for name, value in of_whom("Lumen dims lamps.", "Lumen dims lamps.", ("Lumen",), NAMES) if value}
    other = {name for name, value in of_whom("Now we use Heron.", "Heron Cloud dims lamps.", ("Lumen", "Heron"), NAMES) if value}
    assert "title is own" in own and not own & {"another opens", "first person", "sequence"}
    assert {"another opens", "another in heading", "first person", "sequence"} <= other


def test_gerunds_and_their_base_forms() -> None:
    assert [gerund(v) for v in ("output", "input")] == ["outputting", "inputting"]
    assert [base_of_gerund(g) for g in ("using", "running", "evaluating", "testing", "lampshading")] == [
        "use", "run", "evaluate", "test", None,
    ]  # fmt: skip
