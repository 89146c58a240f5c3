"""A score on a terminal."""

from __future__ import annotations

from rich.text import Text

from agent.output.options import PageOptions
from agent.output.score_view import NOT_SCORED, ComponentView, InputView, ScoreView
from agent.output.terminal import FAINT, NAME, TITLE, Terminal

_BAR = 20


def render(view: ScoreView, options: PageOptions) -> str:
    """The score, its components and, where asked for, every input."""
    out = Terminal(options)
    out.line(Text(view.name, style=TITLE) + Text(f"  {view.type}", style=FAINT), Text(f"as of {view.as_of}", style=FAINT))
    out.blank()
    out.labelled("Score", view.score.line, indent=2)
    for component in view.components:
        if view.explain:
            out.blank()
        _component(out, component)
        if view.explain:
            _inputs(out, component)
    if view.capabilities:
        out.heading("Capabilities", "how well each is documented; not part of the score above")
        for capability in view.capabilities:
            out.line(Text("  ") + Text(capability.name, style=NAME), capability.points)
            out.paragraph(Text(capability.reasons, style=FAINT), indent=4)
    if not view.explain:
        out.blank()
        out.paragraph(Text(f"agent score {view.slug} --explain shows every input with its source.", style=FAINT), indent=2)
    return out.text()


def _component(out: Terminal, component: ComponentView) -> None:
    made = Text(component.points.rjust(7), style=FAINT if component.value is None else NAME)
    if out.options.colour and component.value is not None:
        filled = round(component.value / 100 * _BAR)
        made.append("  " + "━" * filled, style="cyan").append("━" * (_BAR - filled), style=FAINT)
    made.append(f"  weight {component.weight}, {component.coverage} of its inputs known", style=FAINT)
    out.labelled(component.label, made, indent=2)


def _inputs(out: Terminal, component: ComponentView) -> None:
    for made in component.inputs:
        out.labelled(made.label, _input(made), indent=4, column=28)
    if not component.inputs:
        out.paragraph(Text("no input known", style=FAINT), indent=4)


def _input(made: InputView) -> Text:
    if made.value == "unknown":
        text = Text("unknown", style=FAINT)
    else:
        text = Text(made.value) + Text(f" ({NOT_SCORED})" if made.points == NOT_SCORED else f" gives {made.points}", style=NAME)
    place = made.link.split("/")[2].removeprefix("www.") if made.link else made.source
    for extra in (made.note, ", ".join(part for part in (place, made.date) if part)):
        if extra:
            text.append(f"; {extra}", style=FAINT)
    return text
