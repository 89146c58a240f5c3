"""From documents through scripted replies to what is printed."""

from __future__ import annotations

from typing import Any

import pytest
from llm_subjects import embed, subject
from scripted_asker import Reply, ScriptedAsker, by_stage, passages, verdicts

from agent.domain.proposal import Proposal, Subject
from agent.engines.base import JudgingEngine
from agent.engines.llm import LlmEngine
from agent.grounding import Grounder
from agent.pipeline.verify import Verified, verified

HERON = """# Heron

Heron is a parser for bird-ring logs. Heron turns scanned ring logs into clean tables. It reads the ink colour of each row first, and then
splits the columns.

## Matching

Heron matches rings across years by comparing wing lengths. Matching needs at least 3 readings of a bird.
Heron is the first parser to read pencil notes.

## Comparison

Unlike Egret, Heron keeps the order of the rows. Heron was trained on 12,000 logs.

## License

Heron is released under the MIT licence.
"""
EGRET = """# Egret

Egret turns ring logs into tables. Egret sorts the rows by date. Egret needs a graphics card.
"""
MATCHES = "Heron matches rings across years by comparing wing lengths."
TURNS = "Heron turns scanned ring logs into clean tables."


def sentence(text: str, *quotes: str, passage: int = 1) -> dict[str, Any]:
    return {"text": text, "quotes": [{"passage": passage, "quote": quote} for quote in quotes]}


def candidate(name: str, *summary: dict[str, Any], importance: str = "core", **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"intents": [], "inputs": [], "outputs": [], "limitations": []}
    return {"name": name, "job": "a job", "importance": importance, "summary": list(summary), **empty, **more}


def reply(*capabilities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"capabilities": list(capabilities), "distinctive": [], "comparisons": [], "facts": [], **more}


def compared(alternative: str, text: str, *quotes: str, passage: int = 3) -> dict[str, Any]:
    return {"alternative": alternative, **sentence(text, *quotes, passage=passage)}


CLEANING = candidate(
    "Turning scanned ring logs into tables",
    sentence("Heron turns scanned ring logs into clean tables.", TURNS),
    sentence("Heron reads the ink colour of each row before it splits the columns.", "It reads the ink colour of each row first, and then"),
    intents=["turn ring logs into tables", "paint a wall"],
    inputs=[sentence("scanned ring logs", TURNS)],
    outputs=[sentence("clean tables", TURNS), sentence("poems", TURNS)],
)
MATCHING = candidate(
    "Matching rings across years",
    sentence(MATCHES, MATCHES, passage=2),
    limitations=[sentence("Matching needs at least 3 readings of a bird.", "Matching needs at least 3 readings of a bird.", passage=2)],
)
DISTINCT = sentence("Heron is the first parser to read pencil notes.", "Heron is the first parser to read pencil notes.", passage=2)
UNLIKE = compared("Egret", "Unlike Egret, Heron keeps the order of the rows.", "Unlike Egret, Heron keeps the order of the rows.")


def heron() -> Subject:
    return subject("heron", "Heron", HERON)


def egret() -> Subject:
    return subject("egret", "Egret", EGRET)


def engine(script: Reply, most: int = 14) -> tuple[LlmEngine, ScriptedAsker]:
    asker = ScriptedAsker(script)
    return LlmEngine(lambda slug: asker, embed, "fake-model", most), asker


def printed(script: Reply, of: Subject | None = None, others: tuple[Subject, ...] = ()) -> tuple[Verified, Proposal]:
    """What a run prints, and what the engine proposed."""
    made, _ = engine(script)
    about = of or heron()
    proposal = made.propose(about, others)
    return verified(proposal, Grounder(about, others), lambda claims: made.judge(about, claims)), proposal


def test_a_capability_is_printed_with_exact_quotes_and_what_its_quotes_do_not_say_is_left_out() -> None:
    kept, _ = printed(by_stage(propose=reply(CLEANING, MATCHING)))
    first, second = kept.capabilities
    assert first.name == "Turning scanned ring logs into tables"
    assert [claim.text for claim in first.summary] == [one["text"] for one in CLEANING["summary"]]
    assert all(HERON[e.start : e.end] == e.quote for claim in first.summary for e in claim.evidence)
    assert first.intents == ["turn ring logs into tables"]
    assert [text.text for text in first.outputs] == ["clean tables"]
    assert second.limitations[0].text == "Matching needs at least 3 readings of a bird."
    assert not kept.missing


