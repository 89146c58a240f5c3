"""A comparison on a terminal."""

from __future__ import annotations

from rich.text import Text

from agent.output.behind import Note, in_text
from agent.output.capability_view import CapabilityView, Sentence
from agent.output.comparison_view import ComparisonView, SideView
from agent.output.options import PageOptions
from agent.output.terminal import FAINT, NAME, TITLE, Terminal, bulleted, cited, running, sources, spoken

LABEL = 15
QUESTION = 2
UNDEFINED = "not said in one sentence of its documents"


def render(view: ComparisonView, options: PageOptions) -> str:
    """The page as text of at most 80 columns."""
    out = Terminal(options)
    out.line(Text(f"{view.a.name} and {view.b.name}", style=TITLE), Text(f"as of {view.as_of}", style=FAINT))
    out.blank()
    out.paragraph(view.opening)
    for side in view.sides:
        out.blank()
        out.paragraph(Text(f"{side.name}  ", style=NAME) + Text(side.type, style=FAINT))
        out.paragraph(cited(side.definition) if side.definition else Text(UNDEFINED, style=FAINT), indent=2)
    _table(out, view)
    _choice(out, view)
    _questions(out, view)
    _pairs(out, view)
    for side in view.sides:
        _only(out, side)
    sources(out, view.sources)
    return out.text()


def _table(out: Terminal, view: ComparisonView) -> None:
    out.blank()
    out.columns(Text(view.a.name, style=TITLE), Text(view.b.name, style=TITLE), column=LABEL)
    out.rule()
    for row in view.rows:
        notes = (row.a_note, row.b_note) if out.options.full_quotes else ((), ())
        out.columns(_cell(row.a, notes[0], row.a_citations), _cell(row.b, notes[1], row.b_citations), label=row.label, column=LABEL)
    if view.unknown:
        out.blank()
        out.paragraph(Text(f"Unknown for both: {view.unknown}.", style=FAINT), indent=2)
    if not out.options.full_quotes:
        out.blank()
        out.paragraph(Text("--verbose shows what stands behind each line.", style=FAINT), indent=2)


def _cell(value: str, note: Note, numbers: tuple[int, ...]) -> Text:
    made = Text(value, style=FAINT if value == "unknown" else "") if not numbers else cited(Sentence(value, numbers))
    return made.append(f" ({in_text(note, whole=True)})", style=FAINT) if note else made


def _choice(out: Terminal, view: ComparisonView) -> None:
    out.heading("Which one")
    for number, side in enumerate(view.sides):
        if number:
            out.blank()
        out.paragraph(Text(side.choose_title, style=NAME))
        if not side.choose:
            out.paragraph(Text("nothing documented sets it apart", style=FAINT), indent=2)
        for sentence in side.choose:
            made = cited(sentence)
            note = in_text(sentence.note, whole=out.options.full_quotes)
            bulleted(out, made.append(f" ({note})", style=FAINT) if note else made)


def _questions(out: Terminal, view: ComparisonView) -> None:
    if view.together:
        out.blank()
        out.paragraph(Text("Used together", style=NAME))
        for sentence in view.together:
            bulleted(out, cited(sentence))
    if not view.questions:
        return
    out.heading("The same questions, asked of both")
    out.columns(Text(view.a.name, style=TITLE), Text(view.b.name, style=TITLE), column=QUESTION)
    out.rule()
    for row in view.questions:
        out.blank()
        out.paragraph(Text(row.label, style=NAME), indent=2)
        out.columns(_answer(row.a, row.a_citations), _answer(row.b, row.b_citations), column=QUESTION)


def _answer(value: str, numbers: tuple[int, ...]) -> Text:
    return cited(Sentence(value, numbers)) if numbers else Text(value, style=FAINT)


def _pairs(out: Terminal, view: ComparisonView) -> None:
    if not view.pairs:
        out.heading("Same job on both sides")
        out.paragraph(Text("No capability was found to do the same job on both sides.", style=FAINT))
        return
    out.heading(f"Same job on both sides ({len(view.pairs) + len(view.more_pairs)})")
    for number, pair in enumerate(view.pairs):
        if number:
            out.blank()
        out.columns(Text(pair.a.name, style=NAME), Text(pair.b.name, style=NAME))
        out.columns(running(pair.a.summary), running(pair.b.summary))
        for title, a, b in (("Unique: ", pair.a.unique, pair.b.unique), ("Limits: ", pair.a.limitations, pair.b.limitations)):
            if a or b:
                out.columns(_titled(title, a), _titled(title, b))
    if view.more_pairs:
        out.blank()
        out.paragraph(Text(f"+{len(view.more_pairs)} more pairs (--all)", style=FAINT), indent=2)


def _titled(title: str, sentences: tuple[Sentence, ...]) -> Text:
    return Text(title, style=FAINT) + running(sentences) if sentences else Text()


def _only(out: Terminal, side: SideView) -> None:
    out.heading(f"{side.only_title} ({side.total})")
    if not side.total:
        out.paragraph(Text("nothing documented", style=FAINT), indent=2)
    for capability in side.only:
        bulleted(out, _brief(capability))
    if side.told:
        out.blank()
        out.paragraph(Text("Told above: ", style=FAINT) + Text(" · ").join(cited(s) for s in side.told), indent=2)
    if side.more:
        out.blank()
        names = " · ".join(c.name for c in side.more)
        out.paragraph(Text(f"+{len(side.more)} more capabilities (--all): {names}", style=FAINT), indent=2)


def _brief(capability: CapabilityView) -> Text:
    made = spoken(capability.name)
    made.stylize(NAME)
    return made + Text(". ") + running((*capability.summary, *capability.unique))
