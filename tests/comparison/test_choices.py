"""When to choose which."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agent.comparison import compare
from agent.domain.capability import Claim, FactClaim
from agent.domain.comparison import Side
from agent.text.words import word_set

AS_OF = date(2026, 6, 1)


def reasons(a: Side, b: Side) -> list[str]:
    return [choice.text for choice in compare(a, b, AS_OF).choose_a]


def test_jobs_only_one_side_does_are_reasons_to_choose_it(heron: Side, egret: Side) -> None:
    ours, theirs = reasons(heron, egret), reasons(egret, heron)
    assert "Choose Heron when you need it to segment plumage into masks by feather type." in ours
    assert "Choose Egret when you need it to transcribe field recordings of rangers." in theirs
    assert not any("caption" in text for text in (*ours, *theirs))  # both do that


def test_distinctive_claims_facts_and_the_limits_of_the_other_are_reasons(heron: Side, egret: Side) -> None:
    ours, theirs = reasons(heron, egret), reasons(egret, heron)
    assert "Choose Egret when this counts: Egret alone hears and sees with one set of weights." in theirs
    assert "Choose Egret when this limit of Heron would hurt: Heron fails at night." in theirs
    assert "Choose Heron when the licence decides: it is under the MIT licence, Egret under Egret community licence." in ours
    assert "Choose Heron when it has to be small: its smallest size is 0.5B parameters, that of Egret 7B parameters." in ours


def test_every_reason_has_claims_and_there_are_at_most_eight(heron: Side, egret: Side, marsh: Side) -> None:
    for a, b in ((heron, egret), (egret, heron), (heron, marsh), (marsh, heron)):
        found = compare(a, b, AS_OF).choose_a
        assert 1 <= len(found) <= 8
        for choice in found:
            assert choice.artifact == a.manifest.slug
            assert choice.claims
            assert all(c.printed for c in choice.claims)
            assert choice.text.startswith(f"Choose {a.manifest.name} when ")
            assert choice.text.endswith(".")


def test_unlike_kinds_say_first_what_kind_of_need_each_serves(heron: Side, marsh: Side, side: Callable[..., Side]) -> None:
    assert reasons(marsh, heron)[0] == "Choose Marsh when you need a dataset: Marsh holds two million pages of text about wetlands."
    detail = [{"field": "type_detail", "value": "open corpus of wetland prose", "source": "https://fen.example", "date": "2026-01-01"}]
    fen = side("fen", "Fen", {"Wetland prose": "Fen collects prose."}, type="dataset", facts=detail)
    assert reasons(fen, heron)[0] == "Choose Fen when you need an open corpus of wetland prose."


def test_a_job_is_told_in_the_words_of_its_claim_and_not_by_its_name(side: Callable[..., Side], marsh: Side) -> None:
    stork = side("stork", "Stork", {"Proposed solution": "Stork can follow one bird through a flock."})
    assert "Choose Stork when you need a model: Stork can follow one bird through a flock." in reasons(stork, marsh)
    assert not any("solution" in text for text in reasons(stork, marsh))


def test_a_job_the_other_comes_near_to_is_no_reason_even_where_the_two_are_not_aligned(side: Callable[..., Side]) -> None:
    a = side("a", "Alder", {"Image captioning": "Alder captions images.", "Captioning of images": "Alder writes captions of images."})
    b = side("b", "Birch", {"Captions for images": "Birch writes captions of images."})
    page = compare(a, b, AS_OF)
    assert len(page.aligned) == len(page.only_a) == 1
    assert not any("caption" in choice.text for choice in page.choose_a)


def test_a_distinction_of_something_else_is_no_reason(side: Callable[..., Side], egret: Side) -> None:
    jobs = {"Nest mapping": "Stork maps nests."}
    other = side("stork", "Stork", jobs, unique=["A copy of Stork by others differs in some ways."])
    own = side("stork", "Stork", jobs, unique=["Unlike drones, Stork lands on roofs."])
    assert not any("some ways" in text for text in reasons(other, egret))
    assert any("Unlike drones" in text for text in reasons(own, egret))


def test_what_the_documents_say_of_the_other_comes_first(side: Callable[..., Side], claim: Callable[..., Claim], egret: Side) -> None:
    said = claim("Stork is twice as small and faster than Egret.", "vs_alternatives", status="one_sided", alternatives=["Egret"])
    jobs = {"Nest mapping": "Stork maps nests on roofs."}
    stork = side("stork", "Stork", jobs, vs=[said])
    assert reasons(stork, egret)[0] == "Choose Stork when this decides against Egret: Stork is twice as small and faster than Egret."


def test_reasons_do_not_repeat_one_another(side: Callable[..., Side], egret: Side) -> None:
    jobs = {
        "Counting nests on roofs": "Stork counts nests on roofs from the air.",
        "Nest counts from roofs": "Stork gives counts of nests on roofs from the air.",
    }
    assert sum("nests on roofs" in text for text in reasons(side("stork", "Stork", jobs), egret)) == 1


def test_claims_that_are_not_printed_are_no_reason(side: Callable[..., Side], claim: Callable[..., Claim], egret: Side) -> None:
    doubtful = claim("Stork outdoes Egret at everything.", "vs_alternatives", status="needs_review", alternatives=["Egret"])
    assert not any(
        "everything" in text for text in reasons(side("stork", "Stork", {"Nest mapping": "Stork maps nests."}, vs=[doubtful]), egret)
    )


def test_the_label_of_a_list_item_is_the_need_and_keeps_the_capitals_of_names(side: Callable[..., Side], egret: Side) -> None:
    for label, rest in (("GPS tagging", "Follow a bird."), ("Kalman filtering", "Smooth a path."), ("Route drawing", "Draw a way.")):
        stork = side("stork", "Stork", {label: f"{label}: {rest}"})
        assert f"Choose Stork when this counts: {label}: {rest}" in reasons(stork, egret)


def test_whole_sentences_are_reasons_of_last_resort(side: Callable[..., Side], egret: Side) -> None:
    jobs = {
        f"Job {n}": f"Stork {verb} and draws {noun}."
        for n, (verb, noun) in enumerate((("maps", "ways"), ("dives", "nets"), ("sits", "ink")))
    }
    assert sum("counts" in text for text in reasons(side("stork", "Stork", jobs), egret)) < 3


def test_facts_that_do_not_differ_are_no_reason(side: Callable[..., Side]) -> None:
    size: dict[str, Any] = {"field": "size", "source": "https://x.example", "date": "2026-01-01"}
    a = side("a", "Alder", {"Mapping": "Alder maps."}, license="MIT", facts=[{**size, "value": "3B parameters"}])
    b = side("b", "Birch", {"Singing": "Birch sings."}, license="Apache-2.0", facts=[{**size, "value": "3.5B parameters"}])
    assert not any("licence" in text or "small" in text for text in (*reasons(a, b), *reasons(b, a)))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Stork paints a song of the roof.", "you need it to paint a song of the roof."),
        ("Stork lets you train a pilot on gliders.", "you want to train a pilot on gliders."),
        ("Use Stork when you must count nests by night.", "you must count nests by night."),
        ("Stork can follow one bird.", "you need it to follow one bird."),
        ("Stork is designed to land on roofs.", "you need it to land on roofs."),
        ("Stork offers typed flight plans.", "you need typed flight plans."),
        ("Stork supports streaming output.", "you need streaming output."),
        ("Stork sorts feathers by colour.", "you need it to sort feathers by colour."),
        ("Stork supports marrying Ibis with Crane.", "this counts: Stork supports marrying Ibis with Crane."),
        ("Stork reads maps and draws routes.", "this counts: Stork reads maps and draws routes."),
        ("Stork models have wings that fold.", "this counts: Stork models have wings that fold."),
        ("Stork sorts a feather once it is dry.", "this counts: Stork sorts a feather once it is dry."),
    ],
)
def test_a_sentence_is_turned_into_a_need_only_where_one_verb_changes(
    side: Callable[..., Side], egret: Side, said: str, wanted: str
) -> None:
    assert f"Choose Stork when {wanted}" in reasons(side("stork", "Stork", {"Work": said}), egret)


@pytest.mark.parametrize(
    "said",
    [
        "To run Stork, set up the main folder.",
        "The makers of Stork downloaded a set of maps.",
        "The example below demonstrates how Stork flies.",
        "Stork offers Cannot be used at sea.",
        "Case studies: Hear how pilots use Stork.",
        "Stork was trained on maps.",
    ],
)
def test_instructions_history_and_broken_sentences_are_no_reason(side: Callable[..., Side], egret: Side, said: str) -> None:
    jobs = {"Nest mapping": "Stork maps a nest.", "Work": said}
    assert not any(said[:30] in text for text in reasons(side("stork", "Stork", jobs), egret))


@pytest.mark.parametrize(
    "said",
    [
        "Stork lets you configure the number of flights.",
        "Stork lets you easily debug your maps.",
        "Stork lets you reduce the amount of logs.",
        "Stork can be started with the --wings flag.",
        "Stork also provides a tutorial on landing.",
        "Stork lets you score a flight with model_roof.py on your own roofs.",
    ],
)
def test_setting_it_up_and_reading_about_it_are_no_reason(side: Callable[..., Side], egret: Side, said: str) -> None:
    jobs = {"Nest mapping": "Stork maps a nest.", "Work": said}
    assert not any(said[20:] in text for text in reasons(side("stork", "Stork", jobs), egret))


@pytest.mark.parametrize(
    "said",
    [
        "Stork does not require a runway.",
        "Stork does not share flight data with others.",
        "Stork may be fed by hand.",
        "Stork is not only for roofs.",
        "If you fly at night, Stork cannot see.",
        "You must not feed Stork.",
        "Stork needs 20 minutes for a flight.",
    ],
)
def test_what_is_no_limit_is_no_reason_against_the_other(side: Callable[..., Side], egret: Side, said: str) -> None:
    stork = side("stork", "Stork", {"Work": "Stork maps a roof."}, limitations=[said])
    assert not any("would hurt" in text for text in reasons(egret, stork))


@pytest.mark.parametrize("said", ["Stork supports gliders only.", "Stork does not support rain.", "Stork requires an API key."])
def test_what_is_missing_or_asked_for_is_a_limit(side: Callable[..., Side], egret: Side, said: str) -> None:
    stork = side("stork", "Stork", {"Work": "Stork maps a roof."}, limitations=[said])
    assert f"Choose Egret when this limit of Stork would hurt: {said}" in reasons(egret, stork)


def test_sizes_in_a_name_do_not_make_a_sentence_distinctive(side: Callable[..., Side], egret: Side) -> None:
    stork = side("stork", "Stork", {"Work": "Stork maps a roof."}, unique=["Stork-1.5 flies over each town."])
    assert not any("flies over" in text for text in reasons(stork, egret))


def test_a_long_definition_is_cut_to_the_kind_it_names_for_unlike_things(side: Callable[..., Side], marsh: Side) -> None:
    stork = side("stork", "Stork", {"Work": "Stork maps a roof."})
    assert stork.decomposition is not None
    text = "Stork is a mapper for roofs that lives in your attic, reads plans, and draws."
    first = stork.decomposition.capabilities[0].summary[0]
    said = FactClaim(**{**first.model_dump(), "kind": "fact", "text": text}, field="definition", value="a mapper")
    known = replace(stork, decomposition=stork.decomposition.model_copy(update={"facts": [said]}))
    assert reasons(known, marsh)[0] == "Choose Stork when you need a mapper for roofs."


def test_a_licence_of_the_record_names_the_record_as_its_source(heron: Side, egret: Side) -> None:
    facts = [c for choice in compare(heron, egret, AS_OF).choose_a for c in choice.claims if isinstance(c, FactClaim)]
    assert {c.source for c in facts if c.field == "license"} == {"artifact.yaml"}


def test_sentences_about_a_part_are_no_reason(side: Callable[..., Side], egret: Side) -> None:
    part = "The flight recorder keeps ten days of wind."
    assert not any(part in text for text in reasons(side("stork", "Stork", {"Recorder": part}), egret))


def test_questions_that_only_one_side_answers_are_one_reason_and_stand_in_the_table(side: Callable[..., Side], egret: Side) -> None:
    jobs = {
        "Loading": "The camera of Stork takes part in object tracking and pose estimation.",
        "Flights": "Stork runs segmentation on each roof at night.",
    }
    stork = replace(side("stork", "Stork", jobs), texts={"doc": " ".join(jobs.values())})
    silent = replace(egret, texts={"doc": "Egret sings. Egret has a command line."})
    found = reasons(stork, silent)
    needs = "segmentation of images or keypoints or poses of people".replace("images or", "images, or")
    assert f"Choose Stork when you need {needs}; Egret's documents describe neither." in found
    page = compare(stork, silent, AS_OF)
    row = next(row for row in page.questions if row.label == "Segmentation of images")
    assert (row.a, row.b) == ("yes: runs segmentation on each roof at night", "not documented")
    assert row.a_evidence and not row.b_evidence
    assert not any("command line" in text for text in reasons(silent, stork))  # a line of a document, but no claim


def test_where_the_texts_are_not_at_hand_nothing_is_said_to_be_unstated(heron: Side, egret: Side) -> None:
    assert compare(heron, egret, AS_OF).questions == []


def test_what_the_documents_say_of_both_together_is_told(side: Callable[..., Side], egret: Side) -> None:
    stork = side("stork", "Stork", {"Songs": "Stork evaluates Egret on forty songs.", "Roofs": "Stork maps a roof."})
    assert [claim.text for claim in compare(stork, egret, AS_OF).together] == ["Stork evaluates Egret on forty songs."]
    assert compare(egret, side("ibis", "Ibis", {"Work": "Ibis wades."}), AS_OF).together == []


def test_there_are_at_most_six_reasons_and_the_definition_is_none_of_them(side: Callable[..., Side], egret: Side) -> None:
    verbs = ("maps a roof", "counts an egg", "sings a tune", "dives in a pond", "builds a nest", "guards a door", "paints a wing")
    stork = side("stork", "Stork", {f"Job {n}": f"Stork {verb}." for n, verb in enumerate(verbs)})
    assert stork.decomposition is not None
    first = stork.decomposition.capabilities[0].summary[0]
    said = FactClaim(**{**first.model_dump(), "kind": "fact"}, field="definition", value="a mapper")
    known = replace(stork, decomposition=stork.decomposition.model_copy(update={"facts": [said]}))
    page = compare(known, egret, AS_OF)
    assert len(page.choose_a) <= 6
    assert not any("maps a roof" in choice.text or "map a roof" in choice.text for choice in page.choose_a)
    assert page.definition_a is not None and page.definition_b is None


def test_a_name_in_brackets_is_known_by_its_short_form(side: Callable[..., Side], egret: Side) -> None:
    stork = side("stork", "Stork (Large White Flyer)", {"Work": "Stork is a flyer for roofs."})
    assert "Choose Stork (Large White Flyer) when you need a flyer for roofs." in reasons(stork, egret)


@pytest.mark.parametrize(
    "said",
    [
        "Stork is slower than Egret.",
        "Stork asks for a signature; Egret is free.",
        "Egret is faster than Stork.",
        "Stork does not reach higher scores than Egret.",
        "Stork is faster than Ibis.",
    ],
)
def test_a_comparison_that_does_not_speak_for_the_side_is_no_reason(
    side: Callable[..., Side], claim: Callable[..., Claim], egret: Side, said: str
) -> None:
    stork = side("stork", "Stork", {"Nest mapping": "Stork maps nests."}, vs=[claim(said, "vs_alternatives", alternatives=["Egret"])])
    assert not any(said in text for text in reasons(stork, egret))


def test_a_sentence_that_says_what_the_side_is_or_does_is_read_as_the_need(side: Callable[..., Side], egret: Side) -> None:
    jobs = {
        "Wetland prose": "Stork is a collection of wetland prose for language models.",
        "Batches incoming letters": "Stork batches incoming letters by destination.",
        "Sorting feathers by colour": "Stork sorts feathers by colour.",
    }
    found = reasons(side("stork", "Stork", jobs), egret)
    assert "Choose Stork when you need a collection of wetland prose for language models." in found
    assert "Choose Stork when you need it to sort feathers by colour." in found


_FRAME = word_set(
    "choose when you need it to the job is want what sets apart counts this limit of would hurt decides against licence under has be small "
    "its smallest size that must take takes give gives lists languages other than a an dataset model library and one these or counts "
    "segment"
)


def test_nothing_is_said_that_no_claim_or_name_of_a_capability_says(heron: Side, egret: Side, marsh: Side) -> None:
    for a, b in ((heron, egret), (egret, heron), (heron, marsh), (marsh, egret)):
        for choice in compare(a, b, AS_OF).choose_a:
            names = [c.name for side in (a, b) if side.decomposition for c in side.decomposition.capabilities]
            known = " ".join([*(c.text for c in choice.claims), *names, a.manifest.name, b.manifest.name]).casefold()
            licensed = {word for word in re.findall(r"[\w.+-]*\w", known) for word in (word, word.removesuffix("s"))}
            assert set(re.findall(r"[\w.+-]*\w", choice.text.casefold())) - licensed - _FRAME == set()


def test_a_sentence_that_leads_with_the_name_does_not_say_it_twice(side: Callable[..., Side], egret: Side) -> None:
    stork = side("stork", "Stork", {"Roof surveys": "Roof surveys: Find every nest of a town in one flight."})
    assert "Choose Stork when this counts: Roof surveys: Find every nest of a town in one flight." in reasons(stork, egret)


def test_a_licence_with_conditions_is_no_advantage(side: Callable[..., Side]) -> None:
    a = side("a", "Alder", {"Mapping": "Alder maps."}, license="Apache-2.0 (code); data licence set per source")
    b = side("b", "Birch", {"Singing": "Birch sings."}, license="Birch terms of use")
    assert not any("licence" in text for text in reasons(a, b))


def test_a_limit_of_something_else_is_no_reason_against_the_other(side: Callable[..., Side], egret: Side) -> None:
    limits = ["The paper does not claim to be complete.", "Stork cannot land on water."]
    stork = side("stork", "Stork", {"Work": "Stork maps a roof."}, limitations=limits)
    found = reasons(egret, stork)
    assert "Choose Egret when this limit of Stork would hurt: Stork cannot land on water." in found
    assert not any("complete" in text for text in found)
