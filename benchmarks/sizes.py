"""How much each measurement does: small in continuous integration, full when a figure is stated."""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Counted runs of a timing; interruptions of the kill test, and documents of the artifact it interrupts; corpus artifacts that are read
    for their time and memory; of how many nasty documents one is read.

    Of runs with a model: artifacts decomposed at the same time, and sections of each one's document.

    Of verification: falsified sentences of each kind.

    Of the index: passages ingested, and in how many rounds; passages of the large workspace, and questions asked of it.
    """

    runs: int
    kills: int
    documents: int
    artifacts: int
    one_of: int
    passages: int
    rounds: int
    workspace: int
    questions: int
    workshops: int
    sections: int
    claims: int


SIZES = {
    "small": Size(
        runs=5,
        kills=5,
        documents=4,
        artifacts=5,
        one_of=25,
        passages=300,
        rounds=1,
        workspace=1_000,
        questions=20,
        workshops=5,
        sections=40,
        claims=20,
    ),
    "full": Size(
        runs=15,
        kills=50,
        documents=4,
        artifacts=1000,
        one_of=1,
        passages=10_000,
        rounds=5,
        workspace=100_000,
        questions=200,
        workshops=20,
        sections=60,
        claims=200,
    ),
}


def with_size(name: str, description: str | None) -> argparse.ArgumentParser:
    """A parser for `dev.py measure NAME` with the option that chooses the size."""
    parser = argparse.ArgumentParser(prog=f"dev.py measure {name}", description=description)
    parser.add_argument("--size", choices=sorted(SIZES), default="full")
    return parser
