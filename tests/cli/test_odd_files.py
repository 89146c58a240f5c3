"""What is no file, has no name a file can have, or stands where the index has its own: one line, and what to do works."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.cli.main import main

PAGE = "# Lamp\n\nLamp reads printed labels in photographs.\n\n## Counting\n\nLamp counts the boxes on a shelf and returns one number.\n"
LONG = "x" * 300

Agent = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace that has an artifact and its index."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "lamp.md").write_text(PAGE, "utf-8")
    place = str(folder / "workspace")
    assert main(["--workspace", place, "ingest", str(folder / "lamp.md"), "--name", "Lamp", "--type", "model"]) == 0
    assert main(["--workspace", place, "backup", str(folder / "b.db")]) == 0
    return folder


@pytest.fixture
def agent(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Agent:
    """Runs one command line in a copy of that folder."""
    shutil.copytree(prepared, tmp_path / "user")
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "user" / "workspace"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "user")
    capsys.readouterr()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def assert_refused(done: tuple[int, str, str], *words: str, code: int = 2) -> None:
    assert (done[0], done[1], done[2].count("\n")) == (code, "", 1), done
    for word in words:
        assert word in done[2]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_is_refused_and_not_waited_for(agent: Agent) -> None:
    os.mkfifo("pipe")
    end = os.open("pipe", os.O_RDWR)  # so that whoever opens it all the same goes on, and reads this
    try:
        os.write(end, b"SQLite format 3\0" + b"x" * 100)
        assert_refused(agent("backup", "pipe"), "'pipe' is not a file. Give")
        for more in ((), ("--force",)):
            assert_refused(agent("restore", "pipe", *more), "'pipe' is not a file. Give a file that `agent backup` wrote")
        assert_refused(agent("init", "pipe"), "'pipe' is a file")
        assert_refused(agent("ingest", "./pipe", "--name", "Lamp", "--type", "model"), "pipe")
        assert len(os.read(end, 1000)) == 116
    finally:
        os.close(end)
    assert agent("backup", "b.db")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup", LONG), ("backup", f"{LONG}/b.db"), ("restore", LONG), ("restore", LONG, "--force"), ("init", LONG),
        ("init", f"{LONG}/deeper"), ("ingest", f"{LONG}.md", "--name", "Lamp", "--type", "model"), ("ingest", f"./{LONG}"),
        ("--workspace", LONG, "backup", "c.db"), ("--workspace", LONG, "restore", "b.db"), ("--workspace", LONG, "doctor"),
    ],
    ids=lambda arguments: " ".join(one[:9] for one in arguments),
)  # fmt: skip
def test_a_name_that_is_too_long_is_said_in_one_line(agent: Agent, arguments: tuple[str, ...]) -> None:
    before = sorted(Path().iterdir())
    assert_refused(agent(*arguments), "x" * 100, "oo long" if arguments[0] == "restore" else "longer than a file's may be")
    assert sorted(Path().iterdir()) == before


def test_a_name_that_just_fits_is_written(agent: Agent) -> None:
    name = "b" * 250
    assert agent("backup", name)[0] == 0
    assert agent("--workspace", "other", "restore", name)[0] == 0
    assert agent("decompose", "lamp", "--output", "o" * 250)[0] == 0
    assert agent("--workspace", "other", "artifacts", "show", "lamp")[0] == 0


def a_file(place: Path) -> None:
    place.write_text("somebody's notes", "utf-8")


def a_folder(place: Path) -> None:
    place.mkdir()
    (place / "theirs.txt").write_text("somebody's notes", "utf-8")


def a_dead_link(place: Path) -> None:
    place.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("name", "put", "kind"),
    [
        ("index", a_file, "folder"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)  # some seconds each
            for case in (
                ("index", a_dead_link, "folder"), ("index/lock", a_folder, "file"), ("index/holder.json", a_folder, "file"),
                ("index/lexical.db", a_folder, "file"), ("index/chroma", a_file, "folder"),
            )
        ),
    ],
)  # fmt: skip
def test_what_is_anothers_in_the_indexs_place_is_named_and_left(agent: Agent, name: str, put: Callable[[Path], None], kind: str) -> None:
    place = Path("workspace", name)
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    put(place)
    said = (f"{name}' is no {kind}: it stands where the index has its own.", "Move it away; the index is made again from the database.")
    for arguments in (("index", "search", "labels"), ("index", "rebuild"), ("index", "status")):
        assert_refused(agent(*arguments), *said, code=3)
    assert agent("decompose", "lamp")[0] == 0
    Path("new.md").write_text(PAGE + "\nLamp folds maps.\n", "utf-8")
    code, out, err = agent("ingest", "new.md", "--name", "Lamp", "--type", "model")
    assert (code, "Lamp" in out, err.count("\n")) == (3, True, 1)
    for more in ((), ("--repair",)):
        code, out, _ = agent("doctor", "--format", "json", *more)
        assert (code, said[0] in out, said[1] in out) == (1, True, True)
    place.rename("moved")
    assert agent("index", "rebuild")[1].startswith("Up to date.")
    assert "folds maps" in agent("index", "search", "maps")[1]
    assert agent("doctor")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("mend", [("index", "rebuild"), ("doctor", "--repair"), ("index", "search", "labels")])
@pytest.mark.parametrize("name", ["index/lexical.db", "index/chroma/chroma.sqlite3", "index/lock", "index/holder.json"])
def test_garbage_in_a_file_of_the_index_is_mended(agent: Agent, name: str, mend: tuple[str, ...]) -> None:
    Path("workspace", name).write_bytes(b"garbage " * 3000)
    damaged = name.endswith(("db", "sqlite3"))
    code, out, _ = agent("doctor", "--format", "json")
    assert (code, "is damaged and cannot be searched" in out) == ((1, True) if damaged else (0, False)), out
    assert agent(*mend)[0] == 0
    assert agent("doctor")[0] == 0
    assert "Lamp" in agent("index", "search", "labels")[1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_folder_whose_name_is_not_utf_8(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its documents are read and what is stored is text; Chroma cannot work in such a folder, and that is said."""
    folder = Path(os.fsdecode(b"d\xe9p\xf4t"))
    folder.mkdir()
    (folder / "lamp.md").write_text(PAGE, "utf-8")
    (folder / "artifact.yaml").write_text("slug: torch\nname: Torch\ntype: model\ndocs:\n- file: lamp.md\n", "utf-8")
    assert agent("ingest", "./")[0] == 0
    assert r"d\\xe9p\\xf4t" in agent("artifacts", "show", "torch", "--format", "json")[1]
    monkeypatch.chdir(folder)
    monkeypatch.setenv("AGENT_WORKSPACE", "own")
    code, out, err = agent("ingest", "./lamp.md", "--name", "Lamp", "--type", "model")
    assert (code, "Lamp" in out, err.count("\n")) == (3, True, 1)
    assert "is not a name in UTF-8, which Chroma wants. Use another workspace: --workspace." in err
    assert agent("decompose", "lamp")[0] == 0
    assert agent("index", "search", "labels", "--artifact", "lamp")[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_an_output_that_is_a_pipe_or_a_link_stays_one(agent: Agent) -> None:
    """As root, a page written to /dev/null would otherwise take its place for everybody."""
    os.mkfifo("pipe")
    end = os.open("pipe", os.O_RDWR)
    try:
        assert agent("artifacts", "show", "lamp", "--output", "pipe", "--format", "json")[0] == 0
        assert b'"slug": "lamp"' in os.read(end, 100_000)
    finally:
        os.close(end)
    assert Path("pipe").is_fifo()
    Path("there.md").write_text("old", "utf-8")
    for name in ("there.md", "new.md"):
        Path("link.md").symlink_to(name)
        assert agent("artifacts", "show", "lamp", "--output", "link.md")[0] == 0
        assert Path("link.md").is_symlink() and "Lamp" in Path(name).read_text("utf-8")
        Path("link.md").unlink()


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db-wal", "ledger.db-journal"])
def test_a_folder_in_the_databases_place_is_named(agent: Agent, name: str) -> None:
    place = Path("workspace", name)
    if place.exists():
        place.rename("kept")
    a_folder(place)
    assert_refused(agent("artifacts", "show", "lamp"), f"{name}' is no file. Move it away.", code=3)
    shutil.rmtree(place)
    if Path("kept").exists():
        Path("kept").rename(place)
    assert agent("artifacts", "show", "lamp")[0] == 0
