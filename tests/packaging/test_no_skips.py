"""In CI a skipped test is a failed one: what cannot run must not look as if it had passed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SKIPS = """
import pytest
def test_passes(): pass
def test_skips(): pytest.skip("no corpus here")
@pytest.mark.xfail(strict=True)
def test_expected(): assert False
"""


def _run(folder: Path, no_skips: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(CHECKOUT / "conftest.py", folder)
    (folder / "test_some.py").write_text(SKIPS)
    env = {**os.environ, "AGENT_NO_SKIPS": no_skips, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


def test_a_skip_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    run = _run(tmp_path, "1")
    assert run.returncode == 1
    assert "no corpus here" in run.stdout
    assert "1 failed, 1 passed, 1 xfailed" in run.stdout


def test_elsewhere_a_skip_stays_a_skip(tmp_path: Path) -> None:
    run = _run(tmp_path, "")
    assert run.returncode == 0
    assert "1 passed, 1 skipped, 1 xfailed" in run.stdout


def test_tests_reach_no_network() -> None:
    import socket

    with pytest.raises(OSError, match="use no network"), socket.socket() as connection:
        connection.connect(("192.0.2.1", 80))
