"""An independent reading of printed claims among planted false ones, by somebody who does not know which is which.

`write` draws 300 printed claims of a folder of decompositions by a printed seed, and plants 60 false ones among them: printed claims
falsified by `mutations.py`, with their quotes as they are. `score` counts only when at least 54 of the planted ones were caught, and gives
the share of supported claims with the lower end of its 95 % Wilson interval, and of unique and vs-alternatives claims worth saying.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.capabilities import load_decompositions
from benchmarks.mutations import MUTATIONS, Material
from benchmarks.program import Program
from benchmarks.readings import Headings, shown_claim, write_items

DRAWN, PLANTED, CAUGHT = 300, 60, 54
FLOOR, WORTH = 0.94, 0.90
KINDS = ("summary", "unique", "vs_alternatives", "limitations")


def wilson_lower(successes: int, trials: int, z: float = 1.96) -> float:
    """The lower end of Wilson's score interval (Wilson 1927)."""
    if not trials:
        return 0.0
    share, spread = successes / trials, z * z / trials
    centre = share + spread / 2
    return (centre - z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))) / (1 + spread)


def printed(decompositions: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    """Every printed claim with its decomposition and the part it stands in."""
    for made in decompositions:
        for capability in made["capabilities"]:
            for kind in KINDS:
                yield from ((made, kind, claim) for claim in capability[kind])


def falsified(made: dict[str, Any], claim: dict[str, Any], others: list[str], draw: random.Random) -> tuple[str, str] | None:
    """A claim's text made false, with the way it was; None where no way applies."""
    words = [word for text in others for word in text.split() if word.isalpha() and len(word) > 4]
    names = [made["artifact"]["name"], *(word for text in others for word in text.split()[1:] if word[:1].isupper() and word.isalnum())]
    material = Material(own=made["artifact"]["name"], names=names[1:] or ["Tidewell"], words=words or ["harbour"])
    ways = list(MUTATIONS.items())
    draw.shuffle(ways)
    for name, way in ways:
        text = way(claim["text"], material, draw)
        if text and text != claim["text"]:
            return name, text
    return None


def write(out: Path, decompositions: list[dict[str, Any]], workspace: Path, seed: int) -> None:
    """The reader's files and, beside them, the key that no reader sees."""
    draw = random.Random(seed)
    every = list(printed(decompositions))
    drawn = draw.sample(every, min(DRAWN, len(every)))
    others = [claim["text"] for _, _, claim in draw.sample(every, min(60, len(every)))]
    key: dict[str, dict[str, str]] = {}
    items: list[str] = []

    def add(made: dict[str, Any], kind: str, claim: dict[str, Any], way: str) -> None:
        name = f"c{len(items) + 1:03}"
        key[name] = {"kind": kind, "planted": way, "artifact": made["artifact"]["slug"], "claim": claim["id"]}
        headings = Headings(Program(workspace / made["artifact"]["slug"]))
        items.append(shown_claim(name, made, claim, headings))

    chosen: list[tuple[dict[str, Any], str, dict[str, Any], str]] = [(*one, "") for one in drawn]
    rest = draw.sample(every, len(every))
    while rest and sum(bool(one[3]) for one in chosen) < PLANTED:
        made, kind, claim = rest.pop()
        changed = falsified(made, claim, [text for text in others if text != claim["text"]], draw)
        if changed:
            chosen.append((made, kind, {**claim, "text": changed[1]}, changed[0]))
    draw.shuffle(chosen)
    for one in chosen:
        add(*one)
    write_items(out, "claims", items)
    (out.parent / f"{out.name}-key.json").write_text(json.dumps({"seed": seed, "items": key}, indent=1) + "\n", encoding="utf-8")
    print(f"seed {seed}: {len(drawn)} printed claims, {len(chosen) - len(drawn)} planted, in {out}")


def score(out: Path) -> int:
    key = json.loads((out.parent / f"{out.name}-key.json").read_text(encoding="utf-8"))["items"]
    answers: dict[str, dict[str, str]] = {}
    for path in sorted(out.glob("answers*.json")):
        answers.update(json.loads(path.read_text(encoding="utf-8")))
    missing = [name for name in key if name not in answers]
    if missing:
        print(f"{len(missing)} of {len(key)} items have no answer: {missing[0]} ...")
        return 1
    planted = [name for name, one in key.items() if one["planted"]]
    real = [name for name, one in key.items() if not one["planted"]]
    caught = sum(answers[name]["supported"] == "no" for name in planted)
    yes = sum(answers[name]["supported"] == "yes" for name in real)
    told = [name for name in real if key[name]["kind"] in {"unique", "vs_alternatives"}]
    worth = sum(answers[name]["worth_saying"] == "yes" for name in told) / max(1, len(told))
    print(f"supported: {yes} of {len(real)}")
    held = [
        _holds("planted claims caught", caught, CAUGHT),
        _holds("supported, lower end of the 95 % interval", wilson_lower(yes, len(real)), FLOOR),
        _holds(f"worth saying, of {len(told)}", worth, WORTH),
    ]
    return 0 if all(held) else 1


def _holds(what: str, value: float, least: float) -> bool:
    print(f"{what}: {value:.3g} (at least {least:g}): {'holds' if value >= least else 'DOES NOT HOLD'}")
    return value >= least


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py measure planted", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("write", "score"))
    parser.add_argument("--decompositions", type=Path, help="folder of decomposition JSON (write)")
    parser.add_argument("--workspaces", type=Path, help="folder with the workspace of each artifact, named by its slug (write)")
    parser.add_argument("--out", type=Path, required=True, help="the reader's folder; the key is written beside it")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    if options.what == "score":
        return score(options.out)
    with tempfile.TemporaryDirectory(prefix="agent-planted-") as folder:
        write(options.out, load_decompositions(options.decompositions), options.workspaces or Path(folder), options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
