"""A draft on a terminal."""

from __future__ import annotations

from rich.text import Text

from agent.output.behind import Note, in_text
from agent.output.capability_view import Sentence
from agent.output.draft_view import BlockView, DraftView, SectionView
from agent.output.options import PageOptions
from agent.output.terminal import FAINT, NAME, TITLE, Terminal, bulleted, cited, running, sources, spoken

LABEL = 15


def render(view: DraftView, options: PageOptions) -> str:
    """The page as text of at most 80 columns."""
    out = Terminal(options)
    out.line(Text(view.title, style=TITLE))
    for section in view.sections:
        _section(out, section, view)
    if view.omitted:
        out.heading("Left out", "what grounding refused")
        for one in view.omitted:
            bulleted(out, spoken(one.text).append(f" ({one.section}: {one.reason})", style=FAINT))
    if view.missing:
        out.heading("Missing")
        for line in view.missing:
            bulleted(out, line)
    sources(out, view.sources)
    out.blank()
    out.paragraph(Text(view.footer, style=FAINT))
    return out.text()


def _section(out: Terminal, section: SectionView, view: DraftView) -> None:
    out.heading(section.title)
    if section.rows:
        _table(out, section, view)
    for number, block in enumerate(section.blocks):
        if block.form == "item":
            bulleted(out, _block(block))
            continue
        if number:
            out.blank()
        out.paragraph(_block(block))
    if section.note:
        if section.rows or section.blocks:
            out.blank()
        out.paragraph(Text(section.note, style=FAINT))


def _block(block: BlockView) -> Text:
    if not block.label:
        return running(block.sentences)
    label = spoken(block.label)
    label.stylize(NAME)
    return label + Text(". ") + running(block.sentences)


def _table(out: Terminal, section: SectionView, view: DraftView) -> None:
    if len(view.names) == 1:
        for row in section.rows:
            out.labelled(row.label, _cell(out, *row.cells[0]), indent=2)
        return
    left, right = (Text(name, style=TITLE) for name in view.names)
    out.columns(left, right, column=LABEL)
    out.rule()
    for row in section.rows:
        left, right = (_cell(out, *cell) for cell in row.cells)
        out.columns(left, right, label=row.label, column=LABEL)


def _cell(out: Terminal, value: str, note: Note, numbers: tuple[int, ...]) -> Text:
    made = cited(Sentence(value, numbers)) if numbers else Text(value, style=FAINT if value == "unknown" else "")
    if note and out.options.full_quotes:
        made.append(f" ({in_text(note, whole=True)})", style=FAINT)
    return made
