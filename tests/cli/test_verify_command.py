"""`agent verify`: verdicts on standard output, and the exit codes that continuous integration reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("lines", "options", "code"),
    [
        ("yes it is", (), 0),
        ("yes it is\nno it is not", (), 1),
        ("none of it", (), 1),
        ("perhaps so", (), 0),
        ("perhaps so", ("--strict",), 1),
    ],
)
def test_the_exit_code_tells_the_verdicts(agent: Run, tmp_path: Path, lines: str, options: tuple[str, ...], code: int) -> None:
    claims = tmp_path / "claims.txt"
    claims.write_text(lines, encoding="utf-8")
    done = agent("verify", "lantern", "--claims", str(claims), *options)
    assert (done.code, done.err) == (code, "")


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_every_format_has_verdict_reason_and_place(agent: Run, tmp_path: Path, form: str) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"text": "no it is not"}\n', encoding="utf-8")
    done = agent("verify", "lantern", "--claims", str(claims), "--format", form)
    if form == "json":
        (made,) = json.loads(done.out)["claims"]
        assert (made["verdict"], made["line"], made["evidence"][0]["end"]) == ("contradicted", 1, 9)
    else:
        assert "contradicted" in done.out.casefold()
        assert "Line 1: so it is." in done.out
        assert "characters 2 to 9" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "no claim"), (b"\xff\xfe\x00", "UTF-8"), (b'{"text": "a holds"}\n{', "line 2"), (None, "cannot be read")]
)
def test_what_cannot_be_read_is_one_line(agent: Run, tmp_path: Path, data: bytes | None, said: str) -> None:
    claims = tmp_path / "claims"
    if data is not None:
        claims.write_bytes(data)
    done = agent("verify", "lantern", "--claims", str(claims))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
