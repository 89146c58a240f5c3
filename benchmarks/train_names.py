"""Trains the choice of names: which candidate phrase of a statement comes nearest to the name an editor gave it.

    python -m benchmarks.train_names check --corpus DIR     figures with artifacts left out (--show N --seed S)
    python -m benchmarks.train_names fit --corpus DIR       labels and documents -> agent/engines/extractive/naming/weights.json

Labels: benchmarks/development/statements.csv, one row a labelled statement (artifact, document, place, job, name), and titles.csv, where
readers said which of some candidates pass as its title (1 the best, 2 the next; 0 does not pass). A candidate that was read has its
target from there. Another's is how much of the editor's name it says: F1 of content lemmas, mixed with the longest common subsequence,
which keeps the order and the small words, and never as much as one that passed. The loss is the cross-entropy of a softmax over a
statement's candidates, plus that of each candidate's own score.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
LABELS = HERE / "development" / "statements.csv"
WEIGHTS = HERE.parent / "agent" / "engines" / "extractive" / "naming" / "weights.json"
PENALTY = 3.0  # L2
SHARPNESS = 0.12  # temperature of the target distribution
ORDER = 0.35  # share of the common subsequence in the target
# Added to the target of an author's own titles: editors were asked for the sentence's words, readers like titles.
TITLES = {"lead": 0.4, "heading": 0.1}
PASSED, UNREAD = (1.0, 0.85), 0.7  # targets of the best and the other titles that passed; what an unread candidate's target is worth
OWN = 0.3  # weight of each candidate's own score in the loss
RARE = 12  # statements that must have a feature
FOLDS = 5
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A labelled statement: its candidates' texts, features and targets, and their F1 against the editor's name."""

    artifact: str
    name: str
    printed: str
    texts: list[str]
    features: list[dict[str, float]]
    f1: Array
    target: Array
    passes: Array  # 1 where readers passed the candidate, 0 where they did not, NaN where it was not read


def rows_of(corpus: Path, labels: Path = LABELS) -> tuple[list[Row], int]:
    """The statements of the labels that an editor named and candidates are found for, and how many have none."""
    from agent.engines.extractive.naming.namer import Namer
    from agent.engines.extractive.statements.reader import Statement, statements_of
    from agent.engines.extractive.statements.standalone import Names
    from benchmarks.direct import subject_of

    with labels.open(encoding="utf-8", newline="") as file:
        named = [row for row in csv.DictReader(file) if row["name"] and row["worth"] in {"2", "3"}]
    by_artifact: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in named:
        by_artifact[row["artifact"]].append(row)
    read = _titles(labels.with_name("titles.csv"))
    found, without = [], 0
    for slug, wanted in by_artifact.items():
        subject = subject_of(corpus, slug)
        files = {document.id: document.uri for document in subject.documents}
        statements = statements_of(subject)
        namer = Namer(Names.of(subject.manifest), statements)
        at = {(files[s.document_id], s.start, s.end): s for s in statements if s.printed}
        jobs: dict[str, list[Statement]] = defaultdict(list)
        placed = [(row, at[key]) for row in wanted if (key := (row["document"], int(row["start"]), int(row["end"]))) in at]
        without += len(wanted) - len(placed)
        for row, statement in placed:
            jobs[row["job"]].append(statement)
        for row, statement in placed:
            group = (statement, *(other for other in jobs[row["job"]] if other is not statement))
            made = _row(row, group, namer, read.get((slug, row["document"], row["start"]), {}))
            found += [made] if made else []
            without += made is None
    return found, without


def _titles(path: Path) -> dict[tuple[str, str, str], dict[str, int]]:
    """Which titles readers passed, by statement (artifact, document, start)."""
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["artifact"], row["document"], row["start"]][row["title"].casefold()] = int(row["passes"])
    return found


def _row(label: dict[str, str], group: Sequence[Any], namer: Any, read: dict[str, int]) -> Row | None:
    from agent.engines.extractive.naming.candidates import candidates
    from agent.engines.extractive.naming.features import Shared, features

    shared = Shared.of(group)
    made = candidates(group[0], namer.names)
    if not made:
        return None
    texts = [namer.casing.sentence_case(candidate.text) for candidate in made]
    f1 = np.array([content_f1(text, label["name"]) for text in texts])
    order = np.array([subsequence_f1(text, label["name"]) for text in texts])
    values = [features(candidate, group[0], shared, namer.vocabulary) for candidate in made]
    titles = np.array([TITLES.get(candidate.kind, 0.0) for candidate in made])
    target = UNREAD * np.minimum(1.0, (1 - ORDER) * f1 + ORDER * order + titles)
    passes = np.full(len(texts), np.nan)
    for at, text in enumerate(texts):
        place = read.get(text.casefold())
        if place is not None:
            target[at] = PASSED[min(place, len(PASSED)) - 1] if place else 0.0
            passes[at] = float(place > 0)
    return Row(label["artifact"], label["name"], group[0].printed or "", texts, values, f1, target, passes)


