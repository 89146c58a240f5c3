"""Backups: checked before they count, made while others write, put back whole or not at all."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pipeline_fakes import Hearing, make_pipeline, write_artifact, wrong

from agent.errors import AgentError, CheckFailed, InputError, NewerWorkspace, WorkspaceError
from agent.pipeline.backup import back_up, restore
from agent.pipeline.run import Pipeline
from agent.store import backup as backups
from agent.store.database import Database
from agent.store.workspace import DATABASE, REVISIONS, Workspace


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    write_artifact(tmp_path / "catalog", "loom", "# Loom\n\nLoom weaves cloth. It is loud.\n")
    made = make_pipeline(tmp_path / "workspace", tmp_path / "catalog")
    made.decompose("loom")
    return made


@pytest.fixture
def file(pipeline: Pipeline, tmp_path: Path) -> Path:
    back_up(pipeline.workspace.folder, lambda: pipeline.workspace, tmp_path / "b.db")
    return tmp_path / "b.db"


def dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def put_back(folder: Path, file: Path, *, force: bool = False, hearing: Hearing | None = None) -> None:
    restore(folder, lambda: Workspace(folder, wait=0.3), file, hearing or Hearing(), force=force)


def changed(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        connection.run("INSERT INTO matches (artifact, capability_uri, query, at) VALUES ('loom', 'u', 'q', 'now')")


def test_a_backup_is_one_file_and_comes_back_as_it_was(pipeline: Pipeline, tmp_path: Path, file: Path) -> None:
    before = dump(pipeline.workspace.file)
    assert dump(file) == before
    put_back(tmp_path / "other", file)
    assert dump(tmp_path / "other" / DATABASE) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "catalog", "other", "workspace"]
    assert not [path for path in (tmp_path / "other").iterdir() if path.name.startswith(("restoring", "before", "broken"))]
    other = make_pipeline(tmp_path / "other", tmp_path / "catalog")
    with other.workspace.reading() as connection:
        assert connection.value("PRAGMA journal_mode") == "wal"
    assert wrong(other) == []
    assert other.decompose("loom") == pipeline.decompose("loom")


def test_a_restored_database_is_no_backup_itself(pipeline: Pipeline, tmp_path: Path, file: Path) -> None:
    put_back(tmp_path / "other", file)
    with pytest.raises(InputError, match="is not a backup"):
        put_back(tmp_path / "third", tmp_path / "other" / DATABASE)


def test_what_a_workspace_holds_is_replaced_by_force_alone(pipeline: Pipeline, file: Path) -> None:
    saved = dump(pipeline.workspace.file)
    changed(pipeline.workspace)
    with pytest.raises(InputError, match=r"holds something\. Replace it: --force"):
        put_back(pipeline.workspace.folder, file)
    assert dump(pipeline.workspace.file) != saved
    put_back(pipeline.workspace.folder, file, force=True)
    assert dump(pipeline.workspace.file) == saved
    assert not list(pipeline.workspace.folder.glob("before-restore-*"))


def test_an_earlier_backup_is_replaced_and_nothing_else_is(pipeline: Pipeline, tmp_path: Path, file: Path) -> None:
    changed(pipeline.workspace)
    back_up(pipeline.workspace.folder, lambda: pipeline.workspace, file)
    assert dump(file) == dump(pipeline.workspace.file)
    file.chmod(0o600)
    (tmp_path / "link.db").symlink_to(file)
    back_up(pipeline.workspace.folder, lambda: pipeline.workspace, tmp_path / "link.db")
    assert (tmp_path / "link.db").is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    for name in ("letter.txt", f"workspace/{DATABASE}", "workspace", "nowhere/b.db"):
        with pytest.raises(InputError):
            back_up(pipeline.workspace.folder, lambda: pipeline.workspace, tmp_path / name)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"
    with pytest.raises(InputError, match="there is no workspace"):
        back_up(tmp_path / "none", lambda: Workspace(tmp_path / "none"), tmp_path / "c.db")
    assert not (tmp_path / "none").exists()


def test_a_workspace_that_is_not_sound_makes_no_backup(pipeline: Pipeline, file: Path) -> None:
    before = file.read_bytes()
    with pipeline.workspace.writing() as connection:
        connection.run("UPDATE decompositions SET body = replace(body, '\"start\":8', '\"start\":9')")
    with pytest.raises(CheckFailed, match=r"is not at 9-.* no backup was written: agent doctor --repair first"):
        back_up(pipeline.workspace.folder, lambda: pipeline.workspace, file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob(".b.db*")] == []


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _noise(data: bytes) -> bytes:
    return data[:8192] + b"\xa5" * 8192 + data[16384:]


def _other_words(data: bytes) -> bytes:
    assert b"weaves cloth" in data
    return data.replace(b"weaves cloth", b"weaves doths")


@pytest.mark.parametrize("spoil", [_cut, _noise, _other_words, lambda data: b"", lambda data: b"hello", lambda data: data[:100]])
def test_a_damaged_file_is_refused_and_the_workspace_stays(pipeline: Pipeline, tmp_path: Path, file: Path, spoil: object) -> None:
    file.write_bytes(spoil(file.read_bytes()))  # type: ignore[operator]
    before = dump(pipeline.workspace.file)
    for force in (False, True):
        with pytest.raises(AgentError) as raised:
            put_back(pipeline.workspace.folder, file, force=force)
        assert raised.value.exit_code in (1, 2)
        assert "\n" not in str(raised.value)
    assert dump(pipeline.workspace.file) == before
    assert [path.name for path in pipeline.workspace.folder.glob("*-*-*")] == []


def test_a_backup_of_a_later_version_is_refused(pipeline: Pipeline, tmp_path: Path, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(NewerWorkspace, match="schema '9999'"):
        put_back(tmp_path / "other", file)
    assert not (tmp_path / "other").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        put_back(tmp_path / "w", tmp_path / "none.db")


def test_a_locked_workspace_is_waited_for_and_then_left_as_it_is(pipeline: Pipeline, file: Path) -> None:
    with closing(sqlite3.connect(pipeline.workspace.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AgentError, match="lock") as raised:
            put_back(pipeline.workspace.folder, file, force=True)
        assert raised.value.exit_code == 3
        other.execute("ROLLBACK")
    assert wrong(pipeline) == []
    assert not list(pipeline.workspace.folder.glob("restoring-*"))


def test_writers_lose_nothing_while_backups_are_made_and_put_back(pipeline: Pipeline, tmp_path: Path, file: Path) -> None:
    """Each copy is one moment: the rows of a transaction are all there or none is; no writer fails, and what is written last is there."""
    script = (
        "import sys; from pathlib import Path; from agent.store.workspace import Workspace\n"
        "w = Workspace(Path(sys.argv[1]))\n"
        "for n in range(120):\n"
        "    with w.writing() as c:\n"
        "        for part in 'ab':\n"
        "            c.run(\"INSERT INTO matches (artifact, capability_uri, query, at) VALUES ('loom', 'u', :q, 'now')\", q=f'{n}')\n"
    )
    folder = pipeline.workspace.folder
    writer = subprocess.Popen([sys.executable, "-c", script, str(folder)], stderr=subprocess.PIPE)
    copies = 0
    while writer.poll() is None:
        back_up(folder, lambda: Workspace(folder), file)
        restore(folder, lambda: Workspace(folder), file, Hearing(), force=True)
        copies += 1
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("SELECT COUNT(*) FROM matches GROUP BY query HAVING COUNT(*) <> 2").fetchall() == []
    assert writer.communicate()[1] == b""
    assert copies
    with pipeline.workspace.reading() as connection:
        assert connection.value("SELECT COUNT(*) FROM matches GROUP BY query HAVING COUNT(*) <> 2") is None
    assert wrong(pipeline) == []


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_is_stored_between_what_is_kept_and_what_is_put_back(
    pipeline: Pipeline, file: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """It would be neither in the one nor in the other: who comes in between waits, and then stores it in what is there."""
    held = dump(pipeline.workspace.file)
    refused: list[str] = []

    def intrude() -> None:
        with pytest.raises(WorkspaceError, match="another process has it locked") as raised:
            changed(Workspace(pipeline.workspace.folder, wait=0))
        refused.append(str(raised.value))

    real = backups._replace

    def replace(source: Database, target: Database) -> None:
        intrude()
        real(source, target)
        intrude()
        if fails and len(refused) == 2:
            raise WorkspaceError("the disk failed.")

    monkeypatch.setattr(backups, "_replace", replace)
    if fails:
        with pytest.raises(WorkspaceError, match="the disk failed"):
            put_back(pipeline.workspace.folder, file, force=True)
    else:
        put_back(pipeline.workspace.folder, file, force=True)
    assert len(refused) == (4 if fails else 2)
    assert dump(pipeline.workspace.file) == held
    changed(pipeline.workspace)
    assert not list(pipeline.workspace.folder.glob("*-*-*"))


def test_readers_see_the_old_or_the_new(pipeline: Pipeline, file: Path) -> None:
    for _ in range(3):
        changed(pipeline.workspace)
    seen: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with pipeline.workspace.reading() as connection:
                seen.add(connection.value("SELECT COUNT(*) FROM matches"))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        put_back(pipeline.workspace.folder, file, force=True)
    finally:
        stop.set()
        reader.join()
    assert seen <= {3, 0}


@pytest.mark.parametrize("step", ["staged", "before", "replaced"])
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(pipeline: Pipeline, tmp_path: Path, file: Path, step: str) -> None:
    saved = dump(file)
    changed(pipeline.workspace)
    held = dump(pipeline.workspace.file)
    script = (
        "import os, signal, sys; from pathlib import Path; from agent.store import backup\n"
        "from agent.pipeline.backup import restore; from agent.pipeline import Silent; from agent.store.workspace import Workspace\n"
        "step, count, real, replaced = sys.argv[1], [0], backup._copied, backup._replace\n"
        "def die(): os.kill(os.getpid(), signal.SIGKILL)\n"
        "def copied(*a):\n"
        "    real(*a); count[0] += 1\n"
        "    if (step, count[0]) in {('staged', 1), ('before', 2)}: die()\n"
        "def after(*a):\n"
        "    replaced(*a); die()\n"
        "backup._copied = copied\n"
        "if step == 'replaced': backup._replace = after\n"
        "folder = Path(sys.argv[2]); restore(folder, lambda: Workspace(folder), Path(sys.argv[3]), Silent(), force=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, step, str(pipeline.workspace.folder), str(file)], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert dump(pipeline.workspace.file) == (saved if step == "replaced" else held)
    assert wrong(pipeline) == []
    kept = list(pipeline.workspace.folder.glob("before-restore-*.db"))
    if step == "replaced":
        assert [dump(path) for path in kept] == [held]
    put_back(pipeline.workspace.folder, file, force=True)
    assert dump(pipeline.workspace.file) == saved


def test_an_older_backup_is_brought_to_this_schema(pipeline: Pipeline, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were a newer schema than the backup's: the copy is migrated, and the file is not."""
    migrated: list[Path] = []
    monkeypatch.setattr("agent.store.backup.REVISIONS", (*REVISIONS, "newer"))
    monkeypatch.setattr("agent.store.migrate.upgrade", migrated.append)
    before = file.read_bytes()
    put_back(tmp_path / "other", file)
    assert [path.parent for path in migrated] == [tmp_path / "other"]
    assert file.read_bytes() == before
