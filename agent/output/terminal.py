"""Terminal text: wrapped to the width, labels in a margin, colour only where a person looks at it.

Everything is built as rich `Text`, never as rich markup, so that brackets in a document stay brackets.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from agent.output.capability_view import Field, Sentence
from agent.output.citations import Source
from agent.output.clean import pieces, shorten
from agent.output.options import PageOptions

MARGIN = 4
LABEL = 16
QUOTE = 150  # characters of a quote in the list of sources, unless whole quotes are asked for
_NARROWEST = 16  # columns of text that can still be read side by side

TITLE, LABELS, FAINT, CITE, CODE, NAME, GOOD = "bold", "bold", "dim", "cyan", "italic", "bold", "green"


class Terminal:
    """Collects lines and gives them as one string."""

    def __init__(self, options: PageOptions) -> None:
        self.options = options
        self.width = max(40, min(options.width, 80))
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=self.width,
            force_terminal=options.colour,
            no_color=not options.colour,
            color_system="standard" if options.colour else None,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )

    def text(self) -> str:
        """All lines, without white space at their ends."""
        return "\n".join(line.rstrip() for line in self._out.getvalue().split("\n")).strip("\n") + "\n"

    def blank(self) -> None:
        self._console.print()

    def line(self, left: Text | str, right: Text | str = "") -> None:
        """A line with something at its right edge, where there is room for both."""
        left, right = _text(left), _text(right)
        gap = self.width - left.cell_len - right.cell_len
        if right.cell_len and gap >= 2:
            self._console.print(left + Text(" " * gap) + right, soft_wrap=True)
            return
        self.paragraph(left)
        if right.cell_len:
            self.paragraph(right, indent=MARGIN)

    def rule(self) -> None:
        """A line across on a terminal; nothing where the text is piped."""
        if self.options.colour:
            self._console.print(Text("─" * self.width, style=FAINT))

    def heading(self, title: str, aside: str = "") -> None:
        self.blank()
        self.rule()
        self.line(Text(title, style=TITLE), Text(aside, style=FAINT))
        self.blank()

    def paragraph(self, content: Text | str, indent: int = 0, hang: int | None = None) -> None:
        """Wrapped text; `indent` columns before its first line, `hang` before the others."""
        hang = indent if hang is None else hang
        for number, wrapped in enumerate(self._wrap(_text(content), indent, hang)):
            self._console.print(Text(" " * (indent if number == 0 else hang)) + wrapped, soft_wrap=True)

    def labelled(self, label: str, content: Text | str, indent: int = MARGIN, column: int = LABEL) -> None:
        """A label in the margin and wrapped text beside it."""
        head = Text(" " * indent) + Text(label.ljust(column), style=LABELS)
        for number, wrapped in enumerate(self._wrap(_text(content), indent + column, indent + column)):
            lead = head if number == 0 else Text(" " * (indent + column))
            self._console.print(lead + wrapped, soft_wrap=True)

    def columns(self, left: Text | str, right: Text | str, indent: int = 2, label: str = "", column: int = 0) -> None:
        """Two wrapped texts side by side, with an optional label before them; one below the other where there is no room."""
        half = (self.width - indent - column - 2) // 2
        if half < _NARROWEST:
            if label:
                self.paragraph(Text(label, style=LABELS), indent=indent)
            self.paragraph(left, indent=indent + 2)
            self.paragraph(right, indent=indent + 2)
            return
        lefts, rights = self._fit(_text(left), half), self._fit(_text(right), half)
        for number in range(max(len(lefts), len(rights))):
            lead = Text(" " * indent) + Text((label if number == 0 else "").ljust(column), style=LABELS)
            cell = lefts[number] if number < len(lefts) else Text()
            other = rights[number] if number < len(rights) else Text()
            self._console.print(lead + cell + Text(" " * (half - cell.cell_len + 2)) + other, soft_wrap=True)

    def table(self, content: RenderableType) -> None:
        """A rich table."""
        self._console.print(content)

    def field(self, part: Field) -> None:
        """A field of a capability: its sentences one below the other."""
        for number, sentence in enumerate(part.sentences):
            self.labelled(part.label if number == 0 else "", cited(sentence))

    def _wrap(self, content: Text, indent: int, hang: int) -> list[Text]:
        # rich wraps to one width: the hanging difference is taken up by a stand-in before the first word.
        if hang > indent or indent == hang:
            lines = self._fit(content, self.width - max(indent, hang))
        else:
            lines = self._fit(Text(" " * (indent - hang)) + content, self.width - hang)
            lines[0] = lines[0][indent - hang :]
        return lines

    def _fit(self, content: Text, width: int) -> list[Text]:
        if not self.options.colour:
            content = _ticked(content)
        return list(content.wrap(self._console, max(width, 16), overflow="fold")) or [Text()]


def cited(sentence: Sentence) -> Text:
    """A sentence with its citation numbers."""
    made = spoken(sentence.text)
    if sentence.citations:
        made.append(" ")
        made.append("[" + ", ".join(str(n) for n in sentence.citations) + "]", style=CITE)
    return made


def _ticked(content: Text) -> Text:
    """The text with back-ticks around its code, for readers who see no styles."""
    plain = content.plain
    for span in sorted((s for s in content.spans if s.style == CODE), key=lambda s: s.start, reverse=True):
        plain = f"{plain[: span.start]}`{plain[span.start : span.end]}`{plain[span.end :]}"
    return Text(plain)


def running(sentences: Iterable[Sentence]) -> Text:
    """Sentences one after another."""
    return Text(" ").join(cited(s) for s in sentences)


def spoken(text: str) -> Text:
    """A sentence whose code is set apart by style; text without styles gets its back-ticks back."""
    made = Text()
    for kind, piece in pieces(text):
        made.append(piece, style=CODE if kind == "code" else "")
    return made


def bulleted(out: Terminal, content: Text | str, indent: int = 2) -> None:
    """An item of a list."""
    first, *rest = out._wrap(_text(content), indent + 2, indent + 2)
    out._console.print(Text(" " * indent + "• ") + first, soft_wrap=True)
    for line in rest:
        out._console.print(Text(" " * (indent + 2)) + line, soft_wrap=True)


def sources(out: Terminal, found: Sequence[Source]) -> None:
    """The sources in the order of their numbers; a document or notes are named where they change."""
    if not found:
        return
    out.heading("Sources", "quotes are word for word, without markup")
    digits = len(str(max(s.number for s in found))) + 2
    label = ""
    for item in found:
        if item.label != label:
            if label:
                out.blank()
            label = item.label
            out.paragraph(Text(label, style=NAME), indent=0, hang=2)
        _source(out, item, digits)


def _source(out: Terminal, item: Source, digits: int) -> None:
    quote = item.line if out.options.full_quotes else shorten(item.line, QUOTE)
    made = Text(f"{item.section}: " if item.section else "", style=FAINT)
    made.append(f"“{quote}”")
    out.labelled(f"[{item.number}]".rjust(digits), made, indent=2, column=digits + 1)


def _text(content: Text | str) -> Text:
    return content if isinstance(content, Text) else Text(content)
