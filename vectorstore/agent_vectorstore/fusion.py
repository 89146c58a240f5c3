"""One ranking out of several, by reciprocal rank fusion.

Source of the method: Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods"
(SIGIR 2009), https://doi.org/10.1145/1571941.1572114. The paper's k = 60 and equal votes suit rankings of like quality. Ours are not: on
the 579 questions of the development artifacts (`dev.py measure retrieval --golden FOLDER`) words find far better than static vectors do,
and even three tenths of a vote drag the fused ranking at k = 60 far below words alone (MRR across the corpus 0.763 against 0.811). With k
= 3 and a fifth of a vote for the dense ranking it is 0.814, and none of the six figures is below either part; that holds for k from 1 to
5 and votes around a fifth, where at k = 10 a vote of 0.15 is too much already. What words do not find at all still comes from the dense
ranking. Another embedder deserves another vote: measure it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PUBLISHED_K = 60
K = 3
VOTES: Mapping[str, float] = {"dense": 0.2, "lexical": 1.0}


def fused(rankings: Mapping[str, Sequence[str]], votes: Mapping[str, float] = VOTES, k: int = K) -> list[tuple[str, float]]:
    """Ids with the sum of vote / (k + rank) over named rankings, best first; equal sums by id. A ranking without a vote has one."""
    scores: dict[str, float] = {}
    for name, ranking in rankings.items():
        vote = votes.get(name, 1.0)
        for rank, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + vote / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
