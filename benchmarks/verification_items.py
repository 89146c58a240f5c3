"""Items for measuring verification: sentences of real documents, ways to falsify them, and the paraphrases that ship with the benchmark."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from agent.domain.base import sha256
from agent.domain.capability import Evidence
from agent.domain.document import Document
from agent.domain.proposal import Subject
from agent.grounding.reading import clean, is_content, name_strength, read
from benchmarks.mutations import MUTATIONS, Material, Mutation
from benchmarks.prose import sentences_of

PARAPHRASES = Path(__file__).parent / "verification" / "paraphrases.csv"
DESCRIBED = Path(__file__).parent / "development"
SEED = "verification 1"

_REVERSED = {
    "better": "worse", "worse": "better", "faster": "slower", "slower": "faster", "larger": "smaller", "smaller": "larger",
    "higher": "lower", "lower": "higher", "more": "less", "less": "more", "fewer": "more", "outperforms": "is outperformed by",
    "outperform": "are outperformed by", "outperforming": "being outperformed by", "outperformed": "was outperformed by",
    "exceeds": "falls short of", "exceed": "fall short of", "surpasses": "is surpassed by", "greater": "smaller", "longer": "shorter",
    "shorter": "longer", "stronger": "weaker", "cheaper": "costlier", "easier": "harder", "best": "worst", "highest": "lowest",
    "largest": "smallest", "beats": "is beaten by", "bigger": "smaller", "newer": "older", "older": "newer", "earlier": "later",
    "improves": "worsens", "increases": "decreases", "reduces": "increases", "improve": "worsen", "increase": "decrease",
    "reduce": "increase",
}  # fmt: skip
_PHRASE = re.compile(r" (for|in|on|with|from|by) ((?:[\w'-]+ ){0,4}[\w'-]{4,})\.$")
_HEDGED = re.compile(r"\b(may|might|could|can sometimes|sometimes|usually|often|partly|mostly|approximately)\b")


@dataclass(frozen=True)
class Item:
    """One claim with the span of a document it was made from."""

    slug: str
    kind: str
    text: str
    evidence: Evidence


def reversed_comparison(text: str, _material: Material, draw: random.Random) -> str | None:
    """A comparing word turned into its opposite."""
    found = list(re.finditer(rf"\b({'|'.join(_REVERSED)})\b", text))
    if not found:
        return None
    chosen = draw.choice(found)
    return text[: chosen.start()] + _REVERSED[chosen.group()] + text[chosen.end() :]


def shifted_scope(text: str, material: Material, draw: random.Random) -> str | None:
    """What is said of one case is said of another: its last phrase is that of the next sentence, or "may" becomes "always"."""
    other, own = _PHRASE.search(material.following), _PHRASE.search(text)
    if other and own and other.group(2).casefold() not in text.casefold() and draw.random() < 0.7:
        return f"{text[: own.start()]} {own.group(1)} {other.group(2)}."
    found = _HEDGED.search(text)
    return f"{text[: found.start()]}always{text[found.end() :]}".replace("always be ", "always is ") if found else None


KINDS: dict[str, Sequence[Mutation]] = {
    "number": (MUTATIONS["changed number"],),
    "unit": (MUTATIONS["changed unit"],),
    "negation added": (MUTATIONS["added negation"],),
    "negation dropped": (MUTATIONS["dropped negation"],),
    "entity": (MUTATIONS["replaced name"],),
    "comparison invented": (MUTATIONS["invented comparison"], MUTATIONS["invented superlative"]),
    "comparison reversed": (reversed_comparison,),
    "quantifier": (MUTATIONS["raised quantifier"], MUTATIONS["added quantifier"]),
    "scope": (shifted_scope,),
}
STRICT = ("number", "unit", "negation added", "negation dropped", "entity", "comparison invented", "comparison reversed")


def spans_of(subject: Subject) -> list[tuple[Document, int, int, str]]:
    """The sentences of a subject's prose that claim something, with the sentence after each."""
    return [
        (document, start, end, clean(document.text[slice(*following)]) if following else "")
        for document, start, end, following in sentences_of(subject, 45)
    ]


def mutated(subjects: Mapping[str, Subject], each: int, seed: str = SEED) -> list[Item]:
    """Up to `each` items of every kind and of verbatim sentences, spread over all subjects in turn."""
    draw = random.Random(seed)
    names = {slug: _names_of(subject) for slug, subject in subjects.items()}
    words = {slug: _words_of(subject) for slug, subject in subjects.items()}
    spans = {slug: draw.sample(found, len(found)) for slug, subject in subjects.items() if (found := spans_of(subject))}
    folded = {slug: " ".join(clean(d.text) for d in subjects[slug].documents).casefold() for slug in spans}
    items: list[Item] = []
    for kind, ways in {"verbatim": (), **KINDS}.items():
        queues = {slug: iter(row) for slug, row in spans.items()}
        made = 0
        while queues and made < each:
            for slug in list(queues):
                item = _next(queues[slug], slug, kind, ways, (subjects[slug], _pool(slug, names, words, draw), folded[slug]), draw)
                if item is None:
                    del queues[slug]
                elif made < each:
                    items.append(item)
                    made += 1
    return items


