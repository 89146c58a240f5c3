"""Independent readings of what is printed: draws samples by a printed seed, writes them out for readers, scores their stored answers.

Four readings: `capabilities` (60 of the corpus), `claims` (every unique and vs-alternatives claim of the bundled artifacts), `pages`
(the Markdown pages of 8 corpus artifacts) and `choices` (6 comparison pages, 3 needs each). Each is a folder of plain files with their
instructions and the form of the answers; readers put answers.json beside them.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent.domain.document import Block
from agent_sources.structure import blocks_of
from benchmarks.capabilities import load_decompositions
from benchmarks.program import CHECKOUT, REFERENCE, Program

DRAWN, PAGES, PER_FILE = 60, 8, 30
# Two pairs of models, datasets and libraries or frameworks make the like pairs; the last two compare different kinds.
COMPARED = (
    ("paligemma", "florence-2"), ("c4", "redpajama"), ("mcp-filesystem", "playwright-mcp"), ("langgraph", "crewai"),
    ("paligemma", "the-pile"), ("whisper", "lm-evaluation-harness"),
)  # fmt: skip
INSTRUCTIONS = {
    "capabilities": """\
Each item is one capability that a program noted from an artifact's documentation. Answer four questions for each, "yes" or "no":
user_can: is it a thing a user can do with the artifact, or get from it? name: is the name a readable noun phrase that says what
it is? stands_alone: does the summary stand alone, for someone who has not seen the documents? unique: are the sentences under "Unique"
distinctive of this artifact, not what any of its kind has ("none" where there is no "Unique")?
answers.json: {"ID": {"user_can": ..., "name": ..., "stands_alone": ..., "unique": ...}, ...}
""",
    "claims": """\
Each item is one claim and the passages it cites. Answer two questions for each, "yes" or "no". supported: do the cited passages,
with the headings they stand under, say what the claim says? worth_saying: would a person who chooses between artifacts want to
read it?
answers.json: {"ID": {"supported": ..., "worth_saying": ...}, ...}
""",
    "pages": """\
Each .md file is a page about one artifact; its documents are named in pages.json. Read the documents first, then the page, and rate it 1
(bad) to 5 (as a careful person would write it) as useful, readable and complete. List what you disliked, in short sentences.
answers.json: {"SLUG": {"useful": n, "readable": n, "complete": n, "disliked": ["..."]}, ...}
""",
    "needs": """\
For each pair of artifacts in needs.json, read both artifacts' documents (named there) and write three needs, one or two sentences
each, that a person choosing between the two could have, and which of the two serves the need by the documents. Name neither in a need.
Let not all three be served by the same one.
answers.json: {"A-vs-B": [{"need": "...", "serves": "SLUG"}, three of them], ...}
""",
    "choices": """\
Each .md file compares two artifacts and ends with three needs. From the page alone, and nothing else you know, say which of the two
serves each need.
answers.json: {"A-vs-B": ["SLUG", "SLUG", "SLUG"], ...}
""",
}


def shown_capability(name: str, artifact: dict[str, Any], capability: dict[str, Any]) -> str:
    """One capability as its reader sees it."""
    unique = [f"- {claim['text']}" for claim in capability["unique"]]
    lines = [f"## {name}\n", f"Artifact: {artifact['name']} ({artifact['type']})\n", f"**{capability['name']}**\n"]
    lines.append(" ".join(claim["text"] for claim in capability["summary"]) + "\n")
    return "\n".join([*lines, *(["Unique:", *unique, ""] if unique else [])])


def shown_claim(name: str, decomposition: dict[str, Any], claim: dict[str, Any], headings: Headings) -> str:
    """One claim with its quotes and where they stand."""
    titles = {d["id"]: f"{d['artifact']}, {d['title']} ({d['origin']})" for d in decomposition["documents"]}
    quotes = []
    for evidence in claim["evidence"]:
        place = " > ".join([titles[evidence["document_id"]], *headings.above(evidence)])
        quotes.append(f"> {' '.join(evidence['quote'].split())}\n> -- {place}\n")
    return "\n".join([f"## {name}\n", f"About {decomposition['artifact']['name']}: **{claim['text']}**\n", *quotes])


class Headings:
    """The headings that quotes stand under, out of the documents as the program shows them."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._blocks: dict[str, list[Block]] = {}

    def above(self, evidence: dict[str, Any]) -> tuple[str, ...]:
        """The heading path of the block that a quote begins in."""
        name = evidence["document_id"]
        if name not in self._blocks:
            document = self._program.json("documents", "show", name)
            self._blocks[name] = blocks_of(document["text"], document["media_type"])
        return next((block.heading_path for block in self._blocks[name] if block.start <= evidence["start"] < block.end), ())


