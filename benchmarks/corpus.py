"""All artifacts of the reference corpus: capabilities found, quotes at their offsets, form of every printed claim, golden quotes located.

Runs the program on the real files. A folder given with --keep receives each decomposition's JSON, for the other measurements.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.domain.base import sha256
from agent.grounding.locate import Locator
from benchmarks.forms import faults, near_duplicates
from benchmarks.golden import load_golden
from benchmarks.program import REFERENCE, Program

WORKERS = 2
ENOUGH_TEXT, ENOUGH_CAPABILITIES = 3000, 4


@dataclass
class Found:
    """What one artifact's decomposition showed."""

    slug: str
    english: int
    capabilities: int
    reasons: list[str]
    quotes: int = 0
    astray: int = 0
    claims: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)

    def enough(self) -> bool:
        """At least 4 capabilities, or too little English text and a reason given."""
        return self.capabilities >= ENOUGH_CAPABILITIES or (self.english < ENOUGH_TEXT and bool(self.reasons))


def printed_claims(decomposition: dict[str, Any]) -> list[dict[str, Any]]:
    """Every claim the pages show, in order."""
    kinds = ("summary", "unique", "vs_alternatives", "limitations")
    return [claim for capability in decomposition["capabilities"] for kind in kinds for claim in capability[kind]]


def all_evidence(decomposition: dict[str, Any]) -> list[dict[str, Any]]:
    """Every evidence of the JSON, wherever it stands."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if {"document_id", "start", "end", "quote"} <= value.keys():
                found.append(value)
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(decomposition)
    return found


def examine(decomposition: dict[str, Any], texts: dict[str, str]) -> Found:
    """Check one decomposition; `texts` is each document's text by id."""
    slug = decomposition["artifact"]["slug"]
    used = [d for d in decomposition["documents"] if d.get("used", True) and d["artifact"] == slug]
    reasons = [*decomposition.get("notes", []), *(d["note"] for d in decomposition["documents"] if d.get("note"))]
    found = Found(slug, sum(d["chars"] for d in used), len(decomposition["capabilities"]), reasons)
    for evidence in all_evidence(decomposition):
        found.quotes += 1
        found.astray += texts[evidence["document_id"]][evidence["start"] : evidence["end"]] != evidence["quote"]
    claims = [claim["text"] for claim in printed_claims(decomposition)]
    found.claims = len(claims)
    found.faults = [(fault, text) for text in claims for fault in faults(text)]
    found.faults += [("is nearly another claim", f"{a} <> {b}") for a, b in near_duplicates(claims)]
    return found


def decompose_all(root: Path, corpus: Path, slugs: list[str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Ingest and decompose corpus artifacts, in two workspaces side by side: their JSON by slug, and each document's text by id."""

    def share(number: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
        program, own = Program(root / f"workspace-{number}"), slugs[number::WORKERS]
        program.ingest([corpus / slug for slug in own])
        made = [program.json("decompose", slug) for slug in own]
        ids = sorted({document["id"] for decomposition in made for document in decomposition["documents"]})
        return made, {name: program.json("documents", "show", name)["text"] for name in ids}

    with ThreadPoolExecutor(WORKERS) as pool:
        shares = list(pool.map(share, range(WORKERS)))
    decompositions = [decomposition for made, _ in shares for decomposition in made]
    return sorted(decompositions, key=lambda d: str(d["artifact"]["slug"])), {
        name: text for _, texts in shares for name, text in texts.items()
    }


def golden_quotes(folder: Path, corpus: Path, decompositions: list[dict[str, Any]], texts: dict[str, str]) -> tuple[int, list[str]]:
    """(golden quotes, those the locator does not find, as "slug file: number of quotes")."""
    by_slug = {d["artifact"]["slug"]: d for d in decompositions}
    total, missing = 0, Counter[str]()
    for golden in load_golden(folder):
        documents = by_slug[golden.slug]["documents"] if golden.slug in by_slug else []
        locators: dict[str, list[Locator]] = {}
        for quote in golden.quotes():
            if quote.file not in locators:
                digest = sha256((corpus / golden.slug / quote.file).read_bytes())
                locators[quote.file] = [Locator(texts[d["id"]]) for d in documents if d["sha256"] == digest]
            total += 1
            if not any(locator.locate(quote.text) for locator in locators[quote.file]):
                missing[f"{golden.slug} {quote.file}"] += 1
    return total, [f"{place}: {count}" for place, count in sorted(missing.items())]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure corpus", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus")
    parser.add_argument("--golden", type=Path, default=REFERENCE / "golden")
    parser.add_argument("--keep", type=Path, help="folder for the decompositions' JSON")
    parser.add_argument("--show", action="store_true", help="print each claim whose form is at fault")
    options = parser.parse_args(argv)
    slugs = sorted(path.parent.name for path in options.corpus.glob("*/artifact.yaml"))
    if not slugs:
        parser.error(f"no artifacts in {options.corpus}: set AGENT_REFERENCE or --corpus")
    with tempfile.TemporaryDirectory(prefix="agent-corpus-") as folder:
        decompositions, texts = decompose_all(Path(folder), options.corpus, slugs)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for decomposition in decompositions:
            path = options.keep / f"{decomposition['artifact']['slug']}.json"
            path.write_text(json.dumps(decomposition, ensure_ascii=False, indent=1), encoding="utf-8")
    found = [examine(decomposition, texts) for decomposition in decompositions]
    return 0 if report(found, *golden_quotes(options.golden, options.corpus, decompositions, texts), show=options.show) else 1


def report(found: list[Found], golden: int, missing: list[str], *, show: bool) -> bool:
    """Print the counts and say whether everything holds."""
    print(f"{'artifact':24} English chars  capabilities  claims  quotes")
    for item in found:
        note = "" if item.enough() else "  TOO FEW"
        print(f"{item.slug:24} {item.english:13,} {item.capabilities:13} {item.claims:7} {item.quotes:7}{note}")
        if item.capabilities < ENOUGH_CAPABILITIES:
            print("".join(f"    {reason}\n" for reason in item.reasons), end="")
    at_fault = Counter(fault for item in found for fault, _ in item.faults)
    print(f"\n{len(found)} artifacts, {sum(i.capabilities for i in found)} capabilities, {sum(i.claims for i in found)} printed claims")
    print(f"quotes at their offsets: {sum(i.quotes - i.astray for i in found)} of {sum(i.quotes for i in found)}")
    print(f"claims at fault in form: {sum(at_fault.values())}" + "".join(f"\n  {name}: {count}" for name, count in at_fault.most_common()))
    if show:
        print("".join(f"    {item.slug}: {fault}: {text}\n" for item in found for fault, text in item.faults), end="")
    lost = sum(int(place.rsplit(" ", 1)[1]) for place in missing)
    print(f"golden quotes located: {golden - lost} of {golden}" + "".join(f"\n  not in {place}" for place in missing))
    return all(i.enough() and not i.astray and not i.faults for i in found)


if __name__ == "__main__":
    raise SystemExit(main())
