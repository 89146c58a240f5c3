"""The score of one capability: how well the documents support it. It never enters the artifact's score."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain.capability import CapabilityScore, Claim, Evidence, GroundedText, ScoreInput
from agent.scoring.normalise import counted

# What is enough: two documents agree, four places say it, and the fields a reader looks for first are filled.
_DOCUMENTS, _PLACES, _FIELDS = 2, 4, 5
_NEARBY = 400  # quotes closer than this in one document come from one passage


def capability_score(
    summary: Sequence[Claim],
    unique: Sequence[Claim] = (),
    vs_alternatives: Sequence[Claim] = (),
    limitations: Sequence[Claim] = (),
    inputs: Sequence[GroundedText] = (),
    outputs: Sequence[GroundedText] = (),
) -> CapabilityScore:
    """Rate a capability 0-100 by its evidence only: documents, passages and fields documented, of printed claims."""
    fields: dict[str, Sequence[Claim] | Sequence[GroundedText]] = {
        "summary": [c for c in summary if c.printed],
        "unique": [c for c in unique if c.printed],
        "vs alternatives": [c for c in vs_alternatives if c.printed],
        "limitations": [c for c in limitations if c.printed],
        "inputs": inputs,
        "outputs": outputs,
    }
    evidence = [e for parts in fields.values() for part in parts for e in part.evidence]
    documents = len({e.document_id for e in evidence})
    places = _places(evidence)
    filled = [name for name, parts in fields.items() if parts]
    rows = [
        ScoreInput(name="documents", value=documents, normalised=counted(documents, _DOCUMENTS), weight=25, note=_enough(_DOCUMENTS)),
        ScoreInput(name="passages", value=places, normalised=counted(places, _PLACES), weight=35, note=_enough(_PLACES)),
        ScoreInput(
            name="fields documented", value=len(filled), normalised=counted(len(filled), _FIELDS), weight=40,
            note=f"{_enough(_FIELDS)}; {', '.join(filled) or 'none'} of {', '.join(fields)}",
        ),
    ]  # fmt: skip
    value = sum(row.weight * (row.normalised or 0) for row in rows) / sum(row.weight for row in rows)
    return CapabilityScore(value=round(value, 1), inputs=rows)


def _enough(count: int) -> str:
    return f"100 from {count} on"


def _places(evidence: Sequence[Evidence]) -> int:
    """How many separate places are quoted."""
    count = 0
    last: tuple[str, int] | None = None
    for item in sorted(evidence, key=lambda e: (e.document_id, e.start, e.end)):
        if last is None or last[0] != item.document_id or item.start > last[1] + _NEARBY:
            count += 1
            last = (item.document_id, item.end)
        else:
            last = (item.document_id, max(last[1], item.end))
    return count