def paraphrases(subjects: Mapping[str, Subject], half: int | None = None) -> list[Item]:
    """The shipped paraphrases, or one half of them: 0 to train on, 1 to measure."""
    items = []
    with PARAPHRASES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if half is not None and half_of(row["paraphrase"]) != half:
                continue
            subject = subjects.get(row["artifact"])
            document = next((d for d in subject.documents if d.text_sha256 == row["text_sha256"]), None) if subject else None
            if document is not None:
                start, end = int(row["start"]), int(row["end"])
                evidence = Evidence(document_id=document.id, start=start, end=end, quote=document.text[start:end])
                items.append(Item(row["artifact"], "paraphrase", row["paraphrase"], evidence))
    return items


def described(subjects: Mapping[str, Subject]) -> list[tuple[str, str]]:
    """What careful readers say of the development artifacts in their own words, as (slug, sentence): each rests on up to three passages."""
    found = []
    for path in sorted(DESCRIBED.glob("*.yaml")):
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for part, key in (("capabilities", "description"), ("unique", "claim"), ("limitations", "claim"), ("alternatives", "relation")):
            entries = data.get(part) or [] if data["slug"] in subjects else []
            found += [(str(data["slug"]), str(entry[key])) for entry in entries if entry.get("evidence") and entry.get(key)]
    return found


def mutated_descriptions(subjects: Mapping[str, Subject], seed: str = SEED) -> Iterator[tuple[str, str, str]]:
    """Readers' own sentences and the same with another name of the same documents, as (kind, slug, text)."""
    draw = random.Random(seed)
    names = {slug: _names_of(subject) for slug, subject in subjects.items()}
    for slug, text in described(subjects):
        yield "own words", slug, text
        changed = MUTATIONS["replaced name"](text, Material(subjects[slug].manifest.name, names[slug] or ["Quillon"], ["lantern"]), draw)
        if changed:
            yield "own words, entity", slug, changed


def half_of(text: str) -> int:
    """Which half a paraphrase belongs to: by a seeded hash of its words."""
    return int(sha256(f"{SEED} {text}"), 16) % 2


def mutated_paraphrases(subjects: Mapping[str, Subject], items: Sequence[Item], seed: str = SEED) -> Iterator[Item]:
    """Every kind of falsification of each paraphrase, where it applies."""
    draw = random.Random(seed)
    names = {slug: _names_of(subject) for slug, subject in subjects.items()}
    words = {slug: _words_of(subject) for slug, subject in subjects.items()}
    following = {(d.id, start): after for s in subjects.values() for d, start, _, after in spans_of(s)}
    for item in items:
        own = subjects[item.slug].manifest.name
        pool = _pool(item.slug, names, words, draw)
        material = Material(own, *pool, following.get((item.evidence.document_id, item.evidence.start), ""))
        for kind, ways in {**KINDS, "word": (MUTATIONS["replaced word"],)}.items():
            changed = draw.choice(ways)(item.text, material, draw)
            if changed and changed != item.text:
                yield Item(item.slug, kind, changed, item.evidence)


def still_true(kind: str, changed: str, original: str, folded: str) -> bool:
    """The stated rule for items that the change may have left true.

    The changed sentence stands in the documents itself; or the words that are new in it stand there together with the word after them; or
    a negation was added or dropped beside one that stays.
    """
    if changed.casefold() in folded:
        return True
    if kind in {"number", "unit", "entity"}:
        old, new = original.split(), changed.split()
        at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
        return at is not None and " ".join(new[max(0, at - 1) : at + 2]).casefold().rstrip(".,") in folded
    return False


def _next(
    queue: Iterator[tuple[Document, int, int, str]],
    slug: str,
    kind: str,
    ways: Sequence[Mutation],
    around: tuple[Subject, tuple[list[str], list[str]], str],
    draw: random.Random,
) -> Item | None:
    subject, pool, folded = around
    for document, start, end, following in queue:
        quote = document.text[start:end]
        claim = clean(quote)
        evidence = Evidence(document_id=document.id, start=start, end=end, quote=quote)
        if not ways:
            return Item(slug, kind, claim, evidence)
        changed = draw.choice(ways)(claim, Material(subject.manifest.name, *pool, following), draw)
        if changed and changed != claim and not still_true(kind, changed, claim, folded):
            return Item(slug, kind, changed, evidence)
    return None


def _pool(slug: str, names: Mapping[str, list[str]], words: Mapping[str, list[str]], draw: random.Random) -> tuple[list[str], list[str]]:
    others = sorted(other for other in names if other != slug)
    chosen = draw.sample(others, min(6, len(others)))
    return [n for s in chosen for n in names[s]] or ["Quillon"], [w for s in chosen for w in words[s]] or ["lantern"]


def _names_of(subject: Subject) -> list[str]:
    found = set()
    for document in subject.documents:
        reading = read(clean(document.text[:6000]))
        found |= {t.text for t in reading.tokens if name_strength(t, reading) == 2 and t.text[0].isupper() and len(t.text) > 3}
    return sorted(found)


def _words_of(subject: Subject) -> list[str]:
    tokens = [t for d in subject.documents for t in read(clean(d.text[:6000])).tokens]
    return sorted({t.text for t in tokens if t.text.isalpha() and t.text.islower() and len(t.text) > 5 and is_content(t.text)})
