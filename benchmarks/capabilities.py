"""Capability recall and precision against golden files, strict and judged, beside blind tiling.

One fixed rule over the first 14 capabilities as printed. *Strict*: the first quote of a capability's summary, cut to 200 characters, and a
golden quote overlap by at least half of the shorter one (folded lengths); a golden quote that stands in several places has several
positions. *Judged*: pairs of which both sides stayed unmatched under strict are written out for independent readers (see pairs.py), and
their stored answers count. Pairs are one to one. Only scores are printed, never golden text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.golden import Entry, Golden, load_golden
from benchmarks.program import REFERENCE
from benchmarks.spans import CUT, Source, Span, sources_of, tiles

CAPABILITIES = 14
CLAIMS = 20


@dataclass(frozen=True)
class Predicted:
    """What counts of one printed capability: its name, its summary, its first quote and that quote's span (None: no such document)."""

    name: str
    description: str
    quote: str
    span: Span | None


@dataclass(frozen=True)
class Result:
    """The counts of one artifact. `judged` is None where no answers were given; `missing` counts golden quotes that no text holds."""

    slug: str
    golden: int
    predicted: int
    strict: int
    judged: int | None
    blind: int
    unique: tuple[int, int, int]
    alternatives: tuple[int, int, int]
    missing: int
    unanswered: int

    def recall(self, pairs: int) -> float:
        return pairs / self.golden if self.golden else 0.0

    def precision(self, pairs: int, predicted: int | None = None) -> float:
        count = self.predicted if predicted is None else predicted
        return pairs / count if count else 0.0


@dataclass(frozen=True)
class Matching:
    """One artifact with both sides located: what strict pairing made of them, and what is left over."""

    slug: str
    golden: Golden
    predicted: list[Predicted]
    places: list[list[Span]]
    edges: list[tuple[int, int]]
    paired: dict[int, int]

    def leftovers(self) -> list[tuple[int, int]]:
        """Every (predicted, golden) of which both sides stayed unmatched."""
        taken = set(self.paired.values())
        return [
            (p, g)
            for p in range(len(self.predicted))
            if p not in self.paired
            for g in range(len(self.golden.capabilities))
            if g not in taken
        ]


Judge = Callable[[Predicted, Entry], bool | None]
"""Answers whether two capabilities are the same job; None where nobody has answered."""


def measure(
    decompositions: Mapping[str, Mapping[str, Any]] | Iterable[Mapping[str, Any]],
    golden_dir: Path,
    corpus_dir: Path,
    judge: Judge | None = None,
) -> list[Result]:
    """Measure decompositions (their JSON) against the golden files of the same slugs; an artifact without a decomposition scores 0."""
    by_slug = _by_slug(decompositions)
    results = []
    for golden in load_golden(Path(golden_dir)):
        sources = sources_of(Path(corpus_dir) / golden.slug)
        results.append(_result(golden, by_slug.get(golden.slug, {}), sources, judge))
    return results


def matchings(decompositions: Iterable[Mapping[str, Any]], golden_dir: Path, corpus_dir: Path) -> list[Matching]:
    """Strict pairing of each golden artifact: what the judged reading starts from."""
    by_slug = _by_slug(decompositions)
    return [
        match(golden, by_slug.get(golden.slug, {}), sources_of(Path(corpus_dir) / golden.slug)) for golden in load_golden(Path(golden_dir))
    ]


def match(golden: Golden, decomposition: Mapping[str, Any], sources: list[Source]) -> Matching:
    """Pair the first 14 printed capabilities with the golden ones by the strict rule."""
    predicted = predictions(decomposition, sources)
    places = [places_of(entry, sources) for entry in golden.capabilities]
    edges = _edges([p.span for p in predicted], places)
    return Matching(golden.slug, golden, predicted, places, edges, maximum_pairs(edges))


