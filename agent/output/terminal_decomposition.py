"""A decomposition on a terminal."""

from __future__ import annotations

from rich.text import Text

from agent.output.capability_view import CapabilityView
from agent.output.decomposition_view import DecompositionView
from agent.output.facts_view import Fact
from agent.output.options import FACTS, PageOptions
from agent.output.terminal import CITE, FAINT, MARGIN, NAME, TITLE, Terminal, bulleted, cited, running, sources


def render(view: DecompositionView, options: PageOptions) -> str:
    """The page as text of at most 80 columns."""
    out = Terminal(options)
    _head(out, view)
    for title, capabilities in view.groups:
        out.heading(title)
        for number, capability in enumerate(capabilities):
            if number:
                out.blank()
            _capability(out, capability)
    if view.silence:
        out.blank()
        out.paragraph(Text(view.silence, style=FAINT), indent=MARGIN)
    if view.limits:
        out.heading("Limits")
        for sentence in view.limits:
            bulleted(out, cited(sentence))
    _more(out, view)
    if view.review:
        out.heading("Undecided", "shown to reviewers, not part of the page")
        for sentence in view.review:
            bulleted(out, cited(sentence))
    out.heading("About this page")
    for line in (view.score.sentence, *view.notes, view.footer):
        bulleted(out, Text(line))
    sources(out, view.sources)
    return out.text()


def _head(out: Terminal, view: DecompositionView) -> None:
    out.line(Text(view.name, style=TITLE) + Text(f"  {view.type}", style=FAINT), Text(_shown(view), style=FAINT))
    if view.definition:
        out.blank()
        out.paragraph(cited(view.definition))
        out.blank()
    out.paragraph(Text(view.lead, style=FAINT))
    out.blank()
    facts = [*view.facts[1:], *view.more_facts]
    shown = len(facts) if out.options.limit is None else FACTS
    column = max((len(fact.label) for fact in facts[:shown]), default=0) + 2
    for fact in facts[:shown]:
        out.labelled(fact.label, _fact(fact, whole=out.options.full_quotes), indent=2, column=column)
    if facts[shown:]:
        out.labelled("", Text(f"+{len(facts[shown:])} more facts (--all)", style=FAINT), indent=2, column=column)


def _fact(fact: Fact, *, whole: bool) -> Text:
    """A value with where it was read; of an address the site alone, unless it is asked for: paths fill lines on a terminal."""
    made = Text(fact.value, style=FAINT if fact.value == "unknown" else "")
    if fact.citations:
        made.append(" [" + ", ".join(str(n) for n in fact.citations) + "]", style=CITE)
    elif fact.link or fact.source:
        place = fact.host if whole or not fact.link else fact.host.split("/", 1)[0]
        made.append(f" ({place}{', ' + fact.date if fact.date else ''})", style=FAINT)
    return made


def _shown(view: DecompositionView) -> str:
    if not view.more:
        return ""
    return f"{len(view.capabilities)} of {view.total} shown"


def _capability(out: Terminal, capability: CapabilityView) -> None:
    number = f"{capability.number}".rjust(2)
    out.line(Text(f"{number}  {capability.name}", style=NAME))
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
