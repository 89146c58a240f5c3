"""An engine and a grounder small enough to see through, and an embedder that counts; also run as a program by the kill test."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.domain.capability import Check, Claim, Evidence, claim_id
from agent.domain.proposal import CapabilityProposal, ClaimProposal, Proposal, QuoteRef, Subject, TextProposal
from agent.pipeline import Pipeline, Silent
from agent.pipeline.doctor import Doctor
from agent.pipeline.library import Library
from agent.pipeline.making import Method
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog


class CountingEmbedder:
    """Vectors from a hash; remembers every text it was given."""

    id = "counting/4"
    dimensions = 4

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:4], dtype=np.uint8).astype(np.float32) + 1 for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows]) if rows else np.zeros((0, 4), dtype=np.float32)


class HeadingEngine:
    """Every section whose first sentence has a verb in -s is a capability named by its heading."""

    name = "heading"
    version = "1"
    model: str | None = None
    prompts: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.calls = 0

    def propose(self, subject: Subject, neighbours: Sequence[Subject]) -> Proposal:
        self.calls += 1
        found = []
        for document in subject.documents:
            for block in subject.blocks[document.id]:
                if block.kind != "paragraph" or block.skip:
                    continue
                quote = document.text[block.start : block.end].split(". ")[0].rstrip(".") + "."
                ref = QuoteRef(document_id=document.id, quote=quote)
                name = block.heading_path[-1] if block.heading_path else subject.manifest.name
                against = [
                    ClaimProposal(
                        kind="vs_alternatives",
                        text=f"{quote} {other.manifest.name} differs.",
                        quotes=[ref],
                        alternatives=[other.manifest.slug],
                    )
                    for other in neighbours
                ]
                found.append(
                    CapabilityProposal(
                        name=name,
                        fallback_name=f"{name} (plain)",
                        importance="core",
                        summary=[ClaimProposal(kind="summary", text=quote, quotes=[ref])],
                        vs_alternatives=against,
                        intents=[name.lower(), name.lower()],
                        inputs=[TextProposal(text="text", quotes=[ref])],
                    )
                )
        return Proposal(capabilities=found)


class ExactGrounder:
    """Supports what is quoted exactly; a claim with "perhaps" needs review, a text with "Impossible" fails."""

    def __init__(self, subject: Subject, neighbours: Sequence[Subject]) -> None:
        self.documents = {document.id: document for one in (subject, *neighbours) for document in one.documents}

    def evidence(self, ref: QuoteRef) -> Evidence | None:
        document = self.documents.get(ref.document_id)
        at = document.text.find(ref.quote) if document else -1
        return Evidence(document_id=ref.document_id, start=at, end=at + len(ref.quote), quote=ref.quote) if at >= 0 else None

    def text_supported(self, text: str, evidence: Sequence[Evidence]) -> list[Check]:
        return [Check(name="possible", passed="Impossible" not in text)]

    def claim(self, proposal: ClaimProposal) -> Claim:
        found = [evidence for ref in proposal.quotes if (evidence := self.evidence(ref)) is not None]
        places = [(self.documents[e.document_id].sha256, e.start, e.end) for e in found]
        status = "rejected" if not found else "needs_review" if "perhaps" in proposal.text else "supported"
        return Claim(
            id=claim_id(proposal.kind, proposal.text, places),
            kind=proposal.kind,
            text=proposal.text,
            status=status,  # type: ignore[arg-type]
            alternatives=proposal.alternatives,
            evidence=found,
            checks=[Check(name="quote", passed=bool(found))],
        )


class Hearing(Silent):
    """Remembers the notes of a run."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, line: str) -> None:
        self.notes.append(line)


def make_pipeline(workspace: Path, catalog: Path, embedder: CountingEmbedder | None = None, hearing: Silent | None = None) -> Pipeline:
    """A pipeline of fakes over a real store."""
    heard = hearing or Silent()
    library = Library(Workspace(workspace), Catalog(catalog), embedder or CountingEmbedder(), heard)
    return Pipeline(library, Method(HeadingEngine(), ExactGrounder), None, heard)


def doctor_of(pipeline: Pipeline) -> Doctor:
    """The doctor of a pipeline's workspace."""
    return Doctor(pipeline.workspace.folder, lambda: pipeline.library, Silent())


def wrong(pipeline: Pipeline) -> list[str]:
    """What the doctor finds wrong, as "place: problem"."""
    return [f"{finding.place}: {finding.problem}" for finding in doctor_of(pipeline).examine().wrong]


def write_artifact(folder: Path, slug: str, text: str, **more: str) -> Path:
    """A folder with a manifest and one document."""
    target = folder / slug
    target.mkdir(parents=True, exist_ok=True)
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    name = slug.replace("-", " ").title()
    manifest = f"slug: {slug}\nname: {name}\ntype: library\n{extra}docs:\n- {{file: notes.md, title: Notes on {name}}}\n"
    (target / "artifact.yaml").write_text(manifest, "utf-8")
    (target / "notes.md").write_text(text, "utf-8")
    return target


def comparable(json_text: str) -> str:
    """A decomposition's JSON without what may differ between equal runs."""
    return re.sub(r'"(?:seconds|fetched_at)":(?:"[^"]*"|[\d.]+)', "", json_text)


if __name__ == "__main__":
    made = make_pipeline(Path(sys.argv[1]), Path(sys.argv[2]))
    for line in made.ingest(sys.argv[3]):
        print(line.slug, flush=True)
    for wanted in sys.argv[4:]:
        print(made.decompose(wanted).inputs_sha256, flush=True)
