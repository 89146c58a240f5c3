"""What verification keeps of a proposal, and where the rest goes."""

from __future__ import annotations

import pytest
from pipeline_fakes import ExactGrounder

from agent.domain.artifact import Manifest
from agent.domain.document import Document
from agent.domain.proposal import CapabilityProposal, ClaimProposal, FactProposal, Proposal, QuoteRef, Subject, TextProposal
from agent.pipeline.verify import MOST, Verified, verified

TEXT = "Loom weaves cloth. Loom weaves rugs too. It is loud. Made in 1901."
DOCUMENT = Document(
    id="d1", artifact="loom", uri="u", title="t", origin="documentation", media_type="text/plain", sha256="0" * 64, text_sha256="1" * 64,
    reader="plain/1", language="en", text=TEXT, fetched_at="2020-01-01",
)  # fmt: skip
SUBJECT = Subject(manifest=Manifest(slug="loom", name="Loom", type="product"), documents=[DOCUMENT], blocks={}, passages=[])


def claim(text: str, quote: str | None = None, kind: str = "summary") -> ClaimProposal:
    return ClaimProposal.model_validate({"kind": kind, "text": text, "quotes": [QuoteRef(document_id="d1", quote=quote or text)]})


def capability(name: str, *summary: ClaimProposal, **more: object) -> CapabilityProposal:
    return CapabilityProposal.model_validate(
        {"name": name, "fallback_name": f"plain {name}", "importance": "core", "summary": list(summary), **more}
    )


def run(*capabilities: CapabilityProposal, facts: list[FactProposal] | None = None) -> Verified:
    return verified(Proposal(capabilities=list(capabilities), facts=facts or [], notes=["engine's note"]), ExactGrounder(SUBJECT, []))


def test_a_capability_without_a_supported_summary_is_left_out_and_its_claims_are_listed() -> None:
    got = run(
        capability("flying", claim("Loom flies."), unique=[claim("It swims.", kind="unique"), claim("It is loud.", kind="unique")]),
        capability("weaving", claim("Loom weaves cloth.")),
    )
    assert [one.name for one in got.capabilities] == ["weaving"]
    assert [one.text for one in got.rejected] == ["Loom flies.", "It swims."]
    assert got.notes == ["engine's note", "1 proposed capability was left out: no sentence of the summary is supported."]


def test_undecided_claims_are_listed_for_review_and_not_printed() -> None:
    got = run(capability("weaving", claim("Loom weaves cloth."), claim("Loom perhaps weaves.", "Loom weaves cloth.")))
    assert [one.text for one in got.needs_review] == ["Loom perhaps weaves."]
    assert [one.text for one in got.capabilities[0].summary] == ["Loom weaves cloth."]


def test_a_claim_is_said_once_and_a_field_holds_at_most_three() -> None:
    quotes = ["Loom weaves cloth.", "Loom weaves rugs too.", "It is loud.", "Made in 1901."]
    got = run(
        capability("weaving", *(claim(quote) for quote in quotes)),
        capability("weaving again", claim("Loom weaves cloth!", "Loom weaves cloth.")),
    )
    assert len(got.capabilities[0].summary) == MOST
    assert [one.name for one in got.capabilities] == ["weaving"]


def test_a_name_that_fails_gives_way_and_an_intent_that_fails_is_dropped() -> None:
    got = run(capability("Impossible cloth", claim("Loom weaves cloth."), intents=["weave cloth", "Impossible wishes"]))
    assert got.capabilities[0].name == "plain Impossible cloth"
    assert got.capabilities[0].intents == ["weave cloth"]


def test_inputs_and_outputs_need_their_quote() -> None:
    there, absent = QuoteRef(document_id="d1", quote="cloth"), QuoteRef(document_id="d1", quote="silk")
    inputs = [TextProposal(text="yarn", quotes=[absent]), TextProposal(text="cloth", quotes=[absent, there])]
    got = run(capability("weaving", claim("Loom weaves cloth."), inputs=inputs, outputs=[TextProposal(text="Impossible", quotes=[there])]))
    assert [(one.text, len(one.evidence)) for one in got.capabilities[0].inputs] == [("cloth", 1)]
    assert got.capabilities[0].outputs == []


@pytest.mark.parametrize(("quote", "kept", "rejected"), [("Made in 1901.", 1, 0), ("Made in 1801.", 0, 1)])
def test_facts_are_grounded_like_claims(quote: str, kept: int, rejected: int) -> None:
    fact = FactProposal(field="released", value="1901", text="Made in 1901.", quotes=[QuoteRef(document_id="d1", quote=quote)])
    got = run(facts=[fact])
    assert (len(got.facts), len(got.rejected)) == (kept, rejected)
    assert [(one.field, one.value) for one in got.facts] == [("released", "1901")] * kept
