"""Whether a run with a model waits for anything but the model: many artifacts against a simulated provider that takes half a second a call.

The wall time may be 1.15 times (max(longest chain of dependent calls, calls / 16) x 500 ms + the same run's time against a provider that
answers at once). The provider is a process of its own; the artifacts are ingested before, and both runs begin with the same workspace.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.program import CHECKOUT, Program, environment, verdict
from benchmarks.sizes import SIZES, with_size
from benchmarks.workshops import workshop

DELAY, CONCURRENCY, ALLOWED = 0.5, 16, 1.15


@contextmanager
def simulated(delay: float) -> Iterator[str]:
    """A provider as a process; its address."""
    command = [sys.executable, "-m", "benchmarks.provider", "--delay", str(delay)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def with_model(url: str, **more: str) -> dict[str, str]:
    """The environment of a run that asks the provider at an address."""
    values = {"AGENT_MODEL": "openai:simulated", "AGENT_MODEL_URL": url, "OPENAI_API_KEY": "sk-simulated-0123456789"}
    return {**environment(), **values, "AGENT_CONCURRENCY": str(CONCURRENCY), **more}


def timed(program: Program, slugs: list[str], url: str) -> tuple[float, str]:
    """Wall seconds of one run, and its result."""
    began = time.perf_counter()
    command = program.command("decompose", *slugs, "--format", "json")
    made = subprocess.run(command, env=with_model(url), capture_output=True, text=True)
    took = time.perf_counter() - began
    if made.returncode:
        raise SystemExit(f"agent decompose exits {made.returncode}: {made.stderr.strip()[-500:]}")
    return took, made.stdout


def counts(url: str) -> dict[str, int]:
    """What a provider was asked so far."""
    with urllib.request.urlopen(f"{url}/counts", timeout=30) as answer:
        found: dict[str, int] = json.load(answer)
    return found


def chain(run: dict[str, Any]) -> int:
    """The longest chain of dependent calls: each stage of an artifact waits for the one before it."""
    return max(Counter(stage["artifact"] for stage in run["stages"]).values())


def main(argv: list[str] | None = None) -> int:
    parser = with_size("orchestration", __doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(argv)
    size = SIZES[options.size]
    with tempfile.TemporaryDirectory(prefix="agent-orchestration-") as place, simulated(0.0) as fast, simulated(DELAY) as slow:
        folder = Path(place)
        folders = [
            workshop(folder / "artifacts", f"workshop-{number:02}", size.sections, [f"workshop-{(number + 1) % size.workshops:02}"])
            for number in range(size.workshops)
        ]
        base = Program(folder / "ingested")
        base.ingest([folder / "artifacts"])
        seconds: dict[str, list[float]] = {fast: [], slow: []}
        run: dict[str, Any] = {}
        for number in range(options.rounds):
            for url, found in seconds.items():
                program = Program(folder / f"workspace-{number}-{len(found)}-{url[-8:-3].strip(':/')}")
                shutil.copytree(base.workspace, program.workspace)
                took, result = timed(program, [one.name for one in folders], url)
                found.append(took)
                run = program.json("runs", "show", "last")
                asked = sum(counts(url).values())
                _, again = timed(program, [one.name for one in folders], url)
                if sum(counts(url).values()) != asked or again != result:
                    print("a rerun asked something, or gave another result")
                    return 1
        calls, longest = run["calls"], chain(run)
        quick, wall = statistics.median(seconds[fast]), statistics.median(seconds[slow])
        least = max(longest, calls / CONCURRENCY) * DELAY
        print(f"{size.workshops} artifacts, {calls} calls, chain of {longest}, at most {counts(slow)['most_in_flight']} in flight")
        print(f"at once {quick:.2f} s, at {DELAY:g} s a call {wall:.2f} s (medians of {options.rounds}); waiting alone {least:.2f} s")
        print("a rerun makes 0 calls and gives the same")
        return 0 if verdict("wall / (waiting + the run at once)", wall / (least + quick), ALLOWED) else 1


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    raise SystemExit(main())