def write_items(folder: Path, kind: str, items: list[str]) -> None:
    """Items in files of 30, instructions first."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(0, len(items), PER_FILE):
        body = "\n".join(items[number : number + PER_FILE])
        (folder / f"{kind}-{number // PER_FILE + 1:02}.md").write_text(f"{INSTRUCTIONS[kind]}\n{body}", encoding="utf-8")


def write_capabilities(out: Path, decompositions: list[dict[str, Any]], chance: random.Random) -> None:
    """60 capabilities drawn from all of the corpus."""
    every = [(d["artifact"], number, c) for d in decompositions for number, c in enumerate(d["capabilities"], 1)]
    drawn = chance.sample(every, min(DRAWN, len(every)))
    write_items(out, "capabilities", [shown_capability(f"{a['slug']}-{number}", a, c) for a, number, c in drawn])


def write_claims(out: Path, program: Program) -> None:
    """Every unique and vs-alternatives claim printed for the bundled artifacts."""
    items, headings = [], Headings(program)
    for folder in sorted((CHECKOUT / "sources" / "catalog").glob("*/artifact.yaml")):
        made = program.json("decompose", folder.parent.name)
        claims = [claim for c in made["capabilities"] for kind in ("unique", "vs_alternatives") for claim in c[kind]]
        items += [shown_claim(f"{folder.parent.name}-{number}", made, claim, headings) for number, claim in enumerate(claims, 1)]
    write_items(out, "claims", items)


def write_pages(out: Path, program: Program, corpus: Path, decompositions: list[dict[str, Any]], chance: random.Random) -> None:
    """The pages of 8 artifacts, of as many types as there are."""
    by_type: dict[str, list[str]] = {}
    for decomposition in decompositions:
        if decomposition["capabilities"]:
            by_type.setdefault(decomposition["artifact"]["type"], []).append(decomposition["artifact"]["slug"])
    for slugs in by_type.values():
        chance.shuffle(slugs)
    turns = [slugs[n] for n in range(max(map(len, by_type.values()))) for _, slugs in sorted(by_type.items()) if n < len(slugs)]
    out.mkdir(parents=True, exist_ok=True)
    drawn = turns[:PAGES]
    program.ingest([corpus / slug for slug in drawn])
    for slug in drawn:
        program.run("decompose", slug, "--format", "markdown", "--output", str(out / f"{slug}.md"))
    _write_json(out / "pages.json", {slug: str(corpus / slug) for slug in drawn})
    (out / "README.md").write_text(INSTRUCTIONS["pages"], encoding="utf-8")


def write_choices(out: Path, program: Program, corpus: Path) -> None:
    """Comparison pages; first the readers of the documents write needs, then (when their answers are there) the pages get them."""
    for kind in ("needs", "choices"):
        (out / kind).mkdir(parents=True, exist_ok=True)
        (out / kind / "README.md").write_text(INSTRUCTIONS[kind], encoding="utf-8")
    pairs = {f"{a}-vs-{b}": (a, b) for a, b in COMPARED}
    _write_json(out / "needs" / "needs.json", {name: {slug: str(corpus / slug) for slug in pair} for name, pair in pairs.items()})
    answered = out / "needs" / "answers.json"
    if not answered.exists():
        print(f"needs first: {answered} is not there yet")
        return
    needs = json.loads(answered.read_text(encoding="utf-8"))
    program.ingest([corpus / slug for slug in sorted({slug for pair in COMPARED for slug in pair})])
    for name, (a, b) in pairs.items():
        page = program.run("compare", a, b, "--format", "markdown").stdout
        asked = "\n".join(f"{number}. {item['need']}" for number, item in enumerate(needs[name], 1))
        (out / "choices" / f"{name}.md").write_text(f"{page}\n\n---\n\nNeeds:\n\n{asked}\n", encoding="utf-8")


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _yes(answers: dict[str, dict[str, str]], *keys: str) -> int:
    return sum(all(answer[key] in {"yes", "none"} for key in keys) for answer in answers.values())


def score_capabilities(folder: Path) -> str:
    answers = _answers(folder)
    each = ", ".join(f"{key} {_yes(answers, key)}" for key in ("user_can", "name", "stands_alone", "unique"))
    return (
        f"capabilities: {_yes(answers, 'user_can', 'name', 'stands_alone', 'unique')} of {len(answers)} yes on all ({each}); floor 50 of 60"
    )


def score_claims(folder: Path) -> str:
    answers = _answers(folder)
    supported, worth = (_yes(answers, key) / max(1, len(answers)) for key in ("supported", "worth_saying"))
    return f"claims: {len(answers)} read, supported {supported:.3f} (floor 0.95), worth saying {worth:.3f} (floor 0.80)"


def score_pages(folder: Path) -> str:
    answers = _answers(folder)
    marks = {slug: [answer[key] for key in ("useful", "readable", "complete")] for slug, answer in answers.items()}
    every = [mark for three in marks.values() for mark in three]
    lines = [f"pages: mean {sum(every) / len(every):.2f} (floor 3.5), least {min(every)} (floor 3)"]
    lines += [
        f"  {slug}: useful, readable, complete {three}; disliked: {' '.join(answers[slug]['disliked'])}" for slug, three in marks.items()
    ]
    return "\n".join(lines)


def score_choices(folder: Path) -> str:
    needs, choices = _answers(folder / "needs"), _answers(folder / "choices")
    right = {name: sum(a["serves"] == b for a, b in zip(needs[name], choices[name], strict=True)) for name in needs}
    return f"choices: {sum(right.values())} of {sum(map(len, needs.values()))} as the documents' reader says (floor 15 of 18); {right}"


def _answers(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("answers*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    if not found:
        raise SystemExit(f"no answers*.json in {folder}")
    return found


SCORES: dict[str, Callable[[Path], str]] = {
    "capabilities": score_capabilities, "claims": score_claims, "pages": score_pages, "choices": score_choices,
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure readings", description=__doc__)
    parser.add_argument("action", choices=["write", "score"])
    parser.add_argument("kind", choices=sorted(SCORES))
    parser.add_argument("--decompositions", type=Path, help="folder of the corpus's decomposition JSON (capabilities, pages)")
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "benchmarks" / "out", help="where the readers' folders are")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    folder = options.out / options.kind
    if options.action == "score":
        print(SCORES[options.kind](folder))
        return 0
    if options.kind in {"capabilities", "pages"} and options.decompositions is None:
        parser.error("this reading needs --decompositions: make them with `dev.py measure corpus --keep FOLDER`")
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="agent-readings-") as workspace:
        program = Program(Path(workspace) / "workspace")
        if options.kind == "capabilities":
            write_capabilities(folder, load_decompositions(options.decompositions), chance)
        elif options.kind == "claims":
            write_claims(folder, program)
        elif options.kind == "pages":
            write_pages(folder, program, options.corpus, load_decompositions(options.decompositions), chance)
        else:
            write_choices(folder, program, options.corpus)
    print(f"seed {options.seed}: {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
