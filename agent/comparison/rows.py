"""The feature table: one line per thing a reader looks up, "unknown" where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.domain.artifact import UNDATED, Fact
from agent.domain.capability import Evidence, FactClaim, ScoreInput
from agent.domain.comparison import Row, Side
from agent.domain.scorecard import NO_SEARCHES
from agent.text.languages import agrees, in_words

UNKNOWN = "unknown"
RECORD = "artifact.yaml"  # where a value of the head was read for which neither a fact nor a quote gives the source
_VALUES = 4  # of a list of sizes or languages; the note has all of them
# Rows that are left out where neither side has them: most kinds of thing have no such fact.
_WHERE_KNOWN = {
    "Input": ("input_modalities", "formats"),
    "Output": ("output_modalities",),
    "Context length": ("context_length",),
    "Trained on": ("training_data",),
    "Requires": ("requirements",),
    "Hardware": ("hardware",),
    "Version": ("latest_version",),
}


@dataclass(frozen=True)
class Cell:
    """What a cell shows, a short note beside it, and what stands behind it."""

    text: str
    note: str = ""
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def rows(a: Side, b: Side) -> list[Row]:
    """The rows in the order of the page."""
    cells: dict[str, Callable[[Side], Cell]] = {
        "Type": _type,
        "Score": _score,
        "Adoption": lambda side: _component(side, "adoption"),
        "Quality": lambda side: _component(side, "quality"),
        "Ecosystem": lambda side: _component(side, "ecosystem"),
        "Match graph": lambda side: _component(side, "match_graph"),
        "Freshness": lambda side: _component(side, "freshness"),
        "Pricing": lambda side: _stated(side, side.manifest.pricing, "pricing", "availability"),
        "License": lambda side: _stated(side, side.manifest.license, "license", "license_weights", "license_data", "license_code"),
        "Released": lambda side: _stated(side, None, "released"),
        "Size": lambda side: _stated(side, None, "size", "parameters", "parameters_exact", "tokens"),
        "Languages": _languages,
        **{label: _any_of(fields) for label, fields in _WHERE_KNOWN.items()},
        "Documents": _documents,
        "Capabilities": _capabilities,
        "Times matched": _times_matched,
    }
    made = [_row(label, cell(a), cell(b)) for label, cell in cells.items()]
    return [row for row in made if row.label not in (*_WHERE_KNOWN, "Documents") or (row.a, row.b) != (UNKNOWN, UNKNOWN)]


def _any_of(fields: tuple[str, ...]) -> Callable[[Side], Cell]:
    return lambda side: _stated(side, None, *fields)


def _row(label: str, a: Cell, b: Cell) -> Row:
    return Row(
        label=label, a=a.text, b=b.text, a_note=a.note, b_note=b.note, a_sources=list(a.sources), b_sources=list(b.sources),
        a_evidence=list(a.evidence), b_evidence=list(b.evidence),
    )  # fmt: skip


def _type(side: Side) -> Cell:
    detail = side.manifest.fact("type_detail")
    if detail is None:
        return Cell(side.manifest.type)
    return Cell(side.manifest.type, detail.printed(), (sourced(detail, side),))


def _score(side: Side) -> Cell:
    card = side.scorecard
    if card.value is None:
        return Cell(UNKNOWN, "no input is known")
    if card.coverage >= 1:
        return Cell(f"{card.value:.0f}")
    share = f"{card.coverage * 100:.0f} % of its inputs known"
    return Cell(f"{card.value:.0f} ({share}; {card.interval()} if all were)")


def _component(side: Side, name: str) -> Cell:
    component = side.scorecard.component(name)
    if component is None:
        return Cell(UNKNOWN)
    known = [i for i in component.inputs if i.weight > 0 and i.normalised is not None]
    missing = [i for i in component.inputs if i.weight > 0 and i.normalised is None]
    note = ", ".join(_figure(i) for i in known) or missing[0].note
    behind = tuple(f"{_label(i)}: {_amount(i.value)} ({i.source or 'counted here'}, {i.date or 'undated'})" for i in known)
    return Cell(component.printed(), note, behind)


_WORDS = {
    "huggingface_downloads": "{} downloads",
    "huggingface_likes": "{} likes",
    "github_stars": "{} stars",
    "github_forks": "{} forks",
    "github_contributors": "{} contributors",
    "package_downloads": "{} package downloads",
    "licence": "licence stated",
    "limitations": "{} limits stated",
    "evaluation": "{} evaluation results",
    "usage": "{} usage examples",
    "claims_supported": "{} of claims supported",
    "times_matched": "matched {} times",
    "latest_release": "released {}",
    "last_activity": "last change {}",
}


def _figure(item: ScoreInput) -> str:
    """A scored figure in a few words: "223,000 downloads"."""
    if item.name == "licence" and not item.normalised:
        return "no licence stated"
    said = _WORDS.get(item.name, f"{{}} {_label(item)}").format(_amount(item.value))
    if item.value == 0 and said.startswith("0 "):
        return f"no {said[2:]}"
    return re.sub(r"^(1 (?:\w+ )*?)(\w+?)s\b", r"\1\2", said) if item.value == 1 else said


def _label(item: ScoreInput) -> str:
    return item.name.replace("_", " ")


def _amount(value: float | int | str | None) -> str:
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def facts_of(side: Side, field: str) -> list[Fact | FactClaim]:
    """What is known of a field: the manifest's facts, else those found in the documents."""
    stated: list[Fact | FactClaim] = [f for f in side.manifest.facts if f.field == field]
    if stated or side.decomposition is None:
        return stated
    return [f for f in side.decomposition.facts if f.field == field and f.printed]


