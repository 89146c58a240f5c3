"""The page of one artifact, before any format: head, facts, capabilities, sources and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim, Decomposition, DocumentHead, FactClaim
from agent.domain.scorecard import Scorecard
from agent.output.capability_view import CapabilityView, Sentence, capability_view, sentence_case, silence
from agent.output.citations import Citations, Source
from agent.output.clean import one_line, web_address
from agent.output.documents_view import documents_line, left_out
from agent.output.excerpts import Excerpts, no_excerpts
from agent.output.options import PageOptions

UNKNOWN = "unknown"
_RECORD = "stated in artifact.yaml"  # a value of the head for which neither a fact nor a quote gives the source
_LABELS = {
    "released": "Released",
    "latest_version": "Latest version",
    "size": "Size",
    "languages": "Languages",
    "developer": "Made by",
    "input_modalities": "Input",
    "output_modalities": "Output",
    "architecture": "Architecture",
    "package": "Package",
    "repository": "Repository",
    "programming_languages": "Written in",
}
_IN_THE_HEAD = {"license", "pricing", "type", "availability", "homepage"}  # said by the head rows already


@dataclass(frozen=True)
class Fact:
    """One line of the facts table. `source` is an address with the date it was read, or None where `citations` stand behind it."""

    label: str
    value: str
    citations: tuple[int, ...] = ()
    source: str | None = None
    link: str | None = None
    date: str | None = None

    @property
    def host(self) -> str:
        """The site an address is on."""
        return self.link.split("/")[2].removeprefix("www.") if self.link else (self.source or "")


@dataclass(frozen=True)
class ScoreSummary:
    """The score as a line of text and as numbers (0-100; None where nothing is known)."""

    line: str
    value: float | None = None
    low: float = 0.0
    high: float = 100.0


@dataclass(frozen=True)
class DecompositionView:
    name: str
    slug: str
    type: str
    homepage: str | None
    basis: str
    score: ScoreSummary
    facts: tuple[Fact, ...]
    more_facts: tuple[Fact, ...]
    capabilities: tuple[CapabilityView, ...]
    more: tuple[CapabilityView, ...]
    review: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    documents: tuple[DocumentHead, ...]
    notes: tuple[str, ...]
    footer: str
    inputs_sha256: str

    @property
    def total(self) -> int:
        return len(self.capabilities) + len(self.more)

    @property
    def silence(self) -> str:
        """One sentence for every capability of which the documents say nothing unique and compare nothing."""
        return silence(self.capabilities)

    @property
    def lead(self) -> str:
        """What the page holds and whose words it rests on."""
        if not self.total:
            return f"Nothing in {self.basis} could be read as a capability."
        return f"{_count(self.total, 'capability')}, every claim with its quote, from {self.basis}."


@dataclass(frozen=True)
class DecompositionPage:
    """What a decomposition's page is made of. `names` maps slugs of neighbours to their names.

    `manifest` says how current the documents are.
    """

    decomposition: Decomposition
    scorecard: Scorecard | None = None
    excerpts: Excerpts = no_excerpts
    names: Mapping[str, str] | None = None
    manifest: Manifest | None = None

    def view(self, options: PageOptions) -> DecompositionView:
        """The page as `options` ask for it; quotes of capabilities beyond the limit come last, or not at all."""
        made = self.decomposition
        head = made.artifact
        names = {**(self.names or {}), head.slug: head.name}
        citations = Citations({d.id: d for d in made.documents}, self.excerpts, names)
        limit = len(made.capabilities) if options.limit is None else options.limit
        facts = _facts(made, citations, documents_line(made, self.manifest.docs) if self.manifest else "")
        shown = [capability_view(c, n, citations, head.slug) for n, c in enumerate(made.capabilities[:limit], 1)]
        review = tuple(_reviewed(c, citations) for c in made.needs_review) if options.review else ()
        beyond = citations if options.whole else citations.apart()
        rest = made.capabilities[limit:]
        if options.openings:
            beyond, rest = citations, [_opening(c) for c in rest]
        more = [capability_view(c, n, beyond, head.slug) for n, c in enumerate(rest, limit + 1)]
        return DecompositionView(
            name=one_line(head.name),
            slug=head.slug,
            type=head.type,
            homepage=web_address(head.homepage),
            basis=_basis(made),
            score=score_summary(self.scorecard),
            facts=facts[0],
            more_facts=facts[1],
            capabilities=tuple(shown),
            more=tuple(more),
            review=review,
            sources=tuple(citations.sources),
            documents=tuple(made.documents),
            notes=left_out(made),
            footer=_footer(made),
            inputs_sha256=made.inputs_sha256,
        )


def score_summary(card: Scorecard | None) -> ScoreSummary:
    """The score with its coverage and the interval the unknown inputs allow."""
    if card is None or card.value is None:
        return ScoreSummary(UNKNOWN)
    share = f"{card.coverage * 100:.0f}"
    line = f"{card.value:.0f} of 100"
    if share != "100":
        line += f" on the {share} % of inputs known"
    if round(card.low) != round(card.high):
        line += f"; between {card.low:.0f} and {card.high:.0f} whatever the rest turns out to be"
    return ScoreSummary(line, card.value, card.low, card.high)


def _opening(capability: Capability) -> Capability:
    """The first sentence of a capability and nothing else: what a list of the rest shows of it."""
    first = [claim for claim in capability.summary if claim.printed][:1]
    empty: dict[str, list[object]] = {part: [] for part in ("unique", "vs_alternatives", "limitations", "intents", "inputs", "outputs")}
    return capability.model_copy(update={**empty, "summary": first})


def _basis(made: Decomposition) -> str:
    """Whose words the page rests on."""
    read = {d.origin for d in made.documents if d.used and d.artifact == made.artifact.slug}
    said = {
        "documentation": "its own documentation",
        "project-notes": "this project's notes on its documentation",
        "third-party": "what others wrote about it",
    }
    found = [text for origin, text in said.items() if origin in read]
    return ", ".join(found[:-1]) + " and " + found[-1] if len(found) > 1 else "".join(found) or "no document"


def _facts(made: Decomposition, citations: Citations, documents: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    head = made.artifact
    by_field: dict[str, FactClaim] = {}
    for fact in made.facts:
        if fact.printed or not fact.evidence:
            by_field.setdefault(fact.field, fact)
    first = [
        Fact("Type", head.type),
        _head_fact("License", head.license, by_field.get("license") or _parts_of("license", by_field), citations),
        _head_fact("Pricing", head.pricing, by_field.get("pricing") or by_field.get("availability"), citations),
    ]
    if documents:
        first.append(Fact("Documents", documents))
    first += [_fact(label, by_field[name], citations) for name, label in _LABELS.items() if name in by_field]
    taken = {*_LABELS, *_IN_THE_HEAD}
    rest = [_fact(_spoken(name), fact, citations) for name, fact in by_field.items() if name not in taken]
    return tuple(first), tuple(rest)


def _parts_of(field: str, by_field: Mapping[str, FactClaim]) -> FactClaim | None:
    """The first fact about a part (of a licence: its code's, its weights'), where the manifest read all parts at one place."""
    parts = [fact for name, fact in by_field.items() if name.startswith(f"{field}_")]
    return parts[0] if len({(fact.source, fact.date) for fact in parts}) == 1 else None


def _head_fact(label: str, value: str | None, fact: FactClaim | None, citations: Citations) -> Fact:
    if not value:
        return _fact(label, fact, citations) if fact else Fact(label, UNKNOWN)
    if fact is None:
        return Fact(label, one_line(value), source=_RECORD)
    made = _fact(label, fact, citations)
    return Fact(label, one_line(value), made.citations, made.source, made.link, made.date)


def _fact(label: str, fact: FactClaim, citations: Citations) -> Fact:
    date = None if fact.date in (None, "") else ("undated" if fact.date == "unknown" else fact.date)
    source = one_line(fact.source) if fact.source else None
    return Fact(label, one_line(fact.value), citations.cite(fact.evidence), source, web_address(source), date)


def _spoken(field: str) -> str:
    return sentence_case(field.replace("_", " "))


def _reviewed(claim: Claim, citations: Citations) -> Sentence:
    reasons = "; ".join(f"{c.name}: {one_line(c.detail)}" if c.detail else c.name for c in claim.checks if not c.passed)
    text = one_line(claim.text)
    return Sentence(f"{text} (undecided: {reasons})" if reasons else text, citations.cite(claim.evidence))


def _footer(made: Decomposition) -> str:
    read = sum(d.used and d.artifact == made.artifact.slug for d in made.documents)
    claims = sum(claim.printed for c in made.capabilities for claim in (*c.summary, *c.unique, *c.vs_alternatives, *c.limitations))
    engine = f"{made.engine.name} engine {made.engine.version}" + (f" with {made.engine.model}" if made.engine.model else "")
    parts = [_count(claims, "claim") + (", each with its quote" if claims else ""), f"{_count(read, 'document')} read", engine]
    if made.needs_review:
        parts.append(f"{_count(len(made.needs_review), 'claim')} undecided (--review lists them)")
    if made.rejected:
        parts.append(f"{_count(len(made.rejected), 'proposed claim')} rejected")
    line = "; ".join(parts) + "."
    return line[:1].upper() + line[1:]


def _count(number: int, noun: str) -> str:
    plural = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number or 'no'} {noun if number == 1 else plural}"
