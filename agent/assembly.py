"""The only place where adapters are built and wired. Each is built from settings alone; models load when first used."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from agent.pipeline.indexing import StoreLedger
from agent.pipeline.library import Library
from agent.pipeline.listener import Listener, Silent
from agent.pipeline.run import Pipeline
from agent.pipeline.verify import Grounding
from agent.settings import FILE_NAME, WORKSPACE_NAME, Settings, load_settings
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog, bundled_folder
from agent_vectorstore.embedders import embedder_of
from agent_vectorstore.index import PassageIndex
from agent_vectorstore.upkeep import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from agent.domain.proposal import Subject
    from agent.pipeline.doctor import Doctor
    from agent_sources.fetch.network import Network


def build_pipeline(settings: Settings, listener: Listener | None = None, network: Network | None = None) -> Pipeline:
    """The pipeline these settings describe; `network` None is the real one. Raises WorkspaceError where its workspace cannot be opened."""
    from agent.engines.extractive import ExtractiveEngine

    heard = listener or Silent()
    return Pipeline(build_library(settings, heard), ExtractiveEngine(), _grounder, settings.as_of, heard, network)


def build_library(settings: Settings, listener: Listener) -> Library:
    """The artifacts within reach. Raises WorkspaceError where the workspace cannot be opened."""
    workspace = build_workspace(settings, listener)
    embedder = embedder_of(settings.embedder, settings.embedder_url)
    index = PassageIndex(workspace.folder / FOLDER, StoreLedger(workspace, embedder), embedder, listener.progress)
    return Library(workspace, Catalog(bundled_folder()), embedder, listener, index)


def build_workspace(settings: Settings, listener: Listener) -> Workspace:
    """The workspace, made where there is none. Raises WorkspaceError where it cannot be opened."""
    return Workspace(settings.workspace, wait=settings.lock_wait, told=listener.note)


def build_doctor(settings: Settings, listener: Listener) -> Doctor:
    """The doctor for a workspace that may not be there, or not open."""
    from agent.pipeline.doctor import Doctor
    from agent.pipeline.doctor.index import Index
    from agent.pipeline.doctor.models import LocalModels

    around = (LocalModels(named=settings.model is not None),)
    return Doctor(settings.workspace, lambda: build_library(settings, listener), listener, (Index(),), around)


def init_project(folder: Path, listener: Listener) -> list[tuple[Path, str]]:
    """Make a folder a project. Returns each place with what was done. Raises InputError and WorkspaceError."""
    from agent.pipeline.project import Key, init

    file = folder / FILE_NAME
    workspace = load_settings({}, environment={}, folder=folder).workspace if file.is_file() else folder / WORKSPACE_NAME
    with suppress(ValueError):  # messages name it as the user does: from where the command was run
        workspace = folder / workspace.relative_to(folder.absolute())
    keys = []
    for name, field in Settings.model_fields.items():
        example = field.is_required() or field.default is None
        value = (field.examples or [""])[0] if example else field.default
        keys.append(Key(name, field.description or "", value, example=example and name != "workspace"))
    return list(init(folder, keys, workspace, lambda: Workspace(workspace, told=listener.note)))


def _grounder(subject: Subject, neighbours: Sequence[Subject]) -> Grounding:
    from agent.grounding import Grounder

    return Grounder(subject, neighbours)
