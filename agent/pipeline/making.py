"""How one decomposition comes about: as it is stored where nothing it rests on has changed, else made and stored now."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from agent.domain.capability import Decomposition, EngineHead
from agent.pipeline.calling import Calling, NoCalls
from agent.pipeline.inputs import Inputs, inputs_sha256
from agent.pipeline.library import Library
from agent.store import decompositions as decomposition_rows
from agent.store import documents as document_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.domain.artifact import Manifest
    from agent.domain.proposal import Subject
    from agent.engines.base import Engine
    from agent.pipeline.verify import Grounding, Verified
    from agent.writing import Writer


@dataclass(frozen=True)
class Method:
    """What makes decompositions: an engine, what grounds its claims, and its calls to a model.

    `writer_of(slug)` writes the page of a draft on behalf of an artifact; None: the plan's own sentences stand.
    """

    engine: Engine
    grounder: Callable[[Subject, Sequence[Subject]], Grounding]
    calling: Calling = field(default_factory=NoCalls)
    writer_of: Callable[[str], Writer] | None = None


class Making:
    """Makes decompositions. Several artifacts may be made at the same time, each in a thread of its own."""

    def __init__(self, library: Library, method: Method) -> None:
        self.library = library
        self.workspace = library.workspace
        self.method = method
        self.unfinished: dict[str, Decomposition] = {}
        self.incomplete = False  # something else that was made with the run's model lacks an answer
        self._failed: set[str] = set()
        self._at_the_library = threading.RLock()  # reading documents and embedding them is work for one at a time

    def of(self, slug: str) -> Decomposition:
        """The decomposition of an artifact. One that lacks something is not stored, and made only once in a run: see `unfinished`."""
        neighbours, inputs = self._found(slug)
        before = self.unfinished.get(slug)
        if before is not None and before.inputs_sha256 == inputs:
            return before
        stored = self._stored(slug, inputs)
        if stored is not None:
            return stored
        self._failed.add(slug)
        made = self._made(slug, neighbours, inputs)
        self._failed.discard(slug)
        return made

    def plan(self, slug: str) -> bool:
        """Count what making it would ask, without asking; False where it is stored as it is. For a run with a planner."""
        planner = self.method.calling.planner
        assert planner is not None
        neighbours, inputs = self._found(slug)
        if self._stored(slug, inputs) is not None:
            return False
        subject, others = self._subjects(slug, neighbours)
        self.method.engine.propose(subject, others)
        planner.follow(slug, neighbours=any(one.passages for one in others))
        return True

    def ended(self) -> None:
        """Write down how the run ended."""
        calling = self.method.calling
        calling.ended(
            "interrupted" if calling.interrupted else "incomplete" if self.incomplete or self.unfinished or self._failed else "done"
        )

    def _found(self, slug: str) -> tuple[Sequence[str], str]:
        """The neighbours of an artifact and the hash of its inputs."""
        with self._at_the_library:
            manifest = self.library.bring(slug).manifest
            neighbours = self.library.neighbours(manifest)
            for neighbour in neighbours:
                self.library.bring(neighbour)
            return neighbours, self._inputs(manifest, neighbours)

    def _inputs(self, manifest: Manifest, neighbours: Sequence[str]) -> str:
        with self.workspace.reading() as connection:
            subject = Inputs(manifest, tuple(document_rows.heads(connection, manifest.slug)))
            others = [Inputs(self.library.manifest(one), tuple(document_rows.heads(connection, one))) for one in neighbours]
        return inputs_sha256(subject, others, self._head(), self.library.embedder.id)

    def _stored(self, slug: str, inputs: str) -> Decomposition | None:
        with self.workspace.reading() as connection:
            found = decomposition_rows.get(connection, slug, inputs)
            current = decomposition_rows.is_current(connection, slug, inputs)
        if found is not None and not current:
            with self.workspace.writing() as connection:
                decomposition_rows.make_current(connection, slug, inputs)
        return found

    def _made(self, slug: str, neighbours: Sequence[str], inputs: str) -> Decomposition:
        from agent.pipeline.assemble import decomposition_of, with_identities

        began = perf_counter()
        subject, others = self._subjects(slug, neighbours)
        kept = self._kept(subject, others)
        calling = self.method.calling
        if kept.missing and calling.interrupted:
            raise KeyboardInterrupt
        usage = calling.usage(slug).model_copy(update={"seconds": round(perf_counter() - began, 3)})
        with self.workspace.writing() as connection:
            already = decomposition_rows.get(connection, slug, inputs)
            if already is not None:  # another process was faster
                return already
            heads = [head for one in (slug, *neighbours) for head, _ in document_rows.heads(connection, one)]
            result = decomposition_of(inputs, subject.manifest, self._head(), heads, kept, usage)
            result = with_identities(result, decomposition_rows.known_capabilities(connection, slug))
            if result.missing:
                self.unfinished[slug] = result
            else:
                self.unfinished.pop(slug, None)
                decomposition_rows.put(connection, result)
        return result

    def _subjects(self, slug: str, neighbours: Sequence[str]) -> tuple[Subject, list[Subject]]:
        with self._at_the_library:
            for one in (slug, *neighbours):
                self.library.refresh(one)
            return self.library.subject(slug), [self.library.subject(one) for one in neighbours]

    def _kept(self, subject: Subject, others: Sequence[Subject]) -> Verified:
        from agent.engines.base import JudgingEngine
        from agent.pipeline.verify import verified

        engine, progress = self.method.engine, self.library.listener.progress
        progress("finding capabilities", 0, 2)
        proposal = engine.propose(subject, others)
        progress("verifying claims", 1, 2)
        judge = partial(engine.judge, subject) if isinstance(engine, JudgingEngine) else None
        kept = verified(proposal, self.method.grounder(subject, others), judge)
        progress("verifying claims", 2, 2)
        return kept

    def _head(self) -> EngineHead:
        engine = self.method.engine
        return EngineHead(name=engine.name, version=engine.version, model=engine.model, prompts=dict(engine.prompts))
