"""What the doctor finds, what it repairs, and what it never touches."""

from __future__ import annotations

import json
import os
from importlib import metadata
from importlib.metadata import PackagePath
from pathlib import Path
from typing import Any

import pytest
from pipeline_fakes import comparable, doctor_of, make_pipeline, write_artifact, wrong

from agent.pipeline.run import Pipeline
from agent.store.workspace import DATABASE

LOOM = "# Loom\n\nLoom weaves cloth. It is loud.\n\n## Spinning thread\n\nLoom spins thread out of wool. It is slow.\n"


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    write_artifact(tmp_path / "catalog", "loom", LOOM, related="[{slug: shuttle}]")
    write_artifact(tmp_path / "catalog", "shuttle", "# Shuttle\n\nShuttle carries yarn.\n")
    made = make_pipeline(tmp_path / "workspace", tmp_path / "catalog")
    made.ingest(str(write_artifact(tmp_path / "own", "reel", "# Reel\n\nReel winds rope. It squeaks.\n")))
    made.decompose("loom")
    made.decompose("reel")
    return made


def break_it(pipeline: Pipeline, *statements: str) -> list[str]:
    """Change rows behind the program's back; what the doctor then finds wrong."""
    with pipeline.workspace.open() as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for sql in statements:
            raw.execute(sql)
    return wrong(pipeline)


def dump(pipeline: Pipeline) -> dict[str, list[Any]]:
    """Every row of every table."""
    with pipeline.workspace.reading() as connection:
        tables = [row[0] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(tuple(row) for row in connection.rows(f'SELECT * FROM "{table}"')) for table in tables}


def test_a_sound_workspace_has_no_findings_and_a_repair_changes_nothing(pipeline: Pipeline) -> None:
    before = dump(pipeline)
    report = doctor_of(pipeline).examine(repair=True)
    assert (report.findings, report.repaired) == ((), ())
    assert {check.status for check in report.checks} == {"ok"}
    assert dump(pipeline) == before


def test_no_workspace_is_made_by_looking_for_one(tmp_path: Path, pipeline: Pipeline) -> None:
    from agent.pipeline import Silent
    from agent.pipeline.doctor import Doctor

    report = Doctor(tmp_path / "nowhere", lambda: pipeline.library, Silent()).examine()
    assert not report.workspace
    assert not (tmp_path / "nowhere").exists()


# What is broken, by which statement; what is said; which tables are afterwards exactly what they were.
REPAIRED = {
    "a passage outside its text": ('UPDATE passages SET "end" = 10000', "its passages are not those of its text"),
    "a passage that is gone": ("DELETE FROM passages WHERE rowid = 1", "its passages are not those of its text"),
    "a passage's heading": ("UPDATE passages SET heading_path = '[\"x' WHERE rowid = 1", "its passages are not those of its text"),
    "a passage of no document": (
        "INSERT INTO passages VALUES ('ghost', 'gone', 0, 1, '[]', 'x', NULL)",
        "1 row of 'passages' refer to 'documents' that are gone",
    ),
    "a vector that is gone": ("DELETE FROM vectors WHERE rowid = 1", "of its passages have no vector"),
    "a vector cut short": ("UPDATE vectors SET vector = x'00' WHERE rowid = 1", "1 of them cannot be what was stored"),
    "a vector of noise": ("UPDATE vectors SET vector = x'0000803f0000803f0000803f0000803f' WHERE rowid = 1", "cannot be what was stored"),
    "a text": ("UPDATE documents SET text = replace(text, 'cloth', 'doths')", "the hash differs"),
    "a text that is no text": ("UPDATE documents SET text = CAST(x'ff00fe' AS TEXT) WHERE artifact = 'reel'", "the hash differs"),
    "a document's record": ("UPDATE documents SET origin = 'nobody'", "its record cannot be read"),
    "a bundled manifest": ("UPDATE artifacts SET manifest = '{' WHERE slug = 'loom'", "its record cannot be read or is gone"),
    "a manifest of one's own": ("UPDATE artifacts SET manifest = '[1]' WHERE slug = 'reel'", "its record cannot be read or is gone"),
    "an artifact that is gone": ("DELETE FROM artifacts WHERE slug = 'shuttle'", "its record cannot be read or is gone"),
    "a URI that is gone": ("DELETE FROM capabilities WHERE artifact = 'loom'", "this URI was given, and its row is gone"),
    "two that are current": (
        "INSERT INTO decompositions SELECT artifact, 'f' || inputs_sha256, 0, 1, replace(body, '\"inputs_sha256\":\"', "
        "'\"inputs_sha256\":\"f') FROM decompositions WHERE artifact = 'loom'",
        "more than one decomposition is current",
    ),
}
DERIVED = {"passages", "vectors", "readings"}


