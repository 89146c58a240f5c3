"""Quality: what the documentation documents (licence, limitations, results, usage) and how much of what was claimed is supported."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.domain.capability import PRINTED, ScoreInput
from agent.scoring.case import Case, dated, unknown
from agent.scoring.normalise import counted, joined

# Words of headings and sentences, not of any one document.
_LIMITS = re.compile(
    r"\b(limitations?|limits?|known issues|caveats?|risks?|bias(?:es)?|out[- ]of[- ]scope|ethic\w*|security|not suitable)\b", re.I
)
_RESULTS = re.compile(r"\b(evaluations?|results?|benchmarks?|performance|leaderboard|metrics|accuracy|scores?|comparison)\b", re.I)
_USAGE = re.compile(
    r"\b(usage|how to use|using|use|quick ?start|quickstart|getting started|examples?|tutorials?|demo|inference|installation|install|"
    r"setup|configuration|api|cli|command[- ]line|loading|how to)\b",
    re.I,
)
_METRIC = re.compile(
    r"\b(accuracy|score[sd]?|F1|BLEU|ROUGE|CIDEr|mAP|AP|IoU|mIoU|WER|CER|ANLS|perplexity|bits per byte|BPB|recall|precision|pass@\d+|"
    r"throughput|latency|tokens? per second|times (?:faster|higher|more)|benchmarks?|outperforms?|percent|"
    r"state[- ]of[- ]the[- ]art)\b|%|\d[×x]\b",
    re.I,
)
_RESULT_FACTS = ("benchmark_results", "evaluation", "benchmark_use", "throughput_claim", "results")
_ENOUGH_LIMITS = 3
_ENOUGH_RESULTS = 3
_ENOUGH_USAGE = 5
_NOT_READ = "no documents read yet"


def inputs(case: Case) -> list[ScoreInput]:
    """One input per row of the table; each says what was counted and where."""
    makers: dict[str, Callable[[Case, float], ScoreInput]] = {
        "licence": _licence,
        "limitations": _limitations,
        "evaluation": _evaluation,
        "usage": _usage,
        "claims_supported": _claims_supported,
    }
    return [makers[name](case, weight) for name, weight in case.table.quality.items() if weight > 0]


def _licence(case: Case, weight: float) -> ScoreInput:
    note = "100 where a licence is stated, 0 where the documents state none"
    facts = [f for f in case.manifest.facts if f.field.startswith("license")]
    stated = case.manifest.license or "; ".join(f.printed() for f in facts)
    found = [f for f in case.decomposition.facts if f.field.startswith("licen")] if case.decomposition else []
    if not stated and not found and case.decomposition is None:
        return unknown("licence", weight, _NOT_READ)
    source, read_on = _place(case), None
    if stated:
        source, read_on = (facts[0].source, dated(facts[0].date)) if facts else (case.manifest.homepage, None)
    value = stated or (found[0].value if found else "none stated")
    normalised = 100 if stated or found else 0
    return ScoreInput(name="licence", value=value, normalised=normalised, weight=weight, source=source, date=read_on, note=note)


def _limitations(case: Case, weight: float) -> ScoreInput:
    if case.decomposition is None and not case.store.outlines:
        return unknown("limitations", weight, _NOT_READ)
    claims = {c.id for c in case.claims() if c.kind == "limitation" and c.printed}
    sections = _sections(case, _LIMITS)
    count = max(len(claims), 1 if sections else 0)
    note = joined(
        f"100 from {_ENOUGH_LIMITS} on",
        f"{len(claims)} in the capabilities",
        f"sections: {', '.join(sections[:4])}" if sections else None,
    )
    return ScoreInput(
        name="limitations", value=count, normalised=counted(count, _ENOUGH_LIMITS), weight=weight, source=_place(case), note=note
    )


def _evaluation(case: Case, weight: float) -> ScoreInput:
    facts = [f for f in case.manifest.facts if f.field in _RESULT_FACTS]
    if case.decomposition is None and not case.store.outlines and not facts:
        return unknown("evaluation", weight, _NOT_READ)
    claims = {c.id for c in case.claims() if c.printed and _METRIC.search(c.text) and re.search(r"\d", c.text)}
    sections = _sections(case, _RESULTS)
    count = len(claims) + len(facts) + len(sections)
    note = joined(
        f"100 from {_ENOUGH_RESULTS} on",
        f"{len(claims)} claims with a figure" if claims else None,
        f"facts: {', '.join(f.field.replace('_', ' ') for f in facts)}" if facts else None,
        f"sections: {', '.join(sections[:4])}" if sections else None,
    )
    source = facts[0].source if facts and case.decomposition is None else _place(case)
    return ScoreInput(name="evaluation", value=count, normalised=counted(count, _ENOUGH_RESULTS), weight=weight, source=source, note=note)


def _usage(case: Case, weight: float) -> ScoreInput:
    if not case.store.outlines:
        return unknown("usage", weight, "no outline of the documents in the store")
    sections = _sections(case, _USAGE)
    code = sum(o.code_blocks for o in case.store.outlines)
    count = len(sections) + code
    note = joined(
        f"100 from {_ENOUGH_USAGE} on",
        f"{code} places that show code",
        f"sections: {', '.join(sections[:4])}" if sections else "no section on usage",
    )
    return ScoreInput(name="usage", value=count, normalised=counted(count, _ENOUGH_USAGE), weight=weight, source=_place(case), note=note)


def _claims_supported(case: Case, weight: float) -> ScoreInput:
    if case.decomposition is None:
        return unknown("claims_supported", weight, _NOT_READ)
    judged = {c.id: c.status for c in case.claims()}
    judged |= {c.id: c.status for c in (*case.decomposition.needs_review, *case.decomposition.rejected)}
    if not judged:
        return unknown("claims_supported", weight, "no claim was made")
    supported = sum(status in PRINTED for status in judged.values())
    share = round(100 * supported / len(judged), 2)
    note = f"{supported} of {len(judged)} claims proposed from the documents passed every check; the share in percent is the value"
    return ScoreInput(name="claims_supported", value=f"{share:.0f} %", normalised=share, weight=weight, source=_place(case), note=note)


def _sections(case: Case, pattern: re.Pattern[str]) -> list[str]:
    """Distinct headings with such a word in the artifact's own documents; a document's first heading is its title."""
    own = [o for o in case.store.outlines if o.origin != "third-party"]
    return list(dict.fromkeys(h for o in own for h in o.headings[1:] if pattern.search(h)))


def _place(case: Case) -> str | None:
    """The documents something was counted in: their addresses, the first two spelled out."""
    if case.store.outlines:
        uris = [o.uri for o in case.store.outlines]
    elif case.decomposition is not None:
        uris = [d.uri for d in case.decomposition.documents if d.used and d.artifact == case.manifest.slug]
    else:
        return None
    return joined(*uris[:2], f"and {len(uris) - 2} more" if len(uris) > 2 else None) or None
