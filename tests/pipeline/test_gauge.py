"""What a run says of its progress."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from agent.llm.scripted import scripted
from agent.pipeline.gauge import Gauge
from agent.pipeline.listener import Silent


class Heard(Silent):
    def __init__(self) -> None:
        self.lines: list[tuple[str, int, int, str]] = []
        self.notes: list[str] = []

    def progress(self, stage: str, done: int, total: int, detail: str = "") -> None:
        self.lines.append((stage, done, total, detail))

    def note(self, line: str) -> None:
        self.notes.append(line)


def seconds(step: float) -> Iterator[float]:
    return (one * step for one in count())


def test_questions_are_counted_by_stage_with_the_time_the_rest_takes() -> None:
    heard, clock = Heard(), seconds(10)
    gauge = Gauge(heard, lambda: next(clock))
    gauge.access = scripted([])
    gauge.asked(["propose", "propose", "propose"])  # begins at 0 s
    gauge.answered("propose", "passages 1 of 3", "ok")
    stage, done, total, detail = heard.lines[-1]
    assert (stage, done, total) == ("reading passages", 1, 3)
    assert detail.startswith("0 in flight, 0 tokens, about ") and detail.endswith(" s left")
    gauge.answered("propose", "passages 2 of 3", "error")
    gauge.answered("propose", "passages 3 of 3", "ok")
    assert heard.lines[-1] == ("reading passages", 3, 3, "0 in flight, 0 tokens")
    gauge.asked(["something new"])
    assert heard.lines[-1][0] == "something new"


def test_the_first_interrupt_says_what_is_waited_for() -> None:
    heard = Heard()
    gauge = Gauge(heard)
    gauge.access = scripted([])
    gauge.stopping()
    assert heard.notes == ["stopping: waiting for 0 calls in flight to finish; Ctrl-C again stops at once."]
