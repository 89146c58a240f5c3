"""What the doctor finds."""

from __future__ import annotations

from importlib import metadata
from importlib.metadata import PackagePath
from pathlib import Path

import pytest
from pipeline_fakes import make_pipeline, write_artifact

from agent.pipeline.run import Pipeline


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth. It is loud.\n")
    made = make_pipeline(tmp_path / "workspace", tmp_path / "catalog")
    made.decompose("loom")
    return made


def break_it(pipeline: Pipeline, sql: str) -> list[str]:
    with pipeline.workspace.writing() as connection:
        connection.run("PRAGMA defer_foreign_keys = ON")
        connection.run(sql)
    return [f"{finding.place}: {finding.problem}" for finding in pipeline.doctor()]


def test_a_sound_workspace_has_no_findings(pipeline: Pipeline) -> None:
    assert pipeline.doctor() == []


def test_a_quote_that_is_not_at_its_place_is_found(pipeline: Pipeline) -> None:
    found = break_it(pipeline, "UPDATE decompositions SET body = replace(body, '\"start\":8', '\"start\":9')")
    assert any("quote 'Loom weaves cloth.' is not at 9-" in line for line in found)


def test_a_document_that_was_changed_is_found(pipeline: Pipeline) -> None:
    found = break_it(pipeline, "UPDATE documents SET text = replace(text, 'cloth', 'doths')")
    assert any("the hash differs" in line for line in found)
    assert any("is not at" in line for line in found)


def test_a_document_that_is_gone_is_found(pipeline: Pipeline) -> None:
    with pipeline.workspace.writing() as connection:
        for table in ("passages", "readings", "documents"):
            connection.run(f"DELETE FROM {table}")
    assert any("which is not in the workspace" in finding.problem for finding in pipeline.doctor())


def test_passages_outside_their_document_are_found(pipeline: Pipeline) -> None:
    assert any("passages outside" in line for line in break_it(pipeline, 'UPDATE passages SET "end" = 10000'))


def test_another_distribution_with_files_under_our_package_is_found(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        metadata = {"Name": "other-agent"}
        files = (PackagePath("agent/__init__.py"),)

    monkeypatch.setattr(metadata, "distributions", lambda: [Other()])
    assert [finding.problem for finding in pipeline.doctor()] == [
        "distribution 'other-agent' also has files under 'agent/'; install one of both elsewhere."
    ]
