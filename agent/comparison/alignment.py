"""Which capabilities of two artifacts do the same job.

Each pair gets a similarity from name and summary vectors, from shared content words and from the questions (topics.yaml) both answer; the
best one-to-one assignment over the pairs that are similar enough is kept (maximum total similarity, Kuhn-Munkres).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.comparison.lexical import head, overlap, rarity, stems, without_names
from agent.comparison.topics import JOB, spoken_of
from agent.comparison.topics import topics as all_topics
from agent.domain.capability import Capability
from agent.domain.comparison import Aligned, Side

# Shares of the similarity. Set on pairs of the bundled artifacts read by hand: names alone confuse ("Alternatives"), summaries alone are
# all alike inside one field, rare shared words decide between neighbours.
_NAME_VECTOR, _TEXT_VECTOR, _TEXT_WORDS, _NAME_WORDS, _HEADS = 0.3, 0.4, 0.2, 0.1, 0.1
# Two capabilities of one kind of thing do the same job from SAME_KIND on. Of the best pairs of 26 pairs of artifacts, with names and
# sentences written by people, those above 0.42 were the same job in 26 of 27 cases, those between 0.36 and 0.42 in 10 of 27; of those
# with names found by the extractive engine (7 pairs of artifacts) above 0.47 in 7 of 8, between 0.42 and 0.47 in 2 of 6. From NEAR on
# the two are too close for one to be a reason against the other. Different kinds seldom share a job, so more is asked of them.
SAME_KIND, OTHER_KIND, NO_QUESTION, NEAR = 0.5, 0.5, 0.55, 0.36
# Two that answer the same questions do one job in other words ("training on many GPUs", "distributed training"); two of which only one
# answers any, or each another, share words by chance.
_SAME_TOPICS, _OTHER_TOPICS = 0.3, 0.1
# Without a telling word in common the descriptions must be close by themselves.
_WORDS, _CLOSE = 0.1, 0.5


@dataclass(frozen=True)
class Similarities:
    """Similarity of each capability of A (rows) to each of B (columns), 0-1, and whether a pair may be aligned."""

    values: NDArray[np.float64]
    allowed: NDArray[np.bool_]


def similarities(a: Side, b: Side, *, same_kind: bool) -> Similarities:
    """Compare every capability of A with every one of B; shapes (capabilities of A, capabilities of B)."""
    ours, theirs = capabilities(a), capabilities(b)
    shape = (len(ours), len(theirs))
    if 0 in shape:
        return Similarities(np.zeros(shape), np.zeros(shape, dtype=bool))
    names_a, texts_a = _texts(ours, a)
    names_b, texts_b = _texts(theirs, b)
    words = [list(stems(t)) for t in (*texts_a, *texts_b)]
    weights = rarity(words)
    heads_a, heads_b = [stems(x) for x in names_a], [stems(y) for y in names_b]
    name_words = np.array([[overlap(x, y, weights) for y in heads_b] for x in heads_a])
    text_words = np.array([[overlap(x, y, weights) for y in words[len(ours) :]] for x in words[: len(ours)]])
    heads = np.array([[_heads(x, y) for y in names_b] for x in names_a])
    topics, apart = _topics(a, b, heads)
    by_topic = _SAME_TOPICS * topics - _OTHER_TOPICS * apart
    if a.embed is None or b.embed is None:
        values = np.clip((name_words + text_words) / 2 + by_topic, 0.0, 1.0)
        return Similarities(values, (values >= SAME_KIND) & same_kind)
    name_vectors = _cosines(a, names_a, b, names_b)
    text_vectors = _cosines(a, texts_a, b, texts_b)
    values = _NAME_VECTOR * name_vectors + _TEXT_VECTOR * text_vectors
    values += _TEXT_WORDS * text_words + _NAME_WORDS * name_words + _HEADS * heads
    values = np.clip(values + by_topic, 0.0, 1.0)
    if not same_kind:  # what serves one kind of thing seldom does the job of another
        return Similarities(values, (values >= np.where(topics > 0, OTHER_KIND, NO_QUESTION)) & ((topics > 0) | (name_words >= _WORDS)))
    return Similarities(values, (values >= SAME_KIND) & ((name_words >= _WORDS) | (text_vectors >= _CLOSE) | (topics > 0)))


def align(a: Side, b: Side, found: Similarities) -> list[Aligned]:
    """The one-to-one pairs that do the same job, most alike first."""
    from scipy.optimize import linear_sum_assignment  # 0.3 s: only when two artifacts are compared

    ours, theirs = capabilities(a), capabilities(b)
    gains = np.where(found.allowed, found.values, 0.0)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    pairs = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if found.allowed[i, j]]
    aligned = [
        Aligned(
            a=ours[i].id, b=theirs[j].id, similarity=round(float(found.values[i, j]), 4), reason=_reason(ours[i], a, theirs[j], b)
        )
        for i, j in pairs
    ]  # fmt: skip
    return sorted(aligned, key=lambda pair: (-pair.similarity, pair.a, pair.b))


def capabilities(side: Side) -> list[Capability]:
    return side.decomposition.capabilities if side.decomposition else []


def described(capability: Capability) -> str:
    """A capability in words: its name and the claims of its summary."""
    return f"{capability.name}. {' '.join(claim.text for claim in capability.summary)}"


def _heads(left: str, right: str) -> float:
    """1 where two names are about the same word, 0.5 where the word of one occurs in the other, 0 else."""
    ours, theirs = head(left), head(right)
    if ours is not None and ours == theirs:
        return 1.0
    return 0.5 if ours in stems(right) or theirs in stems(left) else 0.0


def _topics(a: Side, b: Side, heads: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """For each pair the share of questions both answer, and whether they answer some and none in common."""
    asked_a, asked_b = _asked(capabilities(a), a), _asked(capabilities(b), b)
    apart = np.array([[bool(x | y) and not x & y for y in asked_b] for x in asked_a])
    shared = np.array([[_jaccard(x, y) for y in asked_b] for x in asked_a])
    if (a.manifest.type == "dataset") != (b.manifest.type == "dataset"):
        return np.zeros_like(shared), apart  # one holds what the other does
    jobs = frozenset(topic.need for topic in all_topics() if topic.weight >= JOB)
    told = np.array([[bool(x & y & jobs) for y in asked_b] for x in asked_a])
    # Many things run on many machines, training and inference: sharing how something is done counts where the names agree on what.
    return np.where(told | (heads > 0), shared, 0.0), apart


def _asked(found: Sequence[Capability], side: Side) -> list[frozenset[str]]:
    """The questions each capability answers, by its name and its first sentence."""
    return [
        spoken_of(without_names(f"{c.name}. {c.summary[0].text if c.summary else ''}", side.manifest)) for c in found
    ]  # fmt: skip


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left & right else 0.0


def _texts(found: Sequence[Capability], side: Side) -> tuple[list[str], list[str]]:
    names = [without_names(c.name, side.manifest) or c.name for c in found]
    return names, [without_names(described(c), side.manifest) for c in found]


def _cosines(a: Side, left: Sequence[str], b: Side, right: Sequence[str]) -> NDArray[np.float64]:
    assert a.embed is not None and b.embed is not None
    product = np.asarray(a.embed(left), dtype=np.float64) @ np.asarray(b.embed(right), dtype=np.float64).T
    return np.clip(np.nan_to_num(product), 0.0, 1.0)


def _reason(ours: Capability, a: Side, theirs: Capability, b: Side) -> str:
    """What the two have in common, in words a reader can check."""
    names = [stems(without_names(c.name, s.manifest)) for c, s in ((ours, a), (theirs, b))]
    texts = [stems(without_names(described(c), s.manifest)) for c, s in ((ours, a), (theirs, b))]
    shared_names = list(dict.fromkeys(word for key, word in names[0].items() if key in names[1]))
    shared = list(dict.fromkeys(word for key, word in texts[0].items() if key in texts[1] and key not in names[0].keys() & names[1].keys()))
    if shared_names:
        more = f"; both descriptions speak of {_listed(shared[:4])}" if shared else ""
        return f"both names speak of {_listed(shared_names[:3])}{more}"
    if shared:
        return f"both descriptions speak of {_listed(shared[:5])}"
    return "the descriptions are close in meaning"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
