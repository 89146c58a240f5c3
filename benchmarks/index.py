"""The index: what ingesting costs over embedding and raw Chroma, memory and answers over a large workspace, answers inside one artifact.

The large workspace is made and asked in a process of its own, whose peak memory is the figure.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent.assembly import build_pipeline
from agent.pipeline import Pipeline
from agent.settings import load_settings
from agent_vectorstore.upkeep import BATCH
from benchmarks.made_up import artifacts
from benchmarks.program import CHECKOUT
from benchmarks.sizes import SIZES, with_size

MOST_RATIO, MOST_MEGABYTES, MOST_WITHIN, MOST_ACROSS, LEAST_RECALL = 1.5, 600, 2.0, 30.0, 0.98
EACH = 250  # passages of an artifact of the large workspace: what a large artifact of the reference corpus has
DEEP = 10


@dataclass(frozen=True)
class Large:
    """What the large workspace showed: megabytes at the peak, milliseconds at the median, recall@10 of Chroma against exact search."""

    passages: int
    megabytes: float | None
    within: float
    within_fused: float
    within_once: float
    opening: float
    across: float
    recall: float


def pipeline_at(workspace: Path) -> Pipeline:
    return build_pipeline(load_settings({"workspace": workspace}, environment={}, folder=workspace.parent))


def ours(folder: Path, workspace: Path) -> float:
    """Seconds of ingesting a folder and indexing it, from files to both indexes, in an empty workspace."""
    pipeline = pipeline_at(workspace)
    pipeline.library.embed(["load the model"])
    began = time.perf_counter()
    pipeline.ingest(str(folder))
    pipeline.index_pending()
    return time.perf_counter() - began


def raw(workspace: Path, folder: Path) -> float:
    """Seconds of embedding a workspace's passages and adding the same vectors, ids and metadata to Chroma itself."""
    from chromadb import PersistentClient
    from chromadb.config import Settings

    pipeline = pipeline_at(workspace)
    ledger, name = pipeline.index.ledger, pipeline.index.embedder.id
    ledger.begin(name)
    items = ledger.pending(name, 10**9)
    texts = ledger.texts(items)
    pipeline.index.embedder.embed(["load the model"])
    began = time.perf_counter()
    vectors = pipeline.index.embedder.embed(texts)
    client: Any = PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
    with closing(client):
        collection = client.create_collection("raw-passages", embedding_function=None)
        for at in range(0, len(items), BATCH):
            part = items[at : at + BATCH]
            collection.add(
                ids=[item.id for item in part],
                embeddings=vectors[at : at + BATCH],
                metadatas=[{"artifact": item.artifact, "document": item.document_id} for item in part],
            )
    return time.perf_counter() - began


def ratios(root: Path, passages: int, runs: int) -> tuple[list[float], list[float]]:
    """Seconds of `ours` and of `raw`, run by turns in one process; a round before them is not counted."""
    for _ in artifacts(root / "made", passages, passages):
        pass
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        workspace, chroma = root / "workspace", root / "chroma"
        mine = ours(root / "made", workspace)
        theirs = raw(workspace, chroma)
        if number:
            found[0].append(mine)
            found[1].append(theirs)
        shutil.rmtree(workspace)
        shutil.rmtree(chroma)
    return found


def large(root: Path, passages: int, questions: int) -> Large:
    """Make a large workspace, ask it, then compare Chroma's answers with exact ones."""
    for _ in artifacts(root / "made", passages, EACH):
        pass
    pipeline = pipeline_at(root / "workspace")
    pipeline.ingest(str(root / "made"))
    pipeline.index_pending()
    index, asked = pipeline.index, _questions(root / "made", questions)
    slug = asked[0][0]
    first = [_milliseconds(index.search, question, artifacts=[slug]) for _, question in asked]
    with index.within([slug]) as scope:
        within = [_milliseconds(scope.search, question, mode="dense") for _, question in asked]
        within_fused = [_milliseconds(scope.search, question) for _, question in asked]
    opening = statistics.median(_milliseconds(index.search, asked[0][1]) for _ in range(3))
    with index.opened():
        index.search(asked[0][1])
        across = [_milliseconds(index.search, question) for _, question in asked]
    memory = _megabytes()
    return Large(
        passages=index.ledger.totals()[0],
        megabytes=memory,
        within=statistics.median(within),
        within_fused=statistics.median(within_fused),
        within_once=statistics.median(first),
        opening=opening,
        across=statistics.median(across),
        recall=_recall(pipeline, [question for _, question in asked]),
    )


