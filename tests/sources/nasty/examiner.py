"""Examines nasty documents in a process of its own, which a document may crash or hang without ending those who ask."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from tests.sources.nasty.corpus import DOCUMENTS
from tests.sources.nasty.examine import Report

CHECKOUT = Path(__file__).resolve().parents[3]
_GRACE = 30.0  # seconds beyond six times a document's own limit, before its process is ended: a busy machine is no hang


class Examiner:
    """One process after another: each examines documents until one of them ends it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def examine(self, name: str) -> Report:
        """What became of a document; a crash and a hang are reports too."""
        process = self.process = self.process or self._start()
        assert process.stdin is not None and process.stdout is not None
        timer = threading.Timer(6 * DOCUMENTS[name].seconds + _GRACE, process.kill)
        timer.start()
        try:
            process.stdin.write(name + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            hung = timer.finished.is_set()
            timer.cancel()
        if line:
            return Report(**json.loads(line))
        self._end()
        said = Path(self.errors.name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return Report(name, 0.0, 0, "hangs" if hung else "crashes", ["hangs" if hung else f"crashes: {said[-1] if said else ''}"])

    def _start(self) -> subprocess.Popen[str]:
        import tempfile

        self.errors = tempfile.NamedTemporaryFile("w", prefix="agent-nasty-", suffix=".log")  # noqa: SIM115
        command = [sys.executable, "-m", "tests.sources.nasty.examine"]
        return subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
