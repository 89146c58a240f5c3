"""Which capabilities do the same job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.comparison.alignment import align, similarities
from agent.comparison.lexical import stem, without_names
from agent.domain.comparison import Side


def pairs(a: Side, b: Side, *, same_kind: bool = True) -> set[tuple[str, str]]:
    found = similarities(a, b, same_kind=same_kind)
    names = {c.id: c.name for side in (a, b) if side.decomposition for c in side.decomposition.capabilities}
    return {(names[p.a], names[p.b]) for p in align(a, b, found)}


def test_capabilities_with_one_job_are_paired_whatever_their_order_and_form(heron: Side, egret: Side) -> None:
    assert pairs(heron, egret) == {("Image captioning", "Captions for images"), ("Object detection", "Detecting objects")}


def test_different_kinds_of_thing_are_not_paired(heron: Side, marsh: Side) -> None:
    assert pairs(heron, marsh, same_kind=False) == set()


def test_the_names_of_the_artifacts_make_nothing_alike(side: Callable[..., Side]) -> None:
    a = side("teal", "Teal", {"Teal for maps": "Teal draws maps of rivers."})
    b = side("teal-x", "Teal X", {"Teal X for music": "Teal X composes songs."})
    assert pairs(a, b) == set()


def test_each_capability_is_paired_once_and_the_better_pair_wins(side: Callable[..., Side]) -> None:
    a = side(
        "a", "Alder", {"Image captioning": "Alder writes captions for images.", "Video captioning": "Alder writes captions for videos."}
    )
    b = side("b", "Birch", {"Captioning videos": "Birch writes captions for videos."})
    assert pairs(a, b) == {("Video captioning", "Captioning videos")}


def test_the_reason_names_what_is_shared(heron: Side, egret: Side) -> None:
    (first, *_) = align(heron, egret, similarities(heron, egret, same_kind=True))
    assert "caption" in first.reason or "detect" in first.reason


def test_without_an_embedder_the_words_alone_decide(heron: Side, egret: Side) -> None:
    assert pairs(replace(heron, embed=None), replace(egret, embed=None)) == {
        ("Image captioning", "Captions for images"),
        ("Object detection", "Detecting objects"),
    }


@pytest.mark.parametrize(
    ("left", "right"), [("segmentation", "segment"), ("detection", "detect"), ("captioning", "caption"), ("quantisation", "quantise")]
)
def test_derived_words_share_a_stem(left: str, right: str) -> None:
    assert stem(left) == stem(right)


def test_own_names_are_taken_out_with_their_possessive(heron: Side) -> None:
    assert without_names("Heron's masks beat Herons, says heron.", heron.manifest) == "masks beat Herons, says ."


def test_two_that_answer_one_question_in_other_words_are_paired(side: Callable[..., Side]) -> None:
    a = side(
        "a", "Alder", {"Rating language models": "Alder evaluates language models on its own prompts.", "Tree maps": "Alder maps trees."}
    )
    b = side(
        "b", "Birch", {"Testing language models": "Birch tests language models on many exams.", "Leaf songs": "Birch sings of leaves."}
    )
    assert pairs(a, b) == {("Rating language models", "Testing language models")}


def test_serving_a_thing_and_calling_it_are_not_one_job(side: Callable[..., Side]) -> None:
    a = side("a", "Alder", {"OpenAI-compatible API server": "Alder comes with an OpenAI-compatible API server."}, type="library")
    b = side(
        "b", "Birch", {"Commercial APIs including OpenAI": "Birch scores models behind commercial APIs including OpenAI."}, type="benchmark"
    )
    assert pairs(a, b, same_kind=False) == set()


def test_what_holds_a_thing_does_not_do_the_job(side: Callable[..., Side]) -> None:
    a = side("a", "Alder", {"Object detection": "Alder detects objects."})
    b = side("b", "Birch", {"Object detection": "Birch holds boxes for object detection."}, type="dataset")
    values = similarities(a, b, same_kind=False).values
    assert (
        values[0, 0] < similarities(a, replace(b, manifest=b.manifest.model_copy(update={"type": "model"})), same_kind=False).values[0, 0]
    )
