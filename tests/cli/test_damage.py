"""Garbage anywhere in the database: a command gives its result or one line that says so, never a bug, never a wrong quote."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent.cli.main import main
from agent.store.workspace import DATABASE

PAGE = "# Lamp\n\nLamp reads printed labels in photographs.\n\n## Counting\n\nLamp counts the boxes on a shelf and returns one number.\n"
SEED, SPOTS, LENGTH = 20261123, 40, 24


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with one decomposed artifact, in one file."""
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "w"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "lamp.md").write_text(PAGE, "utf-8")
    assert main(["ingest", str(tmp_path / "lamp.md"), "--name", "Lamp", "--type", "model"]) == 0
    assert main(["decompose", "lamp"]) == 0
    with closing(sqlite3.connect(tmp_path / "w" / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    capsys.readouterr()
    return tmp_path / "w"


@pytest.mark.slow
def test_no_spot_of_the_file_makes_a_bug_or_a_wrong_quote(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    file = workspace / DATABASE
    sound = file.read_bytes()
    for number in range(SPOTS):
        at = chance.randrange(100, len(sound) - LENGTH)
        # every other spot where there is text: pages are mostly empty
        if number % 2:
            at = chance.choice(
                [sound.find(word, chance.randrange(len(sound) // 2)) for word in (b"Lamp", b"shelf", b'"start"', b"lamp.md")]
            )
        for path in workspace.glob(f"{DATABASE}-*"):
            path.unlink()
        file.write_bytes(sound[:at] + chance.randbytes(LENGTH) + sound[at + LENGTH :])
        for arguments in (
            ["decompose", "lamp", "--format", "json"],
            ["score", "lamp"],
            ["doctor", "--repair"],
            ["artifacts", "remove", "lamp"],
        ):
            code = main(arguments)
            said = capsys.readouterr()
            assert code in (0, 1, 2, 3), (SEED, number, at, arguments, said.err)
            assert code in (0, 1) or said.err.count("\n") == 1, (SEED, number, at, arguments, said.err)
            if arguments[0] == "decompose" and code == 0:
                quotes = [e for one in json.loads(said.out)["capabilities"] for claim in one["summary"] for e in claim["evidence"]]
                assert all(PAGE[e["start"] : e["end"]] == e["quote"] for e in quotes), (SEED, number, at)
