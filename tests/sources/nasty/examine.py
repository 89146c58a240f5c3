"""Takes one nasty document through ingest and decompose and says what is wrong; run as a program, names on standard input, JSON lines out."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.sources.nasty.corpus import DOCUMENTS, Nasty

MOST_MEMORY = 1_000_000_000  # bytes


@dataclass(frozen=True)
class Report:
    """What became of a document: seconds of processor time, the greatest memory of this process (or of one it started) in MB, outcome, what is wrong."""

    name: str
    seconds: float
    peak_mb: int
    outcome: str
    problems: list[str]


def examine(one: Nasty, folder: Path) -> Report:
    """Ingest and decompose a document in a workspace of its own."""
    path = folder / one.file
    path.write_bytes(one.build())
    _forget_peak()
    began = _cpu()
    refusal, problems, outcome = _run(path, one, folder / "workspace")
    seconds = _cpu() - began
    peak = _peak()
    if refusal is not None:
        outcome = "refused"
        if one.refused is None or one.refused not in refusal or "\n" in refusal:
            problems.append(f"refused with {refusal[:300]!r}")
    elif one.refused is not None:
        problems.append(f"read, and not refused with {one.refused!r}")
    if seconds > one.seconds:
        problems.append(f"took {seconds:.1f} s; at most {one.seconds:g} s")
    if peak > MOST_MEMORY:
        problems.append(f"took {peak / 1e6:,.0f} MB")
    return Report(one.name, round(seconds, 2), round(peak / 1e6), outcome, problems)


def _run(path: Path, one: Nasty, workspace: Path) -> tuple[str | None, list[str], str]:
    """(the line it is refused with, what is wrong, what was read)."""
    from agent.assembly import build_doctor, build_pipeline
    from agent.errors import AgentError
    from agent.output.clean import printable
    from agent.settings import Settings

    class Hearing:
        notes: list[str] = []

        def note(self, text: str) -> None:
            self.notes.append(text)

        def progress(self, stage: str, done: int, total: int) -> None:
            pass

    hearing = Hearing()
    hearing.notes = []
    settings = Settings(workspace=workspace)
    pipeline = build_pipeline(settings, hearing)
    try:
        pipeline.ingest(str(path), name="Lantern", kind="library")
        decomposition = pipeline.decompose("lantern").model_dump(mode="json")
    except AgentError as error:
        return str(error), [], ""
    documents = [pipeline.document(head.id) for head in pipeline.documents("lantern")]
    texts = {document.id: document.text for document in documents}
    passages = [passage for document in documents for passage in pipeline.passages(document.id)]
    problems = [finding.problem for finding in build_doctor(settings, hearing).examine().wrong]
    shown = "\n".join(texts[passage.document_id][passage.start : passage.end] for passage in passages)
    flat = " ".join(shown.split())
    problems += [f"no passage has {text!r}" for text in one.has if text not in flat]
    problems += [f"a passage has {text!r}" for text in one.hidden if text in flat]
    printed = printable("\n".join(map(str, _printed(decomposition))))  # as every page does
    problems += [f"{text!r} is printed" for text in (*one.hidden, *one.unsaid) if _bare(text) in _bare(printed)]
    problems += [
        f"a quote is not at its place: {e['quote']!r}"
        for e in _evidence(decomposition)
        if texts[e["document_id"]][e["start"] : e["end"]] != e["quote"]
    ]
    problems += [f"passage {p.id} lies outside the text" for p in passages if not 0 <= p.start < p.end <= len(texts[p.document_id])]
    problems += [f"not told: {note!r}" for note in one.notes if note not in hearing.notes]
    return None, problems, f"{len(passages)} passages, {len(decomposition['capabilities'])} capabilities"


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _printed(decomposition: dict[str, Any]) -> list[Any]:
    """What a page shows of a decomposition: names, claims, facts, intents, inputs and outputs."""
    kinds = ("summary", "unique", "vs_alternatives", "limitations", "inputs", "outputs")
    shown: list[Any] = [fact["text"] for fact in decomposition["facts"]] + [decomposition["artifact"]]
    for capability in decomposition["capabilities"]:
        shown += [capability["name"], *capability["intents"]]
        shown += [item["text"] for kind in kinds for item in capability[kind]]
    return shown


def _evidence(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"document_id", "start", "end", "quote"} <= value.keys() else []
        return own + [found for part in value.values() for found in _evidence(part)]
    return [found for part in value for found in _evidence(part)] if isinstance(value, list) else []


def _cpu() -> float:
    """Seconds of processor time of this process and those it waited for: a busy machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def _forget_peak() -> None:
    """Begin to measure the peak anew, where the system can (Linux)."""
    path = Path("/proc/self/clear_refs")
    if path.exists():
        path.write_text("5")


def _peak() -> int:
    """Bytes: the peak of this process since it was forgotten, or of the largest process it started."""
    status = Path("/proc/self/status")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return max(children, int(own.split()[1]) * 1024)


def main() -> int:
    for line in sys.stdin:
        with tempfile.TemporaryDirectory(prefix="agent-nasty-") as folder:
            report = examine(DOCUMENTS[line.strip()], Path(folder))
        print(json.dumps(asdict(report)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
