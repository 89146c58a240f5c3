"""What a run asks depends on what it reads and nothing else: the same again, and after a change only what saw it."""

from __future__ import annotations

from typing import Any

from llm_subjects import embed, subject
from scripted_asker import ScriptedAsker, by_stage
from test_llm_engine import CLEANING, HERON, MATCHING, reply
from test_llm_failures import FILLER, sorting

from agent.domain.proposal import Proposal, Subject
from agent.engines.llm import LlmEngine
from agent.engines.llm.packs import packs_of
from agent.llm.asking import request_of


def _stint(sections: int, changed: int = 0) -> Subject:
    """Two documents of `sections` sections; the last words of one section of the first may be others."""
    parts = [f"## Part {n}\n\nTern sorts {n} kinds of shells. {FILLER}By eye.\n" for n in range(1, sections + 1)]
    first = [part.replace("By eye", "By hand") if n == changed else part for n, part in enumerate(parts, 1)]
    return subject("tern", "Tern", "# Tern\n\n" + "\n".join(first), "# More\n\n" + "\n".join(parts).replace("sorts", "paints"))


def run(about: Subject, script: Any, neighbours: tuple[Subject, ...] = ()) -> tuple[Proposal, list[tuple[str, str]]]:
    asker = ScriptedAsker(script)
    proposal = LlmEngine(lambda slug: asker, embed, "fake", 60).propose(about, neighbours)
    return proposal, [(question.stage, request_of(question, "fake").key) for question in asker.questions]


def test_the_same_documents_ask_the_same_and_give_the_same() -> None:
    assert run(_stint(26), by_stage(propose=sorting)) == run(_stint(26), by_stage(propose=sorting))


def test_a_changed_section_asks_only_the_pack_that_holds_it() -> None:
    before, after = _stint(26), _stint(26, changed=17)
    assert len(packs_of(before)) >= 2
    _, first = run(before, by_stage(propose=sorting))
    _, second = run(after, by_stage(propose=sorting))
    fresh = [stage for stage, key in second if key not in {key for _, key in first}]
    assert fresh == ["propose"]  # its candidates are as they were, so what follows is known


def test_a_neighbours_change_asks_differentiate_again_and_no_other_stage() -> None:
    heron = subject("heron", "Heron", HERON)
    others = [
        subject("egret", "Egret", f"# Egret\n\nEgret turns ring logs into tables. Egret sorts the rows by {key}.\n")
        for key in ("date", "age")
    ]
    first, second = (run(heron, by_stage(propose=reply(CLEANING, MATCHING)), (other,))[1] for other in others)
    assert [stage for stage, key in second if key not in {key for _, key in first}] == ["differentiate"]


def test_a_request_says_nothing_of_other_packs_or_of_their_number() -> None:
    asker = ScriptedAsker(by_stage(propose=sorting))
    LlmEngine(lambda slug: asker, embed, "fake", 60).propose(_stint(26), [])
    asked = [question for question in asker.questions if question.stage == "propose"]
    assert len({question.system for question in asked}) == 1
    assert not any(question.label in question.user for question in asked)
