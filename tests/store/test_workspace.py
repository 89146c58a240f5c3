"""Opening a workspace: whose folder it is, which schema it has, and two processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from agent.errors import NewerWorkspace, WorkspaceError
from agent.store.migrate import config_for, schema_sql, upgrade
from agent.store.workspace import DATABASE, MARKER, REVISIONS, Workspace


def schema(database: Path) -> dict[str, list[str]]:
    """Columns and foreign keys of every table, in a form that does not depend on how they were written."""
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {
            table: sorted(
                [f"column {row[1:]}" for row in connection.execute(f"PRAGMA table_info({table})")]
                + [f"key {row[2:5]}" for row in connection.execute(f"PRAGMA foreign_key_list({table})")]
            )
            for table in tables
        }


def indexes(database: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()


def test_a_new_workspace_is_marked_and_at_the_newest_schema(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "deep" / "workspace")
    assert (workspace.folder / MARKER).is_file()
    with workspace.reading() as connection:
        assert connection.value("SELECT version_num FROM alembic_version") == REVISIONS[-1]
        assert connection.value("PRAGMA journal_mode") == "wal"
        assert connection.value("PRAGMA foreign_keys") == 1
    Workspace(workspace.folder)


def test_the_shipped_schema_is_that_of_the_tables() -> None:
    assert (resources.files("agent.store") / "schema.sql").read_text("utf-8") == schema_sql()


def test_migrations_lead_to_the_same_schema(tmp_path: Path) -> None:
    fresh = Workspace(tmp_path / "fresh").folder / DATABASE
    migrated = tmp_path / "migrated.db"
    upgrade(migrated)
    assert schema(migrated) == schema(fresh)
    assert indexes(migrated) == indexes(fresh)
    scripts = [script.revision for script in ScriptDirectory.from_config(config_for()).walk_revisions()]
    assert tuple(reversed(scripts)) == REVISIONS


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("theirs", "utf-8")
    with pytest.raises(WorkspaceError, match="choose another folder with --workspace"):
        Workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    with workspace.writing() as connection:
        connection.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerWorkspace, match="schema '9999'") as raised:
        Workspace(workspace.folder)
    assert raised.value.exit_code == 3


def test_a_broken_database_is_told_in_one_line(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    for path in workspace.folder.glob(f"{DATABASE}*"):
        path.unlink()
    (workspace.folder / DATABASE).write_bytes(b"this is no database" * 100)
    with pytest.raises(WorkspaceError, match="not a database") as raised:
        Workspace(workspace.folder)
    assert "\n" not in str(raised.value)


def test_a_transaction_stores_all_or_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    with pytest.raises(RuntimeError), workspace.writing() as connection:
        connection.run("INSERT INTO vectors VALUES ('a', 'b', x'00')")
        raise RuntimeError
    with workspace.reading() as connection:
        assert connection.value("SELECT COUNT(*) FROM vectors") == 0


def test_two_processes_make_one_workspace_and_wait_for_each_other(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from agent.store.workspace import Workspace\n"
        "w = Workspace(Path(sys.argv[1]))\n"
        "for n in range(40):\n"
        "    with w.writing() as c:\n"
        "        c.run(\"INSERT INTO vectors VALUES (:a, 'e', x'00')\", a=f'{sys.argv[2]}-{n}')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "w"), str(n)], stderr=subprocess.PIPE) for n in range(3)]
    assert [process.communicate()[1].decode() for process in running] == ["", "", ""]
    with Workspace(tmp_path / "w").reading() as connection:
        assert connection.value("SELECT COUNT(*) FROM vectors") == 120


def test_opening_an_up_to_date_workspace_imports_no_migration_tool(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from agent.store.workspace import Workspace; Workspace(Path(sys.argv[1]))\n"
        "print(sorted({'alembic', 'sqlalchemy', 'filelock'} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "w")], capture_output=True, check=True, text=True)
        assert done.stdout.strip() == "[]"