@pytest.mark.parametrize(("sql", "said"), REPAIRED.values(), ids=REPAIRED)
def test_what_can_be_made_again_is_repaired_and_everything_else_stays(pipeline: Pipeline, sql: str, said: str) -> None:
    before = dump(pipeline)
    assert any(said in line for line in break_it(pipeline, sql))
    report = doctor_of(pipeline).examine(repair=True)
    assert report.wrong == ()
    assert report.repaired
    after = dump(pipeline)
    assert after["documents"] == before["documents"]
    assert {row[0] for row in after["capabilities"]} == {row[0] for row in before["capabilities"]}
    assert {row[-1] for row in after["decompositions"]} >= {row[-1] for row in before["decompositions"]}
    assert {row[:5] for row in after["artifacts"]} == {row[:5] for row in before["artifacts"]}
    assert {table: after[table] for table in DERIVED} == {table: before[table] for table in DERIVED}


DROPPED = {
    "a quote elsewhere": ("UPDATE decompositions SET body = replace(body, '\"start\":8', '\"start\":9')", "is not at 9-"),
    "no JSON": ("UPDATE decompositions SET body = substr(body, 1, 100)", "it is not JSON any more"),
    "no decomposition": ("UPDATE decompositions SET body = '{}'", "it is not a decomposition as this version knows it"),
    "another's body": ("UPDATE decompositions SET inputs_sha256 = 'abc'", "it is another decomposition than its row says"),
}


@pytest.mark.parametrize(("sql", "said"), DROPPED.values(), ids=DROPPED)
def test_a_damaged_decomposition_is_dropped_and_made_again_with_the_same_uris(pipeline: Pipeline, sql: str, said: str) -> None:
    before = pipeline.decompose("loom")
    assert any(said in line for line in break_it(pipeline, f"{sql} WHERE artifact = 'loom'"))
    report = doctor_of(pipeline).examine(repair=True)
    assert report.wrong == ()
    assert any(line.startswith("Dropped the damaged decomposition loom") for line in report.repaired)
    with pipeline.workspace.reading() as connection:
        assert connection.value("SELECT COUNT(*) FROM decompositions WHERE artifact = 'reel'") == 1
    after = pipeline.decompose("loom")
    assert comparable(after.model_dump_json()) == comparable(before.model_dump_json())
    assert [one.uri for one in after.capabilities] == [one.uri for one in before.capabilities]


def test_a_text_whose_source_has_changed_stays_and_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "own" / "reel" / "notes.md").write_text("# Reel\n\nReel winds wire.\n", "utf-8")
    before = dump(pipeline)
    found = break_it(pipeline, "UPDATE documents SET text = replace(text, 'rope', 'hemp') WHERE artifact = 'reel'")
    report = doctor_of(pipeline).examine(repair=True)
    assert [f"{finding.place}: {finding.problem}" for finding in report.wrong] == found
    assert all("restore a backup" in finding.remedy or "Repair document" in finding.remedy for finding in report.wrong)
    after = dump(pipeline)
    assert len(after["documents"]) == len(before["documents"])
    assert after["decompositions"] == before["decompositions"]


def test_a_damaged_text_is_never_quoted(pipeline: Pipeline) -> None:
    from agent.errors import DamagedWorkspace

    break_it(pipeline, "UPDATE documents SET text = replace(text, 'rope', 'hemp')", "DELETE FROM decompositions")
    with pytest.raises(DamagedWorkspace, match="its text is not the one that was stored"):
        pipeline.decompose("reel")


def test_a_document_that_is_gone_takes_its_decomposition_along(pipeline: Pipeline) -> None:
    for table in ("passages", "readings", "documents"):
        break_it(pipeline, f"DELETE FROM {table} WHERE {'artifact' if table != 'passages' else 'document_id'} <> ''")
    assert any("which is not in the workspace" in line for line in wrong(pipeline))
    uris = [row[0] for row in dump(pipeline)["capabilities"]]
    assert doctor_of(pipeline).examine(repair=True).wrong == ()
    assert [row[0] for row in dump(pipeline)["capabilities"]] == uris


def test_vectors_nobody_uses_are_a_note_and_deleted_by_a_repair(pipeline: Pipeline) -> None:
    pipeline.library.embed(["words of a capability"])
    report = doctor_of(pipeline).examine()
    assert (report.wrong, [finding.wrong for finding in report.findings]) == ((), [False])
    assert doctor_of(pipeline).examine(repair=True).repaired == ("Deleted 1 vectors that belong to no passage.",)


