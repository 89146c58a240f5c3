"""Invented artifacts with documents, claims and quotes that really stand in them, for tests of what is shown."""

from __future__ import annotations

from agent.domain.artifact import Origin
from agent.domain.base import sha256
from agent.domain.capability import (
    ArtifactHead,
    Capability,
    CapabilityScore,
    Check,
    Claim,
    ClaimKind,
    ClaimStatus,
    Decomposition,
    DocumentHead,
    EngineHead,
    Evidence,
    FactClaim,
    GroundedText,
    ScoreInput,
    claim_id,
)
from agent.domain.comparison import Aligned, Choice, Comparison, Row, Verdict
from agent.domain.document import Passage
from agent.domain.scorecard import Component, Scorecard
from agent.output.excerpts import PassageExcerpts

LANTERN_GUIDE = """# Lantern guide

## Reading labels

Lantern reads printed labels in photographs of shelves and returns each line of text with its box.
The prompt `read <region>` limits it to one region. Lantern is the only reader here that was trained on torn labels.
Lantern reads 40 labels per second, while Harbor reads 12.

## Counting stock

Lantern counts the items on a shelf. Counts above 200 are not reliable.
"""

LANTERN_NOTES = """# Lantern in short

## Runs on small devices

Lantern runs on a phone without a network 📷, and its weights take 80 MB.

Source: [Lantern card](https://example.org/lantern/card); [Lantern paper](https://example.org/lantern/paper)
"""

REVIEW = """# A round-up

In our test Lantern needed less light than Harbor did <script>alert(1)</script>.
"""

HARBOR_GUIDE = """# Harbor handbook

## Label reading

Harbor reads labels from video frames. Harbor keeps a track of each label across frames.

## Archive

Harbor stores every frame with its time in one archive file.
"""

TEXTS = {"lantern-guide": LANTERN_GUIDE, "lantern-notes": LANTERN_NOTES, "review": REVIEW, "harbor-guide": HARBOR_GUIDE}
NAMES = {"lantern": "Lantern", "harbor": "Harbor"}


def document(key: str, artifact: str, origin: Origin, title: str, **more: object) -> DocumentHead:
    values = {
        "id": key,
        "artifact": artifact,
        "origin": origin,
        "uri": f"https://example.org/{key}",
        "title": title,
        "media_type": "text/markdown",
        "sha256": sha256(TEXTS.get(key, key)),
        "chars": len(TEXTS.get(key, key)),
        "fetched_at": "2026-11-01T00:00:00Z",
    }
    return DocumentHead.model_validate({**values, **more})


DOCUMENTS = [
    document("lantern-guide", "lantern", "documentation", "Lantern guide"),
    document("lantern-notes", "lantern", "project-notes", "Lantern in short"),
    document("review", "lantern", "third-party", "A round-up"),
    document("harbor-guide", "harbor", "documentation", "Harbor handbook"),
]
GERMAN = document("german", "lantern", "documentation", "Handbuch", language="de", used=False, note="not in English (de)")


def quote(key: str, words: str) -> Evidence:
    start = TEXTS[key].index(words)
    return Evidence(document_id=key, start=start, end=start + len(words), quote=words)


def claim(kind: ClaimKind, text: str, *quotes: Evidence, status: ClaimStatus = "supported", **more: object) -> Claim:
    identity = claim_id(kind, text, [(q.document_id, q.start, q.end) for q in quotes])
    return Claim.model_validate({"id": identity, "kind": kind, "text": text, "status": status, "evidence": list(quotes), **more})


def capability(artifact: str, name: str, summary: list[Claim], **more: object) -> Capability:
    slug = name.lower().replace(" ", "-")
    score = CapabilityScore(value=64.0, inputs=[ScoreInput(name="quotes", value=3, normalised=64.0, weight=1.0)])
    return Capability.model_validate(
        {
            "id": sha256(artifact + name)[:16],
            "uri": f"capability://{artifact}/{slug}",
            "name": name,
            "importance": "core",
            "score": score,
            "summary": summary,
            **more,
        }
    )


