"""The pipeline: what the program does, in the order in which it does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from agent.domain.capability import Decomposition
from agent.errors import InputError
from agent.pipeline import bundled
from agent.pipeline.calling import NoCalls
from agent.pipeline.library import Ingested, Library
from agent.pipeline.listener import Listener
from agent.pipeline.making import Making, Method
from agent.pipeline.resolve import is_path
from agent.pipeline.runs import Runs
from agent.pipeline.several import Outcome, Plan, each, plan_of
from agent.store import artifacts as artifact_rows
from agent.store import calls as call_rows
from agent.store import decompositions as decomposition_rows
from agent.store import documents as document_rows
from agent.store import fetches as fetch_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.domain.artifact import Manifest
    from agent.domain.capability import DocumentHead, Usage
    from agent.domain.comparison import Comparison, Portrait, Side
    from agent.domain.document import Document, Passage
    from agent.domain.draft import Draft
    from agent.domain.fetch import FetchRecord
    from agent.domain.proposal import Subject
    from agent.domain.scorecard import Scorecard, StoreFacts
    from agent.domain.verification import Verification
    from agent.engines.base import Engine
    from agent.pipeline.fetching import Fetching
    from agent.pipeline.verify import Grounding
    from agent.pipeline.written import WrittenClaims
    from agent.store.decompositions import KnownCapability
    from agent_sources.fetch.network import Network
    from agent_vectorstore.index import PassageIndex
    from agent_vectorstore.results import Hit, Mode


class Pipeline:
    """Runs over one workspace."""

    def __init__(
        self,
        library: Library,
        method: Method,
        as_of: date | None,
        listener: Listener,
        network: Network | None = None,
    ) -> None:
        self.library = library
        self.workspace = library.workspace
        self.making = Making(library, method)
        self.listener = listener
        self._as_of = as_of
        self._network = network
        self._told: set[str] = set()

    def close(self) -> None:
        """Write down how a run that asked a model ended. The store opens its database for each operation: there is nothing to wait for."""
        self.making.ended()

    @property
    def as_of(self) -> date:
        """The day scores are measured at: the setting, else the catalogue's own date."""
        return self._as_of or self.library.catalog.as_of

    def resolve(self, wanted: str) -> str:
        """The slug of what a user named: slug, name, synonym, variant, or a folder that holds one artifact, which is ingested.

        Raises UnknownArtifact, with suggestions.
        """
        if is_path(wanted) and Path(wanted).exists():
            done = self.ingest(wanted)
            if len(done) > 1:
                raise InputError(f"{wanted!r} holds {len(done)} artifacts; they are ingested.", hint=f"Name one: {done[0].slug}.")
            return done[0].slug
        slug = self.library.resolve(wanted)
        self._tell_of_shadow(slug)
        return slug

    def ingest(self, target: str, *, name: str | None = None, kind: str | None = None) -> list[Ingested]:
        """Store a bundled artifact, the artifacts of a folder or archive, or one file as an artifact.

        Everything is read and checked before anything is changed; then each artifact is stored in one transaction.
        """
        from agent_sources.ingest import sources_in

        if not is_path(target):
            return [bundled.ingest(self.library, self.library.resolve(target))]
        path = Path(target)
        if not path.exists():
            raise InputError(
                f"there is no {target!r}.", hint="Give a slug, a folder or archive with artifact.yaml, or a file with --name and --type."
            )
        sources = sources_in(path, name, kind)
        read = [self.library.read(source) for source in sources]
        done = []
        for number, (source, documents) in enumerate(zip(sources, read, strict=True)):
            self.listener.progress("storing", number, len(sources))
            done.append(self.library.store(source, documents))
            for line in (*source.notes, *done[-1].notes):
                self.listener.note(line)
        self.listener.progress("storing", len(sources), len(sources))
        return done

    def ingest_catalog(self) -> list[Ingested]:
        """Bring in every bundled artifact; one whose slug is another's in this workspace is left out with a note."""
        return bundled.ingest_all(self.library)

    @property
    def fetching(self) -> Fetching:
        """Documents from the addresses they live at."""
        from agent.pipeline.fetching import Fetching

        return Fetching(self.library, self._network, self.listener)

    def fetches(self, wanted: str) -> list[FetchRecord]:
        """The newest record of each address that was asked for an artifact's documents."""
        with self.workspace.reading() as connection:
            return fetch_rows.of_artifact(connection, self.library.resolve(wanted))

    def fetch_of(self, document_id: str) -> FetchRecord | None:
        """The record of the fetch that gave a document; None for one that came from a file."""
        with self.workspace.reading() as connection:
            return fetch_rows.of_document(connection, document_id)

    def decompose(self, wanted: str) -> Decomposition:
        """The capabilities of an artifact: as stored where nothing they rest on has changed, else made and stored now.

        Where a model left something unanswered the result has `missing` and is not stored: the next run asks only that.
        """
        slug = self.resolve(wanted)
        [outcome] = self.decompose_each([slug])
        if outcome.error is not None:
            raise outcome.error
        assert outcome.made is not None
        return outcome.made

    def decompose_each(self, slugs: Sequence[str]) -> list[Outcome]:
        """What becomes of each of several artifacts, in their order; with a model they are worked on at the same time."""
        return each(slugs, self.making.of, self.making.method.calling)

    @property
    def engine(self) -> Engine:
        """What proposes capabilities."""
        return self.making.method.engine

    def grounder(self, subject: Subject, neighbours: Sequence[Subject]) -> Grounding:
        """What judges claims about a subject."""
        return self.making.method.grounder(subject, neighbours)

    @property
    def interrupted(self) -> bool:
        """Whether the user asked for the run to stop."""
        return self.making.method.calling.interrupted

    @property
    def missing(self) -> dict[str, list[str]]:
        """What a model left unanswered in this run, by slug."""
        return {slug: made.missing for slug, made in self.making.unfinished.items()}

    @property
    def usage(self) -> Usage | None:
        """What this run used of a model; None for a run without one, or one that only plans."""
        calling = self.making.method.calling
        return None if isinstance(calling, NoCalls) or calling.planner is not None else calling.usage()

    @property
    def runs(self) -> Runs:
        """The runs that asked a model, with their calls."""
        return Runs(self.workspace)

    def calls_of(self, slug: str) -> int:
        """How many calls about an artifact are kept."""
        with self.workspace.reading() as connection:
            return call_rows.count_of(connection, slug)

    def plan(self, slugs: Sequence[str]) -> Plan:
        """What decomposing artifacts would ask a model, per stage; nothing is spent. Raises InputError for a run without a model."""
        return plan_of(slugs, self.making)

    def score(self, wanted: str) -> Scorecard:
        """The 0-100 score of an artifact at the as-of date, with everything it was made from."""
        from agent.scoring import score

        decomposition = self.decompose(wanted)
        slug = decomposition.artifact.slug
        return score(self.library.manifest(slug), decomposition, self._facts(slug), self.as_of)

    def compare(self, a: str, b: str) -> Comparison:
        """Two artifacts side by side at the as-of date."""
        from agent.comparison import compare

        self.decompose_each([self.resolve(a), self.resolve(b)])  # at the same time; what fails says so again below
        return compare(self._side(a), self._side(b), self.as_of)

    def portrait(self, wanted: str) -> Portrait:
        """What a comparison would say of one side, of an artifact by itself, at the as-of date."""
        from agent.comparison import portrait

        return portrait(self._side(wanted), self.as_of)

    def draft(self, a: str, b: str | None = None) -> Draft:
        """The page of one artifact, or of two side by side, in prose: every sentence cited and grounded."""
        from agent.pipeline.drafting import drafted
        from agent.writing import ExtractiveWriter

        writer_of = self.making.method.writer_of
        made = drafted(self, writer_of(self.resolve(a)) if writer_of else ExtractiveWriter(), a, b)
        self.making.incomplete |= bool(made.missing)
        return made

    def verify(self, wanted: str, written: WrittenClaims) -> Verification:
        """A verdict on each claim by the artifact's documents alone; nothing is stored but the vectors of their statements."""
        from agent.domain.verification import Verification
        from agent.grounding.bare import BareVerifier
        from agent.pipeline.assemble import head_of

        slug = self.resolve(wanted)
        self.library.bring(slug)
        subject = self.library.subject(slug)
        with self.workspace.reading() as connection:
            heads = [head for head, _ in document_rows.heads(connection, slug)]
        embed, kept = self.library.word_vectors
        verdicts = BareVerifier(subject, embed, kept).verify([claim.text for claim in written.claims])
        claims = [verdict.model_copy(update={"line": claim.line}) for verdict, claim in zip(verdicts, written.claims, strict=True)]
        return Verification(artifact=head_of(subject.manifest), documents=heads, claims=claims, skipped=written.skipped)

    def artifacts(self) -> list[tuple[Manifest, str]]:
        """Every artifact within reach with its source ("bundled", or where it was ingested from), by slug."""
        return list(self.library.manifests().values())

    def artifact(self, wanted: str) -> tuple[Manifest, str]:
        """One artifact's manifest and source."""
        return self.library.manifests()[self.resolve(wanted)]

    def remove(self, wanted: str) -> str:
        """Take an artifact out of the workspace, which uncovers a bundled one of its slug. Returns the slug."""
        slug = self.library.resolve(wanted)
        with self.workspace.writing() as connection:
            if not artifact_rows.remove(connection, slug):
                raise InputError(f"{slug!r} is not in this workspace.", hint="Bundled artifacts cannot be removed.")
        return slug

    def documents(self, wanted: str) -> list[DocumentHead]:
        """An artifact's current documents; a bundled artifact is ingested for it."""
        slug = self.resolve(wanted)
        self.library.bring(slug)
        with self.workspace.reading() as connection:
            return [head for head, _ in document_rows.heads(connection, slug)]

    def document(self, document_id: str) -> Document:
        """A document with its text, current or superseded. Raises InputError for an id that is not in the workspace."""
        with self.workspace.reading() as connection:
            found = document_rows.document(connection, document_id)
        if found is None:
            raise InputError(f"no document has the id {document_id!r}.", hint="`agent documents list SLUG` shows an artifact's.")
        return found

    def passages(self, document_id: str) -> list[Passage]:
        """A document's passages, in order; none for one left out of extraction."""
        with self.workspace.reading() as connection:
            return document_rows.passages_of(connection, [document_id])

    def capabilities(self, wanted: str) -> list[KnownCapability]:
        """Every capability an artifact was ever given a URI for; those not `current` are withdrawn."""
        with self.workspace.reading() as connection:
            return decomposition_rows.known_capabilities(connection, self.library.resolve(wanted))

    @property
    def index(self) -> PassageIndex:
        """The index over all passages of the workspace."""
        if self.library.index is None:
            raise InputError("this pipeline was made without an index.", hint="Use agent.assembly.build_pipeline.")
        return self.library.index

    def index_pending(self) -> None:
        """Bring the index up to what is stored; opens nothing where it is. Raises IncompleteError where it cannot be done now."""
        self.index.finish()

    def passages_about(
        self, question: str, limit: int, *, mode: Mode = "fused", artifacts: Sequence[str] = (), types: Sequence[str] = ()
    ) -> list[Hit]:
        """The workspace's passages that answer a question best; `artifacts` and `types` narrow it down, and bring bundled artifacts in."""
        slugs = [self.resolve(wanted) for wanted in artifacts]
        for slug in slugs:
            self.library.bring(slug)
        return self.index.search(question, limit, mode=mode, artifacts=self._scope(slugs, types))

    def not_brought_in(self, types: Sequence[str] = ()) -> list[str]:
        """The slugs of bundled artifacts (of some types) that are not in the workspace, where no search finds them."""
        return bundled.not_brought_in(self.library, types)

    # Steps

    def _scope(self, slugs: Sequence[str], types: Sequence[str]) -> list[str] | None:
        """The slugs to look in, None for everything."""
        if not types:
            return list(slugs) or None
        with self.workspace.reading() as connection:
            of_type = [one.slug for one in artifact_rows.everything(connection) if one.type in types]
        return [slug for slug in of_type if not slugs or slug in slugs]

    def _side(self, wanted: str) -> Side:
        from agent.domain.comparison import Side
        from agent.scoring import score

        decomposition = self.decompose(wanted)
        slug = decomposition.artifact.slug
        manifest, facts = self.library.manifest(slug), self._facts(slug)
        return Side(
            manifest=manifest,
            decomposition=decomposition,
            scorecard=score(manifest, decomposition, facts, self.as_of),
            times_matched=facts.times_matched,
            searches_recorded=facts.searches_recorded,
            embedder=self.library.embedder.id,
            embed=self.library.embed,
            texts={document.id: document.text for document in self.library.subject(slug).documents},
        )

    def _facts(self, slug: str) -> StoreFacts:
        from agent.domain.scorecard import StoreFacts
        from agent.scoring import outline_of

        subject = self.library.subject(slug)
        with self.workspace.reading() as connection:
            return StoreFacts(
                times_matched=decomposition_rows.times_matched(connection, slug),
                searches_recorded=decomposition_rows.searches(connection),
                outlines=tuple(outline_of(document, subject.blocks[document.id]) for document in subject.documents),
            )

    def _tell_of_shadow(self, slug: str) -> None:
        if slug not in self.library.catalog.slugs or slug in self._told:
            return
        with self.workspace.reading() as connection:
            stored = artifact_rows.get(connection, slug)
            if stored is not None and not stored.bundled:
                self._told.add(slug)
                self.listener.note(
                    f"{slug!r} is the workspace's own, from {stored.source}; it hides the bundled one (agent artifacts remove {slug})."
                )
