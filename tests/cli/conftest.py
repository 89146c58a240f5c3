"""The command line over a stand-in pipeline: every command runs in-process, without a workspace, an engine or a model."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agent.cli.main import main
from agent.domain.artifact import Manifest
from agent.domain.capability import ArtifactHead, Usage
from agent.domain.document import Document
from agent.domain.fetch import FetchRecord
from agent.domain.verification import ClaimVerdict, Verification
from agent.errors import AgentError, InputError, UnknownArtifact
from agent.pipeline.doctor import Finding, Report
from agent.pipeline.doctor.examine import Checked
from agent.pipeline.library import Ingested
from agent.pipeline.planning import Planned
from agent.pipeline.several import Outcome as Made
from agent.pipeline.several import Plan
from agent.pipeline.written import WrittenClaims


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def _samples() -> ModuleType:
    path = Path(__file__).parents[1] / "output" / "samples.py"
    spec = importlib.util.spec_from_file_location("cli_samples", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class StandIn:
    """Answers as a pipeline over two invented artifacts would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.samples = _samples()
        self.listener: Any = None
        self.findings: list[Finding] = []
        self.failure: BaseException | None = None
        self.removed: list[str] = []
        self.fetch: FetchRecord | None = None
        self.closed = False
        self.indexed = False
        self.broken: dict[str, AgentError] = {}
        self.missing: dict[str, list[str]] = {}
        self.usage: Usage | None = None
        self.interrupted = False
        self.kept_calls = 0
        self.ask: Any = None

    def resolve(self, wanted: str) -> str:
        if self.failure is not None:
            raise self.failure
        self.listener.progress("reading", 0, 1)
        found = {"lantern": "lantern", "Lantern": "lantern", "harbor": "harbor"}.get(wanted)
        if found is None:
            raise UnknownArtifact(f"no artifact is called {wanted!r}.", hint="Did you mean 'lantern'?")
        if wanted == "harbor":
            self.listener.note("'harbor' is the workspace's own.")
        return found

    def decompose(self, wanted: str) -> Any:
        return {"lantern": self.samples.lantern, "harbor": self.samples.harbor}[self.resolve(wanted)]()

    def decompose_each(self, slugs: list[str]) -> list[Made]:
        return [Made(slug, error=self.broken[slug]) if slug in self.broken else Made(slug, self.decompose(slug)) for slug in slugs]

    def plan(self, slugs: list[str]) -> Plan:
        stages = (Planned("propose", 3, 1, 9_000, 2_000, 0.25), Planned("verify", 2, 0, 4_000, 500, None, exact=False))
        return Plan(tuple(slugs), ("harbor",), "openai:small", stages)

    def calls_of(self, slug: str) -> int:
        return self.kept_calls

    def score(self, wanted: str) -> Any:
        return self.samples.scorecard(self.resolve(wanted))

    def compare(self, a: str, b: str) -> Any:
        assert (self.resolve(a), self.resolve(b)) == ("lantern", "harbor")
        return self.samples.comparison()

    def verify(self, wanted: str, written: WrittenClaims) -> Verification:
        """A claim's first word is its verdict."""
        slug = self.resolve(wanted)
        outcomes = {"yes": "supported", "no": "contradicted", "none": "not_found"}
        claims = [
            ClaimVerdict.model_validate(
                {"text": one.text, "line": one.line, "verdict": outcomes.get(one.text.split()[0], "undecided"), "reason": "so it is",
                 "evidence": [{"document_id": "lantern-guide", "start": 2, "end": 9, "quote": "Lantern"}]}
            )
            for one in written.claims
        ]  # fmt: skip
        head = ArtifactHead(slug=slug, name=slug.title(), type="model")
        return Verification(artifact=head, documents=self.documents(slug), claims=claims, skipped=written.skipped)

    def artifacts(self) -> list[tuple[Manifest, str]]:
        return [self.artifact("harbor"), self.artifact("lantern")]

    def artifact(self, wanted: str) -> tuple[Manifest, str]:
        slug = self.resolve(wanted)
        return Manifest.model_validate({"slug": slug, "name": slug.title(), "type": "model", "license": "MIT",
                                        "signals": [{"name": "github_stars", "value": 3200, "own": False}]}), "bundled"  # fmt: skip

    def remove(self, wanted: str) -> str:
        self.removed.append(self.resolve(wanted))
        return self.removed[-1]

    def documents(self, wanted: str) -> list[Any]:
        slug = self.resolve(wanted)
        return [d for d in self.samples.DOCUMENTS if d.artifact == slug]

    def document(self, document_id: str) -> Document:
        if document_id not in self.samples.TEXTS:
            raise InputError(f"no document has the id {document_id!r}.", hint="`agent documents list SLUG` shows an artifact's.")
        (head,) = [d for d in self.samples.DOCUMENTS if d.id == document_id]
        values = head.model_dump(include=set(Document.model_fields) - {"text"})
        return Document(**values, text=self.samples.TEXTS[document_id], text_sha256="", reader="test 1")

    def passages(self, document_id: str) -> list[Any]:
        return []

    def ingest(self, target: str, *, name: str | None, kind: str | None) -> list[Ingested]:
        return [Ingested(self.resolve(target), name or target.title(), 3, 1, 12, ())]

    def fetches(self, wanted: str) -> list[FetchRecord]:
        return [self.fetch] if self.fetch is not None and self.resolve(wanted) == "lantern" else []

    def fetch_of(self, document_id: str) -> FetchRecord | None:
        return self.fetch if self.fetch is not None and self.fetch.document_id == document_id else None

    def index_pending(self) -> None:
        self.indexed = True

    def examine(self, *, repair: bool) -> Report:
        wrong = any(finding.wrong for finding in self.findings)
        check = Checked("evidence", "every quote stands at its place", "wrong" if wrong else "ok", tuple(self.findings))
        return Report((check,), ("Cut document d into passages again.",) if repair else ())

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    stand_in = StandIn()

    def build(settings: object, listener: object, ask: object = None) -> StandIn:
        stand_in.listener, stand_in.ask = listener, ask
        return stand_in

    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("agent.assembly.build_pipeline", build)
    monkeypatch.setattr("agent.assembly.build_doctor", build)
    monkeypatch.setattr("agent.cli.reading.stored_names", lambda _: stand_in.samples.NAMES)
    return stand_in


@pytest.fixture
def agent(pipeline: StandIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs one command line."""

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["agent", *arguments])
        code = main()
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run
