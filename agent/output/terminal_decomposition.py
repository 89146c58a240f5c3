"""A decomposition on a terminal."""

from __future__ import annotations

from rich.text import Text

from agent.output.capability_view import CapabilityView
from agent.output.decomposition_view import DecompositionView, Fact
from agent.output.options import FACTS, PageOptions
from agent.output.terminal import CITE, FAINT, MARGIN, NAME, TITLE, Terminal, bulleted, cited, running, sources


def render(view: DecompositionView, options: PageOptions) -> str:
    """The page as text of at most 80 columns."""
    out = Terminal(options)
    _head(out, view)
    for capability in view.capabilities:
        out.blank()
        out.rule()
        _capability(out, capability)
    if view.silence:
        out.blank()
        out.rule()
        out.paragraph(Text(view.silence, style=FAINT))
    _more(out, view)
    if view.review:
        out.heading("Undecided", "shown to reviewers, not part of the page")
        for sentence in view.review:
            bulleted(out, cited(sentence))
    sources(out, view.sources)
    _foot(out, view)
    return out.text()


def _head(out: Terminal, view: DecompositionView) -> None:
    out.line(Text(view.name, style=TITLE) + Text(f"  {view.type}", style=FAINT), Text(_shown(view), style=FAINT))
    out.paragraph(Text(view.lead, style=FAINT))
    out.blank()
    out.labelled("Score", view.score.line, indent=2)
    facts = [*view.facts[1:], *view.more_facts]
    shown = len(facts) if out.options.limit is None else FACTS
    for fact in facts[:shown]:
        out.labelled(fact.label, _fact(fact), indent=2)
    if facts[shown:]:
        out.labelled("", Text(f"+{len(facts[shown:])} more facts (--all)", style=FAINT), indent=2)
    for note in view.notes:
        out.labelled("Note", note, indent=2)


def _fact(fact: Fact) -> Text:
    made = Text(fact.value, style=FAINT if fact.value == "unknown" else "")
    if fact.citations:
        made.append(" [" + ", ".join(str(n) for n in fact.citations) + "]", style=CITE)
    elif fact.link or fact.source:
        made.append(f" ({fact.host}{', ' + fact.date if fact.date else ''})", style=FAINT)
    return made


def _shown(view: DecompositionView) -> str:
    if not view.more:
        return ""
    return f"{len(view.capabilities)} of {view.total} shown"


def _capability(out: Terminal, capability: CapabilityView) -> None:
    number = f"{capability.number}".rjust(2)
    right = f"{capability.importance}, evidence {capability.score:.0f}/100"
    out.line(Text(f"{number}  {capability.name}", style=NAME), Text(right, style=FAINT))
    out.paragraph(running(capability.summary), indent=MARGIN)
    if capability.fields:
        out.blank()
    for part in capability.fields:
        out.field(part)


def _more(out: Terminal, view: DecompositionView) -> None:
    if not view.more:
        return
    out.heading(f"+{len(view.more)} more capabilities", "--all shows them")
    for capability in view.more:
        out.paragraph(Text(f"{capability.number}".rjust(2) + f"  {capability.name}"), indent=0, hang=MARGIN)


def _foot(out: Terminal, view: DecompositionView) -> None:
    out.blank()
    out.rule()
    out.paragraph(Text(view.footer, style=FAINT))
