"""Every nasty document through ingest and decompose, in a process of its own: read or refused exactly as expected, within its limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.nasty.corpus import DOCUMENTS
from tests.sources.nasty.examiner import Examiner


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner() as made:
        yield made


_EVERY = 4  # one in so many of the quick ones is read with the fast tests; the slow tests read all others


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if one.slow or number % _EVERY else ())
        for number, (name, one) in enumerate(DOCUMENTS.items())
    ],
)
def test_a_nasty_document_is_read_or_refused_as_it_should_be(examiner: Examiner, name: str) -> None:
    assert examiner.examine(name).problems == []


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(DOCUMENTS) >= 60
    assert sum(one.refused is not None for one in DOCUMENTS.values()) >= 20
