"""Recorded answers: what is kept, what is given again, and that nothing is ever nearly the right answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from llm_runs import question, reply, request

from agent.errors import IncompleteError, InputError
from agent.llm.access import Access
from agent.llm.base import Answer, ChatModel, ChatReply, ChatRequest
from agent.llm.choose import Chosen
from agent.llm.recorded import RecordedModel, RecordingModel, recording, replayed
from agent.llm.scripted import MemoryLog, ScriptedModel

GOOD = '{"names": ["a heron"], "count": 1}'
DAY = date(2026, 11, 23)


def recorded(folder: Path, *requests: ChatRequest, text: str = GOOD) -> ChatModel:
    model = RecordingModel(ScriptedModel(lambda asked: reply(text, model="m")), folder, "made up for a test", DAY)
    for one in requests:
        model.complete(one)
    return RecordedModel(folder)


def test_a_recorded_answer_is_given_to_the_same_request(tmp_path: Path) -> None:
    model = recorded(tmp_path / "new" / "folder", request("Which birds?"), request("Which ducks?"))
    assert model.complete(request("Which birds?")) == reply(GOOD, model="m")
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 2


def test_a_file_says_what_it_is_and_how_it_was_made(tmp_path: Path) -> None:
    recorded(tmp_path, request("Wo brüten Reiher?"))
    [file] = tmp_path.iterdir()
    assert file.name == f"{request('Wo brüten Reiher?').key}.json"
    text = file.read_text("utf-8")
    kept = json.loads(text)
    assert (kept["label"], kept["date"], kept["made"], kept["key"]) == ("recorded", "2026-11-23", "made up for a test", file.stem)
    assert kept["request"]["messages"][1]["content"] == "Wo brüten Reiher?"
    assert "brüten" in text  # to be read by people
    assert kept["reply"]["text"] == GOOD


@pytest.mark.parametrize(
    "other",
    [
        request("Which birds ?"),
        request("Which birds?", most=501),
        request("Which birds?", temperature=0.0),
        request("Which birds?", seed=1),
    ],
)
def test_no_other_request_gets_it(tmp_path: Path, other: ChatRequest) -> None:
    model = recorded(tmp_path, request("Which birds?"))
    with pytest.raises(IncompleteError, match=r"holds no recorded answer to request .* Ask the model itself and record it") as raised:
        model.complete(other)
    assert raised.value.exit_code == 3


def test_a_file_under_another_requests_name_is_refused(tmp_path: Path) -> None:
    model = recorded(tmp_path, request("Which birds?"))
    [file] = tmp_path.iterdir()
    file.rename(tmp_path / f"{request('Which ducks?').key}.json")
    with pytest.raises(IncompleteError, match="does not hold the request it is named for"):
        model.complete(request("Which ducks?"))


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"label": "recorded"}'])
def test_a_damaged_file_is_one_line(tmp_path: Path, damage: str) -> None:
    model = recorded(tmp_path, request())
    [file] = tmp_path.iterdir()
    file.write_text(damage, "utf-8")
    with pytest.raises(IncompleteError, match="cannot be read") as raised:
        model.complete(request())
    assert str(file) in str(raised.value) and "\n" not in str(raised.value)


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder of recorded answers"):
        RecordedModel(tmp_path / "nowhere")


def asked(chosen: Chosen, *labels: str) -> tuple[list[Answer], Access]:  # type: ignore[type-arg]
    access = Access(chosen, MemoryLog())
    return access.asker("heronry").ask([question(label) for label in labels]), access


def test_a_recorded_run_is_the_run_again_at_no_cost_and_misses_what_is_missing(tmp_path: Path) -> None:
    answers, _ = asked(recording(Chosen(ScriptedModel(lambda r: GOOD), "openai", "m"), tmp_path, "for a test", DAY), "pond 1", "pond 2")
    again, access = asked(replayed(tmp_path, "openai:m"), "pond 1", "pond 2", "pond 3")
    assert again[:2] == answers
    assert again[2].status == "error"
    assert "holds no recorded answer" in again[2].detail
    assert access.used.cost_usd == 0
    assert access.used.calls == 3


def test_a_wrong_answer_and_the_one_after_it_are_both_recorded(tmp_path: Path) -> None:
    def script(asked: ChatRequest) -> str | ChatReply:
        return GOOD if len(asked.messages) > 2 else "{}"

    first, _ = asked(recording(Chosen(ScriptedModel(script), "openai", "m"), tmp_path, "for a test", DAY), "pond 1")
    assert len(list(tmp_path.iterdir())) == 2
    again, _ = asked(replayed(tmp_path, "openai:m"), "pond 1")
    assert again == first
    assert again[0].status == "ok"


def test_answers_that_cannot_be_kept_are_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="no answers can be kept"):
        RecordingModel(ScriptedModel(lambda _: reply(GOOD)), tmp_path / "file", "by hand", DAY)


def test_an_answer_with_another_label_is_not_replayed(tmp_path: Path) -> None:
    model = recorded(tmp_path, request("Which birds?"))
    (file,) = tmp_path.rglob("*.json")
    file.write_text(file.read_text("utf-8").replace('"label": "recorded"', '"label": "real"'), encoding="utf-8")
    with pytest.raises(IncompleteError, match="not in a transcript's form"):
        model.complete(request("Which birds?"))
