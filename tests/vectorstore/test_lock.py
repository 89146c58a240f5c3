"""The lock of an index folder: one at a time, a waiter names the holder, and a killed holder is no obstacle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent_vectorstore.lock import IndexBusy, locked, read_holder

HOLD = (
    "import sys; from pathlib import Path; from agent_vectorstore.lock import locked\n"
    "with locked(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.read()\n"
)


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_waiter_names_the_process_that_holds_the_lock(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(IndexBusy) as raised, locked(tmp_path, wait=0):
            pass
        said = str(raised.value)
        assert f"process {process.pid} (" in said
        assert "since 20" in said
        assert "\n" not in said
        assert raised.value.exit_code == 3
        process.communicate("")
    with locked(tmp_path, wait=0):
        found = read_holder(tmp_path)
        assert found is not None
        assert found.pid == os.getpid()
    assert read_holder(tmp_path) is None


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        with locked(tmp_path, wait=0):
            found = read_holder(tmp_path)
            assert found is not None
            assert found.pid == os.getpid()


def test_a_torn_note_of_the_holder_is_no_obstacle(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        (tmp_path / "holder.json").write_text('{"pid": 1', "utf-8")
        with pytest.raises(IndexBusy, match="in use by another process"), locked(tmp_path, wait=0):
            pass
        process.communicate("")
