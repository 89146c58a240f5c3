"""Embedders turn texts into unit vectors. They load their model or client when first used, never before."""

from __future__ import annotations

from agent_vectorstore.embedders.base import Embedder
from agent_vectorstore.embedders.choose import embedder_of, problem_of
from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

__all__ = ["Embedder", "WordLlamaEmbedder", "embedder_of", "problem_of"]
