"""kill -9 at random points of ingest, index and decompose: nothing is lost, and a rerun gives what an undisturbed one gives.

Compared as invariant 4 says: the whole JSON without capability ids and URIs, `usage` and `fetched_at`. The points come from a printed seed.
After each kill `agent doctor` must find nothing wrong, before anything else has touched the workspace. Runs that ask a model are
interrupted, too: see kill_calls.py.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from benchmarks.program import CHECKOUT, Program, environment
from benchmarks.sizes import SIZES, with_size

SLUG = "interrupted"
LEFT_OUT = {"id", "uri"}


def many_documents(folder: Path, count: int) -> Path:
    """An artifact of many bundled notes together: enough work to be interrupted in."""
    folder.mkdir(parents=True)
    docs = []
    for path in sorted((CHECKOUT / "sources" / "catalog").glob("*/*.md"))[:count]:
        name = f"{path.parent.name}-{path.name}"
        shutil.copy(path, folder / name)
        docs.append({"file": name, "origin": "project-notes"})
    manifest = {"slug": SLUG, "name": "Interrupted", "type": "library", "docs": docs}
    (folder / "artifact.yaml").write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
    return folder


def comparable(decomposition: dict[str, Any]) -> str:
    """A decomposition as text, without what may differ between two workspaces."""
    made = {key: value for key, value in decomposition.items() if key != "usage"}
    made["documents"] = [{k: v for k, v in document.items() if k != "fetched_at"} for document in made["documents"]]
    made["capabilities"] = [{k: v for k, v in capability.items() if k not in LEFT_OUT} for capability in made["capabilities"]]
    return json.dumps(made, sort_keys=True, ensure_ascii=False)


@dataclass
class Undisturbed:
    """What a run gives when nobody interrupts it, and how many seconds each of its steps works."""

    folder: Path
    ingested: Path
    result: str
    seconds: dict[str, float]

    def command(self, step: str) -> list[str]:
        return {"ingest": ["ingest", str(self.folder)], "index": ["index", "rebuild"], "decompose": ["decompose", SLUG]}[step]


def undisturbed(root: Path, documents: int) -> Undisturbed:
    program = Program(root / "undisturbed")
    base = Undisturbed(many_documents(root / "artifact", documents), root / "ingested", "", {})
    program.run("artifacts", "list")
    indexed = program.run("index", "--help", check=False).returncode == 0
    for step in ("ingest", "index", "decompose") if indexed else ("ingest", "decompose"):
        base.seconds[step] = work_of(partial(program.run, *base.command(step)))
        if step == "ingest":
            shutil.copytree(program.workspace, base.ingested)
    base.result = comparable(program.json("decompose", SLUG))
    return base


def killed(program: Program, arguments: list[str], after: float) -> bool:
    """Start a command and kill it once it has worked for so many seconds; False when it was done before.

    Work is processor time where the system tells it, so that a busy machine moves no moment; else wall time.
    """
    process = subprocess.Popen(
        program.command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    started = time.perf_counter()
    while process.poll() is None:
        worked = processor_seconds(process.pid)
        if (time.perf_counter() - started if worked is None else worked) >= after:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait() == -signal.SIGKILL
        time.sleep(0.005)
    return False


def processor_seconds(pid: int) -> float | None:
    """The processor time a process has used, or None where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def work_of(command: Callable[[], object]) -> float:
    """How long the processes that a command starts work: processor seconds where killed() counts these, else wall seconds."""
    if processor_seconds(os.getpid()) is None:
        started = time.perf_counter()
        command()
        return time.perf_counter() - started
    import resource  # not on Windows, which has no /proc either

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def problem(base: Undisturbed, workspace: Path, step: str, after: float) -> tuple[bool, str]:
    """(was killed, what is wrong afterwards): nothing is wrong when the doctor finds all sound and a rerun comes to the same result."""
    program = Program(workspace)
    if step != "ingest":
        shutil.copytree(base.ingested, workspace)
    was_killed = killed(program, base.command(step), after)
    rerun = {"ingest": [base.command("ingest")], "index": [base.command("index"), ["doctor"]], "decompose": []}
    for command in (["doctor"], *rerun[step]):
        made = program.run(*command, check=False)
        if made.returncode:
            return was_killed, f"agent {' '.join(command)} exits {made.returncode}: {(made.stderr or made.stdout).strip()[-300:]}"
    if step == "index":
        status = program.json("index", "status")
        halves = [status[name] for name in ("dense", "lexical")]
        whole = all(half["indexed"] == status["passages"] and not half["orphaned"] and not half["missing"] for half in halves)
        return was_killed, "" if whole else f"the index is not the store's: {status}"
    made = program.run("decompose", SLUG, "--format", "json", check=False)
    if made.returncode:
        return was_killed, f"agent decompose exits {made.returncode}: {made.stderr.strip()[-300:]}"
    return was_killed, "" if comparable(json.loads(made.stdout)) == base.result else "the rerun gives another decomposition"


def main(argv: list[str] | None = None) -> int:
    parser = with_size("kill", __doc__)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    size, chance = SIZES[options.size], random.Random(options.seed)
    failures, interrupted, tries = 0, Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="agent-kill-") as folder:
        base = undisturbed(Path(folder), size.documents)
        steps = list(base.seconds)
        print(f"seed {options.seed}; undisturbed: " + ", ".join(f"{step} {took:.2f} s" for step, took in base.seconds.items()))
        # A command that was done before its moment came does not count; one of three may, then something is wrong with the moments.
        while interrupted.total() < size.kills and tries < 1.5 * size.kills + 3:
            step = steps[tries % len(steps)]
            after = chance.uniform(0.1, 1.0) * base.seconds[step]
            workspace = Path(folder) / f"killed-{tries}"
            was_killed, wrong = problem(base, workspace, step, after)
            interrupted[step] += was_killed
            failures += bool(wrong)
            tries += 1
            print(
                f"{tries:3} {step:9} after {after:.3f} s: {'killed' if was_killed else 'already done'}; {wrong or 'same result'}",
                flush=True,
            )
            shutil.rmtree(workspace, ignore_errors=True)
    said = ", ".join(f"{step} {count}" for step, count in interrupted.items())
    print(f"{interrupted.total()} of {size.kills} interrupted ({said}), {failures} wrong afterwards")
    from benchmarks import kill_calls

    failures += kill_calls.measure(size.kills, chance)
    return 0 if interrupted.total() >= size.kills and not failures else 1


if __name__ == "__main__":
    raise SystemExit(main())
