"""Looks for a language model on this machine that could be used, and only says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.llm.local import HOST, PORT, local_models
from agent.pipeline.doctor.base import Finding, Patient


class LocalModels:
    """A server on Ollama's port is offered where no model is named. `look` gives its models, None for no server."""

    name = "local models"
    said = "no model server on this machine that is not in use"

    def __init__(self, *, named: bool, look: Callable[[], list[str] | None] = local_models) -> None:
        self._named, self._look = named, look

    def run(self, patient: Patient) -> Iterator[Finding]:  # noqa: ARG002
        models = None if self._named else self._look()
        if models is None:
            return
        which = (
            f"with {len(models)} models, {models[0]!r} among them"
            if len(models) > 1
            else f"with {models[0]!r}"
            if models
            else "without a model"
        )
        choice = models[0] if models else "NAME"
        yield Finding(
            f"{HOST}:{PORT}", f"A model server answers here, {which}. It is not used.", f"To use it: --model ollama:{choice}.", wrong=False
        )

    def repair(self, patient: Patient) -> Iterator[str]:  # noqa: ARG002
        yield from ()
