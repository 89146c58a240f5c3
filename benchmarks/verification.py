"""Verification of claims: what is accepted of true ones and of falsified ones, with the quote and without, and how fast."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from agent.domain.proposal import Subject
from agent.domain.verification import ClaimVerdict
from agent.grounding.bare import BareVerifier
from benchmarks.direct import subject_of
from benchmarks.program import REFERENCE
from benchmarks.sizes import SIZES, with_size
from benchmarks.verification_items import KINDS, Item, mutated, mutated_descriptions, paraphrases, spans_of

# The claims of these are read by nobody and no program until rules and thresholds are frozen: then the commit that froze them stands here.
SEALED = ("chromadb", "redpajama", "swe-bench", "whisper")
FROZEN = ""
_OUTCOMES = ("supported", "contradicted", "not_found", "undecided")
_DRAWS = 2000


def main(argv: Sequence[str] | None = None) -> int:
    """Print acceptance per kind with a quote and with the whole documents, the speed, and where asked for the golden claims."""
    parser = with_size("verification", __doc__)
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus", help="a folder with one folder per artifact")
    parser.add_argument("--golden", type=Path, help="a folder of golden files: measure their `claims` too, but for the sealed ones")
    parser.add_argument("--sealed", action="store_true", help="measure the sealed golden claims too; refused until the rules are frozen")
    parser.add_argument("--show", help="print the items of this kind that came out wrong")
    options = parser.parse_args(argv)
    if options.sealed and not FROZEN:
        parser.error(f"the claims of {', '.join(SEALED)} stay sealed until FROZEN names the commit that froze the rules")
    slugs = sorted(file.parent.name for file in options.corpus.glob("*/artifact.yaml"))
    if not slugs:
        parser.error(f"no artifacts in {options.corpus}: set AGENT_REFERENCE or --corpus")
    subjects = {slug: subject_of(options.corpus, slug) for slug in slugs}
    verifiers = verifiers_of(subjects)
    items = mutated(subjects, SIZES[options.size].claims)
    documents = len({item.evidence.document_id for item in items})
    print(f"{len(items):,} items of {documents} documents of {len({item.slug for item in items})} artifacts")
    halves = [*items, *paraphrases(subjects, 1)]
    for title, quoted in (("the quote given", True), ("the whole documents given", False)):
        print(f"\n{title}")
        _report(_judged(verifiers, halves, quoted), options.show)
    _own_words(verifiers, subjects)
    _peers(items)
    _speed(subjects)
    if options.golden:
        _golden(verifiers, options.golden, sealed=options.sealed)
    return 0


def verifiers_of(subjects: Mapping[str, Subject]) -> dict[str, BareVerifier]:
    """A verifier for each subject, with the embedder that ships with the program."""
    from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

    embedder = WordLlamaEmbedder()
    return {slug: BareVerifier(subject, embedder.embed) for slug, subject in subjects.items()}


def _judged(verifiers: Mapping[str, BareVerifier], items: Iterable[Item], quoted: bool) -> list[tuple[Item, ClaimVerdict]]:
    found = []
    for item in items:
        verifier = verifiers[item.slug]
        found.append((item, verifier.verify_quoted(item.text, item.evidence) if quoted else verifier.verify([item.text])[0]))
    return found


def _report(judged: Sequence[tuple[Item, ClaimVerdict]], show: str | None) -> None:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for item, made in judged:
        tally[item.kind][made.verdict] += 1
        if show == item.kind and (made.verdict == "supported") == (item.kind in KINDS):
            print(f"[{item.slug}] {made.verdict} {made.score:.2f}: {item.text}\n    {made.reason}")
            print(f"    {' '.join(item.evidence.quote.split())}")
    print(f"{'kind':22}{'tried':>7}" + "".join(f"{outcome.replace('_', ' '):>14}" for outcome in _OUTCOMES))
    for kind, counts in tally.items():
        total = counts.total()
        print(f"{kind:22}{total:7}" + "".join(f"{counts[outcome] / total:14.1%}" for outcome in _OUTCOMES))


def _own_words(verifiers: Mapping[str, BareVerifier], subjects: Mapping[str, Subject]) -> None:
    """Sentences that sum up one to three passages, on which the weights were trained, and falsified with a name of the same documents."""
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    for kind, slug, text in mutated_descriptions(subjects):
        tally[kind][verifiers[slug].verify([text])[0].verdict == "supported"] += 1
    print("\ndevelopment readers' sentences, the whole documents given")
    for kind, counts in tally.items():
        print(f"{kind:22}{counts.total():7}{counts[True] / counts.total():14.1%} supported")


def _peers(items: Sequence[Item]) -> None:
    """What langextract's aligner lets through where it is installed: the claim as an extraction from its sentence."""
    if find_spec("langextract") is None:
        print("\nlangextract is not installed: not measured")
        return
    from langextract import data, resolver  # type: ignore[import-not-found,unused-ignore]

    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    for item in items:
        aligned = resolver.WordAligner().align_extractions([[data.Extraction("claim", item.text)]], item.evidence.quote)
        tally[item.kind][any(one.char_interval is not None for group in aligned for one in group)] += 1
    for kind, counts in tally.items():
        print(f"langextract {kind:22}{counts[True] / counts.total():8.1%} accepted")


