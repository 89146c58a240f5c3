"""Which embedder a setting names."""

from __future__ import annotations

from agent.errors import SettingsError
from agent_vectorstore.embedders.base import Embedder

DEFAULT = "wordllama"
_KINDS = ("openai", "sentence-transformers")


def problem_of(name: str) -> str:
    """What is wrong with the name of an embedder, as the end of a sentence; empty when nothing is."""
    kind, _, model = name.partition(":")
    if name == DEFAULT or (kind in _KINDS and model.strip()):
        return ""
    return "input should be 'wordllama', 'openai:MODEL' or 'sentence-transformers:MODEL'"


def embedder_of(name: str, url: str | None = None) -> Embedder:
    """The embedder a name asks for: "wordllama", "openai:MODEL" (at `url`, if given) or "sentence-transformers:MODEL".

    Nothing is loaded or asked for yet. Raises SettingsError for another name.
    """
    if problem_of(name):
        raise SettingsError(f"'embedder' is {name!r}: {problem_of(name)}.", hint="See: agent config show.")
    kind, _, model = name.partition(":")
    if kind == "openai":
        from agent_vectorstore.embedders.openai_compatible import OpenAIEmbedder

        return OpenAIEmbedder(model.strip(), url)
    if kind == "sentence-transformers":
        from agent_vectorstore.embedders.sentence_transformers import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder(model.strip())
    from agent_vectorstore.embedders.wordllama import WordLlamaEmbedder

    return WordLlamaEmbedder()
