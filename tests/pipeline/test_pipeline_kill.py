"""kill -9 at any point: the workspace opens, and a rerun gives what an undisturbed one gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pipeline_fakes import comparable, make_pipeline, write_artifact, wrong

SECTIONS = "".join(f"## Part {number}\n\nPart {number} carries {number} bricks. It rests.\n\n" for number in range(60))
SLUGS = ("barrow", "cart", "wagon")


def folders(tmp_path: Path) -> tuple[Path, Path]:
    catalog, own = tmp_path / "catalog", tmp_path / "own"
    write_artifact(catalog, "sledge", "# Sledge\n\n" + SECTIONS)
    for slug in SLUGS:
        write_artifact(own, slug, f"# {slug}\n\n" + SECTIONS, related="[{slug: sledge}]")
    return catalog, own


def results(workspace: Path, catalog: Path, own: Path) -> list[str]:
    pipeline = make_pipeline(workspace, catalog)
    pipeline.ingest(str(own))
    made = [comparable(pipeline.decompose(slug).model_dump_json()) for slug in SLUGS]
    assert wrong(pipeline) == []
    return made


@pytest.mark.slow
def test_a_killed_run_leaves_a_workspace_that_a_rerun_completes(tmp_path: Path) -> None:
    catalog, own = folders(tmp_path)
    expected = results(tmp_path / "undisturbed", catalog, own)
    program = [sys.executable, str(Path(__file__).parent / "pipeline_fakes.py")]
    whole = time.perf_counter()
    subprocess.run([*program, str(tmp_path / "timed"), str(catalog), str(own), *SLUGS], check=True, capture_output=True)
    whole = time.perf_counter() - whole
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")
    chance = random.Random(seed)
    for number in range(5):
        workspace = tmp_path / f"killed-{number}"
        process = subprocess.Popen([*program, str(workspace), str(catalog), str(own), *SLUGS], stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert results(workspace, catalog, own) == expected, f"KILL_SEED={seed}, kill {number}"


@pytest.mark.parametrize("step", ["_put", "passages", "capability"])
def test_a_kill_inside_a_transaction_leaves_nothing_of_it(tmp_path: Path, step: str) -> None:
    catalog, own = folders(tmp_path)
    expected = results(tmp_path / "undisturbed", catalog, own)
    target = {
        "_put": "agent.pipeline.library:Library._put",
        "passages": "agent.store.documents:put_vectors",
        "capability": "agent.store.decompositions:make_current",
    }[step]
    module, name = target.split(":")
    script = (
        f"import sys, os, signal, importlib; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"owner = importlib.import_module({module!r}); *path, last = {name!r}.split('.')\n"
        "for part in path: owner = getattr(owner, part)\n"
        "def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)\n"
        "setattr(owner, last, die)\n"
        "from pathlib import Path; from pipeline_fakes import make_pipeline\n"
        f"p = make_pipeline(Path({str(tmp_path / 'w')!r}), Path({str(catalog)!r})); p.ingest({str(own)!r}); p.decompose('cart')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert results(tmp_path / "w", catalog, own) == expected
