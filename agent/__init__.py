"""Capability extraction and comparison in which every claim carries its verbatim quote.

from agent import compare, decompose, retriever, verify

decompose("paligemma").capabilities[0].summary[0].evidence[0].quote
verify("paligemma", ["PaliGemma takes images of 224 x 224 pixels."]).claims[0].verdict
retriever(artifacts=["paligemma"]).invoke("which image sizes does it take?")
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.domain.capability import Decomposition
    from agent.domain.comparison import Comparison
    from agent.domain.verification import Verification
    from agent_vectorstore.retriever import PassageRetriever

__all__ = ["compare", "decompose", "retriever", "verify"]


def decompose(artifact: str, *, workspace: str | Path | None = None) -> Decomposition:
    """The capabilities of an artifact, named by slug, name or folder; as stored where nothing has changed.

    A language model is asked where the settings name one; `missing` lists what it left unanswered.

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


def verify(artifact: str, claims: Sequence[str], *, workspace: str | Path | None = None) -> Verification:
    """A verdict on each claim by an artifact's documents: supported, contradicted, not_found or undecided, with the best evidence.

    `workspace` defaults as on the command line. Raises the errors of agent.errors.
    """
    from agent.assembly import build_pipeline
    from agent.pipeline.written import WrittenClaim, WrittenClaims
    from agent.settings import load_settings

    written = WrittenClaims(tuple(WrittenClaim(text, number) for number, text in enumerate(claims, 1)))
    with closing(build_pipeline(load_settings({"workspace": workspace}))) as pipeline:
        return pipeline.verify(artifact, written)


def retriever(
    *, limit: int = 8, artifacts: Sequence[str] = (), types: Sequence[str] = (), workspace: str | Path | None = None
) -> PassageRetriever:
    """The workspace's passages as a LangChain retriever: at most `limit`, only of some artifacts or types where these are given.

    `workspace` defaults as on the command line. Raises the errors of agent.errors.
    """
    from functools import partial

    from agent.assembly import build_pipeline
    from agent.settings import load_settings
    from agent_vectorstore.retriever import PassageRetriever

    pipeline = build_pipeline(load_settings({"workspace": workspace}))
    return PassageRetriever(find=partial(pipeline.passages_about, limit=limit, artifacts=tuple(artifacts), types=tuple(types)))
