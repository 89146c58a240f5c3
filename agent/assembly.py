"""The only place where adapters are built and wired. Each is built from settings alone; models load when first used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.pipeline.library import Library
from agent.pipeline.listener import Listener, Silent
from agent.pipeline.run import Pipeline
from agent.pipeline.verify import Grounding
from agent.settings import Settings
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog, bundled_folder
from agent_vectorstore.embedders import WordLlamaEmbedder

if TYPE_CHECKING:
    from agent.domain.proposal import Subject
    from agent_sources.fetch.network import Network


def build_pipeline(settings: Settings, listener: Listener | None = None, network: Network | None = None) -> Pipeline:
    """The pipeline these settings describe; `network` None is the real one. Raises WorkspaceError where its workspace cannot be opened."""
    from agent.engines.extractive import ExtractiveEngine

    heard = listener or Silent()
    workspace = Workspace(settings.workspace)
    library = Library(workspace, Catalog(bundled_folder()), WordLlamaEmbedder(), heard)
    return Pipeline(library, ExtractiveEngine(), _grounder, settings.as_of, heard, network)


def _grounder(subject: Subject, neighbours: Sequence[Subject]) -> Grounding:
    from agent.grounding import Grounder

    return Grounder(subject, neighbours)
