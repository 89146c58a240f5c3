"""Trains the weights by which a bare claim and its evidence are scored, on half of the shipped paraphrases and falsifications of them."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agent.domain.proposal import Subject
from agent.grounding.bare import BareVerifier
from agent.grounding.bare.features import NAMES
from benchmarks.direct import subject_of
from benchmarks.program import CHECKOUT, REFERENCE
from benchmarks.verification_items import SEED, Item, described, mutated_paraphrases, paraphrases

TARGET = CHECKOUT / "agent" / "grounding" / "bare" / "weights.json"
_SCORED = {"joined", "crossed"}  # falsifications that no check finds and the words tell
_FOLDS = 10
_LEAST = 6  # words of half a sentence
_RIDGE = 3.0
_ACCEPTED = 0.94  # of the paraphrases, by scores of models that have not seen their artifact
_RELATED = 0.12


def main(argv: Sequence[str] | None = None) -> int:
    """Train, print what the weights are worth on artifacts they were not trained on, and write them."""
    parser = argparse.ArgumentParser(prog="dev.py measure train_verification", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=REFERENCE / "corpus")
    parser.add_argument("--write", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    slugs = sorted(file.parent.name for file in options.corpus.glob("*/artifact.yaml"))
    if not slugs:
        parser.error(f"no artifacts in {options.corpus}: set AGENT_REFERENCE or --corpus")
    made = train({slug: subject_of(options.corpus, slug) for slug in slugs})
    options.write.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return 0


def train(subjects: Mapping[str, Subject]) -> dict[str, Any]:
    """Weights, means, spreads and thresholds as plain numbers."""
    import numpy as np

    from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

    embedder = WordLlamaEmbedder()
    verifiers = {slug: BareVerifier(subject, embedder.embed) for slug, subject in subjects.items()}
    rows, labels, groups = _examples(subjects, verifiers)
    close = len(rows)
    for values, label, slug in _descriptions(subjects, verifiers):
        rows.append(values)
        labels.append(label)
        groups.append(slug)
    x, y = np.array(rows), np.array(labels, dtype=float)
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 0.05)
    x = (x - mean) / spread
    names = sorted(set(groups))
    fold = np.array([names.index(group) % _FOLDS for group in groups])
    unseen = np.zeros(len(y))
    for number in range(_FOLDS):
        weight, bias = _fitted(x[fold != number], y[fold != number])
        unseen[fold == number] = _sigmoid(x[fold == number] @ weight + bias)
    near = np.arange(len(y)) < close
    ceiling = float(np.quantile(unseen[near & (y == 1)], 1 - _ACCEPTED))
    steps = np.linspace(0.02, 0.98, 97)
    far = ~near
    accuracy = [((unseen[far & (y == 1)] >= t).mean() + (unseen[far & (y == 0)] < t).mean()) / 2 for t in steps]
    best = float(steps[int(np.argmax(accuracy))])
    # The one accepts too little that sums up a section, the other too much that is joined to a true sentence.
    threshold = best + (ceiling - best) / 3
    print(f"{int(y.sum())} supported and {int((1 - y).sum())} unsupported examples of {len(names)} artifacts")
    print(f"thresholds: {ceiling:.3f} by paraphrases, {best:.3f} by descriptions (balanced accuracy {max(accuracy):.3f})")
    for title, chosen in (("paraphrases", near), ("descriptions", far)):
        kept, let = (unseen[chosen & (y == 1)] >= threshold).mean(), (unseen[chosen & (y == 0)] >= threshold).mean()
        print(f"at {threshold:.3f}, {title}: accepts {kept:.3f} of the supported and {let:.3f} of the unsupported")
    weight, bias = _fitted(x, y)
    for name, value in zip(NAMES, weight, strict=True):
        print(f"  {name:16}{value:+.2f}")
    rounded = [[round(float(v), 4) for v in row] for row in (mean, spread, weight)]
    return {
        "names": list(NAMES), "mean": rounded[0], "spread": rounded[1], "weight": rounded[2], "bias": round(float(bias), 4),
        "supported": round(threshold, 3), "related": round(min(_RELATED, threshold / 2), 3),
    }  # fmt: skip


def _examples(subjects: Mapping[str, Subject], verifiers: Mapping[str, BareVerifier]) -> tuple[list[list[float]], list[int], list[str]]:
    """Supported: a paraphrase on its own sentence. Unsupported: it on what is nearest to it otherwise, and its falsifications."""
    rows: list[list[float]] = []
    labels: list[int] = []
    groups: list[str] = []

    def add(values: Sequence[float], label: int, slug: str) -> None:
        rows.append(list(values))
        labels.append(label)
        groups.append(slug)

    items = paraphrases(subjects, 0)
    for item in items:
        verifier = verifiers[item.slug]
        own = _own(verifier, item)
        good = [one for one in verifier.judged(item.text) if set(one.chosen) & own] or verifier.judged(item.text, sorted(own))
        if good:
            add(max(good, key=lambda one: one.score).values, 1, item.slug)
        head = _head(item.text)
        part = verifier.judged(head, sorted(own)) if head else good
        if part:  # who says a sentence says its first half: a claim seldom tells all of its evidence
            add(max(part, key=lambda one: one.score).values, 1, item.slug)
        index = verifier.index
        vector = index.vector(min(own)) if own else None
        rest = [at for at in range(len(index.statements)) if at not in own and (vector is None or float(index.vector(at) @ vector) < 0.75)]
        other = verifier.judged(item.text, rest)
        if other:
            add(max(other, key=lambda one: one.score).values, 0, item.slug)
    for item in (*mutated_paraphrases(subjects, items), *_joined(items)):
        if item.kind in _SCORED:
            found = verifiers[item.slug].judged(item.text)
            if found:
                add(max(found, key=lambda one: one.score).values, 0, item.slug)
    return rows, labels, groups


def _descriptions(subjects: Mapping[str, Subject], verifiers: Mapping[str, BareVerifier]) -> list[tuple[list[float], int, str]]:
    """Supported: readers' own sentences. Unsupported: the same of another artifact, and halves of two of one artifact put together."""
    draw = random.Random(SEED)
    said = described(subjects)
    found = []

    def add(slug: str, text: str, label: int) -> None:
        judged = verifiers[slug].judged(text)
        if judged:
            found.append((list(max(judged, key=lambda one: one.score).values), label, slug))

    slugs = sorted({slug for slug, _ in said})
    for slug, text in said:
        add(slug, text, 1)
        add(draw.choice([other for other in slugs if other != slug]), text, 0)
        fellow = draw.choice([other for of, other in said if of == slug]).split()
        mine = text.rstrip(".").split()
        if fellow != mine and draw.random() < 0.5:
            add(slug, " ".join(mine[: len(mine) // 2] + fellow[len(fellow) // 2 :]), 0)
    return found


def _own(verifier: BareVerifier, item: Item) -> set[int]:
    from agent.grounding.bare.statements import within

    return set(within(verifier.index.statements, item.evidence.document_id, item.evidence.start, item.evidence.end))


def _head(text: str) -> str:
    """The part of a sentence before its last comma or "and", where enough is left on both sides."""
    cuts = [at for mark in (", ", "; ", " and ", " while ", " which ") if (at := text.rfind(mark)) > 0]
    cut = max((at for at in cuts if len(text[:at].split()) >= _LEAST and len(text[at:].split()) >= 4), default=0)
    return text[:cut] + "." if cut else ""


def _joined(items: Sequence[Item]) -> list[Item]:
    """Two paraphrases of one artifact made one: half of each; and one with a clause of another artifact's."""
    draw = random.Random(SEED)
    made = []
    for item in items:
        fellows = [other for other in items if other.slug == item.slug and other is not item]
        strangers = [other for other in items if other.slug != item.slug]
        for kind, others in (("crossed", fellows), ("joined", strangers)):
            if others:
                mine, theirs = item.text.rstrip(".").split(), draw.choice(others).text.split()
                keep = mine[: max(3, len(mine) * 2 // 3)]
                made.append(Item(item.slug, kind, " ".join(keep + theirs[-max(3, len(theirs) // 3) :]), item.evidence))
    return made


def _fitted(x: Any, y: Any) -> tuple[Any, float]:
    """Logistic regression with a ridge, by Newton's method."""
    import numpy as np

    wide = np.hstack([x, np.ones((len(x), 1))])
    weight = np.zeros(wide.shape[1])
    ridge = np.diag([_RIDGE] * x.shape[1] + [0.0])
    for _ in range(30):
        p = _sigmoid(wide @ weight)
        gradient = wide.T @ (p - y) + ridge @ weight
        hessian = (wide * (p * (1 - p))[:, None]).T @ wide + ridge + 1e-9 * np.eye(len(weight))
        weight = weight - np.linalg.solve(hessian, gradient)
    return weight[:-1], float(weight[-1])


def _sigmoid(values: Any) -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


if __name__ == "__main__":
    sys.exit(main())