def label_reading() -> Capability:
    reads = quote("lantern-guide", "Lantern reads printed labels in photographs of shelves and returns each line of text with its box.")
    region = quote("lantern-guide", "The prompt `read <region>` limits it to one region.")
    torn = quote("lantern-guide", "Lantern is the only reader here that was trained on torn labels.")
    faster = quote("lantern-guide", "Lantern reads 40 labels per second, while Harbor reads 12.")
    light = quote("review", "In our test Lantern needed less light than Harbor did <script>alert(1)</script>.")
    return capability(
        "lantern",
        "label reading in photographs",
        [
            claim("summary", "Lantern reads printed labels in photographs of shelves and returns each line with its box.", reads),
            claim("summary", "The prompt `read <region>` limits Lantern to one region.", region),
        ],
        unique=[claim("unique", "Lantern was trained on torn labels.", torn)],
        vs_alternatives=[
            claim(
                "vs_alternatives",
                "Lantern reads 40 labels per second, while Harbor reads 12.",
                faster,
                status="one_sided",
                alternatives=["Harbor"],
            ),
            claim("vs_alternatives", "Lantern needs less light than Harbor.", light, status="one_sided", alternatives=["Harbor"]),
        ],
        intents=["read the labels on a shelf"],
        inputs=[GroundedText(text="photographs of shelves", evidence=[reads])],
        outputs=[GroundedText(text="lines of text with boxes", evidence=[reads])],
    )


def stock_counting() -> Capability:
    counts = quote("lantern-guide", "Lantern counts the items on a shelf.")
    above = quote("lantern-guide", "Counts above 200 are not reliable.")
    return capability(
        "lantern",
        "stock counting",
        [claim("summary", "Lantern counts the items on a shelf.", counts)],
        limitations=[claim("limitation", "Counts above 200 are not reliable.", above)],
        importance="major",
    )


def on_device() -> Capability:
    runs = quote("lantern-notes", "Lantern runs on a phone without a network 📷, and its weights take 80 MB.")
    return capability(
        "lantern",
        "use on a phone",
        [claim("summary", "Lantern runs on a phone without a network.", runs)],
        unique=[claim("unique", "Lantern runs on a phone without a network, in 80 MB.", runs, status="one_sided")],
        importance="minor",
    )


def lantern() -> Decomposition:
    """Three capabilities, one of them out of project notes; every kind of label, a skipped document, a claim to review."""
    weights = quote("lantern-notes", "its weights take 80 MB")
    return Decomposition(
        inputs_sha256=sha256("lantern inputs"),
        artifact=ArtifactHead(
            slug="lantern", name="Lantern", type="model", license="MIT | see [file]", homepage="https://example.org/lantern"
        ),
        engine=EngineHead(name="extractive", version="1"),
        documents=[*DOCUMENTS, GERMAN],
        capabilities=[label_reading(), stock_counting(), on_device()],
        facts=[
            FactClaim(
                id="f1", kind="fact", text="Released 2025-04.", status="supported", field="released", value="2025-04",
                source="https://example.org/lantern/card", date="2026-11-01",
            ),
            FactClaim(
                id="f2", kind="fact", text="Its weights take 80 MB.", status="supported", field="size", value="80 MB", evidence=[weights]
            ),
        ],
        needs_review=[
            claim("unique", "Lantern is loved by clerks.", weights, status="needs_review",
                  checks=[Check(name="entailment", passed=False, detail="undecided")])
        ],
        rejected=[claim("unique", "Lantern reads 400 labels per second.", status="rejected")],
    )  # fmt: skip


