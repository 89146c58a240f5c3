"""Calls that come back cut, refused, wrong or not at all: the rest stands, and what is missing is said."""

from __future__ import annotations

from typing import Any

import pytest
from llm_subjects import embed, subject
from scripted_asker import Reply, ScriptedAsker, by_stage, nothing, passages, verdicts

from agent.domain.judgement import Judgeable, QuoteInView
from agent.domain.proposal import Proposal, Subject
from agent.engines.llm import LlmEngine
from agent.engines.llm.packs import packs_of

FILLER = "The weather of the reed beds is noted beside every entry of the log book. " * 14


def tern(sections: int = 24) -> Subject:
    """An artifact whose documents take several packs; section N says that it sorts N kinds of shells."""
    parts = [f"## Part {n}\n\nTern sorts {n} kinds of shells. {FILLER}\n" for n in range(1, sections + 1)]
    return subject("tern", "Tern", "# Tern\n\n" + "\n".join(parts), "# More\n\n" + "\n".join(parts).replace("sorts", "paints"))


def sorting(question: Any) -> dict[str, Any]:
    """A candidate for each passage that says what Tern sorts or paints, core where it is painting."""
    found = []
    for number, text in passages(question):
        first = text.split(". ")[0] + "."
        if first.startswith("Tern "):
            summary = [{"text": first, "quotes": [{"passage": number, "quote": first}]}]
            rank = "core" if "paints" in first else "minor"
            more: dict[str, Any] = {"intents": [], "inputs": [], "outputs": [], "limitations": []}
            found.append({"name": first[5:-1].capitalize(), "job": first, "importance": rank, "summary": summary, **more})
    return {"capabilities": found, "distinctive": [], "comparisons": [], "facts": []}


def run(script: Reply, about: Subject | None = None, most: int = 60) -> tuple[Proposal, ScriptedAsker]:
    asker = ScriptedAsker(script)
    return LlmEngine(lambda slug: asker, embed, "fake", most).propose(about or tern(), []), asker


def test_all_packs_are_asked_in_one_go_and_every_section_is_read() -> None:
    about = tern()
    proposal, asker = run(by_stage(propose=sorting), about)
    assert len(packs_of(about)) >= 2 and asker.calls["propose"] == len(packs_of(about))
    assert asker.rounds == 2  # packs, candidates; there is nothing to differentiate
    assert len(proposal.capabilities) == 48 and proposal.missing == []


def test_a_cut_reply_splits_its_pack_until_it_fits() -> None:
    def propose(question: Any) -> Any:
        return "truncated" if len(passages(question)) > 8 else sorting(question)

    proposal, _ = run(by_stage(propose=propose))
    assert len(proposal.capabilities) == 48 and proposal.missing == []


def test_a_single_passage_that_never_fits_is_missing_and_the_rest_stands() -> None:
    def propose(question: Any) -> Any:
        return "truncated" if "Tern sorts 7 kinds" in question.user else sorting(question)

    proposal, _ = run(by_stage(propose=propose))
    assert len(proposal.capabilities) == 47
    (line,) = proposal.missing
    assert line.startswith("passages ") and line.endswith("(Tern guide 0): truncated")


@pytest.mark.parametrize("status", ["refused", "error", "invalid", "empty", "skipped"])
def test_a_pack_without_an_answer_is_missing_and_the_rest_stands(status: str) -> None:
    def propose(question: Any) -> Any:
        return status if "Tern sorts 3 kinds" in question.user else sorting(question)

    proposal, _ = run(by_stage(propose=propose))
    assert 0 < len(proposal.capabilities) < 48
    (line,) = proposal.missing
    assert " of " in line and f": {status}" in line


def test_where_nothing_comes_nothing_is_proposed_and_everything_is_missing() -> None:
    about = tern()
    proposal, asker = run(lambda question: "error", about)
    assert proposal.capabilities == [] and len(proposal.missing) == len(packs_of(about)) == asker.calls.total()


def test_a_core_candidate_left_out_is_asked_for_once_and_then_put_back() -> None:
    def consolidate(question: Any) -> dict[str, Any]:
        value = nothing(question)
        return {"capabilities": [one for one in value["capabilities"] if "Paints 5 " not in one["name"]]}

    proposal, asker = run(by_stage(propose=sorting, consolidate=consolidate))
    assert asker.calls["consolidate"] == 2
    assert any("paints 5 kinds" in one.summary[0].text for one in proposal.capabilities)
    assert proposal.missing == []


def test_minor_candidates_may_be_dropped_and_merged_ones_keep_their_own_quotes() -> None:
    def consolidate(question: Any) -> dict[str, Any]:
        ids = [line.split(" ")[0] for line in question.user.splitlines() if "[core]" in line]
        return {"capabilities": [{"name": "Painting shells", "importance": "core", "members": ids}]}

    about = tern()
    proposal, _ = run(by_stage(propose=sorting, consolidate=consolidate), about)
    (one,) = proposal.capabilities
    texts = {document.id: document.text for document in about.documents}
    assert one.name == "Painting shells" and len(one.summary) == 4
    assert all(texts[ref.document_id][ref.start : ref.end] == ref.quote for claim in one.summary for ref in claim.quotes)


@pytest.mark.parametrize("status", ["refused", "error", "truncated"])
def test_without_consolidation_the_candidates_stand_core_ones_first_and_none_lost(status: str) -> None:
    proposal, _ = run(by_stage(propose=sorting, consolidate=status), most=10)
    assert proposal.missing == [f"merging of candidates: {status}" + (", scripted" if status != "truncated" else "")]
    assert len(proposal.capabilities) == 10 and all(one.importance == "core" for one in proposal.capabilities)


def test_a_call_of_the_judge_that_fails_leaves_its_claims_unanswered() -> None:
    claims = [Judgeable(claim=f"Tern sorts {n} shells.", quotes=(QuoteInView(words=f"Tern sorts {n} shells."),)) for n in range(60)]

    def verify(question: Any) -> Any:
        if "Tern sorts 50 shells" in question.user:
            return "truncated"
        return verdicts(question, lambda text: ("not_found", "shells") if " 7 " in text else ("supported", ""))

    asker = ScriptedAsker(by_stage(verify=verify))
    found = LlmEngine(lambda slug: asker, embed, "fake").judge(tern(1), claims)
    assert len(found) == 60
    assert [at for at, one in enumerate(found) if one.finding == "unanswered"] == [50]
    assert [at for at, one in enumerate(found) if one.finding == "not_found"] == [7]
    assert found[50].detail.startswith("claims ") and found[50].detail.endswith("truncated")


def test_a_verdict_for_every_claim_is_insisted_on() -> None:
    claims = [Judgeable(claim=f"Tern sorts {n} shells.", quotes=(QuoteInView(words="Shells."),)) for n in range(3)]
    asker = ScriptedAsker(by_stage(verify={"verdicts": [{"claim": 1, "finding": "supported", "word": ""}]}))
    found = LlmEngine(lambda slug: asker, embed, "fake").judge(tern(1), claims)
    assert asker.calls["verify"] == 2
    assert {one.finding for one in found} == {"unanswered"}
