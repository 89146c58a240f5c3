"""Nasty documents and the corpus artifacts through ingest and decompose: seconds, peak memory, outcome, and what is wrong.

Documents are built by tests/sources/nasty; each has its own limit of processor time, all have 1 GB of memory. An artifact has 60 s.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.program import REFERENCE, Program, environment
from benchmarks.sizes import SIZES, with_size
from tests.sources.nasty.corpus import DOCUMENTS
from tests.sources.nasty.examine import MOST_MEMORY
from tests.sources.nasty.examiner import Examiner

MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Used:
    """What a command took: processor seconds, bytes, and its last line where it failed."""

    seconds: float
    peak: int
    failure: str


def used_by(command: list[str]) -> Used:
    """Run a command to its end and say what it used."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
    failure = f"exit {process.returncode}: {said[-1] if said else ''}" if process.returncode else ""
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, failure)


def documents(one_of: int) -> int:
    """Print a line for each nasty document and give how many are not as expected."""
    wrong = 0
    names = list(DOCUMENTS)[::one_of]
    print(f"{'document':36} seconds  peak MB  outcome")
    with Examiner() as examiner:
        for name in names:
            report = examiner.examine(name)
            wrong += bool(report.problems)
            print(f"{name:36} {report.seconds:7.2f} {report.peak_mb:8}  {'; '.join(report.problems) or report.outcome}", flush=True)
    print(f"{len(names)} documents, {wrong} not as expected\n")
    return wrong


def artifacts(count: int) -> int:
    """Print a line for each corpus artifact and give how many fail or go over a limit."""
    folders = sorted(path.parent for path in (REFERENCE / "corpus").glob("*/artifact.yaml"))
    step = max(1, len(folders) // count)
    wrong = 0
    print(f"{'artifact':36} seconds  peak MB  outcome")
    with tempfile.TemporaryDirectory(prefix="agent-nasty-") as root:
        program = Program(Path(root) / "workspace")
        for folder in folders[::step][:count]:
            steps = [used_by(program.command("ingest", str(folder))), used_by(program.command("decompose", folder.name))]
            seconds, peak = sum(one.seconds for one in steps), max(one.peak for one in steps)
            failures = [one.failure for one in steps if one.failure]
            failures += ["too slow"] * (seconds > MOST_SECONDS) + ["too much memory"] * (peak > MOST_MEMORY)
            wrong += bool(failures)
            print(f"{folder.name:36} {seconds:7.2f} {peak / 1e6:8.0f}  {'; '.join(failures) or 'ok'}", flush=True)
    print(f"{len(folders[::step][:count])} artifacts, {wrong} at fault")
    return wrong


def main(argv: list[str] | None = None) -> int:
    size = SIZES[with_size("nasty", __doc__).parse_args(argv).size]
    return 1 if documents(size.one_of) + artifacts(size.artifacts) else 0


if __name__ == "__main__":
    raise SystemExit(main())
