"""What the machine does to a run: each time one line, exit code 3, and nothing lost. Every run is a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent.store.workspace import DATABASE, MARKER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions, limits and signals of POSIX")

PAGE = "# Lamp\n\nLamp reads printed labels in photographs.\n\nLamp counts the boxes on a shelf and returns one number.\n"
MORE = PAGE + "\n".join(f"\n## Part {n}\n\nLamp part {n} sorts {n} parcels by the colour of their labels." for n in range(450))
# Run in the child before the command. Root may write everywhere, so that right is given away for good; a file may not grow.
NO_OVERRIDE = "import ctypes; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) if os.getuid() == 0 and sys.platform == 'linux' else None"
HEARS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)"  # where the tests run in the background it is ignored
SMALL_FILES = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass
class Agent:
    """Runs the command in a folder; the workspace is `workspace` in it."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        return Path(self.env.get("AGENT_WORKSPACE", self.folder / "workspace"))

    def environment(self, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AGENT_", "XDG_"))}
        return {**kept, "AGENT_WORKSPACE": str(self.workspace), "HOME": str(self.folder), "NO_COLOR": "1", **self.env, **more}

    def command(self, *arguments: str, before: str = "") -> list[str]:
        program = [sys.executable, "-m", "agent", *arguments]
        if not before:
            return program
        return [sys.executable, "-c", f"import os, sys; {before}; os.execv(sys.argv[1], sys.argv[1:])", *program]

    def __call__(self, *arguments: str, before: str = "", cwd: Path | None = None, **more: str) -> Ran:
        done = subprocess.run(
            self.command(*arguments, before=before), capture_output=True, text=True, env=self.environment(**more), cwd=cwd or self.folder
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(**more),
            cwd=self.folder,
        )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document, and a workspace in which it is decomposed."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "lamp.md").write_text(PAGE, encoding="utf-8")
    (folder / "more.md").write_text(MORE, encoding="utf-8")
    agent = Agent(folder)
    assert agent("ingest", "lamp.md", "--name", "Lamp", "--type", "model").code == 0
    assert agent("decompose", "lamp", "--output", "lamp.html").code == 0
    assert agent("backup", "b.db").code == 0
    return folder


@pytest.fixture
def agent(prepared: Path, tmp_path: Path) -> Iterator[Agent]:
    shutil.copytree(prepared, tmp_path / "user")
    yield Agent(tmp_path / "user")
    for path in (tmp_path / "user").rglob("*"):  # so that pytest can remove it
        if path.is_dir():
            path.chmod(0o755)


@contextmanager
def locked(workspace: Path) -> Iterator[sqlite3.Connection]:
    """Another process in the middle of a transaction."""
    with closing(sqlite3.connect(workspace / DATABASE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def assert_refused(ran: Ran, *words: str, code: int = 3) -> None:
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert ran.err.startswith("agent: ")
    for word in words:
        assert word in ran.err


def rows(workspace: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored, `fetched_at` apart, and what is only said of the search index."""
    with closing(sqlite3.connect(workspace / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "fetched_at"]
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not table.startswith("index")
        }
        return {
            table: sorted(connection.execute(f"SELECT {', '.join(map(repr_sql, names))} FROM {table}").fetchall(), key=repr)
            for table, names in columns.items()
        }


def repr_sql(name: str) -> str:
    return f'"{name}"'


def assert_nothing_lost(agent: Agent, prepared: Path) -> None:
    """The workspace is what it was, to the last row."""
    assert rows(agent.workspace) == rows(prepared / "workspace")


INGEST = ("ingest", "more.md", "--name", "Lamp", "--type", "model")


def test_a_read_only_workspace(agent: Agent, prepared: Path) -> None:
    for path in (*agent.workspace.iterdir(), agent.workspace):
        path.chmod(path.stat().st_mode & ~0o222)
    assert_refused(agent(*INGEST, before=NO_OVERRIDE), "cannot be", "permissions")
    for path in (agent.workspace, *agent.workspace.iterdir()):
        path.chmod(0o755)
    assert_nothing_lost(agent, prepared)


def test_a_database_that_may_not_be_written(agent: Agent, prepared: Path) -> None:
    (agent.workspace / DATABASE).chmod(0o444)
    assert_refused(agent(*INGEST, before=NO_OVERRIDE), "cannot be written here", "permissions")
    (agent.workspace / DATABASE).chmod(0o644)
    assert_nothing_lost(agent, prepared)


def test_a_locked_workspace_is_waited_for_as_long_as_was_set(agent: Agent, prepared: Path) -> None:
    with locked(agent.workspace):
        assert_refused(agent(*INGEST, AGENT_LOCK_WAIT="0.3"), "another process has it locked", "Try again")
    assert_nothing_lost(agent, prepared)


def test_who_waits_says_so_and_goes_on_when_the_other_is_done(agent: Agent) -> None:
    with locked(agent.workspace) as other:
        process = agent.start(*INGEST)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("waiting for another process")
        other.execute("ROLLBACK")
        assert (process.communicate()[1], process.returncode) == ("", 0)
    assert len(rows(agent.workspace)["documents"]) == 2


def test_ctrl_c_is_heard_while_waiting_and_nothing_is_changed(agent: Agent, prepared: Path) -> None:
    with locked(agent.workspace):
        process = agent.start(*INGEST, before=HEARS_CTRL_C)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("waiting for another process")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        assert (process.returncode, out, err) == (130, "", "agent: interrupted; what was finished is kept.\n")
    assert_nothing_lost(agent, prepared)


def test_a_full_disk_while_the_workspace_is_written(agent: Agent, prepared: Path) -> None:
    size = (agent.workspace / DATABASE).stat().st_size
    ran = agent(*INGEST, before=SMALL_FILES.format(size))
    assert_refused(ran, "full", "Free space")
    assert_nothing_lost(agent, prepared)


def tmpfs(size: str, place: Path, command: Sequence[str]) -> list[str] | None:
    """The command in a mount namespace of its own in which `place` is a small disk; None where that is not allowed."""
    script = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    wrapped = ["unshare", "-rm", "sh", "-c", script, str(place)]
    if not shutil.which("unshare") or subprocess.run([*wrapped, "true"], capture_output=True).returncode:
        return None
    return [*wrapped, *command]


def test_a_disk_that_is_really_full(agent: Agent, tmp_path: Path) -> None:
    """On a small disk of its own where the machine allows one; else files that may not grow, which is the nearest thing."""
    place = tmp_path / "disk"
    place.mkdir()
    command = tmpfs("100k", place, agent.command(*INGEST))
    command = command or agent.command(*INGEST, before=SMALL_FILES.format(40_000))
    done = subprocess.run(
        command, capture_output=True, text=True, env=agent.environment(AGENT_WORKSPACE=str(place / "w")), cwd=agent.folder
    )
    assert_refused(Ran(done.returncode, done.stdout, done.stderr), "full", "Free space")


def test_a_full_disk_while_a_page_is_written_keeps_the_old_page(agent: Agent) -> None:
    page = agent.folder / "page.md"
    page.write_text("old\n", encoding="utf-8")
    assert agent(*INGEST).code == 0
    with closing(sqlite3.connect(agent.workspace / DATABASE)) as connection:
        (document_id,) = connection.execute("SELECT id FROM documents WHERE chars > 33000").fetchone()
    # the database's own smallest file has 32,768 bytes
    ran = agent("documents", "show", document_id, "--quiet", "--output", "page.md", before=SMALL_FILES.format(33_000))
    assert_refused(ran, "'page.md' cannot be written", "Choose another place")
    assert page.read_text("utf-8") == "old\n"
    assert not list(agent.folder.glob(".page.md*"))


def test_an_output_that_may_not_be_written(agent: Agent) -> None:
    (agent.folder / "closed").mkdir(mode=0o555)
    assert_refused(agent("decompose", "lamp", "--output", "closed/page.md", before=NO_OVERRIDE), "page.md' cannot be written", "Permission")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_standard_output_on_a_full_disk(agent: Agent) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(agent.command("decompose", "lamp"), stdout=full, stderr=subprocess.PIPE, text=True, env=agent.environment())
    assert_refused(Ran(done.returncode, "", done.stderr), "standard output cannot be written: No space left on device")


@pytest.mark.parametrize("arguments", [("decompose", "lamp", "--format", "json"), ("doctor", "--format", "json"), ("artifacts", "list")])
def test_a_reader_that_stops_early(agent: Agent, arguments: tuple[str, ...]) -> None:
    process = agent.start(*arguments)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 0)
    process.stderr.close()


def test_closed_streams_are_no_bug(agent: Agent) -> None:
    for ends, arguments in ((">&-", ("decompose", "lamp")), ("2>&-", ("config", "show")), (">&- 2>&-", ("version",))):
        line = " ".join(f"'{word}'" for word in agent.command(*arguments)) + f" {ends}"
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, env=agent.environment(), cwd=agent.folder)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_newer_database(agent: Agent) -> None:
    with closing(sqlite3.connect(agent.workspace / DATABASE)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = (agent.workspace / DATABASE).read_bytes()
    for command in (INGEST, ("doctor", "--repair"), ("backup", "b.db")):
        assert_refused(agent(*command), "schema '9999'", "Update the program")
    assert (agent.workspace / DATABASE).read_bytes() == before


@pytest.mark.parametrize(
    "how", ["truncated", *(pytest.param(how, marks=pytest.mark.slow) for how in ("garbage in the middle", "no database at all"))]
)
def test_a_broken_database_file(agent: Agent, how: str, prepared: Path) -> None:
    file = agent.workspace / DATABASE
    data = file.read_bytes()
    half = len(data) // 8192 * 4096
    file.write_bytes(
        {"truncated": data[:half], "garbage in the middle": data[:4096] + b"\xa5" * (len(data) - 4096), "no database at all": b"x" * 9000}[
            how
        ]
    )
    assert_refused(agent("decompose", "lamp"), "is damaged", "agent doctor")
    told = agent("doctor")
    assert (told.code, told.err) == (1, "")
    assert "agent restore FILE --force" in " ".join(told.out.split())
    assert_refused(agent("restore", "b.db"), "is damaged. Replace it: --force", code=2)
    assert agent("restore", "b.db", "--force").code == 0
    assert_nothing_lost(agent, prepared)
    assert [path.read_bytes()[4096:] for path in agent.workspace.glob("broken-*.db")] == [
        {"truncated": data[4096:half], "garbage in the middle": b"\xa5" * (len(data) - 4096), "no database at all": b"x" * 4904}[how]
    ]


def test_a_workspace_that_is_a_file(agent: Agent) -> None:
    assert_refused(agent("decompose", "lamp", "--workspace", "lamp.md"), "is a file", "--workspace")
    assert (agent.folder / "lamp.md").read_text("utf-8") == PAGE


def test_a_marker_that_is_missing(agent: Agent, prepared: Path) -> None:
    (agent.workspace / MARKER).unlink()
    assert_refused(agent("decompose", "lamp"), f"no {MARKER}", "put an empty file of that name into it")
    (agent.workspace / MARKER).touch()
    assert_nothing_lost(agent, prepared)


def test_no_home(agent: Agent) -> None:
    for home in ({"HOME": ""}, {"HOME": "/proc/nobody"}):
        ran = agent("artifacts", "list", AGENT_WORKSPACE="", **home)
        assert_refused(ran, "--workspace")
    assert not (agent.folder / "~").exists()


def test_a_home_that_may_not_be_written(agent: Agent) -> None:
    (agent.folder / "home").mkdir(mode=0o555)
    ran = agent("artifacts", "list", before=NO_OVERRIDE, AGENT_WORKSPACE="", HOME=str(agent.folder / "home"))
    assert_refused(ran, "cannot be made: Permission denied", "--workspace")


def test_a_folder_that_is_gone(agent: Agent, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    ran = agent("config", "show", before=f"os.chdir({str(tmp_path / 'gone')!r}); os.rmdir({str(tmp_path / 'gone')!r})", AGENT_WORKSPACE="")
    assert_refused(ran, "the current folder cannot be used")


@pytest.mark.slow
def test_several_processes_at_once_lose_and_double_nothing(agent: Agent) -> None:
    agent.env["AGENT_WORKSPACE"] = str(agent.folder / "fresh")
    running = [agent.start(*INGEST, "--quiet") for _ in range(2)] + [agent.start("ingest", "whisper", "--quiet") for _ in range(2)]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    # Who waits too long for the search index says so: its documents are stored, and whoever opens the index next does the rest.
    assert all(one == ("", 0) or (one[1] == 3 and "documents are stored" in one[0]) for one in ended), ended
    together = rows(agent.workspace)
    agent("index", "search", "What is it for?")
    assert "Up to date." in agent("index", "status").out
    agent.env["AGENT_WORKSPACE"] = str(agent.folder / "alone")
    agent(*INGEST)
    agent("ingest", "whisper")
    assert together == rows(agent.workspace)
    assert {row[1] for row in together["documents"]} == {"lamp", "whisper"}
