"""What goes wrong is one line on standard error and an exit code that says whose turn it is."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.cli.exits import worst
from agent.errors import AgentError, CheckFailed, InputError, WorkspaceError

Run = Callable[..., Any]

WRONG = [
    (("decompose", "lanten"), "no artifact is called 'lanten'. Did you mean 'lantern'?"),
    (("decompose",), "Missing argument 'ARTIFACT...'. See: agent decompose --help."),
    (("score", "lantern", "extra"), "See: agent score --help."),
    (("decompose", "lantern", "--format", "xml"), "'xml' is not one of 'table', 'markdown', 'html', 'json'"),
    (("decompose", "lantern", "--limit", "0"), "--limit"),
    (("decompose", "lantern", "--fromat", "json"), "--fromat"),
    (("decompose", "lantern", "--output", "nowhere/p.md"), "there is no folder 'nowhere'"),
    (("decompose", "lantern", "--output", "."), "is a folder"),
    (("compare", "lantern", "Lantern"), "are the same artifact, 'lantern'"),
    (("compare", "lantern"), "Missing argument 'B'"),
    (("decompose", "lan\udce9tern"), "the argument 'lan\\udce9tern' is not text in UTF-8"),
    (("score", "lantern", "--as-of", "yesterday"), "yesterday"),
    (("documents", "show", "nothing"), "no document has the id 'nothing'"),
    (("decompse", "lantern"), "No such command 'decompse'. Did you mean 'decompose'?"),
    (("artifacts", "lst"), "No such command 'lst'. Did you mean 'list'?"),
    (("artifacts", "list", "--format", "yaml"), "'yaml' is not one of"),
    (("decompose", "x" * 300), "no artifact is called"),
    (("decompose", "lantern", "--output", "x" * 300), "the name is longer than a file's may be"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments)[:60] for arguments, _ in WRONG])
def test_the_users_mistakes_are_one_line_and_exit_2(agent: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = agent(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert done.err.startswith("agent: ")
    assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_bad_place_for_the_output_is_found_before_the_work(agent: Run, pipeline: Any) -> None:
    pipeline.failure = RuntimeError("work was begun")
    assert agent("decompose", "lantern", "--output", "nowhere/p.md").code == 2


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (InputError("bad."), 2),
        (WorkspaceError("locked."), 3),
        (CheckFailed("failed."), 1),
        (AgentError("odd."), 70),
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device", "x.db"), 3),
        (ZeroDivisionError("oh"), 70),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 70),
    ],
)
def test_each_failure_has_its_code_and_one_line(agent: Run, pipeline: Any, failure: BaseException, code: int) -> None:
    pipeline.failure = failure
    done = agent("decompose", "lantern")
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert pipeline.closed


def test_a_bug_leaves_its_traceback_in_a_log_and_shows_it_with_debug(agent: Run, pipeline: Any, tmp_path: Path) -> None:
    pipeline.failure = ZeroDivisionError("oh")
    plain = agent("decompose", "lantern")
    log = Path(plain.err.split("The traceback is in ")[1].strip().removesuffix("."))
    assert log.is_relative_to(tmp_path)
    assert "ZeroDivisionError: oh" in log.read_text(encoding="utf-8")
    assert "Traceback" not in plain.err
    assert "Traceback" in agent("decompose", "lantern", "--debug").err


def test_a_reader_that_goes_away_is_no_error(agent: Run, pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.failure = BrokenPipeError(errno.EPIPE, "Broken pipe")
    monkeypatch.setattr("agent.cli.main.hush", lambda: None)
    done = agent("decompose", "lantern")
    assert (done.code, done.err) == (0, "")


def test_a_bare_command_shows_its_help(agent: Run) -> None:
    for arguments in ((), ("artifacts",)):
        done = agent(*arguments)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Usage: ")


@pytest.mark.parametrize(("codes", "expected"), [([], 0), ([0, 1], 1), ([1, 3], 3), ([3, 2, 1], 2), ([2, 130], 130), ([130, 70, 1], 70)])
def test_the_worst_code_wins(codes: list[int], expected: int) -> None:
    assert worst(codes) == expected
