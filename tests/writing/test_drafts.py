"""What a reader of any draft can rely on, on made-up artifacts and on bundled ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from agent.domain.capability import Check, Claim, Evidence
from agent.domain.draft import Draft, content_sha256
from agent.domain.proposal import ClaimProposal
from agent.pipeline import Pipeline
from agent.pipeline.drafting import groundings_of
from agent.pipeline.verify import Grounding
from agent.writing import ExtractiveWriter, comparison_plan, draft

PAGES = [("sorrel",), ("sorrel", "tansy"), ("tansy", "sorrel"), ("whisper",), ("paligemma", "the-pile"), ("vllm", "llama-cpp"), ("llava",)]
Drafted = Callable[..., Draft]


@pytest.fixture(params=PAGES, ids=" ".join)
def page(request: pytest.FixtureRequest, drafted: Drafted) -> Draft:
    return drafted(*request.param)


def test_every_sentence_is_cited_and_each_quote_stands_in_its_document(page: Draft, pipeline: Pipeline) -> None:
    assert list(page.sentences())
    listed = {document.id for document in page.documents}
    for sentence in page.sentences():
        assert sentence.evidence, sentence.text
        for quote in sentence.evidence:
            assert pipeline.document(quote.document_id).text[quote.start : quote.end] == quote.quote
            assert quote.document_id in listed


def test_nothing_is_printed_that_grounding_refuses(page: Draft, pipeline: Pipeline) -> None:
    groundings = groundings_of(pipeline, *(head.slug for head in page.artifacts))
    claims = {c.text: c for slug in groundings for capability in pipeline.decompose(slug).capabilities
              for c in (*capability.summary, *capability.unique, *capability.vs_alternatives, *capability.limitations)}  # fmt: skip
    for sentence in page.sentences():
        assert sentence.printed
        for said in sentence.said:
            if said in claims:
                assert claims[said].printed
            else:
                assert all(check.passed for check in groundings[sentence.artifact].text_supported(said, sentence.evidence)) or any(
                    all(check.passed for check in grounding.text_supported(said, sentence.evidence)) for grounding in groundings.values()
                ), said


FRAMES = re.compile(
    r"\b(?:It|Its|it|and|or|is|so|the|The|question|which|of|two|a|job|needs|What|decides|between|them|choice|follows|from|"
    r"Both|document|meet|in|Choose|choose|for|For|when|When|you|need|In|addition|Beyond|that|Besides|its|part|On|other|side)\b|[,.;:\s]"
)


def test_a_sentence_has_no_words_but_its_claims_and_its_frame(page: Draft) -> None:
    names = [head.name for head in page.artifacts]
    for sentence in page.sentences():
        rest = sentence.text
        for said in sorted(sentence.said, key=len, reverse=True):
            name = next((n for n in names if said.startswith((f"{n} ", f"{n}'s ")) and said not in rest), None)
            bare = said if name is None else said.removeprefix(name).removeprefix("'s").strip()
            assert bare.rstrip(".") in rest, (said, sentence.text)
            rest = rest.replace(bare.rstrip("."), "", 1)
        for name in names:
            rest = rest.replace(name, "")
        assert not FRAMES.sub("", rest), sentence.text


def test_no_sentence_and_no_claim_is_said_twice(page: Draft) -> None:
    texts = [sentence.text for sentence in page.sentences()]
    assert len(texts) == len(set(texts))
    whole = [said for sentence in page.sentences() for said in sentence.said if said.endswith(".")]
    assert len(whole) == len(set(whole))


def test_no_paragraph_begins_with_a_pronoun(page: Draft) -> None:
    for section in page.sections:
        for block in section.blocks:
            assert block.sentences
            assert not re.match(r"(?:It|Its|They|Their|This|These|That|Such)\b", block.sentences[0].text)
            assert len({s.artifact for s in block.sentences}) == 1 or block.label or section.key == "verdict"


def test_ids_and_hash_are_of_what_is_printed(page: Draft) -> None:
    assert page.sha256 == content_sha256(page.title, page.sections, page.documents)
    ids = [sentence.id for sentence in page.sentences()]
    assert len(ids) == len(set(ids))
    assert Draft.model_validate_json(page.model_dump_json()) == page


def test_the_same_documents_give_the_same_draft_in_another_workspace(drafted: Drafted, new_pipeline: Callable[[], Pipeline]) -> None:
    other = new_pipeline()
    strip = {"documents": {"__all__": {"fetched_at"}}}
    for slugs in (("sorrel",), ("sorrel", "tansy")):
        assert other.draft(*slugs).model_dump_json(exclude=strip) == drafted(*slugs).model_dump_json(exclude=strip)


def test_a_comparison_has_the_parts_a_reader_looks_for(drafted: Drafted) -> None:
    page = drafted("sorrel", "tansy")
    assert page.title == "Sorrel vs. Tansy"
    assert [(s.key, s.artifact) for s in page.sections] == [
        ("verdict", None), ("purpose", None), ("table", None), ("shared", None), ("only", "sorrel"), ("only", "tansy"),
        ("limitations", None), ("choose", "sorrel"), ("choose", "tansy"),
    ]  # fmt: skip
    verdict = " ".join(s.text for s in page.sections[0].blocks[0].sentences)
    assert "Sorrel" in verdict and "Tansy" in verdict and "hoose" in verdict
    limits = [s.text for block in page.sections[6].blocks for s in block.sentences]
    assert "Sorrel does not read printed barcodes." in limits and "Tansy cannot read handwriting." in limits


def test_one_artifact_has_the_parts_a_reader_looks_for(drafted: Drafted) -> None:
    page = drafted("sorrel")
    assert [s.key for s in page.sections] == [
        "what", "purpose", "table", "capabilities", "unique", "alternatives", "limitations", "choose",
    ]  # fmt: skip
    assert page.sections[4].note == "No further sentence of the documents says what sets it apart."
    assert page.sections[0].blocks[0].sentences[0].text == "Sorrel is an open library for reading handwritten seed labels."
    against = page.sections[5].blocks[0].sentences[0]
    assert against.text == "Unlike Tansy, Sorrel needs no account." and against.status == "one_sided"


class Refusing:
    """A grounding that refuses whatever has a certain word."""

    def __init__(self, inner: Grounding, word: str) -> None:
        self.inner, self.word = inner, word

    def claim(self, proposal: ClaimProposal) -> Claim:
        made = self.inner.claim(proposal)
        if self.word not in proposal.text:
            return made
        return made.model_copy(
            update={"status": "rejected", "checks": [Check(name="guard", passed=False, detail=f"no {self.word!r} there")]}
        )

    def text_supported(self, text: str, evidence: Sequence[Evidence]) -> list[Check]:
        return [Check(name="guard", passed=self.word not in text, detail=self.word)]


def test_what_fails_is_left_out_and_listed_with_its_reason(pipeline: Pipeline) -> None:
    slugs = ("sorrel", "tansy")
    groundings = {slug: Refusing(found, "tray") for slug, found in groundings_of(pipeline, *slugs).items()}
    plan = comparison_plan(pipeline.compare(*slugs), {slug: pipeline.artifact(slug)[0] for slug in slugs})
    page = draft(plan, ExtractiveWriter(), groundings)
    assert not any("tray" in sentence.text for sentence in page.sentences())
    left = [one for one in page.left_out if "tray" in one.text]
    assert left and all("tray" in one.reason and one.artifact == "tansy" for one in left)
    assert any(sentence.artifact == "sorrel" for sentence in page.sentences())


def test_a_page_of_which_nothing_stands_says_so_and_invents_nothing(pipeline: Pipeline) -> None:
    slugs = ("sorrel", "tansy")
    groundings = {slug: Refusing(found, "") for slug, found in groundings_of(pipeline, *slugs).items()}
    plan = comparison_plan(pipeline.compare(*slugs), {slug: pipeline.artifact(slug)[0] for slug in slugs})
    page = draft(plan, ExtractiveWriter(), groundings)
    assert not list(page.sentences()) and page.left_out
    assert all(section.note or section.rows for section in page.sections)
    assert page.sections[0].note == "Nothing that the documents support decides between them."


def test_a_job_that_the_documents_deny_is_no_reason_to_choose(drafted: Drafted) -> None:
    for page in (drafted("sorrel"), drafted("sorrel", "tansy"), drafted("langgraph", "smolagents")):
        phrases = [said for s in page.sentences() for said in s.said if not said.endswith(".")]
        assert phrases and not any("tying" in said.casefold() for said in phrases), phrases
