"""Pages in a model's words: what it writes is printed where it stands, and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from agent.domain.capability import Check
from agent.domain.draft import Draft
from agent.domain.proposal import ClaimProposal
from agent.llm.base import Answer, Question
from agent.pipeline import Pipeline
from agent.pipeline.drafting import drafted, groundings_of
from agent.writing import LlmWriter

SLUGS = ("sorrel", "tansy")
Page = Callable[["Numbers"], list[dict[str, Any]]]


class Numbers:
    """The numbers of a prompt's statements, by words of theirs."""

    def __init__(self, user: str) -> None:
        self._lines = re.findall(r"^\[(\d+)\] (.*)$", user, re.M)
        self.last = max(int(number) for number, _ in self._lines)

    def __call__(self, *words: str) -> list[int]:
        found = [next((int(number) for number, line in self._lines if part in line), 0) for part in words]
        assert all(found), (words, self._lines)
        return found


class FakeAsker:
    """Answers the one question of a draft with a page, or a status."""

    def __init__(self, page: Page | str) -> None:
        self.page, self.questions = page, []

    def ask(self, questions: Sequence[Question[Any]]) -> list[Answer[Any]]:
        (question,) = questions
        self.questions.append(question)
        if isinstance(self.page, str):
            return [Answer(status=self.page, detail="scripted")]  # type: ignore[arg-type]
        value = question.answer.model_validate_json(json.dumps({"sections": self.page(Numbers(question.user))}))
        problem = question.check(value) if question.check else ""
        return [Answer(status="invalid", detail=problem)] if problem else [Answer(status="ok", value=value)]


def part(key: str, side: str, *sentences: tuple[str, list[int]], label: str = "") -> dict[str, Any]:
    told = [{"text": text, "evidence": numbers} for text, numbers in sentences]
    return {"key": key, "side": side, "paragraphs": [{"label": label, "sentences": told}]}


def written(pipeline: Pipeline, page: Page | str) -> tuple[Draft, FakeAsker]:
    asker = FakeAsker(page)
    return drafted(pipeline, LlmWriter(asker, "made-up:writer"), *SLUGS), asker


def texts(draft: Draft, key: str, artifact: str | None = None) -> list[str]:
    return [s.text for section in draft.sections if (section.key, section.artifact) == (key, artifact)
            for block in section.blocks for s in block.sentences]  # fmt: skip


def test_a_sentence_is_printed_with_the_quotes_of_its_numbers(pipeline: Pipeline) -> None:
    draft, asker = written(pipeline, lambda n: [
        part("purpose", "A", ("Sorrel is an open library for reading handwritten seed labels. [1]", n("Sorrel is an open library"))),
        part("choose", "A", ("exporting tables as CSV", n("exports what it read"))),
    ])  # fmt: skip
    ours, theirs = next(section for section in draft.sections if section.key == "purpose").blocks
    (sentence,) = ours.sentences
    assert theirs.artifact == "tansy" and theirs.sentences  # the model said nothing of it here
    assert sentence.text == "Sorrel is an open library for reading handwritten seed labels."
    assert [e.quote for e in sentence.evidence] == ["Sorrel is an open library for reading handwritten seed labels."]
    assert texts(draft, "choose", "sorrel") == ["For exporting tables as CSV."]
    assert any("Sorrel" in text and "exporting tables as CSV" in text for text in texts(draft, "verdict"))
    assert draft.engine.name == "llm" and draft.engine.model == "made-up:writer" and draft.engine.prompts["draft"]
    assert asker.questions[0].stage == "draft" and "Sorrel and Tansy" in asker.questions[0].label


def test_what_the_model_leaves_out_is_told_in_the_plans_sentences(pipeline: Pipeline, drafted: Callable[..., Draft]) -> None:
    draft, _ = written(
        pipeline, lambda n: [part("purpose", "A", ("Sorrel is an open library for reading handwritten seed labels.", n("open library")))]
    )
    assert texts(draft, "limitations") == texts(drafted(*SLUGS), "limitations")
    assert [section.key for section in draft.sections] == [section.key for section in drafted(*SLUGS).sections]


