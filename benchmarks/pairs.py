"""The judged reading of capabilities: writes out the pairs that strict pairing left over, and scores them from stored answers.

`write` lays out, for two readers who know nothing else, files of pairs: both names, descriptions and quotes, in an order that does not tell
which side is the golden one, shuffled among decoys (pairs of different artifacts, and pairs that strict pairing made). 100 pairs are in
both readers' files. Readers answer with JSON: pair id -> "same" or "different". `score` reads the answers; they are stored by a hash of
what was read, so an answer holds as long as the pair does not change, and nothing of the golden text is in them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from agent.domain.base import sha256
from benchmarks.capabilities import Matching, Predicted, load_decompositions, matchings, measure, report
from benchmarks.golden import Entry
from benchmarks.program import CHECKOUT, REFERENCE

PER_FILE, TWICE, DECOY_SHARE = 40, 100, 0.15
ANSWERS = CHECKOUT / "benchmarks" / "results" / "pairs.json"
INSTRUCTIONS = """\
# Same job or not

Each item shows two capabilities of AI artifacts, A and B, as two people noted them from documentation: a name, a description, and the
passages they rest on. Answer, for each item, whether A and B are the same job: would one line in a list of what the artifact lets
a user do or get serve for both? A difference in wording, detail or emphasis does not matter; a different task, object or result
does, and so does one that is only a small part of the other. Judge from what is written here alone; look nothing up.

Write one JSON object to the file named below: {"ID": "same" or "different", ...}, with every id of this file.
"""


@dataclass(frozen=True)
class Pair:
    """One item to be read. `kind` is real, apart (a decoy that should be different) or strict (one that should be the same)."""

    id: str
    kind: str
    predicted: Predicted
    golden: Entry


def pair_id(predicted: Predicted, golden: Entry) -> str:
    """A hash of all that a reader sees of a pair."""
    quotes = [quote.text for quote in golden.quotes]
    parts = [predicted.name, predicted.description, predicted.quote, golden.name, golden.description, *quotes]
    return sha256("\n\n".join(parts))[:12]


def nearest_leftovers(matching: Matching, nearest: int | None) -> list[tuple[int, int]]:
    """The left-over pairs; with `nearest`, for each predicted capability only its so many most similar golden ones.

    Where a reading would otherwise take thousands of pairs. A pair that is left out counts as different.
    """
    pairs = matching.leftovers()
    if nearest is None or not pairs:
        return pairs
    import wordllama

    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    ours = model.embed([f"{p.name}. {p.description}" for p in matching.predicted], norm=True)
    theirs = model.embed([f"{entry.name}. {entry.description}" for entry in matching.golden.capabilities], norm=True)
    similarity = ours @ theirs.T
    by_predicted: dict[int, list[int]] = {}
    for p, g in pairs:
        by_predicted.setdefault(p, []).append(g)
    return [(p, g) for p, options in by_predicted.items() for g in sorted(options, key=lambda g: -similarity[p, g])[:nearest]]


def pairs_of(found: list[Matching], seed: int, nearest: int | None = None) -> list[Pair]:
    """The left-over pairs of all artifacts among their decoys, shuffled by the seed."""
    chance = random.Random(seed)
    real = [_pair("real", m, m, p, g) for m in found for p, g in nearest_leftovers(m, nearest)]
    strict = [_pair("strict", m, m, p, g) for m in found for p, g in m.paired.items()]
    apart = [
        _pair("apart", m, other, p, g)
        for m, other in zip(found, found[1:] + found[:1], strict=True)
        if m is not other
        for p in range(len(m.predicted))
        for g in range(len(other.golden.capabilities))
    ]
    count = max(1, int(DECOY_SHARE * len(real)))
    items = real + [pair for pool in (strict, apart) for pair in chance.sample(pool, min(count, len(pool)))]
    unique = list({pair.id: pair for pair in items}.values())
    chance.shuffle(unique)
    return unique


def _pair(kind: str, one: Matching, other: Matching, p: int, g: int) -> Pair:
    predicted, golden = one.predicted[p], other.golden.capabilities[g]
    return Pair(pair_id(predicted, golden), kind, predicted, golden)


def shown(pair: Pair) -> str:
    """A pair as its reader sees it; the hash decides which side comes first."""
    sides = [
        (pair.predicted.name, pair.predicted.description, [pair.predicted.quote]),
        (pair.golden.name, pair.golden.description, [quote.text for quote in pair.golden.quotes]),
    ]
    if int(pair.id, 16) % 2:
        sides.reverse()
    lines = [f"## {pair.id}\n"]
    for letter, (name, description, quotes) in zip("AB", sides, strict=True):
        lines.append(f"{letter}: **{name}**\n{description}\n")
        lines += [f"> {' '.join(quote.split())}\n" for quote in quotes]
    return "\n".join(lines)


def write(pairs: list[Pair], out: Path, seed: int) -> None:
    """Write both readers' files, and key.json, which is not for them."""
    twice = random.Random(seed + 1).sample([p for p in pairs if p.kind == "real"], min(TWICE, sum(p.kind == "real" for p in pairs)))
    for reader, items in (("reader-1", pairs), ("reader-2", twice)):
        folder = out / reader
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(0, len(items), PER_FILE):
            name = f"pairs-{number // PER_FILE + 1:02}"
            body = "\n".join(shown(pair) for pair in items[number : number + PER_FILE])
            text = f"{INSTRUCTIONS}\nAnswer file: {name}.json, beside this file.\n\n{body}"
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (out / "key.json").write_text(json.dumps({pair.id: pair.kind for pair in pairs}, indent=1), encoding="utf-8")


