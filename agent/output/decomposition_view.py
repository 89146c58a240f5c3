"""The page of one artifact, before any format: head, facts, capabilities, sources and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim, Decomposition, DocumentHead, FactClaim
from agent.domain.scorecard import Scorecard
from agent.output.capability_view import CapabilityView, Sentence, capability_view, silence
from agent.output.citations import Citations, Source
from agent.output.clean import one_line, web_address
from agent.output.documents_view import documents_line, left_out
from agent.output.excerpts import Excerpts, no_excerpts
from agent.output.facts_view import Fact, definition, facts
from agent.output.options import PageOptions

UNKNOWN = "unknown"
_ENOUGH = 0.5  # the share of known inputs from which a page tells the number


@dataclass(frozen=True)
class ScoreSummary:
    """The score as a line of text, as a sentence for whoever has not met it, and as numbers (0-100; None where nothing is known)."""

    line: str
    sentence: str
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
    definition: Sentence | None
    capabilities: tuple[CapabilityView, ...]
    more: tuple[CapabilityView, ...]
    limits: tuple[Sentence, ...]
    review: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    documents: tuple[DocumentHead, ...]
    notes: tuple[str, ...]
    footer: str
    inputs_sha256: str
    missing: tuple[str, ...] = ()  # what a model left unanswered

    @property
    def total(self) -> int:
        return len(self.capabilities) + len(self.more)

    @property
    def groups(self) -> list[tuple[str, list[CapabilityView]]]:
        """The capabilities under the titles of the page: the core ones, then the others."""
        core = [c for c in self.capabilities if c.importance == "core"]
        rest = [c for c in self.capabilities if c.importance != "core"]
        if not core or not rest:
            return [("Capabilities", [*core, *rest])] if self.capabilities else []
        return [("Core capabilities", core), ("Further capabilities", rest)]

    @property
    def silence(self) -> str:
        """One sentence for every capability of which the documents say nothing unique and compare nothing."""
        return silence(self.capabilities)

    @property
    def lead(self) -> str:
        """What the page holds and whose words it rests on."""
        if not self.total and self.missing:
            return "Nothing was read: the model's answers are missing."
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
        ordered = [_once(c, made.facts) for c in sorted(made.capabilities, key=lambda c: c.importance != "core")]
        limit = len(ordered) if options.limit is None else options.limit
        said = definition(made, citations)
        rows = facts(made, citations, documents_line(made, self.manifest.docs) if self.manifest else "")
        shown = [capability_view(_without_limits(c), n, citations, head.slug) for n, c in enumerate(ordered[:limit], 1)]
        limits = _limits(ordered[:limit], citations, head.slug)
        review = tuple(_reviewed(c, citations) for c in made.needs_review) if options.review else ()
        beyond = citations if options.whole else citations.apart()
        rest = ordered[limit:]
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
            facts=rows[0],
            more_facts=rows[1],
            definition=said,
            capabilities=tuple(shown),
            more=tuple(more),
            limits=limits,
            review=review,
            sources=tuple(citations.sources),
            documents=tuple(made.documents),
            missing=tuple(made.missing),
            notes=left_out(made),
            footer=_footer(made),
            inputs_sha256=made.inputs_sha256,
        )


def score_summary(card: Scorecard | None) -> ScoreSummary:
    """The score with its coverage and the interval the unknown inputs allow."""
    if card is None or card.value is None:
        return ScoreSummary(UNKNOWN, "Score: unknown; nothing is known of what it is made from.")
    share = f"{card.coverage * 100:.0f}"
    line = f"{card.value:.0f} of 100"
    sentence = f"Score: {line} on adoption, documentation, freshness, integrations and use"
    if share != "100":
        line += f", from the {share} % of its inputs that are known"
        sentence += f", counting the {share} % of inputs that are known"
    if card.coverage < _ENOUGH:
        sentence = f"Score: too little is known for a number to help ({share} % of its inputs)"
        sentence += f"; `agent score {card.artifact} --explain` shows what is"
    elif round(card.low) != round(card.high):
        sentence += f"; with all of them known it would lie between {card.low:.0f} and {card.high:.0f}"
    return ScoreSummary(line, f"{sentence}.", card.value, card.low, card.high)


def _once(capability: Capability, facts: Iterable[FactClaim]) -> Capability:
    """Without the sentence that the page opens with, unless it is all that the capability's summary has."""
    opening = {fact.text for fact in facts if fact.field == "definition" and fact.printed}
    summary = [claim for claim in capability.summary if claim.text not in opening] or capability.summary
    unique = [claim for claim in capability.unique if claim.text not in opening]
    return capability.model_copy(update={"summary": summary, "unique": unique})


def _without_limits(capability: Capability) -> Capability:
    return capability.model_copy(update={"limitations": []})


def _limits(capabilities: Iterable[Capability], citations: Citations, subject: str) -> tuple[Sentence, ...]:
    """The limits of the artifact in one list: most of them are the whole thing's, whichever capability they were found beside."""
    printed = list({claim.id: claim for c in capabilities for claim in c.limitations if claim.printed}.values())
    texts = citations.sentences(printed, subject)
    return tuple(Sentence(text, citations.cite(claim.evidence)) for text, claim in zip(texts, printed, strict=True))


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
