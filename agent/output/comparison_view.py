"""The page of two artifacts, before any format: table, which to choose, capabilities side by side, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.domain.capability import ArtifactHead, Capability, DocumentHead, FactClaim
from agent.domain.comparison import Choice, Comparison, Row
from agent.output.behind import Note, cell_behind, facts_behind
from agent.output.capability_view import CapabilityView, Sentence, capability_view, sentence_case
from agent.output.citations import Citations, Source
from agent.output.clean import one_line
from agent.output.decomposition_view import UNKNOWN, ScoreSummary, score_summary
from agent.output.excerpts import Excerpts, no_excerpts
from agent.output.options import PageOptions


@dataclass(frozen=True)
class Pair:
    """Two capabilities that do the same job, and why they count as the same."""

    a: CapabilityView
    b: CapabilityView
    reason: str


ABOVE = "Told above."
_TELLS = 0.7  # of a sentence's words that stand in a reason: the reason says it all


@dataclass(frozen=True)
class Reason(Sentence):
    """A reason to choose one side; `note` has source and date of the facts it rests on that are no quotes."""

    note: Note = ()


@dataclass(frozen=True)
class RowView:
    """One line of the table: a value for each side, and what stands behind it."""

    label: str
    a: str
    b: str
    a_note: Note
    b_note: Note
    a_citations: tuple[int, ...] = ()
    b_citations: tuple[int, ...] = ()

    @property
    def cells(self) -> tuple[tuple[str, Note, tuple[int, ...]], tuple[str, Note, tuple[int, ...]]]:
        return (self.a, self.a_note, self.a_citations), (self.b, self.b_note, self.b_citations)


@dataclass(frozen=True)
class SideView:
    """One side of the page: what it is, what only it does, and when to choose it."""

    name: str
    slug: str
    type: str
    score: ScoreSummary
    only: tuple[CapabilityView, ...]
    more: tuple[CapabilityView, ...]
    told: tuple[Sentence, ...]
    definition: Sentence | None
    only_title: str
    choose_title: str
    choose: tuple[Reason, ...]

    @property
    def total(self) -> int:
        """How many capabilities only this side has."""
        return len(self.only) + len(self.more) + len(self.told)


@dataclass(frozen=True)
class ComparisonView:
    a: SideView
    b: SideView
    opening: str
    rows: tuple[RowView, ...]
    unknown: str
    questions: tuple[RowView, ...]
    together: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    more_pairs: tuple[Pair, ...]
    verdict: str
    verdict_kind: str
    sources: tuple[Source, ...]
    documents: tuple[DocumentHead, ...]
    as_of: str
    inputs_sha256: str

    @property
    def sides(self) -> tuple[SideView, SideView]:
        return self.a, self.b


@dataclass(frozen=True)
class ComparisonPage:
    """What a comparison's page is made of."""

    comparison: Comparison
    excerpts: Excerpts = no_excerpts
    names: Mapping[str, str] | None = None

    def view(self, options: PageOptions) -> ComparisonView:
        """The page as `options` ask for it: at most `limit` capabilities in each list, the rest in `more`."""
        made = self.comparison
        names = {**(self.names or {}), made.a.slug: made.a.name, made.b.slug: made.b.name}
        citations = Citations({d.id: d for d in made.documents}, self.excerpts, names)
        said = [_definition(claim, citations) for claim in (made.definition_a, made.definition_b)]
        silent = [one_line(row.label) for row in made.rows if (row.a, row.b) == (UNKNOWN, UNKNOWN)]
        rows = tuple(row_view(row, citations) for row in made.rows if (row.a, row.b) != (UNKNOWN, UNKNOWN))
        choices = [_choices(made.choose_a, made.a, citations), _choices(made.choose_b, made.b, citations)]
        questions = tuple(row_view(row, citations) for row in made.questions)
        used = tuple(Sentence(one_line(claim.text), citations.cite(claim.evidence)) for claim in made.together)
        shown = _Capabilities(made, options, citations)
        shown.above = _told_above(made)
        pairs = shown.pairs()
        told = [shown.told(made.a, made.only_a), shown.told(made.b, made.only_b)]
        ids = [shown.untold(made.only_a), shown.untold(made.only_b)]
        only = [shown.only(made.a, ids[0]), shown.only(made.b, ids[1])]
        beyond = citations if options.whole else citations.apart()
        more_pairs = shown.pairs(beyond)
        more = [shown.only(made.a, ids[0], beyond), shown.only(made.b, ids[1], beyond)]
        scores = (score_summary(made.score_a), score_summary(made.score_b))
        lead = "Only {}" if made.aligned else "What {} does"
        sides = [
            SideView(
                one_line(head.name),
                head.slug,
                head.type,
                scores[n],
                only[n],
                more[n],
                told[n],
                said[n],
                lead.format(one_line(head.name)),
                *choices[n],
            )
            for n, head in enumerate((made.a, made.b))
        ]
        return ComparisonView(
            a=sides[0],
            b=sides[1],
            opening=one_line(made.opening),
            rows=rows,
            unknown=", ".join(silent),
            questions=questions,
            together=used,
            pairs=pairs,
            more_pairs=more_pairs,
            verdict=one_line(made.verdict.sentence),
            verdict_kind=made.verdict.kind,
            sources=tuple(citations.sources),
            documents=tuple(made.documents),
            as_of=made.as_of,
            inputs_sha256=made.inputs_sha256,
        )


T = TypeVar("T")


