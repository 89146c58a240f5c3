"""Yes, no and silence: what the documents say of the questions asked of both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.comparison.lines import lines
from agent.comparison.stance import denial, phrase, stance
from agent.comparison.topics import answers, asked
from agent.domain.comparison import Side

NAMES = ("Stork",)
CHAT, STREAM, TUNE = "chat and instruction following", "streamed output", "fine-tuning"


def told(side: Side, text: str) -> Side:
    return replace(side, texts={"doc": text})


def of(sentence: str, word: str) -> str | None:
    at = sentence.lower().index(word.lower())
    return stance(sentence, at, at + len(word), NAMES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Stork answers single calls; it is not a chat model and sings best at dawn.",
        "Stork does not support chat models.",
        "Stork cannot serve chat models.",
        "There is no support for chat models.",
        "Chat models are not supported yet.",
        "Stork is not intended as a chat model.",
        "Chat models are out of scope.",
    ],
)
def test_a_denial_is_a_no(sentence: str) -> None:
    assert of(sentence, "chat model") == "no"


@pytest.mark.parametrize(
    "sentence",
    [
        "Stork is not only a chat model.",
        "Stork does not require a key for chat models.",
        "You do not need a runway to use chat models.",
        "Stork is a chat model that does not sleep.",
        "It does not store maps; it serves chat models.",
    ],
)
def test_a_negation_of_something_else_takes_nothing_away(sentence: str) -> None:
    assert of(sentence, "chat model") == "yes"


@pytest.mark.parametrize(
    "sentence",
    [
        "Chat models are planned.",
        "We hope to add chat models in the future.",
        "Stork flies without a chat model.",
        "Use Stork instead of a chat model.",
        "Stork is faster than a chat model.",
        "Stork outperforms every chat model.",
        "If you want a chat model, read on.",
        "Stork does not always wake its chat model.",
        "Does Stork have a chat model?",
        "Stork does not keep maps and supports chat models.",
        "Chat models are not supported on Windows.",
    ],
)
def test_a_wish_a_condition_and_another_scope_say_nothing(sentence: str) -> None:
    assert of(sentence, "chat model") is None


def test_a_prefix_can_deny() -> None:
    assert of("Stork may be flown for non-commercial use.", "commercial use") == "no"


@pytest.mark.parametrize(
    ("sentence", "word", "words"),
    [
        ("Stork also supports streaming output for each wing.", "streaming output", "streaming output for each wing"),
        ("Stork lets you start up with quantized wings (4-bit), which saves fuel.", "quantized", "start up with quantized wings (4-bit)"),
        ("Stork is quick and easy to use with streaming output.", "streaming", "streaming output"),
        ("Stork paints a caption for a roof.", "caption", "paints a caption for a roof"),
        ("Stork sings; it offers songs for dawn.", "songs", "songs for dawn"),
    ],
)  # fmt: skip
def test_a_phrase_says_the_thing_itself(sentence: str, word: str, words: str) -> None:
    at = sentence.index(word)
    assert phrase(sentence, at, at + len(word), NAMES) == words


def test_a_phrase_is_short_and_made_of_the_sentence(side: Callable[..., Side]) -> None:
    long = (
        "Stork counts eggs in the nests of every town by the river and streams output to the tower at the far end of the long marsh road."
    )
    at = long.index("streams output")
    words = phrase(long, at, at + 14, NAMES)
    assert "streams output" in words and words in long and len(words) <= 72


def test_a_denial_ends_where_the_sentence_goes_on() -> None:
    text = "Stork answers once; it is not a chat model and works best at dawn."
    at = text.index("chat model")
    assert denial(text, at, at + 10) == "it is not a chat model"


def test_a_cell_says_yes_no_or_not_documented(side: Callable[..., Side], egret: Side) -> None:
    stork = told(
        side("stork", "Stork", {"Flights": "Stork supports streaming output on each wing."}), "Stork flies. It is not a chat model."
    )
    rows = {row.label: row for row in asked(answers(stork), answers(told(egret, "Egret sings.")))}
    assert (rows["Streamed output"].a, rows["Streamed output"].b) == ("yes: streaming output on each wing", "not documented")
    row = rows["Chat and instruction following"]
    assert (row.a, row.b) == ("no: It is not a chat model", "not documented")
    assert [quote.quote for quote in row.a_evidence] == ["It is not a chat model."]


def test_where_the_documents_say_both_a_reader_sees_both(side: Callable[..., Side]) -> None:
    text = "# Stork\n\nStork does not support streaming output."
    found = answers(told(side("stork", "Stork", {"Flights": "Stork supports streaming output on each wing."}), text))[STREAM]
    assert found.stance == "yes"
    assert found.words == "streaming output on each wing; but: Stork does not support streaming output"
    assert len(found.evidence) == 2


def test_a_claim_of_something_else_is_no_answer(side: Callable[..., Side]) -> None:
    jobs = {"Links": "FastNest-Crane has powered a chat assistant since May."}
    assert CHAT not in answers(told(side("stork", "Stork", jobs), "Stork flies."))


def test_a_thing_named_in_code_alone_is_neither_documented_nor_silent(side: Callable[..., Side], egret: Side) -> None:
    stork = told(side("stork", "Stork", {"Flights": "Stork supports streaming output on each wing."}), "Stork flies.")
    coded = told(egret, "Egret sings.\n\n```\nrun --streaming\n```\n")
    assert "Streamed output" not in {row.label for row in asked(answers(stork), answers(coded))}


def test_a_thing_named_in_passing_is_mentioned(side: Callable[..., Side], egret: Side) -> None:
    stork = told(side("stork", "Stork", {"Flights": "Stork supports streaming output on each wing."}), "Stork flies.")
    passing = told(egret, "Each tower keeps streaming output apart from songs.")
    rows = {row.label: row for row in asked(answers(stork), answers(passing))}
    assert rows["Streamed output"].b.startswith("mentioned: ")


def test_a_question_about_data_is_not_asked_of_a_model(side: Callable[..., Side]) -> None:
    jobs = {"Scores": "Stork reaches 80 points on the validation split."}
    found = answers(told(side("stork", "Stork", jobs), "Stork flies."))
    assert found["prepared training and test splits"].stance == "unasked"
    marsh = told(side("marsh", "Marsh", {"Splits": "Marsh holds a validation set of songs."}, type="dataset"), "Marsh is wet.")
    row = asked(found, answers(marsh))[0]
    assert (row.label, row.a, row.b) == (
        "Prepared training and test splits",
        "not asked of a model",
        "yes: holds a validation set of songs",
    )


def test_a_word_in_the_name_is_no_answer(side: Callable[..., Side]) -> None:
    named = side("chat-model", "Chat Model", {"Flights": "Chat Model flies over roofs."})
    assert CHAT not in answers(told(named, "Chat Model flies over roofs."))


def test_lines_leave_out_code_tables_and_sections_on_something_else() -> None:
    text = (
        "# Stork\n\nStork flies.\n\n## Roadmap\n\n- Fine-tuning\n\n## Use\n\n- **Songs**: it [sings](http://x.example).\n- [ ] Dives\n\n"
        "| a | b |\n\n```\ncode\n```\n"
    )
    found = list(lines("doc", text))
    assert [line.text for line in found] == ["Stork", "Stork flies.", "Use", "Songs: it sings."]
    assert all(text[line.evidence.start : line.evidence.end] == line.evidence.quote for line in found)
    assert TUNE not in {line.text for line in found}


def test_the_name_of_a_benchmark_is_no_answer(side: Callable[..., Side]) -> None:
    text = "Stork drops files that match code generation benchmarks."
    at = text.index("code generation")
    assert stance(text, at, at + len("code generation"), NAMES) is None


def test_of_what_goes_without_saying_silence_tells_nothing(side: Callable[..., Side], egret: Side) -> None:
    exam = told(side("exam", "Exam", {"Flights": "Exam asks about wings."}, type="benchmark"), "Exam asks.")
    stork = told(side("stork", "Stork", {"Tests": "Stork evaluates language models."}), "Stork flies.")
    label = "Evaluation of models or prompts"
    assert label in {row.label for row in asked(answers(stork), answers(told(egret, "Egret sings.")))}
    assert label not in {row.label for row in asked(answers(stork), answers(exam))}
