"""A page tells a thing once, though a summary and what is unique may both say it."""

from __future__ import annotations

from types import ModuleType

from agent.domain.capability import Claim
from agent.output.capability_view import ABOVE, capability_view
from agent.output.citations import Citations


def claim(kind: str, text: str, like: Claim) -> Claim:
    return like.model_copy(update={"id": f"{kind}{len(text)}", "kind": kind, "text": text})


def test_what_is_unique_is_not_told_twice(samples: ModuleType) -> None:
    made = samples.comparison()
    capability = made.capabilities_a[0]
    like = capability.summary[0]
    first, second = "Lantern reads labels in the dark.", "Lantern was the first reader that works without a flash."
    capability = capability.model_copy(
        update={
            "summary": [claim("summary", first, like), claim("summary", second, like)],
            "unique": [claim("unique", second, like), claim("unique", "Lantern reads the labels in the dark.", like)],
            "vs_alternatives": [],
        }
    )
    citations = Citations({d.id: d for d in made.documents}, samples.excerpts(), {"lantern": "Lantern"})
    view = capability_view(capability, 1, citations, "lantern")
    assert [sentence.text for sentence in view.summary] == [first]
    assert [sentence.text for sentence in view.unique] == [second, ABOVE]
    assert all(sentence.citations for sentence in (*view.summary, *view.unique))