def test_distinctive_statements_and_comparisons_find_their_capability() -> None:
    script = by_stage(
        propose=reply(CLEANING, MATCHING, distinctive=[DISTINCT], comparisons=[UNLIKE]),
        differentiate={
            "placements": [{"item": "U1", "capability": "K2"}, {"item": "V2", "capability": "K1"}],
            "differences": [],
        },
    )
    kept, _ = printed(script)
    assert [claim.text for claim in kept.capabilities[1].unique] == ["Heron is the first parser to read pencil notes."]
    (against,) = kept.capabilities[0].vs_alternatives
    assert against.status == "one_sided" and against.alternatives == ["Egret"]


def test_what_the_model_does_not_place_is_placed_by_its_words() -> None:
    kept, _ = printed(by_stage(propose=reply(CLEANING, MATCHING, distinctive=[DISTINCT], comparisons=[UNLIKE])))
    assert sum(len(one.unique) for one in kept.capabilities) == 1
    assert sum(len(one.vs_alternatives) for one in kept.capabilities) == 1


def test_a_difference_seen_in_both_documents_needs_both_quotes() -> None:
    def differentiate(question: Any) -> dict[str, Any]:
        (number, text) = passages(question)[0]
        assert text.startswith("Egret turns")
        both = {
            "capability": "K1", "kind": "vs_alternatives", "alternative": "Egret", "own": ["K1.1"],
            "text": "Heron turns scanned ring logs into clean tables, while Egret sorts the rows by date.",
            "quotes": [{"passage": number, "quote": "Egret sorts the rows by date."}],
        }  # fmt: skip
        alone = {**both, "quotes": [], "text": "Heron turns scanned ring logs into clean tables faster than Egret."}
        return {"placements": [], "differences": [both, alone, {**both, "capability": "K9"}]}

    kept, _ = printed(by_stage(propose=reply(CLEANING), differentiate=differentiate), others=(egret(),))
    (claim,) = kept.capabilities[0].vs_alternatives
    assert claim.status == "supported" and {e.document_id for e in claim.evidence} == {"heron-0", "egret-0"}
    assert any("faster" in one.text for one in kept.rejected)


def test_an_invented_quote_and_the_prompts_own_example_print_nothing() -> None:
    invented = candidate("Singing arias", sentence("Heron sings arias in tune.", "Heron sings arias in tune, every night."))
    example = candidate(
        "Filling gaps in tide records",
        sentence("Tidewell fills gaps in tide records.", "Tidewell fills gaps in tide records.", passage=4),
        sentence("Unlike Seamend, Heron needs no neighbouring station.", "Unlike Seamend, it needs no neighbouring station.", passage=1),
    )
    kept, _ = printed(by_stage(propose=reply(invented, example)))
    assert kept.capabilities == [] and len(kept.rejected) == 3


def test_where_the_first_sentence_fails_the_documents_own_leads() -> None:
    wrong = sentence("Heron turns 40 scanned ring logs into clean tables.", TURNS)
    kept, _ = printed(by_stage(propose=reply(candidate("Turning scanned ring logs into tables", wrong, CLEANING["summary"][1]))))
    assert [claim.text for claim in kept.capabilities[0].summary] == [TURNS, CLEANING["summary"][1]["text"]]
    assert [claim.text for claim in kept.rejected] == [wrong["text"]]


def test_a_name_that_has_nothing_of_its_quotes_is_replaced() -> None:
    script = by_stage(propose=reply(candidate("Quantum telepathy for submarines", sentence(TURNS, TURNS))))
    kept, _ = printed(script)
    assert "tables" in kept.capabilities[0].name.lower() or "logs" in kept.capabilities[0].name.lower()


