"""Claims in other words than their quotes reach a judge; falsified, the same claims do not."""

from __future__ import annotations

import re

import pytest

from agent.domain.judgement import Judgeable, Judgement
from agent.domain.proposal import ClaimProposal, QuoteRef
from agent.grounding import Grounder
from tests.grounding.conftest import subject
from tests.grounding.paraphrased import DOCUMENT, PARAPHRASES


@pytest.fixture(scope="module")
def marlin() -> Grounder:
    return Grounder(subject("marlin", "Marlin", DOCUMENT))


def proposal(claim: str, quotes: tuple[str, ...]) -> ClaimProposal:
    return ClaimProposal(kind="summary", text=claim, quotes=[QuoteRef(document_id="marlin-doc", quote=quote) for quote in quotes])


@pytest.mark.parametrize(("claim", "quotes"), PARAPHRASES, ids=[claim for claim, _ in PARAPHRASES])
def test_an_honest_paraphrase_passes_every_guard(marlin: Grounder, claim: str, quotes: tuple[str, ...]) -> None:
    asked = marlin.judgeable([proposal(claim, quotes)])
    assert len(asked) == 1, [check for check in marlin.claim(proposal(claim, quotes)).checks if not check.passed]
    told = marlin.informed({one: Judgement(finding="supported") for one in asked})
    assert told.claim(proposal(claim, quotes)).status == "supported"


def _falsified(claim: str) -> list[str]:
    changed = [re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit.group()) + 4) % 10), claim)]
    changed += [claim.replace(" not ", " ", 1), claim.replace("cannot", "can"), claim.replace(" no ", " a ", 1)]
    changed += [re.sub(r"^Marlin (?=[a-z]+s )", "Marlin 3 ", claim), re.sub(r"^Marlin (?=[a-z]+s )", "Marlin always ", claim)]
    changed += [claim.replace("Seascan", "Deepfin"), claim.replace("DeepBench", "ReefBench"), claim.replace("PNG", "BMP")]
    changed += [re.sub(r"\.$", ", faster than Seascan.", claim), re.sub(r"\.$", " without any loss.", claim)]
    return [text for text in changed if text != claim]


def test_falsified_in_numbers_names_negation_and_degree_none_reaches_a_judge(marlin: Grounder) -> None:
    false = [(text, quotes) for claim, quotes in PARAPHRASES for text in _falsified(claim)]
    assert len(false) > 120
    assert [text for text, quotes in false if marlin.judgeable([proposal(text, quotes)])] == []


def test_another_subject_does_not_reach_a_judge(marlin: Grounder) -> None:
    quote = "You can use Marlin to caption sonar images, answer questions about them"
    assert marlin.judgeable([proposal("Sparrow captions sonar images.", (quote,))]) == []


def test_a_judge_settles_what_words_leave_open_and_lowers_what_they_support(marlin: Grounder) -> None:
    loose = proposal(*PARAPHRASES[1])
    exact = proposal(
        "Marlin does not run on phones and is not intended for navigation.",
        ("Marlin does not run on phones and is not intended for navigation.",),
    )
    assert not marlin.claim(loose).printed and marlin.claim(exact).printed
    asked = marlin.judgeable([loose, exact, loose])
    assert len(asked) == 2
    findings: dict[Judgeable, Judgement] = {
        asked[0]: Judgement(finding="supported"),
        asked[1]: Judgement(finding="contradicted", detail="phones"),
    }
    told = marlin.informed(findings)
    assert told.claim(loose).printed
    lowered = told.claim(exact)
    assert lowered.status == "rejected" and lowered.checks[-1].detail == "contradicted: phones"


def test_without_an_answer_words_alone_decide(marlin: Grounder) -> None:
    loose = proposal(*PARAPHRASES[1])
    told = marlin.informed({one: Judgement(finding="unanswered", detail="claims 1 of 1: error") for one in marlin.judgeable([loose])})
    assert told.claim(loose).status == marlin.claim(loose).status != "supported"
