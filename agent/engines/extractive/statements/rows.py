"""Table rows as sentences: what the column's header says a cell is decides whether and how the row is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.engines.extractive.statements.components import component_of, described
from agent.engines.extractive.statements.compose import as_written, with_lead
from agent.engines.extractive.statements.leaning import Leaning
from agent.engines.extractive.statements.phrasing import small_first
from agent.engines.extractive.statements.plain import plain
from agent.engines.extractive.statements.refusals import whole
from agent.engines.extractive.statements.standalone import stand_alone
from agent.engines.extractive.statements.verbs import base_form

_CELL = re.compile(r"(?<!\\)\|")
# First columns whose rows are settings: nothing a user does, unless the cell is an order to the tool itself.
_SETTINGS = re.compile(
    r"\b(?:options?|flags?|arguments?|params?|parameters?|inputs?|outputs?|variables?|env|settings?|propert(?:y|ies)|keys?|fields?|columns?|"
    r"attributes?|headers?|hyper-?parameters?|configs?)\b",
    re.I,
)
_FIELD = re.compile(r"^(?:fields?|columns?|features?|attributes?)(?: name)?$", re.I)
_SAYS = re.compile(
    r"^(?:descriptions?|what (?:it|this|they) (?:does|do|is|are)|does|purpose|summary|details?|use(?:d for| cases?)?|usage|about|meaning|"
    r"functions?|features?|role|explanation|what|action|method|how it works|checks?|effect|capability|)$",
    re.I,
)


@dataclass(frozen=True)
class Row:
    """A table row in plain words: all cells that are not empty, its first, the one cell of prose and both their headers."""

    cells: tuple[str, ...]
    lead: str
    prose: str | None
    lead_header: str
    prose_header: str

    @classmethod
    def of(cls, source: str, header: str) -> Row:
        raw = [plain(cell) for cell in _cells(source)]
        titles = [plain(cell) for cell in _cells(header)]
        long = [at for at, cell in enumerate(raw) if at and len(cell.split()) >= 4 and re.search(r"[a-z]{3}", cell)]
        cells = tuple(cell for cell in raw if cell)
        told = [at for at in long if at < len(titles) and titles[at] and _SAYS.match(titles[at])]  # of several, the one headed as such
        prose = long[0] if len(long) == 1 else told[0] if len(told) == 1 else None
        title = titles[prose] if prose is not None and prose < len(titles) else ""
        return cls(cells, raw[0] if raw else "", raw[prose] if prose is not None else None, titles[0] if titles else "", title)

    @property
    def body(self) -> str:
        return self.prose if self.prose is not None else " ".join(self.cells[1:])

    def printed(self, leaning: Leaning) -> str | None:
        """The row as a sentence, None where it is a setting, a figure or no sentence."""
        lead, prose = self.lead, self.prose
        if prose is None or not lead or len(self.cells) > 5 or len(lead.split()) > 8 or not re.search(r"[A-Za-z]{2}", lead):
            return None
        prose = _first(prose)
        lead = re.split(r",\s", lead)[0] if lead.startswith("-") else lead
        if said := self.component_said():
            return said if whole(said) else None
        if self._condition:
            return as_written(stand_alone(f"{lead} {small_first(self.prose_header)} {small_first(prose)}", leaning), lead)
        if _FIELD.match(self.lead_header) and not self.prose_header.lower().startswith("type"):
            return stand_alone(f"The field {lead} contains {small_first(prose)}", leaning)
        if _SETTINGS.search(self.lead_header) or lead.startswith("-") or re.fullmatch(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+", lead):
            return None
        if not _SAYS.match(self.prose_header):
            return None
        return with_lead(lead, re.split(r"(?<=[a-z)])\. (?=[A-Z])", prose)[0], leaning).text

    def component(self, printed: str | None) -> str | None:
        """The component that a row's sentence describes, None for other rows and settings."""
        settings = _SETTINGS.search(self.lead_header) or self.lead.startswith("-")
        return component_of(self.lead) if printed and printed.startswith(self.lead) and not settings else None

    def component_said(self) -> str | None:
        """What the component in the first cell does, where the row's prose says it in the imperative."""
        lead = re.split(r",\s", self.lead)[0] if self.lead.startswith("-") else self.lead
        component = component_of(lead) or (lead if re.fullmatch(r"[a-z][\w-]*(?: [a-z]+)?", lead) else None)
        return described(component, _first(self.prose)) if component and self.prose else None

    @property
    def _condition(self) -> bool:
        """Whether the header begins the sentence that the cell ends: "Returns true if"."""
        words = self.prose_header.split()
        return len(words) > 1 and base_form(words[0].lower()) is not None and words[-1].lower() in {"if", "when", "that", "whether"}


def _first(prose: str) -> str:
    """The first sentence of a cell, without the variable that sets the same."""
    return re.sub(r"\s*\benv [A-Z_0-9]+\.?$|(?<=[a-z)\"])\. [A-Z].*$", "", prose)


def _cells(source: str) -> list[str]:
    cells = _CELL.split(source.strip())
    cells = cells[1:] if cells and not cells[0].strip() else cells
    return cells[:-1] if cells and not cells[-1].strip() else cells
