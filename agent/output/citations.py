"""Numbered citations: each quote gets one number in the order a reader meets it, and a label that says whose words it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.domain.artifact import Origin
from agent.domain.capability import Claim, DocumentHead, Evidence
from agent.output.clean import one_line, printable, web_address
from agent.output.excerpts import Excerpts
from agent.output.readable import readable

NOTES = "from this project's notes on"
_ON_NOTES = "this project's notes on "


@dataclass(frozen=True)
class Source:
    """One cited quote: whose words, where they stand, and the passage around them."""

    number: int
    origin: Origin | None
    title: str
    label: str
    section: str
    quote: str
    before: str
    after: str
    link: str | None
    uri: str
    document_id: str
    start: int
    end: int
    shown: str

    @property
    def line(self) -> str:
        """The quote on one line, as a reader sees it."""
        return one_line(self.shown)


@dataclass
class Citations:
    """Gives numbers to quotes for one page. `names` maps artifact slugs to names; `subject` is the slug the page is about."""

    documents: Mapping[str, DocumentHead]
    excerpts: Excerpts
    names: Mapping[str, str]
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # notes whose sources were named in the text already

    def cite(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """The numbers of these quotes, each once, in order."""
        found: list[int] = []
        for quote in evidence:
            key = (quote.document_id, quote.start, quote.end)
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers) + 1
                self.sources.append(self._source(quote, self.numbers[key]))
            if self.numbers[key] not in found:
                found.append(self.numbers[key])
        return tuple(found)

    def apart(self) -> Citations:
        """Citations of the same documents with numbers of their own, for what is not shown."""
        return Citations(self.documents, self.excerpts, self.names)

    def sentences(self, claims: Sequence[Claim], subject: str) -> list[str]:
        """The claims of one field as printed on a page about `subject`: where one side alone speaks, they say which.

        Where the same side speaks in each of them, the last says so for all.
        """
        texts = [one_line(claim.text) for claim in claims]
        said = [self._said([claim], subject) for claim in claims]
        alike = len(claims) > 1 and len(set(said)) == 1 and said[0] and not any("according to" in text for text in texts)
        if alike:
            number = {2: "both", 3: "all three"}.get(len(claims), f"all {len(claims)}")
            return [*texts[:-1], self._with(texts[-1], said[0], f"{number} ")]
        return [self._with(text, who) for text, who in zip(texts, said, strict=True)]

    def attributed(self, text: str, claims: Sequence[Claim], subject: str) -> str:
        """A text that rests on claims, with the name of the side that speaks where one of them is one-sided."""
        line = one_line(text)
        return self._with(line, self._said(claims, subject))

    def _said(self, claims: Sequence[Claim], subject: str) -> tuple[str, ...]:
        """The sides that speak in one-sided claims; empty where there are none."""
        one_sided = [quote for claim in claims if claim.status == "one_sided" for quote in claim.evidence]
        return tuple(self._speakers(one_sided, subject)) or (
            ("its own documentation",) if any(c.status == "one_sided" for c in claims) else ()
        )

    def _with(self, line: str, speakers: Sequence[str], number: str = "") -> str:
        if not speakers or "according to" in line:
            return line
        said = " and ".join(map(self._briefly, speakers))
        if line.endswith("."):
            return f"{line[:-1]}, {number}according to {said}."
        return f"{line} ({number}according to {said})"

    def _briefly(self, speaker: str) -> str:
        """The sources of project notes in words the first time; then the citation's number leads to them."""
        if not speaker.startswith(_ON_NOTES):
            return speaker
        if speaker in self.told:
            return _ON_NOTES.removesuffix(" on ")
        self.told.add(speaker)
        return speaker

    def _speakers(self, evidence: Sequence[Evidence], subject: str) -> list[str]:
        found: list[str] = []
        for quote in evidence:
            document = self.documents.get(quote.document_id)
            if document is None:
                continue
            if document.origin == "project-notes":
                said = f"{_ON_NOTES}{_first(self._notes_source(quote, document))}"
            elif document.origin == "third-party":
                said = one_line(document.title) or document.uri
            elif document.artifact == subject:
                said = "its own documentation"
            else:
                said = f"the documentation of {self.names.get(document.artifact, document.artifact)}"
            if said not in found:
                found.append(said)
        return found

    def _notes_source(self, quote: Evidence, document: DocumentHead) -> str:
        excerpt = self.excerpts(quote.document_id, quote.start, quote.end)
        return one_line((excerpt.source if excerpt else None) or document.title)

    def _source(self, quote: Evidence, number: int) -> Source:
        document = self.documents.get(quote.document_id)
        excerpt = self.excerpts(quote.document_id, quote.start, quote.end)
        title = one_line(readable(document.title, document.media_type)) if document else quote.document_id
        before = after = section = ""
        if excerpt is not None:
            at = quote.start - excerpt.start
            before, after = excerpt.text[:at], excerpt.text[at + len(quote.quote) :]
            section = " › ".join([part for part in map(one_line, excerpt.heading_path) if part != title][-2:])
        return Source(
            number=number,
            origin=document.origin if document else None,
            title=title,
            label=self._label(quote, document, title),
            section=section,
            quote=printable(quote.quote),
            before=printable(before),
            after=printable(after),
            link=web_address(document.uri) if document else None,
            uri=document.uri if document else "",
            document_id=quote.document_id,
            start=quote.start,
            end=quote.end,
            shown=readable(quote.quote, document.media_type if document else None).strip(),
        )

    def _label(self, quote: Evidence, document: DocumentHead | None, title: str) -> str:
        if document is None:
            return title
        if document.origin == "project-notes":
            return f"{NOTES} {self._notes_source(quote, document)}"
        name = self.names.get(document.artifact, document.artifact)
        if document.origin == "third-party":
            return f"{title} (third party, about {name})"
        return f"{name} documentation, {title if title != name else file_name(document.uri)}"


def _first(source: str) -> str:
    titles = source.split("; ")
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {_others(len(titles) - 1)}"


def _others(number: int) -> str:
    return "another source" if number == 1 else f"{number} more sources"


def file_name(uri: str) -> str:
    """The last part of an address or path: what tells apart documents that are titled by the artifact's name."""
    return one_line(uri.split("?")[0].rstrip("/").rsplit("/", 1)[-1]) or uri
