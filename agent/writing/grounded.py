"""Every thing a plan says, put to the test; what fails is left out, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agent.domain.capability import Check, ClaimStatus
from agent.domain.draft import LeftOut, SectionKey
from agent.domain.proposal import ClaimProposal, QuoteRef
from agent.writing.base import Grounding, Planned, PlannedSection, Said


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


def grounded(sections: tuple[PlannedSection, ...], groundings: Mapping[str, Grounding]) -> Grounded:
    """Ground every piece of every sentence; a sentence with fewer pieces left than it needs goes, and so does an empty block."""
    made = Grounded([], {})
    for section in sections:
        blocks = []
        for block in section.blocks:
            kept = [stands for one in block.sentences if (stands := _stands(one, section.key, groundings, made)) is not None]
            if kept:
                blocks.append(replace(block, sentences=tuple(kept)))
        # Two sides are set side by side, or not at all.
        if section.key == "shared":
            blocks = [block for block in blocks if len({one.artifact for one in block.sentences}) > 1]
        made.sections.append(replace(section, blocks=tuple(blocks)))
    return made


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
        checks = tuple(grounding.text_supported(said.text, said.evidence))
        return Verdict("supported" if all(check.passed for check in checks) else "rejected", checks)
    quotes = [QuoteRef(document_id=e.document_id, quote=e.quote, start=e.start, end=e.end) for e in said.evidence]
    proposal = ClaimProposal(kind=said.kind, text=said.text, quotes=quotes, alternatives=list(said.alternatives))
    claim = grounding.claim(proposal)
    moved = [e for e in claim.evidence if e not in said.evidence]
    if moved or len(claim.evidence) < len(said.evidence):
        return Verdict("rejected", (Check(name="located", passed=False, detail="a quote is not where the claim says"),))
    stored = said.stored
    if claim.status == "needs_review" and stored is not None and stored.printed and stored.text == said.text:
        return Verdict(stored.status, tuple(stored.checks))  # a model has judged these very words on these very quotes
    return Verdict(claim.status, tuple(claim.checks))


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
