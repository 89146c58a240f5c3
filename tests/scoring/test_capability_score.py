"""The score of a capability rates its evidence only."""

from __future__ import annotations

from collections.abc import Callable

from agent.domain.capability import Claim, GroundedText
from agent.scoring import capability_score

Maker = Callable[..., Claim]


def test_more_documents_places_and_fields_score_higher(claim: Maker) -> None:
    thin = capability_score([claim("Brook joins streams.")])
    rich = capability_score(
        [claim("Brook joins streams."), claim("Streams keep their order.", start=2000)],
        unique=[claim("Only Brook joins by tide.", kind="unique", document="d2")],
        limitations=[claim("Brook needs a clock.", kind="limitation", start=5000)],
        inputs=[GroundedText(text="streams", evidence=claim("two streams", start=9000).evidence)],
        outputs=[GroundedText(text="one stream", evidence=claim("one stream", start=12000).evidence)],
    )
    assert 0 < thin.value < rich.value == 100


def test_claims_that_are_not_printed_count_for_nothing(claim: Maker) -> None:
    alone = capability_score([claim("Brook joins streams.")])
    padded = capability_score([claim("Brook joins streams.")], unique=[claim("Nobody else can.", kind="unique", status="rejected")])
    assert padded.value == alone.value


def test_quotes_side_by_side_are_one_place(claim: Maker) -> None:
    near = capability_score([claim("Brook joins streams."), claim("It keeps their order.", start=60)])
    far = capability_score([claim("Brook joins streams."), claim("It keeps their order.", start=6000)])
    places = {row.name: row.value for row in near.inputs}["passages"], {row.name: row.value for row in far.inputs}["passages"]
    assert places == (1, 2)


def test_the_inputs_give_the_value(claim: Maker) -> None:
    scored = capability_score([claim("Brook joins streams.")])
    assert scored.value == round(sum(i.weight * (i.normalised or 0) for i in scored.inputs) / sum(i.weight for i in scored.inputs), 1)
    assert "summary" in scored.inputs[-1].note
