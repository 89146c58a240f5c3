"""Grounding on real documentation: verbatim sentences it accepts, falsified ones it lets through, and its speed."""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.domain.proposal import ClaimProposal, QuoteRef, Subject
from agent.grounding import Grounder
from agent.grounding.reading import clean, is_content, name_strength, read
from benchmarks.direct import subject_of
from benchmarks.mutations import MUTATIONS, Material
from benchmarks.program import REFERENCE
from benchmarks.prose import sentences_of

_KINDS = "model|dataset|library|framework|tool|benchmark|project"
_RESOLVED = re.compile(rf"^(?:It|This (?:{_KINDS})|The (?:{_KINDS})|We)\b(?!['\u2019])")


def main(argv: Sequence[str] | None = None) -> int:
    """Print acceptance of true sentences and false acceptance per kind of mutation."""
    parser = argparse.ArgumentParser(prog="dev.py measure grounding", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus", help="a folder with one folder per artifact")
    parser.add_argument("--each", type=int, default=40, help="sentences per artifact")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print what was let through of this kind (or 'verbatim': what was turned down)")
    options = parser.parse_args(argv)
    slugs = sorted(file.parent.name for file in options.corpus.glob("*/artifact.yaml"))
    if not slugs:
        parser.error(f"no artifacts in {options.corpus}: set AGENT_REFERENCE or --corpus")
    subjects = [subject_of(options.corpus, slug) for slug in slugs]
    names = {s.manifest.slug: sorted({n for d in s.documents for n in _names_of(d.text[:6000])}) for s in subjects}
    words = {s.manifest.slug: sorted({w for d in s.documents for w in _words_of(d.text[:6000])}) for s in subjects}
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    spent = claims = 0.0
    for subject in subjects:
        draw = random.Random(f"{options.seed} {subject.manifest.slug}")
        others = draw.sample([s for s in slugs if s != subject.manifest.slug], min(6, len(slugs) - 1))
        pool = [n for s in others for n in names[s]], [w for s in others for w in words[s]]
        before = time.perf_counter()
        for kind, text, status, reason in _tried(subject, pool, draw, options.each):
            tally[kind][status] += 1
            claims += 1
            if options.show == kind and (status in ("supported", "one_sided")) != (kind in ("verbatim", "resolved")):
                print(f"[{subject.manifest.slug}] {status}: {text}\n      {reason}")
        spent += time.perf_counter() - before
    _report(tally)
    print(f"{claims:,.0f} claims in {spent:.1f} s ({1000 * spent / claims:.2f} ms each)")
    return 0


def _report(tally: dict[str, Counter[str]]) -> None:
    print(f"{'kind':24}{'tried':>7}{'printed':>9}{'review':>8}{'rejected':>10}")
    for kind, counts in tally.items():
        total = sum(counts.values())
        printed = counts["supported"] + counts["one_sided"]
        print(f"{kind:24}{total:7}{printed / total:9.1%}{counts['needs_review'] / total:8.1%}{counts['rejected'] / total:10.1%}")
    false = sum(c["supported"] + c["one_sided"] for k, c in tally.items() if k in MUTATIONS)
    tried = sum(sum(c.values()) for k, c in tally.items() if k in MUTATIONS)
    print(f"falsified sentences printed: {false} of {tried} ({false / max(tried, 1):.1%})")


def _tried(subject: Subject, pool: tuple[list[str], list[str]], draw: random.Random, each: int) -> Iterator[tuple[str, str, str, str]]:
    """Kind, text, status and reason of every claim tried for one artifact."""
    grounder = Grounder(subject)
    sentences = list(sentences_of(subject, 40))
    own = subject.manifest.name
    for document, start, end, following in draw.sample(sentences, min(each, len(sentences))):
        text, document_id = document.text, document.id
        quote, claim = text[start:end], clean(text[start:end])
        yield "verbatim", claim, *_status(grounder, document_id, quote, claim)
        if _RESOLVED.match(claim):
            resolved = _RESOLVED.sub(own, claim)
            yield "resolved", resolved, *_status(grounder, document_id, quote, resolved)
        material = Material(own, pool[0], pool[1], clean(text[following[0] : following[1]]) if following else "")
        for kind, mutate in MUTATIONS.items():
            changed = mutate(claim, material, draw)
            if changed and changed != claim:
                whole = text[start : following[1]] if kind == "crossed sentences" and following else quote
                yield kind, changed, *_status(grounder, document_id, whole, changed)


def _status(grounder: Grounder, document_id: str, quote: str, text: str) -> tuple[str, str]:
    claim = grounder.claim(ClaimProposal(kind="summary", text=text, quotes=[QuoteRef(document_id=document_id, quote=quote)]))
    return claim.status, "; ".join(f"{c.name}: {c.detail}" for c in claim.checks if not c.passed) or f"quote: {' '.join(quote.split())}"


def _names_of(text: str) -> list[str]:
    reading = read(clean(text))
    return [t.text for t in reading.tokens if name_strength(t, reading) == 2 and t.text[0].isupper() and len(t.text) > 3]


def _words_of(text: str) -> list[str]:
    return [t.text for t in read(clean(text)).tokens if t.text.isalpha() and t.text.islower() and len(t.text) > 5 and is_content(t.text)]


if __name__ == "__main__":
    sys.exit(main())
