"""kill -9 at random points of ingest and decompose: the workspace opens, and a rerun gives what an undisturbed one gives.

Compared as invariant 4 says: the whole JSON without capability ids and URIs, `usage` and `fetched_at`. The points come from a printed seed.
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
from dataclasses import dataclass
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
    """What a run gives when nobody interrupts it, and how long its two steps take."""

    folder: Path
    ingested: Path
    result: str
    seconds: dict[str, float]


def undisturbed(root: Path, documents: int) -> Undisturbed:
    folder = many_documents(root / "artifact", documents)
    program, seconds = Program(root / "undisturbed"), {}
    program.run("artifacts", "list")
    started = time.perf_counter()
    program.run("ingest", str(folder))
    seconds["ingest"] = time.perf_counter() - started
    ingested = root / "ingested"
    shutil.copytree(program.workspace, ingested)
    started = time.perf_counter()
    result = program.json("decompose", SLUG)
    seconds["decompose"] = time.perf_counter() - started
    return Undisturbed(folder, ingested, comparable(result), seconds)


def killed(program: Program, arguments: list[str], after: float) -> bool:
    """Start a command and kill it with everything it started after so many seconds; False when it was done before."""
    process = subprocess.Popen(
        program.command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def problem(base: Undisturbed, workspace: Path, step: str, after: float) -> tuple[bool, str]:
    """(was killed, what is wrong afterwards): nothing is wrong when doctor, ingest and decompose all go through to the same result."""
    program = Program(workspace)
    if step == "decompose":
        shutil.copytree(base.ingested, workspace)
    arguments = ["ingest", str(base.folder)] if step == "ingest" else ["decompose", SLUG]
    was_killed = killed(program, arguments, after)
    for command in (["doctor"], ["ingest", str(base.folder)]):
        made = program.run(*command, check=False)
        if made.returncode:
            return was_killed, f"agent {command[0]} exits {made.returncode}: {(made.stderr or made.stdout).strip()[-200:]}"
    made = program.run("decompose", SLUG, "--format", "json", check=False)
    if made.returncode:
        return was_killed, f"agent decompose exits {made.returncode}: {made.stderr.strip()[-200:]}"
    return was_killed, "" if comparable(json.loads(made.stdout)) == base.result else "the rerun gives another decomposition"


def main(argv: list[str] | None = None) -> int:
    parser = with_size("kill", __doc__)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    chance, failures, interrupted = random.Random(options.seed), 0, 0
    with tempfile.TemporaryDirectory(prefix="agent-kill-") as folder:
        base = undisturbed(Path(folder), SIZES[options.size].documents)
        print(f"seed {options.seed}; undisturbed: " + ", ".join(f"{step} {took:.2f} s" for step, took in base.seconds.items()))
        for number in range(SIZES[options.size].kills):
            step = ("ingest", "decompose")[number % 2]
            after = chance.uniform(0.1, 1.0) * base.seconds[step]
            workspace = Path(folder) / f"killed-{number}"
            was_killed, wrong = problem(base, workspace, step, after)
            interrupted += was_killed
            failures += bool(wrong)
            print(f"{number + 1:3} {step:9} after {after:.3f} s: {'killed' if was_killed else 'already done'}; {wrong or 'same result'}")
            shutil.rmtree(workspace, ignore_errors=True)
    print(f"{interrupted} interrupted, {failures} wrong afterwards")
    return 0 if interrupted and not failures else 1


if __name__ == "__main__":
    raise SystemExit(main())
