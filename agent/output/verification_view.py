"""Verdicts on claims as text for a terminal and as a Markdown page."""

from __future__ import annotations

from rich.text import Text

from agent.domain.capability import Evidence
from agent.domain.verification import ClaimVerdict, Outcome, Verification
from agent.output import markdown_escape
from agent.output.clean import one_line, shorten
from agent.output.options import PageOptions
from agent.output.terminal import FAINT, GOOD, TITLE, Terminal

_WORDS: dict[Outcome, str] = {
    "supported": "supported", "contradicted": "contradicted", "not_found": "not found", "undecided": "undecided",
}  # fmt: skip
_STYLES: dict[Outcome, str] = {"supported": GOOD, "contradicted": "red", "not_found": "yellow", "undecided": FAINT}
_QUOTE = 240  # characters of a quote, unless whole quotes are asked for


class VerificationPage:
    """The verdicts in the order of the claims, each with what decided and where the evidence stands."""

    def __init__(self, made: Verification, *, full_quotes: bool = False) -> None:
        self._made = made
        self._full = full_quotes
        self._titles = {document.id: document.title for document in made.documents}

    def terminal(self, options: PageOptions) -> str:
        """Text wrapped to the width of the screen."""
        out = Terminal(options)
        out.line(Text(self._made.artifact.name, style=TITLE), Text(self._summary(), style=FAINT))
        for claim in self._made.claims:
            out.blank()
            out.paragraph(Text(_WORDS[claim.verdict].upper(), style=_STYLES[claim.verdict]) + Text(f"  {one_line(claim.text)}"), hang=2)
            if claim.reason:
                out.paragraph(Text(_sentence(claim)), indent=2)
            for evidence in claim.evidence:
                out.paragraph(Text(f"{self._quote(evidence)} ({self._place(evidence)})", style=FAINT), indent=2)
        return out.text()

    def markdown(self) -> str:
        """A page with one section a claim, refusals first."""
        lines = [f"# Claims about {markdown_escape.escape(self._made.artifact.name)}", "", f"{self._summary()}.", ""]
        for claim in sorted(self._made.claims, key=lambda one: list(_STYLES).index(one.verdict) or 9):
            lines += [f"## {_WORDS[claim.verdict].capitalize()}: {markdown_escape.escape(claim.text)}", ""]
            if claim.reason:
                lines += [markdown_escape.escape(_sentence(claim)), ""]
            for evidence in claim.evidence:
                lines += [str(markdown_escape.quoted(self._quote(evidence))), ">", f"> {markdown_escape.escape(self._place(evidence))}", ""]
        return "\n".join(lines).strip("\n") + "\n"

    def _summary(self) -> str:
        parts = [f"{count} {word}" for verdict, word in _WORDS.items() if (count := self._made.count(verdict))]
        if self._made.skipped:
            parts.append(f"{self._made.skipped} sentences claim nothing")
        return ", ".join(parts)

    def _quote(self, evidence: Evidence) -> str:
        return one_line(evidence.quote) if self._full else shorten(evidence.quote, _QUOTE)

    def _place(self, evidence: Evidence) -> str:
        title = self._titles.get(evidence.document_id, evidence.document_id)
        return f"{title}, characters {evidence.start} to {evidence.end}"


def _sentence(claim: ClaimVerdict) -> str:
    where = f"Line {claim.line}: " if claim.line else ""
    return f"{where}{one_line(claim.reason)}."
