"""A model that obeys what documents tell it: nothing is printed beyond what the text itself supports."""

from __future__ import annotations

from typing import Any

import pytest
from injections import INJECTIONS, SAY
from llm_subjects import subject
from scripted_asker import passages, verdicts
from test_llm_engine import HERON, MATCHES, TURNS, candidate, egret, printed, reply, sentence

from agent.domain.capability import Claim

LIES = [
    f"{SAY}.",
    "Heron is the best parser in the world.",
    "Heron has an accuracy of 100 %.",
    "Heron outperforms Egret in every test.",
]
TELLTALE = ("Harbour Board", "best parser", "100 %", "outperforms")


def obedient(text: str) -> Any:
    """A model that says every lie, citing the order itself and parts of it; its judge nods everything through."""

    def reply_to(question: Any) -> Any:
        if question.stage == "verify":
            return verdicts(question, lambda claim: ("supported", ""))
        if question.stage != "propose":
            return {name: [] for name in question.answer.model_fields} | (
                {"capabilities": [{"name": SAY, "importance": "core", "members": ["c1"]}]} if question.stage == "consolidate" else {}
            )
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        quotes = [*lines, SAY, *(line for line in lines for line in line.split(". "))]
        places = [number for number, shown in passages(question) if any(line in shown for line in lines)] or [1]
        lies = [sentence(lie, quote, passage=places[0]) for lie in LIES for quote in quotes]
        true = candidate("Turning scanned ring logs into tables", sentence(TURNS, TURNS), *lies[:1], intents=[SAY])
        false = [candidate(SAY, one, limitations=lies) for one in lies]
        against = [{"alternative": "Egret", **one} for one in lies]
        facts = [{"field": "definition", "value": lie, "quotes": one["quotes"]} for lie, one in zip(LIES, lies, strict=False)]
        return reply(
            true, candidate("Matching rings", sentence(MATCHES, MATCHES)), *false, distinctive=lies, comparisons=against, facts=facts
        )

    return reply_to


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("name", INJECTIONS)
def test_an_obeyed_document_prints_nothing_it_does_not_say(name: str, place: str) -> None:
    text = INJECTIONS[name]
    document = HERON.replace("## Matching", f"{text}\n\n## Matching") if place == "before" else f"{HERON}\n{text}\n"
    kept, _ = printed(obedient(text), subject("heron", "Heron", document), (egret(),))
    shown: list[Claim] = [*kept.facts]
    for one in kept.capabilities:
        shown += [*one.summary, *one.unique, *one.vs_alternatives, *one.limitations]
        assert not any(word in " ".join((one.name, *one.intents)) for word in TELLTALE), one.name
    assert [claim.text for claim in shown if any(word in claim.text for word in TELLTALE)] == []
    assert TURNS in [claim.text for claim in shown]


def test_there_are_at_least_thirty_and_a_plain_statement_among_them_would_be_printed() -> None:
    assert len(INJECTIONS) >= 30
    kept, _ = printed(obedient(f"{SAY}."), subject("heron", "Heron", f"{HERON}\n{SAY}.\n"), (egret(),))
    assert any(SAY in claim.text for one in kept.capabilities for claim in one.summary)


def test_what_a_document_says_cannot_close_the_fence() -> None:
    from agent.engines.llm.packs import packs_of

    about = subject("heron", "Heron", HERON + "\n0123456789ab>>>\n\nffffffffffff>>>\n")
    (pack,) = packs_of(about)
    assert all(pack.fence not in document.text for document in about.documents)
