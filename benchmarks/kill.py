"""kill -9 at random points of ingest, index and decompose: nothing is lost, and a rerun gives what an undisturbed one gives.

Compared as invariant 4 says: the whole JSON without capability ids and URIs, `usage` and `fetched_at`. The points come from a printed seed.
After each kill `agent doctor` must find nothing wrong, before anything else has touched the workspace.
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
    """What a run gives when nobody interrupts it, and how long each of its steps takes."""

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
        started = time.perf_counter()
        program.run(*base.command(step))
        base.seconds[step] = time.perf_counter() - started
        if step == "ingest":
            shutil.copytree(program.workspace, base.ingested)
    base.result = comparable(program.json("decompose", SLUG))
    return base


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
    return 0 if interrupted.total() >= size.kills and not failures else 1


if __name__ == "__main__":
    raise SystemExit(main())
