"""kill -9 at random points of a run that asks a model: it goes on with the same command, and repeats at most the calls in flight.

The provider is simulated and in this process, so that it counts every request. The points come from a printed seed: after how many
requests, and how long after the last of them. The resumed run's decompositions are compared with an undisturbed one's (invariant 4).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.kill import comparable
from benchmarks.orchestration import with_model
from benchmarks.program import Program
from benchmarks.provider import Provider, provider
from benchmarks.sizes import SIZES, with_size
from benchmarks.workshops import workshop

ARTIFACTS, SECTIONS, DELAY = 3, 60, 0.05


class Point:
    """Kills a process when the provider gets a certain request, or a moment later."""

    def __init__(self, server: Provider, request: int, later: float) -> None:
        self._request, self._later = len(server.bodies) + request, later
        self._reached = threading.Event()
        server.fault = self._arrived

    def _arrived(self, number: int, _body: dict[str, Any]) -> None:
        if number >= self._request:
            self._reached.set()

    def kill(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait for the point and kill the process; False when it was done before."""
        while process.poll() is None:
            if self._reached.wait(0.02):
                time.sleep(self._later)
                os.killpg(process.pid, signal.SIGKILL)
                return process.wait() == -signal.SIGKILL
        return False


def results(program: Program, slugs: list[str], url: str) -> list[str]:
    """The decompositions of a run that nobody disturbs."""
    made = subprocess.run(program.command("decompose", *slugs, "--format", "json"), env=with_model(url), capture_output=True, text=True)
    if made.returncode:
        raise SystemExit(f"agent decompose exits {made.returncode}: {made.stderr.strip()[-500:]}")
    return [comparable(one) for one in json.loads(made.stdout)["decompositions"]]


def problem(
    program: Program, slugs: list[str], server: Provider, point: tuple[int, float], expected: tuple[list[str], int]
) -> tuple[bool, str]:
    """(was killed, what is wrong afterwards)."""
    before = len(server.bodies)
    where = Point(server, *point)
    process = subprocess.Popen(
        program.command("decompose", *slugs),
        env=with_model(server.url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    killed = where.kill(process)
    server.fault = None
    doctor = program.run("doctor", check=False)
    if doctor.returncode:
        return killed, f"agent doctor exits {doctor.returncode}: {doctor.stdout.strip()[-300:]}"
    shown = program.run("runs", "show", "last", "--format", "json", check=False)
    cut_off = json.loads(shown.stdout)["statuses"].get("open", 0) if shown.returncode == 0 else 0
    if results(program, slugs, server.url) != expected[0]:
        return killed, "the resumed run gives other decompositions"
    more = len(server.bodies) - before - expected[1]
    return killed, f"{more} calls were repeated, {cut_off} were in flight" if more > cut_off else ""


def measure(kills: int, chance: random.Random) -> int:
    """Kill so many runs; how many were wrong afterwards."""
    wrong = done = tries = 0
    with tempfile.TemporaryDirectory(prefix="agent-kill-calls-") as place, provider(DELAY) as server:
        folder = Path(place)
        folders = [workshop(folder / "artifacts", f"workshop-{number}", SECTIONS) for number in range(ARTIFACTS)]
        slugs = [one.name for one in folders]
        base = Program(folder / "ingested")
        base.ingest([folder / "artifacts"])
        undisturbed = Program(folder / "undisturbed")
        shutil.copytree(base.workspace, undisturbed.workspace)
        expected = results(undisturbed, slugs, server.url), len(server.bodies)
        print(f"undisturbed: {expected[1]} calls")
        while done < kills and tries < 1.5 * kills + 3:
            program = Program(folder / f"killed-{tries}")
            shutil.copytree(base.workspace, program.workspace)
            point = chance.randrange(expected[1]), chance.uniform(0, 2 * DELAY)
            killed, said = problem(program, slugs, server, point, expected)
            done, wrong, tries = done + killed, wrong + bool(said), tries + 1
            print(
                f"{tries:3} after request {point[0] + 1}, {point[1] * 1000:.0f} ms: {'killed' if killed else 'already done'}; "
                f"{said or 'same result'}",
                flush=True,
            )
            shutil.rmtree(program.workspace, ignore_errors=True)
    print(f"{done} of {kills} runs with a model interrupted, {wrong} wrong afterwards")
    return wrong + (done < kills)


def main(argv: list[str] | None = None) -> int:
    parser = with_size("kill_calls", __doc__)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    print(f"seed {options.seed}")
    return 1 if measure(SIZES[options.size].kills, random.Random(options.seed)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