@pytest.mark.parametrize(
    ("finding", "name"), [("supported", "Digitisation of scanned field logs"), ("not_found", "Turning scanned logs into tables")]
)
def test_a_name_in_other_words_stands_where_the_judge_finds_it_fair_and_gives_way_to_another_where_not(finding: str, name: str) -> None:
    def verify(question: Any) -> dict[str, Any]:
        return verdicts(question, lambda text: (finding, "") if text.startswith("Name: ") else ("supported", ""))

    def consolidate(question: Any) -> dict[str, Any]:
        return {"capabilities": [{"name": "Digitisation of scanned field logs", "importance": "core", "members": ["c1"]}]}

    plain = [candidate("Turning scanned logs into tables", sentence(TURNS, TURNS)) for _ in range(5)]
    kept, _ = printed(by_stage(propose=reply(*plain), consolidate=consolidate, verify=verify))
    assert kept.capabilities[0].name == name


@pytest.mark.parametrize(
    ("finding", "status"),
    [("supported", "supported"), ("contradicted", "rejected"), ("not_found", "rejected"), ("undecided", "needs_review")],
)
def test_the_judge_may_lower_what_words_support(finding: str, status: str) -> None:
    def verify(question: Any) -> dict[str, Any]:
        return verdicts(question, lambda text: (finding, "tables") if text == TURNS else ("supported", ""))

    kept, _ = printed(by_stage(propose=reply(candidate("Turning logs into tables", sentence(TURNS, TURNS)), MATCHING), verify=verify))
    assert (len(kept.capabilities) == 2) == (status == "supported")
    assert (TURNS in [claim.text for claim in kept.rejected]) == (status == "rejected")
    assert (TURNS in [claim.text for claim in kept.needs_review]) == (status == "needs_review")


def test_the_judge_clears_a_paraphrase_but_no_guard() -> None:
    paraphrase = sentence("Heron digitises scanned ring logs and tidies them up.", TURNS)
    number = sentence("Heron turns 40 scanned ring logs into clean tables.", TURNS)
    kept, _ = printed(by_stage(propose=reply(candidate("Turning scanned ring logs into tables", paraphrase, number))))
    assert [claim.text for claim in kept.capabilities[0].summary] == [paraphrase["text"]]
    assert kept.capabilities[0].summary[0].checks[-1].name == "judge"
    assert [claim.text for claim in kept.rejected] == [number["text"]]


def test_the_judge_sees_claims_and_quotes_with_their_headings_and_no_names_of_capabilities() -> None:
    made, asker = engine(by_stage(propose=reply(CLEANING, MATCHING)))
    about = heron()
    verified(made.propose(about, []), Grounder(about), lambda claims: made.judge(about, claims))
    (asked,) = [question for question in asker.questions if question.stage == "verify"]
    assert "Under Heron > Matching:\nQ3: Heron matches rings across years" in asked.user
    assert "Turning scanned ring logs into tables" not in asked.user and "a job" not in asked.user


def test_without_a_judges_answer_words_alone_decide_and_the_run_says_so() -> None:
    kept, _ = printed(by_stage(propose=reply(CLEANING, MATCHING), verify="error"))
    assert len(kept.capabilities) == 2
    assert kept.missing == ["claims 1 to 4 of 4: error, scripted"]


def test_facts_are_typed_once_and_grounded() -> None:
    fact = {"field": "license", "value": "MIT", "quotes": [{"passage": 4, "quote": "Heron is released under the MIT licence."}]}
    wrong = {**fact, "field": "training_data", "value": "90,000 logs"}
    kept, _ = printed(by_stage(propose=reply(CLEANING, facts=[fact, fact, wrong])))
    assert [(one.field, one.value, one.text) for one in kept.facts] == [("license", "MIT", "License: MIT.")]


def test_the_engine_says_model_prompts_and_settings() -> None:
    made, _ = engine(by_stage(), most=9)
    assert isinstance(made, JudgingEngine)
    assert (made.name, made.model) == ("llm", "fake-model") and made.version.endswith(".9")
    assert set(made.prompts) == {"propose", "consolidate", "differentiate", "verify"}


def test_no_documents_is_no_failure() -> None:
    made, asker = engine(by_stage())
    proposal = made.propose(subject("void", "Void"), [])
    assert proposal.capabilities == [] and proposal.missing == [] and asker.questions == []