class _Capabilities:
    """Views of both sides' capabilities: those within the limit, or (with citations of their own) those beyond it."""

    def __init__(self, made: Comparison, options: PageOptions, citations: Citations) -> None:
        self._made, self._limit, self._citations = made, options.limit, citations
        self._whole = options.limit is None
        self.above: set[str] = set()  # sentences that stand on the page already
        self._places = {c.id: (n, c) for side in (made.capabilities_a, made.capabilities_b) for n, c in enumerate(side, 1)}

    def pairs(self, beyond: Citations | None = None) -> tuple[Pair, ...]:
        a, b = self._made.a.slug, self._made.b.slug
        chosen = self._cut(self._made.aligned, beyond)
        return tuple(Pair(self._one(p.a, a, beyond, 2), self._one(p.b, b, beyond, 2), one_line(p.reason)) for p in chosen)

    def only(self, side: ArtifactHead, ids: list[str], beyond: Citations | None = None) -> tuple[CapabilityView, ...]:
        return tuple(self._once(self._one(i, side.slug, beyond)) for i in self._cut(ids, beyond))

    def untold(self, ids: list[str]) -> list[str]:
        """Those of which the page has something left to tell."""
        return [i for i in ids if not self._told(i)]

    def told(self, side: ArtifactHead, ids: list[str]) -> tuple[Sentence, ...]:
        """The names of capabilities of which the page has told all, with the numbers of their quotes."""
        views = [self._one(i, side.slug, None) for i in ids if self._told(i)]
        return tuple(Sentence(v.name, tuple(dict.fromkeys(n for s in (*v.summary, *v.unique) for n in s.citations))) for v in views)

    def _cut(self, items: list[T], beyond: Citations | None) -> list[T]:
        limit = len(items) if self._limit is None else self._limit
        return items[:limit] if beyond is None else items[limit:]

    def _told(self, capability_id: str) -> bool:
        """Whether all that a list would say of a capability stands on the page already."""
        brief = _brief(self._places[capability_id][1], 1)
        return all(one_line(claim.text) in self.above for claim in (*brief.summary, *brief.unique, *brief.limitations))

    def _once(self, shown: CapabilityView) -> CapabilityView:
        """The capability without sentences a reader has met on this page already."""
        summary, unique = (tuple(s for s in part if s.text not in self.above) for part in (shown.summary, shown.unique))
        if shown.summary and not summary:
            summary = (Sentence(ABOVE, tuple(dict.fromkeys(n for s in shown.summary for n in s.citations))),)
        self.above |= {s.text for s in (*summary, *unique)} - {ABOVE}
        return replace(shown, summary=summary, unique=unique)

    def _one(self, capability_id: str, subject: str, beyond: Citations | None, sentences: int = 1) -> CapabilityView:
        number, capability = self._places[capability_id]
        return capability_view(_brief(capability, sentences, self._whole), number, beyond or self._citations, subject)


def _told_above(made: Comparison) -> set[str]:
    """Sentences that stand above the lists of capabilities, whole or turned into a reason to choose."""
    whole = [claim for claim in (made.definition_a, made.definition_b, *made.together) if claim]
    told = {one_line(claim.text) for claim in whole}
    quotes = [claim.evidence for claim in whole]
    summaries = (claim for c in (*made.capabilities_a, *made.capabilities_b) for claim in c.summary)
    told |= {one_line(claim.text) for claim in summaries if claim.evidence and claim.evidence in quotes}  # the same in other words
    for choice in (*made.choose_a, *made.choose_b):
        said = set(_words(choice.text))
        for claim in choice.claims:
            words = _words(claim.text)
            if words and sum(word in said for word in words) >= _TELLS * len(words):
                told.add(one_line(claim.text))
    return told


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", text.casefold())


def _brief(capability: Capability, sentences: int, whole: bool = False) -> Capability:
    """What a comparison shows of a capability: enough to tell the two sides apart."""
    shown = {"summary": [c for c in capability.summary if c.printed][:sentences]}
    shown["unique"] = [c for c in capability.unique if c.printed][:1]
    shown["limitations"] = [c for c in capability.limitations if c.printed][: max(sentences - 1, int(whole))]
    return capability.model_copy(update={**shown, "vs_alternatives": [], "inputs": [], "outputs": [], "intents": []})


def _choices(choices: Iterable[Choice], side: ArtifactHead, citations: Citations) -> tuple[str, tuple[Reason, ...]]:
    """The list's title and its items, each a sentence by itself; the words with which every item begins are in the title alone."""
    said = [
        Reason(
            citations.attributed(choice.text, choice.claims, side.slug),
            citations.cite(quote for claim in choice.claims for quote in claim.evidence),
            facts_behind(choice),
        )
        for choice in choices
    ]
    title = f"Choose {one_line(side.name)}"
    if said and all(s.text.startswith(f"{title} when ") for s in said):
        return f"{title} when ...", tuple(replace(s, text=_alone(s.text.removeprefix(f"{title} when "))) for s in said)
    return title, tuple(said)


def _alone(clause: str) -> str:
    """A clause after "when" as a sentence; a word with its own spelling keeps it ("vLLM")."""
    return sentence_case(clause.removeprefix("this counts: "))


def _definition(claim: FactClaim | None, citations: Citations) -> Sentence | None:
    return Sentence(one_line(claim.text), citations.cite(claim.evidence)) if claim else None


def row_view(row: Row, citations: Citations) -> RowView:
    """A line of the table as a page shows it: quotes by number, other sources as a note."""
    return RowView(
        label=one_line(row.label),
        a=one_line(row.a),
        b=one_line(row.b),
        a_note=cell_behind(row.a, row.a_note, row.a_sources),
        b_note=cell_behind(row.b, row.b_note, row.b_sources),
        a_citations=citations.cite(row.a_evidence),
        b_citations=citations.cite(row.b_evidence),
    )