def content_f1(text: str, name: str) -> float:
    """F1 of two names' content lemmas, counted with their repeats: 0-1."""
    from agent.text.words import content_words

    a, b = Counter(content_words(text)), Counter(content_words(name))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def subsequence_f1(text: str, name: str) -> float:
    """F1 of the longest common subsequence of two names' lemmas, articles left out: 0-1."""
    from agent.text.words import tag

    a, b = ([w.lemma for w in tag(side) if w.text.casefold() not in {"the", "a", "an"}] for side in (text, name))
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            longest[i + 1][j + 1] = longest[i][j] + 1 if left == right else max(longest[i][j + 1], longest[i + 1][j])
    return 2 * longest[-1][-1] / max(1, len(a) + len(b))


def fit(rows: Sequence[Row], penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature name and "bias", by L-BFGS; features of fewer than `RARE` statements are left out."""
    from scipy import optimize, sparse

    seen = Counter(key for row in rows for key in {key for values in row.features for key in values})
    vocabulary = {key: at for at, key in enumerate(sorted(key for key, count in seen.items() if count >= RARE))}
    entries = [
        (number, vocabulary[key], value)
        for number, values in enumerate(values for row in rows for values in row.features)
        for key, value in values.items()
        if key in vocabulary
    ]
    sizes = np.array([len(row.texts) for row in rows])
    places, columns, values = (np.array(column) for column in zip(*entries, strict=True))
    x = sparse.csr_matrix((values.astype(float), (places, columns)), shape=(int(sizes.sum()), len(vocabulary)))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    statement = np.repeat(np.arange(len(rows)), sizes)
    target = np.concatenate([row.target for row in rows])
    wanted = np.concatenate([np.exp(row.target / SHARPNESS) / np.exp(row.target / SHARPNESS).sum() for row in rows])
    weight = np.array([row.target.max() for row in rows])[statement]

    def loss(beta: Array) -> tuple[float, Array]:
        score = x @ beta[:-1]
        shifted = score - np.maximum.reduceat(score, starts)[statement]
        likely = np.exp(shifted)
        total = np.add.reduceat(likely, starts)[statement]
        own = score + beta[-1]
        value = -(weight * wanted * (shifted - np.log(total))).sum() + penalty / 2 * float(beta[:-1] @ beta[:-1])
        value += OWN * (target * np.logaddexp(0, -own) + (1 - target) * np.logaddexp(0, own)).sum()
        alone = OWN * (1 / (1 + np.exp(-own)) - target)
        slope = weight * (likely / total - wanted) + alone
        return float(value), np.concatenate([x.T @ slope + penalty * beta[:-1], [alone.sum()]])

    best = optimize.minimize(loss, np.zeros(len(vocabulary) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    found = {key: round(float(best[at]), 2) for key, at in vocabulary.items()}
    return {"bias": round(float(best[-1]), 2), **{key: value for key, value in found.items() if abs(value) >= 0.02}}


def score(weights: dict[str, float], values: dict[str, float]) -> float:
    """The linear score of a candidate."""
    return weights["bias"] + sum(weights.get(key, 0.0) * value for key, value in values.items())


def chosen(rows: Sequence[Row]) -> list[int]:
    """For each row the candidate chosen by weights trained without its artifact."""
    slugs = sorted({row.artifact for row in rows})
    random.Random(0).shuffle(slugs)
    found = [0] * len(rows)
    for fold in (slugs[at::FOLDS] for at in range(FOLDS)):
        weights = fit([row for row in rows if row.artifact not in fold])
        for number, row in enumerate(rows):
            if row.artifact in fold:
                scores = [score(weights, values) for values in row.features]
                found[number] = scores.index(max(scores))
    return found


def check(rows: Sequence[Row], without: int, show: int, seed: int) -> None:
    """Print the figures with artifacts left out, statements without a candidate counted as 0."""
    picks = chosen(rows)
    total = len(rows) + without
    best = [row.f1[pick] for row, pick in zip(rows, picks, strict=True)]
    oracle = [row.f1.max() for row in rows]
    print(f"{total} statements, {without} without a candidate")
    for label, values in (("chosen", best), ("best candidate", oracle)):
        print(f"{label}: F1 {sum(values) / total:.3f}, F1 of 0.6 or more in {sum(v >= 0.6 for v in values) / total:.3f}")
    judged = [row.passes[pick] for row, pick in zip(rows, picks, strict=True) if not np.isnan(row.passes[pick])]
    able = [row for row in rows if not np.isnan(row.passes).all()]
    possible = sum(bool(np.nansum(row.passes)) for row in able)
    print(
        f"readers pass the chosen title in {np.mean(judged):.3f} of {len(judged)}, some title in {possible / len(able):.3f} of {len(able)}"
    )
    for number in random.Random(seed).sample(range(len(rows)), show):
        row = rows[number]
        print(f"{best[number]:.2f} {row.texts[picks[number]]} | editor: {row.name} | {row.printed[:160]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("check", "fit"))
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rows, without = rows_of(given.corpus)
    if given.task == "check":
        check(rows, without, given.show, given.seed)
        return
    weights = fit(rows)
    note = "log-odds by feature; trained by benchmarks/train_names.py on benchmarks/development/statements.csv"
    WEIGHTS.write_text(json.dumps({"note": note, "weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(rows)} statements, {len(weights)} weights")


if __name__ == "__main__":
    main()