def read_answers(folder: Path) -> dict[str, str]:
    """All answers of one reader's folder."""
    answers: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        answers.update(json.loads(path.read_text(encoding="utf-8")))
    wrong = sorted(name for name, answer in answers.items() if answer not in {"same", "different"})
    if wrong:
        raise SystemExit(f"{len(wrong)} answers in {folder} are neither 'same' nor 'different', the first for {wrong[0]!r}")
    return answers


def store(out: Path, stored: Path) -> None:
    """Take the readers' answers into the stored file: kind, first and second answer by pair id."""
    kinds = json.loads((out / "key.json").read_text(encoding="utf-8"))
    first, second = read_answers(out / "reader-1"), read_answers(out / "reader-2")
    known = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else {}
    for name, kind in kinds.items():
        if name in first:
            known[name] = {"kind": kind, "first": first[name]} | ({"second": second[name]} if name in second else {})
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")


def agreement(answers: Iterable[dict[str, str]]) -> tuple[int, float, float]:
    """(pairs read twice, share of equal answers, Cohen's kappa)."""
    both = [(a["first"] == "same", a["second"] == "same") for a in answers if "second" in a]
    if not both:
        return 0, 0.0, 0.0
    equal = sum(a == b for a, b in both) / len(both)
    one, two = (sum(pair[n] for pair in both) / len(both) for n in (0, 1))
    expected = one * two + (1 - one) * (1 - two)
    return len(both), equal, (equal - expected) / (1 - expected) if expected < 1 else 1.0


def score(golden: Path, corpus: Path, decompositions: Path, stored: Path) -> str:
    """The full report, judged from stored answers, with what the decoys and the second reading say of the reader."""
    answers: dict[str, dict[str, str]] = json.loads(stored.read_text(encoding="utf-8"))

    def judge(predicted: Predicted, entry: Entry) -> bool | None:
        answer = answers.get(pair_id(predicted, entry))
        return None if answer is None else answer["first"] == "same"

    lines = [report(measure(load_decompositions(decompositions), golden, corpus, judge))]
    for kind, right in (("apart", "different"), ("strict", "same")):
        read = [a for a in answers.values() if a["kind"] == kind]
        lines.append(f"decoys that strict pairing calls {right}: {sum(a['first'] == right for a in read)} of {len(read)} read so")
    count, equal, kappa = agreement(answers.values())
    lines.append(f"read twice: {count} pairs, {equal:.2f} equal, kappa {kappa:.2f}")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure pairs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["write", "store", "score"])
    parser.add_argument("--decompositions", type=Path, help="folder of decomposition JSON (write, score)")
    parser.add_argument("--golden", type=Path, default=REFERENCE / "golden")
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "benchmarks" / "out" / "pairs", help="the readers' files (write, store)")
    parser.add_argument("--answers", type=Path, default=ANSWERS, help="the stored answers (store, score)")
    parser.add_argument("--nearest", type=int, help="write: only so many golden capabilities for each predicted one, the most similar")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    if options.action == "store":
        store(options.out, options.answers)
        return 0
    if options.decompositions is None:
        parser.error(f"{options.action} needs --decompositions: make them with `dev.py measure corpus --keep FOLDER`")
    if options.action == "score":
        print(score(options.golden, options.corpus, options.decompositions, options.answers))
        return 0
    pairs = pairs_of(matchings(load_decompositions(options.decompositions), options.golden, options.corpus), options.seed, options.nearest)
    write(pairs, options.out, options.seed)
    counts = {kind: sum(pair.kind == kind for pair in pairs) for kind in ("real", "apart", "strict")}
    print(f"seed {options.seed}: {counts['real']} pairs among {counts['apart']} + {counts['strict']} decoys, in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
