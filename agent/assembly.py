"""The only place where adapters are built and wired. Each is built from settings alone; models load when first used."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import InputError
from agent.pipeline.calling import Ask, ModelCalls
from agent.pipeline.indexing import StoreLedger
from agent.pipeline.library import Library
from agent.pipeline.listener import Listener, Silent
from agent.pipeline.making import Method
from agent.pipeline.run import Pipeline
from agent.pipeline.verify import Grounding
from agent.settings import FILE_NAME, WORKSPACE_NAME, Settings, load_settings
from agent.store.workspace import Workspace
from agent_sources.catalog import Catalog, bundled_folder
from agent_vectorstore.embedders import embedder_of
from agent_vectorstore.index import PassageIndex
from agent_vectorstore.upkeep import FOLDER

if TYPE_CHECKING:
    from agent.domain.proposal import Subject
    from agent.pipeline.doctor import Doctor
    from agent.writing import Writer
    from agent_sources.fetch.network import Network


def build_pipeline(
    settings: Settings, listener: Listener | None = None, network: Network | None = None, ask: Ask | None = None
) -> Pipeline:
    """The pipeline these settings describe; `network` None is the real one, `ask` says how a model is used, where one is.

    Raises WorkspaceError where its workspace cannot be opened, InputError where the model, the budget or the recorded answers cannot be.
    """
    heard = listener or Silent()
    library = build_library(settings, heard)
    method = _method(settings, library, heard, ask or Ask())
    return Pipeline(library, method, settings.as_of, heard, network)


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


def _method(settings: Settings, library: Library, listener: Listener, ask: Ask) -> Method:
    """The engine of the settings. Nothing that asks a model is imported where none is named."""
    if not settings.uses_model:
        from agent.engines.extractive import ExtractiveEngine

        given = {"--budget": ask.budget, "--recorded": ask.recorded, "--record": ask.record}
        if option := next((name for name, value in given.items() if value), None):
            raise InputError(f"{option} is for a run with a model, and none is named.", hint="Name one: --model PROVIDER:NAME.")
        return Method(ExtractiveEngine(), _grounder)
    from agent.engines.llm import LlmEngine

    model = f"{settings.model} (recorded)" if ask.recorded else str(settings.model)
    calls = _calls(settings, library.workspace, listener, ask, model)

    def writer_of(slug: str) -> Writer:
        from agent.writing import LlmWriter

        return LlmWriter(calls.asker(slug), model)

    return Method(LlmEngine(calls.asker, library.embed, model, settings.capabilities), _grounder, calls, writer_of)


def _calls(settings: Settings, workspace: Workspace, listener: Listener, ask: Ask, model: str) -> ModelCalls:
    from agent.llm.access import Access, AccessOptions
    from agent.llm.choose import choose
    from agent.llm.keys import scrubbed
    from agent.llm.middleware.budget import parse_limit
    from agent.pipeline.calls import StoredCalls
    from agent.pipeline.gauge import Gauge

    named = str(settings.model)
    if ask.recorded:
        from agent.llm.recorded import replayed

        chosen = replayed(Path(ask.recorded), named)
    else:
        chosen = choose(named, settings.model_url, settings.timeout)
    if ask.record:
        from agent.llm.recorded import recording

        if ask.recorded:
            raise InputError("--record and --recorded exclude each other: recorded answers are kept already.", hint="Leave one out.")
        chosen = recording(chosen, Path(ask.record), f"answers of {named}", datetime.now(UTC).date())
    options = AccessOptions(
        concurrency=settings.concurrency,
        requests_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
        budget=parse_limit(ask.budget) if ask.budget else None,
    )
    log, gauge = StoredCalls(workspace, scrubbed(ask.command, ()), model), Gauge(listener)
    gauge.access = access = Access(chosen, log, options, gauge.used)
    if not ask.planned:
        return ModelCalls(access, log, gauge)
    from agent.pipeline.planning import Planner

    return ModelCalls(access, log, gauge, Planner(chosen, log, settings.capabilities))


def _grounder(subject: Subject, neighbours: Sequence[Subject]) -> Grounding:
    from agent.grounding import Grounder

    return Grounder(subject, neighbours)
