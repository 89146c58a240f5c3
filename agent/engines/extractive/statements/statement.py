"""A statement: one thing a document says, with its place, its printed form and what is known about where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agent.domain.artifact import Origin
from agent.domain.proposal import QuoteRef
from agent.engines.extractive.statements.roles import Role
from agent.text.words import Word, tag

StatementKind = Literal["sentence", "item", "row", "heading", "comment"]


@dataclass(frozen=True)
class Statement:
    """One thing a document says, with its place, its printed form and what is known about where it stands.

    `quote` is the exact source [start, end). `text` is the quote's visible words on one line, nothing resolved. `printed` is a whole
    sentence that stands alone, or None where none can be made; `sentence` says that it is the source's own sentence, not one composed
    from a fragment. `lead` is the bold lead-in or the term before a colon, `body` the visible words after it (all of `text` without a
    lead). `intro` is the introducing sentence ("vLLM is fast with:") of a list item, `intro_span` its place: whoever prints a composed
    sentence cites both (see `quotes`). `component` is the tool, command or function a reference list describes. `before_code` says
    that a code block follows its block. `listed` are the list items whose names the
    printed sentence ends with: start, end and quote. `section` numbers the subject's sections,
    `block` its blocks, `order` the statements themselves.
    """

    document_id: str
    origin: Origin
    start: int
    end: int
    quote: str
    kind: StatementKind
    text: str
    printed: str | None
    sentence: bool
    lead: str | None
    body: str
    heading_path: tuple[str, ...]
    role: Role
    level: int
    order: int
    block: int
    section: int
    place: float
    first_of_block: bool
    first_of_section: bool
    before_code: bool = False
    intro: str | None = None
    intro_span: tuple[int, int] | None = None
    intro_quote: str | None = None
    composed: bool = False
    component: str | None = None
    source: str | None = None
    listed: tuple[tuple[int, int, str], ...] = ()

    @cached_property
    def words(self) -> list[Word]:
        """The tagged words of `printed`, or of `text` where nothing can be printed."""
        return tag(self.printed or self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """Lemmas of the content words of `text`."""
        same = self.printed is None or _bare(self.printed) == _bare(self.text)  # one sentence, tagged once
        return frozenset(word.lemma for word in (self.words if same else tag(self.text)) if word.content)

    @property
    def heading(self) -> str:
        """The innermost heading, "" where there is none."""
        return self.heading_path[-1] if self.heading_path else ""

    def quotes(self) -> list[QuoteRef]:
        """What a claim printed from this statement cites: the statement first, then the introducing sentence it was composed with."""
        found = [QuoteRef(document_id=self.document_id, quote=self.quote, start=self.start, end=self.end)]
        if self.composed and self.intro_span and self.intro_quote:
            first, last = self.intro_span
            found.append(QuoteRef(document_id=self.document_id, quote=self.intro_quote, start=first, end=last))
        found += [QuoteRef(document_id=self.document_id, quote=quote, start=first, end=last) for first, last, quote in self.listed]
        return found


def _bare(text: str) -> str:
    return text.rstrip(" .:;,!").casefold()