def _speed(subjects: Mapping[str, Subject]) -> None:
    """1,000 claims against a document set of about 100 kB, models loaded, statements read within the time."""
    from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

    chosen, size = [], 0
    for subject in sorted(subjects.values(), key=lambda one: one.manifest.slug):
        if size < 100_000:
            chosen.append(subject)
            size += sum(len(document.text) for document in subject.documents)
    joined = chosen[0].model_copy(
        update={
            "documents": [document for subject in chosen for document in subject.documents],
            "blocks": {key: blocks for subject in chosen for key, blocks in subject.blocks.items()},
        }
    )
    sentences = [
        said for subject in subjects.values() for document, start, end, _ in spans_of(subject) for said in [document.text[start:end]]
    ]
    claims = random.Random(1).sample(sentences, min(1000, len(sentences)))
    embedder = WordLlamaEmbedder()
    embedder.embed(["warm"])
    began = time.process_time()
    BareVerifier(joined, embedder.embed).verify(claims)
    print(f"\n{len(claims):,} claims against {size:,} characters: {time.process_time() - began:.1f} s of processor time")


def _golden(verifiers: Mapping[str, BareVerifier], folder: Path, *, sealed: bool) -> None:
    """Balanced accuracy over the golden claims; undecided counts as unsupported. A sealed file is not even opened."""
    rows: dict[str, list[tuple[bool, bool]]] = {}
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in verifiers or (path.stem in SEALED and not sealed):
            continue
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        claims = raw["claims"]
        verdicts = verifiers[path.stem].verify([str(claim["text"]) for claim in claims])
        rows[path.stem] = [
            (claim["label"] == "supported", made.verdict == "supported") for claim, made in zip(claims, verdicts, strict=True)
        ]
        for claim, made in zip(claims, verdicts, strict=True):
            kinds[str(claim.get("kind") or "supported")][made.verdict == "supported"] += 1
    print(f"\ngolden claims of {len(rows)} artifacts")
    for slug, found in rows.items():
        print(f"  {slug:24} {'sealed' if slug in SEALED else '':7}{_balanced(found)[0]:.2f}")
    for kind, counts in sorted(kinds.items()):
        print(f"  {kind:24} {counts.total():4} {counts[True] / counts.total():7.1%} accepted")
    accuracy, supported, unsupported = _balanced([pair for found in rows.values() for pair in found])
    draw = random.Random(1)
    resampled = sorted(
        _balanced([pair for slug in draw.choices(sorted(rows), k=len(rows)) for pair in rows[slug]])[0] for _ in range(_DRAWS)
    )
    low, high = resampled[int(0.025 * _DRAWS)], resampled[int(0.975 * _DRAWS)]
    print(
        f"balanced accuracy {accuracy:.3f} (95 % {low:.3f} to {high:.3f}), recall supported {supported:.3f}, unsupported {unsupported:.3f}"
    )


def _balanced(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Balanced accuracy and both recalls of (true, found) pairs."""
    supported = statistics.fmean([found for true, found in pairs if true] or [0.0])
    unsupported = statistics.fmean([not found for true, found in pairs if not true] or [0.0])
    return (supported + unsupported) / 2, supported, unsupported


if __name__ == "__main__":
    sys.exit(main())