def _recall(pipeline: Pipeline, questions: list[str]) -> float:
    """The share of the 10 exactly nearest passages that are among Chroma's 10."""
    index = pipeline.index
    everything = sorted({slug for slug, (_, source) in pipeline.library.manifests().items() if source != "bundled"})
    shares = []
    with index.opened(), index.within(everything, words=False) as scope:
        for question in questions:
            exact = {one for one, _ in scope.rankings(question, DEEP, mode="dense")["dense"]}
            found = {one for one, _ in index.rankings(question, DEEP, mode="dense")["dense"][:DEEP]}
            shares.append(len(exact & found) / len(exact))
    return statistics.mean(shares)


def _questions(folder: Path, count: int) -> list[tuple[str, str]]:
    """(artifact, question): some words of a sentence of some document, in their order."""
    chance = random.Random(7)
    found = []
    for place in chance.choices(sorted(folder.iterdir()), k=count):
        text = chance.choice(sorted(place.glob("*.md"))).read_text(encoding="utf-8")
        words = chance.choice([line for line in text.splitlines() if len(line) > 200]).split()
        at = chance.randrange(len(words) - 20)
        found.append((place.name, " ".join(word for word in words[at : at + 20] if chance.random() < 0.6)))
    return found


def _milliseconds(step: Callable[..., Any], *values: Any, **options: Any) -> float:
    began = time.perf_counter()
    step(*values, **options)
    return 1000 * (time.perf_counter() - began)


def _megabytes() -> float | None:
    """Peak resident memory of this process; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def _in_own_process(size: str) -> Large:
    command = [sys.executable, "-m", "benchmarks.index", "--size", size, "--large-only"]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=CHECKOUT)
    if made.returncode:
        raise SystemExit(f"the large workspace failed: {made.stderr.strip()[-1000:]}")
    return Large(**json.loads(made.stdout))


def main(argv: list[str] | None = None) -> int:
    parser = with_size("index", __doc__)
    parser.add_argument("--large-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    size = SIZES[options.size]
    with tempfile.TemporaryDirectory(prefix="agent-index-") as folder:
        if options.large_only:
            print(json.dumps(asdict(large(Path(folder), size.workspace, size.questions))))
            return 0
        mine, theirs = ratios(Path(folder), size.passages, size.rounds)
    ratio = statistics.median(mine) / statistics.median(theirs)
    print(f"{size.passages:,} passages: ingest {statistics.median(mine):.2f} s; embedding and raw Chroma {statistics.median(theirs):.2f} s")
    found = _in_own_process(options.size)
    judged = [
        _said("ingest / embedding and raw Chroma", ratio, ratio <= MOST_RATIO, f"at most {MOST_RATIO}"),
        _said(
            f"peak memory, {found.passages:,} passages, MB",
            found.megabytes or 0,
            (found.megabytes or 0) <= MOST_MEGABYTES,
            f"under {MOST_MEGABYTES}",
        ),
        _said("inside one artifact (dense), ms", found.within, found.within < MOST_WITHIN, f"under {MOST_WITHIN}"),
        _said("inside one artifact (fused), ms", found.within_fused, found.within_fused < MOST_WITHIN, f"under {MOST_WITHIN}"),
        _said("across all (fused), index open, ms", found.across, found.across < MOST_ACROSS, f"under {MOST_ACROSS}"),
        _said("recall@10 of Chroma against exact search", found.recall, found.recall >= LEAST_RECALL, f"at least {LEAST_RECALL}"),
    ]
    print(f"one answer with all it takes: {found.within_once:.1f} ms inside one artifact, {found.opening:.0f} ms across all")
    if options.size == "small":  # small numbers time nothing
        return 0 if found.recall >= LEAST_RECALL and found.passages > 0.99 * size.workspace else 1
    return 0 if all(judged) else 1


def _said(what: str, value: float, holds: bool, must: str) -> bool:
    print(f"{what}: {value:.3f} ({must}): {'holds' if holds else 'MISSED'}")
    return holds


if __name__ == "__main__":
    raise SystemExit(main())
