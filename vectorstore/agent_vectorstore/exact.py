"""Exact search: for hundreds or thousands of vectors one product is faster than any index, and misses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def nearest(query: NDArray[np.float32], ids: Sequence[str], vectors: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
    """The k ids whose unit vectors (rows of shape (len(ids), dimensions)) are nearest to a unit query vector, with cosines, best first.

    Equal cosines are ordered by id.
    """
    import numpy as np

    if not ids or k <= 0:
        return []
    scores = vectors @ query
    # Everything as good as the k-th is sorted, so that equal cosines at the edge are ordered by id too.
    least = np.partition(scores, len(ids) - k)[len(ids) - k] if k < len(ids) else -np.inf
    best = sorted(((float(scores[at]), ids[at]) for at in np.flatnonzero(scores >= least).tolist()), key=lambda pair: (-pair[0], pair[1]))
    return [(one, score) for score, one in best[:k]]
