"""Exact search: what one product gives, and how equals are ordered."""

from __future__ import annotations

import numpy as np
import pytest

from agent_vectorstore.exact import nearest

IDS = ["b", "a", "c", "d"]
VECTORS = np.array([[1, 0], [1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
QUERY = np.array([1, 0], dtype=np.float32)


def test_search_is_exact_and_breaks_ties_by_id() -> None:
    found = nearest(QUERY, IDS, VECTORS, 3)
    assert [one for one, _ in found] == ["a", "b", "c"]
    assert found[2][1] == pytest.approx(0.6)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 9])
def test_every_number_of_results_is_the_start_of_the_whole_ranking(k: int) -> None:
    assert nearest(QUERY, IDS, VECTORS, k) == nearest(QUERY, IDS, VECTORS, 4)[:k]


def test_nothing_to_find() -> None:
    assert nearest(QUERY, [], np.zeros((0, 2), dtype=np.float32), 3) == []
    assert nearest(QUERY, IDS, VECTORS, 0) == []
