"""Every thing a plan says, put to the test; what fails is left out, with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agent.domain.capability import Check, ClaimStatus
from agent.domain.draft import LeftOut, SectionKey
from agent.domain.proposal import ClaimProposal, QuoteRef
from agent.text.sentences import sentence_spans
from agent.text.words import tag
from agent.writing.base import Grounding, Planned, PlannedBlock, PlannedSection, Said
from agent.writing.styles import capital

_LEANS = re.compile(r"(?:it|its|they|their|this|these|that|those|such)\b", re.I)
_NEGATION = re.compile(r"\b(?:not|no|none|never|neither|nor|cannot|without|lacks?|fails?|unable|except)\b|n['’]t\b", re.I)
_ALONE = Check(name="antecedent", passed=False, detail="the sentence before it, which it leans on, does not stand")


@dataclass(frozen=True)
class Verdict:
    """What grounding says of one thing: its status and the checks that gave it."""

    status: ClaimStatus
    checks: tuple[Check, ...]

    @property
    def printed(self) -> bool:
        return self.status in ("supported", "one_sided")

    @property
    def reason(self) -> str:
        """What failed, in the words of the checks."""
        failed = [f"{check.name}: {check.detail}" if check.detail else check.name for check in self.checks if not check.passed]
        return "; ".join(failed) or self.status


@dataclass
class Grounded:
    """The sections with what stands, the verdict on each thing said, and what was left out."""

    sections: list[PlannedSection]
    verdicts: dict[Said, Verdict]
    left_out: list[LeftOut] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


def grounded(sections: tuple[PlannedSection, ...], groundings: Mapping[str, Grounding], before: Grounded | None = None) -> Grounded:
    """Ground every piece of every sentence; a sentence with fewer pieces left than it needs goes, and so does an empty block.

    What was grounded `before` is not grounded or said again; it keeps the account of both.
    """
    made = Grounded([], before.verdicts, before.left_out, before.said) if before else Grounded([], {})
    for section in sections:
        blocks = []
        for block in section.blocks:
            kept: list[Planned] = []
            fell = True  # there is no sentence before the first
            for one in block.sentences:
                stands = _stands(one, section.key, groundings, made)
                said = one.pieces[0]
                if stands is not None and fell and one.frame in ("", "as_is") and _LEANS.match(said.text.removeprefix(said.opening)):
                    made.left_out.append(_left_out(said, Verdict("rejected", (_ALONE,)), section.key))
                    stands = None
                if stands is not None and one.frame in ("", "as_is"):
                    if said.text in made.said:
                        stands = None
                    made.said.add(said.text)
                fell = stands is None
                kept += [stands] if stands else []
            if kept:
                blocks.append(replace(block, sentences=tuple(kept)))
        # Two sides are set side by side, or not at all.
        if section.key == "shared":
            blocks = [block for block in blocks if _of_both(block)]
        made.sections.append(replace(section, blocks=tuple(blocks)))
    return made


def _of_both(block: PlannedBlock) -> bool:
    said = [one for sentence in block.sentences for one in sentence.pieces]
    return len({one.artifact for one in said}) > 1 or any(one.alternatives for one in said)


def _stands(one: Planned, section: SectionKey, groundings: Mapping[str, Grounding], made: Grounded) -> Planned | None:
    kept = []
    for said in one.pieces:
        verdict = made.verdicts.get(said)
        if verdict is None:
            verdict = made.verdicts[said] = _judged(said, groundings[said.artifact])
        if verdict.printed:
            kept.append(said)
        elif not any(one.text == said.text and one.artifact == said.artifact for one in made.left_out):
            made.left_out.append(_left_out(said, verdict, section))
    return replace(one, pieces=tuple(kept)) if len(kept) >= one.least else None


def _judged(said: Said, grounding: Grounding) -> Verdict:
    if not said.evidence:
        return Verdict("rejected", (Check(name="located", passed=False, detail="no quote was given"),))
    if said.phrase:
        checks = (*grounding.text_supported(said.text, said.evidence), *_denied(said))
        return Verdict("supported" if all(check.passed for check in checks) else "rejected", checks)
    claim = grounding.claim(proposal_of(said))
    moved = [e for e in claim.evidence if e not in said.evidence]
    if moved or len(claim.evidence) < len(said.evidence):
        return Verdict("rejected", (Check(name="located", passed=False, detail="a quote is not where the claim says"),))
    stored = said.stored
    if claim.status == "needs_review" and stored is not None and stored.printed and stored.text == said.text:
        return Verdict(stored.status, tuple(stored.checks))  # a model has judged these very words on these very quotes
    return Verdict(claim.status, tuple(claim.checks))


def _denied(said: Said) -> list[Check]:
    """A failed check for a phrase that says yes where a sentence of its quotes that speaks of the same says no.

    A phrase stands in a frame that affirms it ("Choose X for ..."), so "does not tie agents to one kind of tool" is no ground for "tying
    agents to one kind of tool", whatever words they share.
    """
    if _NEGATION.search(said.text):
        return []
    words = {word.lemma for word in tag(said.text) if word.content}
    for quote in said.evidence:
        for start, end in sentence_spans(quote.quote, 0, len(quote.quote)):
            found = _NEGATION.search(quote.quote, start, end)
            if found and words & {word.lemma for word in tag(quote.quote[start:end])}:
                return [Check(name="negation", passed=False, detail=f"the quote says {found[0]!r}")]
    return []


def proposal_of(said: Said) -> ClaimProposal:
    """A sentence as grounding takes it."""
    return ClaimProposal(
        kind=said.kind,
        text=capital(said.text.removeprefix(said.opening)),
        quotes=[QuoteRef(document_id=e.document_id, quote=e.quote, start=e.start, end=e.end) for e in said.evidence],
        alternatives=list(said.alternatives),
    )


def _left_out(said: Said, verdict: Verdict, section: SectionKey) -> LeftOut:
    return LeftOut(
        section=section,
        artifact=said.artifact,
        text=said.text,
        reason=verdict.reason,
        status="needs_review" if verdict.status == "needs_review" else "rejected",
        evidence=list(said.evidence),
        checks=list(verdict.checks),
    )
