"""Runs `agent` as a person would, as a whole process, in a workspace of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
REFERENCE = Path(os.environ.get("AGENT_REFERENCE") or CHECKOUT.parent / "shared")


@dataclass(frozen=True)
class Program:
    """`agent` with its workspace; nothing of the user's own settings reaches it."""

    workspace: Path

    def command(self, *arguments: str) -> list[str]:
        return [str(SCRIPTS / "agent"), "--workspace", str(self.workspace), *arguments]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run it to its end; with `check` a failing command ends the measurement, naming command and message."""
        made = subprocess.run(self.command(*arguments), env=environment(), capture_output=True, text=True, encoding="utf-8")
        if check and made.returncode:
            raise SystemExit(f"agent {' '.join(arguments)} failed with exit code {made.returncode}: {made.stderr.strip()[-500:]}")
        return made

    def json(self, *arguments: str) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(self.run(*arguments, "--format", "json").stdout)
        return made

    def ingest(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            self.run("ingest", str(folder))


def environment() -> dict[str, str]:
    """The environment of a measured process: no settings of ours, no colours, no network proxies of a model."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("AGENT_")}
    return {**env, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}


def interleaved(commands: Mapping[str, Sequence[str]], runs: int, before: Callable[[str], None] | None = None) -> dict[str, list[float]]:
    """Wall seconds of each command over several rounds, one warm-up round first; the commands take turns, so that drift hits all alike.

    `before` prepares a run of the named command and is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for round_number in range(runs + 1):
        for name, command in commands.items():
            if before is not None:
                before(name)
            started = time.perf_counter()
            made = subprocess.run(list(command), env=environment(), capture_output=True, text=True)
            took = time.perf_counter() - started
            if made.returncode:
                raise SystemExit(f"{' '.join(command)} failed with exit code {made.returncode}: {made.stderr.strip()[-500:]}")
            if round_number:
                seconds[name].append(took)
    return seconds


def table(seconds: Mapping[str, Sequence[float]]) -> str:
    """Median, least and greatest of each, in seconds."""
    lines = [f"{'':34} median    min    max  (s, {len(next(iter(seconds.values())))} runs each)"]
    lines += [f"{name:34} {statistics.median(s):6.3f} {min(s):6.3f} {max(s):6.3f}" for name, s in seconds.items()]
    return "\n".join(lines)


def verdict(what: str, ratio: float, allowed: float) -> bool:
    """Print a ratio beside what it may be, and say whether it holds."""
    holds = ratio <= allowed
    print(f"{what}: {ratio:.2f} (at most {allowed:.2f}): {'holds' if holds else 'DOES NOT HOLD'}")
    return holds


def ratio(seconds: Mapping[str, Sequence[float]], name: str, other: str) -> float:
    """The ratio of two medians of the same rounds."""
    return statistics.median(seconds[name]) / statistics.median(seconds[other])