@pytest.mark.parametrize("status", ["truncated", "refused", "error", "invalid"])
def test_without_an_answer_the_page_is_the_plans_and_says_what_is_missing(
    pipeline: Pipeline, drafted: Callable[..., Draft], status: str
) -> None:
    draft, _ = written(pipeline, status)
    assert [s.text for s in draft.sentences()] and len(draft.missing) == 1 and status in draft.missing[0]
    assert [said for s in draft.sentences() for said in s.said] == [said for s in drafted(*SLUGS).sentences() for said in s.said]


@pytest.mark.parametrize(("text", "why"), [
    ("Sorrel accepts photographs of up to 400 labels.", "400"),
    ("Sorrel reads every handwritten label in photographs.", "every"),
    ("Sorrel reads printed barcodes.", "barcodes"),
    ("Sorrel outperforms Tansy.", "outperforms"),
    ("Sorrel 2 accepts photographs of up to 40 labels.", "2"),
])  # fmt: skip
def test_a_sentence_that_says_more_than_its_quotes_is_left_out_with_the_reason(pipeline: Pipeline, text: str, why: str) -> None:
    draft, _ = written(
        pipeline,
        lambda n: [
            part("only", "A", (text, n("up to 40 labels")), ("Sorrel runs on a laptop without a graphics card.", n("runs on a laptop")))
        ],
    )
    assert texts(draft, "only", "sorrel") == ["Sorrel runs on a laptop without a graphics card."]
    (left,) = [one for one in draft.left_out if one.text == text]
    assert left.section == "only" and why in left.reason


def test_a_need_that_its_quote_denies_is_left_out(pipeline: Pipeline) -> None:
    draft, _ = written(
        pipeline, lambda n: [part("choose", "A", ("tying labels to one language", n("does not tie")), ("tables as CSV", n("exports what")))]
    )
    assert texts(draft, "choose", "sorrel") == ["For tables as CSV."]
    assert any("negation" in one.reason for one in draft.left_out)


def test_a_number_that_does_not_exist_takes_its_sentence_with_it(pipeline: Pipeline) -> None:
    good = "Tansy plans the watering of each tray from its weight."
    draft, _ = written(pipeline, lambda n: [part("only", "B",
        ("Tansy follows up to 200 trays on one video.", [n.last + 1]), ("Tansy writes the plan as a calendar file.", []),
        (good, n("plans the watering")), (good, n("plans the watering")))])  # fmt: skip
    assert texts(draft, "only", "tansy") == [good]


def test_a_page_most_of_which_names_no_statement_is_asked_for_again(pipeline: Pipeline) -> None:
    draft, _ = written(pipeline, lambda n: [part("only", "A", ("Sorrel flies.", []), ("Sorrel swims.", [999]))])
    assert "invalid" in draft.missing[0] and "name no statement" in draft.missing[0]


def test_a_pronoun_falls_with_the_sentence_it_leans_on(pipeline: Pipeline) -> None:
    def page(n: Numbers) -> list[dict[str, Any]]:
        runs = ("It runs on a laptop without a graphics card.", n("runs on a laptop"))
        return [
            part("only", "A", ("Sorrel accepts photographs of up to 40 labels.", n("up to 40 labels")), runs),
            part("purpose", "A", ("Sorrel accepts photographs of up to 50 labels.", n("up to 40 labels")), runs,
                 ("Sorrel exports what it read as CSV or JSON tables.", n("exports what it read"))),
        ]  # fmt: skip

    draft, _ = written(pipeline, page)
    assert texts(draft, "only", "sorrel") == [
        "Sorrel accepts photographs of up to 40 labels.",
        "It runs on a laptop without a graphics card.",
    ]
    assert "Sorrel exports what it read as CSV or JSON tables." in texts(draft, "purpose")
    assert not any(text.startswith("It runs") for text in texts(draft, "purpose"))


