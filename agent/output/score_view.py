"""A score with everything it was made from, before any format."""

from __future__ import annotations

from dataclasses import dataclass

from agent.domain.capability import Decomposition, ScoreInput
from agent.domain.scorecard import Scorecard
from agent.output.capability_view import sentence_case
from agent.output.clean import one_line, web_address
from agent.output.decomposition_view import UNKNOWN, ScoreSummary, score_summary

NOT_SCORED = "not scored"


@dataclass(frozen=True)
class InputView:
    """One input: its value as found, its 0-100 value, how the one became the other, and where it was read."""

    label: str
    value: str
    points: str
    note: str
    source: str
    link: str | None
    date: str


@dataclass(frozen=True)
class ComponentView:
    label: str
    value: float | None
    points: str
    weight: str
    coverage: str
    inputs: tuple[InputView, ...]


@dataclass(frozen=True)
class CapabilityScoreView:
    name: str
    points: str
    reasons: str


@dataclass(frozen=True)
class ScoreView:
    name: str
    slug: str
    type: str
    as_of: str
    score: ScoreSummary
    components: tuple[ComponentView, ...]
    capabilities: tuple[CapabilityScoreView, ...]
    explain: bool


@dataclass(frozen=True)
class ScorePage:
    """What a score's page is made of; the decomposition gives the capabilities' own scores."""

    card: Scorecard
    name: str
    decomposition: Decomposition | None = None
    explain: bool = False

    def view(self) -> ScoreView:
        card = self.card
        made = self.decomposition.capabilities if self.decomposition and self.explain else []
        return ScoreView(
            name=one_line(self.name),
            slug=card.artifact,
            type=card.type,
            as_of=card.as_of,
            score=score_summary(card),
            components=tuple(
                ComponentView(
                    label=_spoken(c.name),
                    value=c.value,
                    points=_points(c.value),
                    weight=f"{c.weight:g}",
                    coverage=f"{c.coverage * 100:.0f} %",
                    inputs=tuple(_input(i) for i in c.inputs),
                )
                for c in card.components
            ),
            capabilities=tuple(
                CapabilityScoreView(sentence_case(one_line(c.name)), _points(c.score.value), _reasons(c.score.inputs)) for c in made
            ),
            explain=self.explain,
        )


def _input(made: ScoreInput) -> InputView:
    date = "undated" if made.date in ("unknown", "") else (made.date or "")
    source = one_line(made.source or "")
    value = UNKNOWN if made.value is None else _number(made.value)
    points = NOT_SCORED if made.normalised is None and made.value is not None else _points(made.normalised)
    return InputView(_spoken(made.name), value, points, one_line(made.note), source, web_address(source), date)


def _reasons(inputs: list[ScoreInput]) -> str:
    return ", ".join(f"{_spoken(i.name).lower()} {UNKNOWN if i.value is None else _number(i.value)}" for i in inputs)


def _number(value: float | int | str) -> str:
    if isinstance(value, str):
        return one_line(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def _points(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0f}"


_SPELT = {"github": "GitHub", "huggingface": "Hugging Face", "pypi": "PyPI", "npm": "npm"}


def _spoken(name: str) -> str:
    words = name.replace("_", " ").split()
    return sentence_case(" ".join(_SPELT.get(word, word) for word in words))
