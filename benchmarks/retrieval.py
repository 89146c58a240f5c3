"""How well passages are found: each golden capability's name and description asks for the passages that hold its quotes.

Dense, lexical and fused rankings in one table, inside the capability's own artifact and across the whole corpus. Golden texts are read by
this program alone; no rule of retrieval is tuned on them (the development annotations, unpacked, are for that: --golden FOLDER).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.pipeline import Pipeline
from agent_vectorstore.fusion import VOTES, K, fused
from benchmarks.golden import Entry, load_golden
from benchmarks.index import pipeline_at
from benchmarks.program import REFERENCE
from benchmarks.spans import Source, Span, sources_of

MODES = ("dense", "lexical", "fused")
DEPTH = 50


@dataclass(frozen=True)
class Question:
    """What is asked of which artifact, and the ids of the passages that answer it."""

    slug: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Quality:
    """Means over questions: the share of the answers among the first 5 and 10, and one over the rank of the first answer."""

    recall_5: float
    recall_10: float
    mrr: float

    def not_below(self, other: Quality) -> bool:
        """Whether every figure is at least the other's, as printed."""
        pairs = zip(self.printed(), other.printed(), strict=True)
        return all(mine >= theirs for mine, theirs in pairs)

    def printed(self) -> tuple[float, float, float]:
        return round(self.recall_5, 3), round(self.recall_10, 3), round(self.mrr, 3)


def quality(found: Iterable[tuple[Sequence[str], frozenset[str]]]) -> Quality:
    """The means over (ranking, answers)."""
    rows = []
    for ranking, answers in found:
        first = next((rank for rank, one in enumerate(ranking, 1) if one in answers), None)
        rows.append(
            (
                len(answers & set(ranking[:5])) / len(answers),
                len(answers & set(ranking[:10])) / len(answers),
                1 / first if first else 0.0,
            )
        )
    return Quality(*(statistics.mean(column) for column in zip(*rows, strict=True)))


def questions_of(pipeline: Pipeline, corpus: Path, golden: Path) -> tuple[list[Question], int]:
    """The questions that some passage answers, and how many have none: their quotes stand in what is left out of passages."""
    found, unanswered = [], 0
    for one in load_golden(golden):
        sources = {source.file: source for source in sources_of(corpus / one.slug)}
        places = list(_passages(pipeline, one.slug, sources))
        for entry in one.capabilities:
            answers = _answers(entry, sources, places)
            unanswered += not answers
            if answers:
                found.append(Question(one.slug, f"{entry.name}. {entry.description}".strip(), answers))
    return found, unanswered


def _passages(pipeline: Pipeline, slug: str, sources: Mapping[str, Source]) -> Iterator[tuple[str, Span]]:
    """Every passage of an artifact with its place."""
    for head in pipeline.documents(slug):
        source = next((source for source in sources.values() if source.sha256 == head.sha256), None)
        if source is not None:
            for passage in pipeline.passages(head.id):
                yield passage.id, source.span(passage.start, passage.end)


def _answers(entry: Entry, sources: Mapping[str, Source], places: Sequence[tuple[str, Span]]) -> frozenset[str]:
    quotes = [span for quote in entry.quotes if quote.file in sources for span in sources[quote.file].find(quote.text)]
    return frozenset(one for one, place in places if any(place.same_passage(quote) for quote in quotes))


def compare(pipeline: Pipeline, questions: Sequence[Question], vote: float, k: int) -> dict[str, dict[str, Quality]]:
    """The quality of each ranking by scope ("within", "across") and mode."""
    index = pipeline.index
    found: dict[str, dict[str, list[tuple[Sequence[str], frozenset[str]]]]] = defaultdict(lambda: defaultdict(list))
    with index.opened():
        for question in questions:
            with index.within([question.slug]) as scope:
                by_scope = {"within": scope.rankings(question.text, DEPTH), "across": index.rankings(question.text, DEPTH)}
            for name, rankings in by_scope.items():
                ids = {mode: [one for one, _ in ranking] for mode, ranking in rankings.items()}
                ids["fused"] = [one for one, _ in fused(ids, {"dense": vote}, k)]
                for mode in MODES:
                    found[name][mode].append((ids[mode], question.answers))
    return {name: {mode: quality(rows) for mode, rows in modes.items()} for name, modes in found.items()}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure retrieval", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus")
    parser.add_argument("--golden", type=Path, default=REFERENCE / "golden")
    parser.add_argument("--workspace", type=Path, help="where the corpus is ingested, kept for the next time")
    parser.add_argument("--vote", type=float, default=VOTES["dense"], help="try another vote of the dense ranking (the lexical one has 1)")
    parser.add_argument("--k", type=int, default=K, help="try another constant")
    options = parser.parse_args(argv)
    if not any(options.golden.glob("*.yaml")):
        parser.error(f"no golden files in {options.golden}: set AGENT_REFERENCE or --golden")
    with tempfile.TemporaryDirectory(prefix="agent-retrieval-") as folder:
        pipeline = pipeline_at(options.workspace or Path(folder) / "workspace")
        pipeline.ingest(str(options.corpus))
        pipeline.index_pending()
        questions, unanswered = questions_of(pipeline, options.corpus, options.golden)
        figures = compare(pipeline, questions, options.vote, options.k)
        passages = pipeline.index.ledger.totals()[0]
    print(f"{len(questions)} questions, {unanswered} more whose quotes stand in no passage; {passages:,} passages in the workspace")
    return 0 if report(figures) else 1


def report(figures: Mapping[str, Mapping[str, Quality]]) -> bool:
    """Print the table and say whether the fused ranking is below neither part of it anywhere."""
    print(f"{'':8} {'':8} recall@5 recall@10   MRR")
    for name, modes in figures.items():
        for mode in MODES:
            five, ten, mrr = modes[mode].printed()
            print(f"{name:8} {mode:8} {five:8.3f} {ten:9.3f} {mrr:5.3f}")
    holds = all(modes["fused"].not_below(modes[mode]) for modes in figures.values() for mode in ("dense", "lexical"))
    print(f"fused below neither: {'holds' if holds else 'MISSED'}")
    return holds


if __name__ == "__main__":
    raise SystemExit(main())