def harbor() -> Decomposition:
    reads = quote("harbor-guide", "Harbor reads labels from video frames.")
    tracks = quote("harbor-guide", "Harbor keeps a track of each label across frames.")
    stores = quote("harbor-guide", "Harbor stores every frame with its time in one archive file.")
    return Decomposition(
        inputs_sha256=sha256("harbor inputs"),
        artifact=ArtifactHead(slug="harbor", name="Harbor", type="model"),
        engine=EngineHead(name="extractive", version="1"),
        documents=DOCUMENTS,
        capabilities=[
            capability(
                "harbor",
                "label reading in video",
                [claim("summary", "Harbor reads labels from video frames.", reads)],
                unique=[claim("unique", "Harbor keeps a track of each label across frames.", tracks)],
            ),
            capability("harbor", "frame archive", [claim("summary", "Harbor stores every frame with its time.", stores)]),
        ],
    )


def scorecard(artifact: str = "lantern", value: float | None = 57.0) -> Scorecard:
    stars = ScoreInput(name="github_stars", value=3200, normalised=50.0, weight=0.5, source="https://example.org/stars",
                       date="2026-10-01", note="log-scaled between 100 and 100,000")  # fmt: skip
    downloads = ScoreInput(name="downloads", value=None, normalised=None, weight=0.5)
    return Scorecard(
        artifact=artifact,
        type="model",
        as_of="2026-11-23",
        value=value,
        coverage=0.6 if value is not None else 0.0,
        low=34.0,
        high=74.0,
        components=[
            Component(name="adoption", value=50.0, weight=25, coverage=0.5, inputs=[stars, downloads]),
            Component(name="match graph", value=None, weight=25, coverage=0.0, inputs=[]),
        ],
    )


def comparison() -> Comparison:
    a, b = lantern(), harbor()
    reads_a, reads_b = a.capabilities[0], b.capabilities[0]
    return Comparison(
        inputs_sha256=sha256("both"),
        as_of="2026-11-23",
        a=a.artifact,
        b=b.artifact,
        opening="Lantern scores 57 and Harbor 51, which is too close to call.",
        rows=[
            Row(label="Type", a="model", b="model"),
            Row(label="Score", a="57 (from 60 % of inputs; 34 to 74)", b="51 (from 50 % of inputs; 30 to 80)"),
            Row(label="License", a="MIT | see [file]", b="unknown", a_note="manifest"),
            Row(label="Times matched", a="0, no searches recorded", b="0, no searches recorded"),
        ],
        score_a=scorecard(),
        score_b=scorecard("harbor", 51.0),
        aligned=[Aligned(a=reads_a.id, b=reads_b.id, similarity=0.71, reason="both read labels")],
        only_a=[c.id for c in a.capabilities[1:]],
        only_b=[c.id for c in b.capabilities[1:]],
        capabilities_a=a.capabilities,
        capabilities_b=b.capabilities,
        documents=[*DOCUMENTS],
        verdict=Verdict(kind="too_close", leader=None, sentence="Too close to call: the difference may be -20 to 32 points."),
        choose_a=[Choice(artifact="lantern", text="Choose Lantern when labels are torn.", claims=reads_a.unique)],
        choose_b=[Choice(artifact="harbor", text="Choose Harbor when labels move.", claims=reads_b.unique)],
    )


def excerpts() -> PassageExcerpts:
    """Passages by section, as the store would give them."""
    passages = []
    for key, text in TEXTS.items():
        at = 0
        for section in text.split("\n## "):
            start = text.index(section, at)
            at = start + len(section)
            heading, _, body = section.partition("\n\n")
            body = body.split("\n\nSource:")[0].rstrip()
            first = text.index(body, start)
            source = "Lantern card; Lantern paper" if key == "lantern-notes" else None
            passages.append(
                Passage(id=f"{key}-{start}", document_id=key, start=first, end=first + len(body),
                        heading_path=(heading.lstrip("# "),), sha256=sha256(body), source=source)
            )  # fmt: skip
    return PassageExcerpts(TEXTS, passages)
