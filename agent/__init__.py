"""Capability extraction and comparison in which every claim carries its verbatim quote.

from agent import compare, decompose

decompose("paligemma").capabilities[0].summary[0].evidence[0].quote
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.domain.capability import Decomposition
    from agent.domain.comparison import Comparison

__all__ = ["compare", "decompose"]


def decompose(artifact: str, *, workspace: str | Path | None = None) -> Decomposition:
    """The capabilities of an artifact, named by slug, name or folder; as stored where nothing has changed.

    `workspace` defaults as on the command line. Raises the errors of agent.errors.
    """
    from agent.assembly import build_pipeline
    from agent.settings import load_settings

    with closing(build_pipeline(load_settings({"workspace": workspace}))) as pipeline:
        return pipeline.decompose(artifact)


def compare(a: str, b: str, *, workspace: str | Path | None = None) -> Comparison:
    """Two artifacts side by side, each named by slug, name or folder.

    `workspace` defaults as on the command line. Raises the errors of agent.errors.
    """
    from agent.assembly import build_pipeline
    from agent.settings import load_settings

    with closing(build_pipeline(load_settings({"workspace": workspace}))) as pipeline:
        return pipeline.compare(a, b)