def values_of(fact: Fact | FactClaim) -> list[str]:
    """The values of a fact, one string each."""
    values = [str(v) for v in fact.value] if isinstance(fact.value, list) else [str(fact.value)]
    return [in_words(fact.field, value) for value in values]


def sourced(fact: Fact | FactClaim, side: Side) -> str:
    """Where and when a fact was read; whose words a quote is where they are not the documentation's own."""
    if isinstance(fact, FactClaim) and fact.evidence:
        quote = fact.evidence[0]
        heads = side.decomposition.documents if side.decomposition else []
        head = next((d for d in heads if d.id == quote.document_id), None)
        said = f"“{' '.join(quote.quote.split())}”"
        if head is not None and head.origin == "project-notes":
            return f"from this project's notes on {side.manifest.name}: {said}"
        return f"{head.title}: {said}" if head is not None else said
    when = fact.date if fact.date and fact.date != UNDATED else "undated"
    return f"{fact.source or 'manifest'}, {when}"


def _stated(side: Side, value: str | None, *fields: str) -> Cell:
    """A value of the manifest itself, else of the first of these fields that is known; every value with its source behind it."""
    found = next((facts for facts in (facts_of(side, field) for field in fields) if facts), [])
    if value:  # a quote that says something else stands behind another value
        found = [f for f in found if not isinstance(f, FactClaim) or agrees(f.value, value)]
    behind = tuple(f"{', '.join(values_of(f))} ({sourced(f, side)})" for f in found)
    quotes = tuple(quote for f in found if isinstance(f, FactClaim) for quote in f.evidence)
    if value:
        return Cell(value, sources=behind or (f"{value} ({RECORD})",), evidence=quotes)
    values = [v for f in found for v in values_of(f)]
    if not values:
        return Cell(UNKNOWN)
    more = f" and {len(values) - _VALUES} more" if len(values) > _VALUES else ""
    return Cell("; ".join(values[:_VALUES]) + more, sources=behind, evidence=quotes)


def _languages(side: Side) -> Cell:
    natural = _stated(side, None, "languages")
    if natural.text != UNKNOWN:
        return natural
    code = _stated(side, None, "programming_languages")
    return replace(code, text=f"programming: {code.text}") if code.text != UNKNOWN else code


def _capabilities(side: Side) -> Cell:
    if side.decomposition is None:
        return Cell(UNKNOWN, "no documents read yet")
    found = side.decomposition.capabilities
    core = sum(c.importance == "core" for c in found)
    return Cell(f"{len(found)}, {core} of them core" if core else str(len(found)))


def _documents(side: Side) -> Cell:
    """How many documents were read, and of what time they are where the manifest says so."""
    if side.decomposition is None:
        return Cell(UNKNOWN)
    read = sum(d.used and d.artifact == side.manifest.slug for d in side.decomposition.documents)
    dates = sorted(str(when)[:10] for doc in side.manifest.docs if (when := (doc.model_extra or {}).get("commit_date")))
    span = "" if not dates else f", of {dates[0]}" if dates[0] == dates[-1] else f", of {dates[0]} to {dates[-1]}"
    return Cell(f"{read} read{span}") if read else Cell(UNKNOWN)


def _times_matched(side: Side) -> Cell:
    if side.searches_recorded <= 0:
        return Cell(f"0, {NO_SEARCHES}")
    return Cell(f"{side.times_matched:,}", f"of {side.searches_recorded:,} searches recorded")
