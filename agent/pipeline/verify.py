"""Puts what an engine proposes through grounding, and keeps of each capability what stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from agent.domain.capability import Check, Claim, Evidence, FactClaim, GroundedText, Importance
from agent.domain.judgement import Judgeable, Judgement
from agent.domain.proposal import CapabilityProposal, ClaimProposal, FactProposal, Proposal, QuoteRef, TextProposal

MOST = 3  # claims printed in each field of a capability
_ALIKE = 0.8  # Jaccard of words: two such sentences say the same
_WORD = re.compile(r"\w+")


class Grounding(Protocol):
    """What verification needs of a grounder."""

    def claim(self, proposal: ClaimProposal) -> Claim: ...

    def text_supported(self, text: str, evidence: Sequence[Evidence]) -> list[Check]: ...

    def evidence(self, ref: QuoteRef) -> Evidence | None: ...

    def judgeable(self, proposals: Iterable[ClaimProposal]) -> list[Judgeable]:
        """What a judge is to be asked: the claims that every guard passes, each once."""
        ...

    def label(self, text: str, quotes: Sequence[QuoteRef]) -> Judgeable | None:
        """A name to ask a judge about, where nothing but its words is in doubt."""
        ...

    def informed(self, judgements: Mapping[Judgeable, Judgement]) -> Grounding:
        """The same grounding with a judge's findings at hand."""
        ...


Judge = Callable[[Sequence[Judgeable]], list[Judgement]]
"""Reads claims against their quotes, all of them in one go, and answers in their order."""


@dataclass(frozen=True)
class VerifiedCapability:
    """A capability of which every part stands; it has no id, URI or score yet."""

    name: str
    importance: Importance
    summary: list[Claim]
    unique: list[Claim]
    vs_alternatives: list[Claim]
    limitations: list[Claim]
    intents: list[str]
    inputs: list[GroundedText]
    outputs: list[GroundedText]