def predictions(decomposition: Mapping[str, Any], sources: list[Source]) -> list[Predicted]:
    """What counts of the first 14 capabilities of a decomposition's JSON."""
    by_id = _documents(decomposition, sources)
    found = []
    for capability in decomposition.get("capabilities", [])[:CAPABILITIES]:
        summary = capability["summary"]
        evidence = next((e for claim in summary for e in claim["evidence"]), None)
        found.append(
            Predicted(
                name=capability["name"],
                description=" ".join(claim["text"] for claim in summary),
                quote=evidence["quote"] if evidence else "",
                span=_span(evidence, by_id) if evidence else None,
            )
        )
    return found


def maximum_pairs(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """A maximum one-to-one pairing of (left, right) edges, as left -> right; augmenting paths in the edges' order."""
    neighbours: dict[int, list[int]] = {}
    for left, right in edges:
        neighbours.setdefault(left, []).append(right)
    owner: dict[int, int] = {}

    def settle(left: int, tried: set[int]) -> bool:
        for right in neighbours[left]:
            if right in tried:
                continue
            tried.add(right)
            if right not in owner or settle(owner[right], tried):
                owner[right] = left
                return True
        return False

    for left in sorted(neighbours):
        settle(left, set())
    return {left: right for right, left in sorted(owner.items(), key=lambda pair: pair[1])}


def _result(golden: Golden, decomposition: Mapping[str, Any], sources: list[Source], judge: Judge | None) -> Result:
    matching = match(golden, decomposition, sources)
    judged, unanswered = None, 0
    if judge is not None:
        answers = {(p, g): judge(matching.predicted[p], golden.capabilities[g]) for p, g in matching.leftovers()}
        unanswered = sum(answer is None for answer in answers.values())
        judged = len(maximum_pairs(matching.edges + [pair for pair, answer in answers.items() if answer]))
    by_id = _documents(decomposition, sources)
    blind = len(maximum_pairs(_edges(list(tiles(sources, CAPABILITIES)), matching.places)))
    return Result(
        slug=golden.slug,
        golden=len(golden.capabilities),
        predicted=len(matching.predicted),
        strict=len(matching.paired),
        judged=judged,
        blind=blind,
        unique=_found(golden.unique, _first_quotes(decomposition, "unique", by_id), sources),
        alternatives=_found(golden.alternatives, _first_quotes(decomposition, "vs_alternatives", by_id), sources),
        missing=sum(not _quote_places(quote.file, quote.text, sources) for quote in golden.quotes()),
        unanswered=unanswered,
    )


def _by_slug(decompositions: Any) -> dict[str, Mapping[str, Any]]:
    items = decompositions.values() if isinstance(decompositions, Mapping) else decompositions
    return {item["artifact"]["slug"]: item for item in items}


def _documents(decomposition: Mapping[str, Any], sources: list[Source]) -> dict[str, Source]:
    """Document ids of a decomposition -> corpus documents, by the sha256 of their bytes, else by file name."""
    found = {}
    for document in decomposition.get("documents", []):
        for source in sources:
            if document.get("sha256") == source.sha256 or str(document.get("uri", "")).endswith(source.file):
                found[document["id"]] = source
                break
    return found


def _span(evidence: Mapping[str, Any], by_id: Mapping[str, Source]) -> Span | None:
    source = by_id.get(evidence["document_id"])
    if source is None:
        return None
    return source.span(evidence["start"], min(evidence["end"], evidence["start"] + CUT))


def places_of(entry: Entry, sources: list[Source]) -> list[Span]:
    return [span for quote in entry.quotes for span in _quote_places(quote.file, quote.text, sources)]


def _quote_places(file: str, quote: str, sources: list[Source]) -> list[Span]:
    return [span for source in sources if source.file == file for span in source.find(quote)]


def _edges(spans: list[Span] | list[Span | None], places: list[list[Span]]) -> list[tuple[int, int]]:
    return [
        (p, g)
        for p, span in enumerate(spans)
        if span is not None
        for g, own in enumerate(places)
        if any(span.same_passage(place) for place in own)
    ]


def _first_quotes(decomposition: Mapping[str, Any], kind: str, by_id: Mapping[str, Source]) -> list[Span]:
    claims = [claim for capability in decomposition.get("capabilities", []) for claim in capability[kind]][:CLAIMS]
    spans = [_span(claim["evidence"][0], by_id) for claim in claims if claim["evidence"]]
    return [span for span in spans if span is not None]


def _found(entries: tuple[Entry, ...], spans: list[Span], sources: list[Source]) -> tuple[int, int, int]:
    """(found, found by blind tiling, all) of golden entries."""
    places = [places_of(entry, sources) for entry in entries]

    def count(candidates: list[Span]) -> int:
        return sum(any(span.same_passage(place) for span in candidates for place in own) for own in places)

    return count(spans), count(tiles(sources, CLAIMS)), len(entries)


def report(results: list[Result]) -> str:
    """Macro means and each artifact, as aligned text."""
    judged = all(result.judged is not None for result in results) and bool(results)
    lines = [
        f"{'artifact':24} gold pred  strict R/P    judged R/P    blind R/P     unique (blind)    alternatives (blind)",
    ]
    for r in results:
        reading = f"{r.recall(r.judged):.2f} / {r.precision(r.judged):.2f}" if r.judged is not None else "-"
        unique, alternatives = (f"{n}/{total} ({blind})" for n, blind, total in (r.unique, r.alternatives))
        strict = f"{r.recall(r.strict):.2f} / {r.precision(r.strict):.2f}"
        blind = f"{r.recall(r.blind):.2f} / {r.precision(r.blind, CAPABILITIES):.2f}"
        lines.append(f"{r.slug:24} {r.golden:4} {r.predicted:4}  {strict:13} {reading:13} {blind:13} {unique:17} {alternatives}")
    if not results:
        return "no golden files found"
    count = len(results)
    strict = f"{sum(r.recall(r.strict) for r in results) / count:.3f} / {sum(r.precision(r.strict) for r in results) / count:.3f}"
    blind_recall = sum(r.recall(r.blind) for r in results) / count
    blind_precision = sum(r.precision(r.blind, CAPABILITIES) for r in results) / count
    lines.append("")
    lines.append(f"macro mean of {count}: strict recall / precision {strict}; blind tiling {blind_recall:.3f} / {blind_precision:.3f}")
    if judged:
        recall = sum(r.recall(r.judged or 0) for r in results) / count
        precision = sum(r.precision(r.judged or 0) for r in results) / count
        lines.append(
            f"judged recall / precision {recall:.3f} / {precision:.3f}; pairs without an answer: {sum(r.unanswered for r in results)}"
        )
    for label, part in (("unique", [r.unique for r in results]), ("alternatives", [r.alternatives for r in results])):
        found, blind_found, total = (sum(item[n] for item in part) for n in range(3))
        lines.append(f"golden {label} found: {found} of {total} ({found / max(1, total):.2f}); blind tiling {blind_found}")
    lines.append(f"golden quotes that stand nowhere in the ingested text: {sum(r.missing for r in results)}")
    return "\n".join(lines)


def load_decompositions(folder: Path) -> list[dict[str, Any]]:
    """Every decomposition JSON of a folder."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure capabilities", description=__doc__)
    parser.add_argument("--golden", type=Path, default=REFERENCE / "golden", help="folder of golden files")
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus", help="folder of the artifacts' documents")
    parser.add_argument("--decompositions", type=Path, help="folder of decomposition JSON; default: decompose the corpus now")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    options = parser.parse_args(argv)
    if not any(options.golden.glob("*.yaml")):
        parser.error(f"no golden files in {options.golden}: set AGENT_REFERENCE or --golden")
    if options.decompositions:
        decompositions = load_decompositions(options.decompositions)
    else:
        from benchmarks.direct import decompose_folder

        decompositions = [decompose_folder(options.corpus, golden.slug) for golden in load_golden(options.golden)]
    results = measure(decompositions, options.golden, options.corpus)
    print(json.dumps([r.__dict__ for r in results], indent=1) if options.json else report(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