def test_the_databases_own_indexes_are_built_again(pipeline: Pipeline) -> None:
    found = break_it(
        pipeline,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, '(sha256)', '(sha256) WHERE 0') WHERE name = 'ix_passages_sha256'",
        "PRAGMA writable_schema = OFF",
    )
    if not found:  # the schema was still cached: reading it again shows the index as short
        found = wrong(pipeline)
    assert found and all("index" in line for line in found)


def test_a_missing_table_asks_for_a_backup(pipeline: Pipeline) -> None:
    assert "database: table 'matches' is missing." in break_it(pipeline, "DROP TABLE matches")
    assert [f.remedy for f in doctor_of(pipeline).examine(repair=True).wrong] == ["Put a backup in its place: agent restore FILE --force."]


def test_garbage_in_the_file_is_found_and_stops_nothing(pipeline: Pipeline) -> None:
    file = pipeline.workspace.folder / DATABASE
    with pipeline.workspace.open() as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as stream:
        for page in range(2, size // 4096, 2):
            stream.seek(page * 4096)
            stream.write(b"\xa5" * 4096)
    report = doctor_of(pipeline).examine(repair=True)
    assert report.wrong
    assert "agent restore" in report.wrong[0].remedy
    assert all("\n" not in finding.problem for finding in report.wrong)


def test_what_an_interrupted_restore_left_is_told_and_removed_when_it_is_old(pipeline: Pipeline) -> None:
    staged, young = (pipeline.workspace.folder / f"restoring-2026-{name}.db" for name in ("old", "young"))
    kept = pipeline.workspace.folder / "before-restore-2026.db"
    for path in (staged, young, kept):
        path.write_bytes(b"")
    os.utime(staged, (1, 1))
    assert [Path(finding.place).name for finding in doctor_of(pipeline).examine().findings] == [staged.name, kept.name]
    doctor_of(pipeline).examine(repair=True)
    assert (staged.exists(), young.exists(), kept.exists()) == (False, True, True)


class Installed:
    """A distribution with files and needs."""

    def __init__(self, name: str, *files: str) -> None:
        self.metadata = {"Name": name}
        self.files = tuple(map(PackagePath, files))


@pytest.mark.parametrize("file", ["agent/__init__.py", "agent_sources/x.py"])
def test_another_distribution_with_files_under_our_packages_is_found(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(metadata, "distributions", lambda: [Installed("other-agent", file, "agents/x.py", "agent.py")])
    assert wrong(pipeline) == [f"installation: distribution 'other-agent' also has files under '{file.split('/')[0]}/'."]


def test_files_that_no_distribution_lists_are_found(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("agent/__init__.py", "agent/cli/main.py", "agent/theirs.py", "agent/__pycache__/x.pyc"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text("", "utf-8")

    class Ours(Installed):
        requires: tuple[str, ...] = ()
        version = "1"

        def locate_file(self, path: object) -> Path:
            return tmp_path / "site" / str(path)

    monkeypatch.setattr(metadata, "distribution", lambda _: Ours("capability-ledger", "agent/__init__.py", "agent/cli/main.py"))
    assert wrong(pipeline) == [f"installation: {str(tmp_path / 'site' / 'agent' / 'theirs.py')!r} is not of this program."]


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ("no-such-package>=1", "package 'no-such-package' is missing."),
        ("click>=99", "and '>=99' is needed."),
        ("click>=1; python_version < '3'", None),
        ("no-such-package>=1; extra == 'other'", None),
    ],
)
def test_a_package_that_does_not_fit_is_found(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, needs: str, said: str | None) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: [needs])
    found = wrong(pipeline)
    assert len(found) == (said is not None)
    assert not said or found[0].endswith(said)


def test_every_check_says_what_to_do(pipeline: Pipeline) -> None:
    break_it(pipeline, *(sql for sql, _ in REPAIRED.values()), DROPPED["no JSON"][0])
    found = doctor_of(pipeline).examine().findings
    assert len(found) > 8
    assert all(finding.remedy and "\n" not in finding.problem + finding.remedy for finding in found)


def test_the_walk_finds_every_quote_wherever_it_stands() -> None:
    from agent.pipeline.doctor.decompositions import quotes_in

    quote = {"document_id": "d", "start": 0, "end": 1, "quote": "x"}
    body = json.loads(json.dumps({"a": [quote, {"b": {"evidence": [quote]}}], "c": quote, "d": 1}))
    assert list(quotes_in(body)) == [quote] * 3