@dataclass
class Verified:
    """The outcome of verification: nothing that was proposed is missing from it, repetitions apart.

    `missing` lists what was not read or not judged, one line each with the reason; where it is not empty the outcome is incomplete.
    """

    capabilities: list[VerifiedCapability] = field(default_factory=list)
    facts: list[FactClaim] = field(default_factory=list)
    needs_review: list[Claim] = field(default_factory=list)
    rejected: list[Claim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def verified(proposal: Proposal, grounder: Grounding, judge: Judge | None = None) -> Verified:
    """Ground every claim, name, intent, input and output of a proposal.

    A capability none of whose summary claims, spare ones included, is printed is left out, and a note says so; a claim that repeats an
    earlier one of its kind is left out. A `judge` is asked once, about all claims that the guards pass and about names in other words than
    their quotes; grounding then weighs what it found.
    """
    missing = list(proposal.missing)
    fair: set[tuple[int, str]] = set()
    if judge is not None:
        labels, asked = _to_judge(proposal, grounder)
        found = dict(zip(asked, judge(asked), strict=True))
        missing += dict.fromkeys(one.detail for one in found.values() if one.finding == "unanswered")
        grounder = grounder.informed(found)
        fair = {key for key, one in labels.items() if found[one].finding == "supported"}
    result = _Verification(grounder, fair).of(proposal)
    result.missing += missing
    return result


def _to_judge(proposal: Proposal, grounder: Grounding) -> tuple[dict[tuple[int, str], Judgeable], list[Judgeable]]:
    """Names by capability's number and text, and all that is asked: each capability's claims with its names beside them, then facts."""
    labels: dict[tuple[int, str], Judgeable] = {}
    asked: dict[Judgeable, None] = {}
    for number, one in enumerate(proposal.capabilities):
        claims = [claim for part in (one.summary, one.unique, one.vs_alternatives, one.limitations) for claim in part]
        asked.update(dict.fromkeys(grounder.judgeable(claims)))
        quotes = [ref for claim in one.summary for ref in claim.quotes]
        for name in (one.name, *one.other_names):
            label = grounder.label(name, quotes)
            if label is not None:
                labels[number, name] = label
                asked[label] = None
    asked.update(dict.fromkeys(grounder.judgeable(map(_as_claim, proposal.facts))))
    return labels, list(asked)


def _as_claim(fact: FactProposal) -> ClaimProposal:
    return ClaimProposal(kind="fact", text=fact.text, quotes=fact.quotes)


class _Verification:
    def __init__(self, grounder: Grounding, fair: Collection[tuple[int, str]]) -> None:
        self.grounder = grounder
        self.fair = fair  # names that a judge found fair, by capability's number
        self.result = Verified()
        self.said: dict[str, list[frozenset[str]]] = {}
        self.listed: set[str] = set()

    def of(self, proposal: Proposal) -> Verified:
        self.result.notes += proposal.notes
        found = [self._capability(number, one) for number, one in enumerate(proposal.capabilities)]
        self.result.capabilities += [one for one in found if one is not None]
        if out := found.count(None):  # by number, not by name: a page does not repeat what nothing supports
            which = "1 proposed capability was" if out == 1 else f"{out} proposed capabilities were"
            self.result.notes.append(f"{which} left out: no sentence of the summary is supported.")
        self.result.facts += [fact for one in proposal.facts if (fact := self._fact(one)) is not None]
        return self.result

    def _capability(self, number: int, one: CapabilityProposal) -> VerifiedCapability | None:
        summary = self._claims(one.summary)
        if one.spare and (not summary or summary[0].text != one.summary[0].text):
            summary = [*self._claims(one.spare[:1]), *summary][:MOST]
        # Claims of a capability that is left out are grounded too: what fails is listed, whatever becomes of the capability.
        if not summary:
            for rest in (one.unique, one.vs_alternatives, one.limitations):
                self._claims(rest, keep=False)
            return None
        unique, against, limitations = (self._claims(c) for c in (one.unique, one.vs_alternatives, one.limitations))
        evidence = [e for claim in (*summary, *unique, *against, *limitations) for e in claim.evidence]
        return VerifiedCapability(
            name=self._name(number, one, evidence),
            importance=one.importance,
            summary=summary,
            unique=unique,
            vs_alternatives=against,
            limitations=limitations,
            intents=[intent for intent in dict.fromkeys(one.intents) if self._stands(intent, evidence)],
            inputs=self._texts(one.inputs),
            outputs=self._texts(one.outputs),
        )

    def _claims(self, proposals: Iterable[ClaimProposal], *, keep: bool = True) -> list[Claim]:
        printed: list[Claim] = []
        for proposal in proposals:
            claim = self.grounder.claim(proposal)
            if not claim.printed:
                self._list(claim)
            elif keep and len(printed) < MOST and self._is_new(claim):
                printed.append(claim)
        return printed

    def _list(self, claim: Claim) -> None:
        if claim.id not in self.listed:
            self.listed.add(claim.id)
            (self.result.needs_review if claim.status == "needs_review" else self.result.rejected).append(claim)

    def _is_new(self, claim: Claim) -> bool:
        words = frozenset(_WORD.findall(claim.text.casefold()))
        earlier = self.said.setdefault(claim.kind, [])
        if any(len(words & other) >= _ALIKE * len(words | other) for other in earlier):
            return False
        earlier.append(words)
        return True

    def _name(self, number: int, one: CapabilityProposal, evidence: Sequence[Evidence]) -> str:
        """The first name that stands: its words are in the quotes, or nothing else is against it and a judge found it fair."""
        for name in (one.name, *one.other_names):
            failed = {check.name for check in self.grounder.text_supported(name, evidence) if not check.passed}
            if not failed or (failed == {"words"} and (number, name) in self.fair):
                return name
        return one.fallback_name

    def _stands(self, text: str, evidence: Sequence[Evidence]) -> bool:
        return all(check.passed for check in self.grounder.text_supported(text, evidence))

    def _texts(self, proposals: Iterable[TextProposal]) -> list[GroundedText]:
        result = []
        for proposal in proposals:
            evidence = [found for quote in proposal.quotes if (found := self.grounder.evidence(quote)) is not None]
            if evidence and self._stands(proposal.text, evidence):
                result.append(GroundedText(text=proposal.text, evidence=evidence))
        return result

    def _fact(self, one: FactProposal) -> FactClaim | None:
        claim = self.grounder.claim(_as_claim(one))
        if not claim.printed:
            self._list(claim)
            return None
        if one.value.casefold() not in one.text.casefold() and not self._stands(one.value, claim.evidence):
            return None
        return FactClaim(**claim.model_dump(), field=one.field, value=one.value)