def test_an_opening_that_only_leads_over_is_not_held_against_a_sentence(pipeline: Pipeline) -> None:
    draft, _ = written(pipeline, lambda n: [part("only", "A",
        ("Sorrel accepts photographs of up to 40 labels.", n("up to 40 labels")),
        ("In addition, Sorrel runs on a laptop without a graphics card.", n("runs on a laptop")))])  # fmt: skip
    assert texts(draft, "only", "sorrel")[1] == "In addition, Sorrel runs on a laptop without a graphics card."


def test_a_sentence_about_both_sides_needs_both_sides_quotes(pipeline: Pipeline) -> None:
    both = "Sorrel runs on a laptop without a graphics card, while Tansy finds each tray on video."
    draft, _ = written(pipeline, lambda n: [
        part("verdict", "both", (both, n("runs on a laptop", "finds each tray"))),
        part("shared", "both", (both.replace("while", "whereas"), n("runs on a laptop")), label="seeing"),
    ])  # fmt: skip
    (sentence,) = [s for s in draft.sentences() if s.text == both]
    assert {e.document_id for e in sentence.evidence} == {d.id for d in draft.documents} and sentence.alternatives == ["Tansy"]
    assert not texts(draft, "shared")


def test_a_judge_settles_a_paraphrase_and_never_what_a_guard_refused(pipeline: Pipeline) -> None:
    paraphrase, false = "Sorrel turns pictures of written labels into text.", "Sorrel accepts photographs of up to 400 labels."
    from agent.writing import comparison_plan, draft

    asked: list[ClaimProposal] = []

    class Judged:
        def __init__(self, inner: Any) -> None:
            self.inner, self.text_supported = inner, inner.text_supported

        def claim(self, proposal: ClaimProposal) -> Any:
            made = self.inner.claim(proposal)
            guards = [check for check in made.checks if check.name != "entailment"]
            if all(check.passed for check in guards) and proposal in asked:
                return made.model_copy(update={"status": "supported", "checks": [*guards, Check(name="judge", passed=True)]})
            return made

    groundings = groundings_of(pipeline, *SLUGS)

    def judged(proposals: Any) -> Any:
        asked.extend(one for found in proposals.values() for one in found)
        return {slug: Judged(found) for slug, found in groundings.items()}, ["claims 1 to 2: truncated"]

    def page(n: Numbers) -> list[dict[str, Any]]:
        return [part("only", "A", (paraphrase, n("reads handwritten labels in")), (false, n("up to 40 labels")))]

    plan = comparison_plan(pipeline.compare(*SLUGS), {slug: pipeline.artifact(slug)[0] for slug in SLUGS})
    made = draft(plan, LlmWriter(FakeAsker(page), "made-up:writer"), groundings, judged)
    assert {one.text for one in asked} == {paraphrase, false} and made.missing == ["claims 1 to 2: truncated"]
    assert texts(made, "only", "sorrel") == [paraphrase]


def test_the_prompt_has_every_printed_claim_once_inside_the_fence(pipeline: Pipeline) -> None:
    _, asker = written(pipeline, "refused")
    user = asker.questions[0].user
    fence = re.search(r"^Fence: ([0-9a-f]{12})$", user, re.M)
    assert fence and user.endswith(f"{fence[1]}>>>") and user.count(fence[1]) == 3
    for slug in SLUGS:
        for capability in pipeline.decompose(slug).capabilities:
            for claim in capability.summary:
                assert len(re.findall(rf"^\[\d+\] [AB], (?:summary|fact): {re.escape(claim.text)}$", user, re.M)) == 1, claim.text
    numbers = [int(number) for number in re.findall(r"^\[(\d+)\] ", user, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_answer_gives_the_same_draft(pipeline: Pipeline) -> None:
    def page(n: Numbers) -> list[dict[str, Any]]:
        return [part("only", "A", ("Sorrel runs on a laptop without a graphics card.", n("runs on a laptop")))]

    assert written(pipeline, page)[0].model_dump_json() == written(pipeline, page)[0].model_dump_json()
