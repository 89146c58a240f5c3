"""Documents from the addresses they live at, in place of notes on them. Nothing else in the program opens a connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.domain.artifact import DocumentRef, Manifest
from agent.errors import AddressError, AgentError, FetchError, InputError
from agent.pipeline.changes import Change, Missing, Report, Touched, change_between, touched
from agent.store import artifacts as artifact_rows
from agent.store import decompositions as decomposition_rows
from agent.store import documents as document_rows
from agent.store import fetches as fetch_rows

if TYPE_CHECKING:
    from agent.domain.document import Document
    from agent.domain.fetch import FetchRecord
    from agent.pipeline.library import Library
    from agent.pipeline.listener import Listener
    from agent_sources.fetch.fetcher import Fetched, Fetcher
    from agent_sources.fetch.network import Network

LABEL = "its own addresses"  # where an artifact came from that was fetched by its manifest
NOTES = "project-notes"


@dataclass
class _Gathering:
    """What the addresses of one artifact gave, in the manifest's order."""

    refs: list[DocumentRef] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    replaced: list[tuple[Document, Document]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    errors: list[AgentError] = field(default_factory=list)

    def keep(self, document: Document) -> None:
        if all(document.id != other.id for other in self.documents):
            self.documents.append(document)


class Fetching:
    """Fetches for one run of the program, into the workspace's library."""

    def __init__(self, library: Library, network: Network | None, listener: Listener) -> None:
        self.library = library
        self.workspace = library.workspace
        self.network = network
        self.listener = listener

    def address(self, url: str, name: str | None, kind: str | None) -> Report:
        """One address as an artifact of its own. Raises AddressError, FetchError where it gives no document, and then stores none."""
        manifest = _manifest_for(url, name, kind)
        report, gathered = self._fetched(manifest, url, None)
        if report.ingested is None:
            raise gathered.errors[0]
        return report

    def from_source(self, slug: str) -> Report:
        """The documents of an artifact from the addresses in its manifest; notes on them give way where documentation came.

        An address that gives no document keeps the one it gave before. Raises InputError where the manifest has no address.
        """
        stored = self.library.bring(slug)
        manifest = stored.manifest
        if not any(ref.url for ref in manifest.docs):
            raise InputError(f"the manifest of {slug!r} names no address.", hint="Add docs with 'url: https://...' to it.")
        return self._fetched(manifest, LABEL if stored.bundled else stored.source, None)[0]

    def refresh(self, slug: str | None) -> list[Report]:
        """Ask again for what was fetched before, of one artifact or all; what was not modified is not sent again."""
        with self.workspace.reading() as connection:
            slugs = [slug] if slug else fetch_rows.artifacts(connection)
        reports = []
        for one in slugs:
            with self.workspace.reading() as connection:
                stored = artifact_rows.get(connection, one)
                there = {document.id for document in document_rows.current(connection, one)}
                known = {url for url, record in fetch_rows.good(connection, one).items() if record.document_id in there}
            if stored is None or not known:
                if slug is None:
                    continue
                raise InputError(f"nothing of {one!r} was fetched before.", hint=f"Fetch it first: agent ingest {one} --from-source.")
            reports.append(self._fetched(stored.manifest, stored.source, known)[0])
        return reports

    # Steps

    def _fetched(self, manifest: Manifest, label: str, only: set[str] | None) -> tuple[Report, _Gathering]:
        """Ask for a manifest's addresses (those in `only`, where given), and store what came as the artifact's documents."""
        from agent_sources.ingest import Source

        slug = manifest.slug
        with self.workspace.reading() as connection:
            current = {document.uri: document for document in document_rows.current(connection, slug)}
        records: list[FetchRecord] = []
        gathered = self._gathered(manifest, current, only, records)
        if not gathered.changes:
            with self.workspace.writing() as connection:
                fetch_rows.put(connection, slug, records)
            return Report(slug, missing=tuple(gathered.missing)), gathered
        self._drop_notes(gathered)
        found = self._touched(gathered.replaced)
        kept = manifest.model_copy(update={"docs": gathered.refs})
        read = [(document, document.sha256, document.reader) for document in gathered.documents]
        ingested = self.library.store(Source(kept, label, ()), read, records=records)
        for line in ingested.notes:
            self.listener.note(line)
        return Report(slug, ingested, tuple(gathered.changes), tuple(gathered.missing), tuple(found)), gathered

    def _gathered(self, manifest: Manifest, current: dict[str, Document], only: set[str] | None, records: list[FetchRecord]) -> _Gathering:
        from agent_sources.fetch.fetcher import Fetcher

        fetcher = Fetcher(self.network, records.append)
        with self.workspace.reading() as connection:
            good = fetch_rows.good(connection, manifest.slug)
        gathered = _Gathering()
        wanted = [ref.url for ref in manifest.docs if ref.url and (only is None or ref.url in only)]
        seen: set[str] = set()
        for ref in manifest.docs:
            if ref.url in seen:
                continue
            seen |= {ref.url} if ref.url else set()
            before = current.get(str(ref.url)) if ref.url else current.get(str(ref.file))
            if ref.url not in wanted:
                gathered.refs.append(ref)
                if before is not None:
                    gathered.keep(before)
                continue
            self.listener.progress(f"fetching {_site(str(ref.url))}", wanted.index(ref.url), len(wanted))
            real = before if before is not None and before.origin != NOTES else None
            self._one(fetcher, manifest.slug, ref, real, gathered, good)
        return gathered

    def _one(
        self,
        fetcher: Fetcher,
        slug: str,
        ref: DocumentRef,
        before: Document | None,
        gathered: _Gathering,
        good: dict[str, FetchRecord],
    ) -> None:
        """Ask for one address and put what it gives, or gave before, among what is gathered."""
        from agent_sources.fetch.addresses import url_without_credentials

        url = str(ref.url)
        done = fetcher.fetch(url, _validators(before, good.get(url)))
        error, document = done.error, before
        if done.reply is not None:
            document, error = self._read(fetcher, slug, ref, done)
            document = document or before
        gathered.refs.append(ref if error or done.reply is None else _dated(ref, done.record.at))
        if document is not None:
            gathered.keep(document)
        if error is not None:
            told = _told(url, error)
            gathered.errors.append(told)
            gathered.missing.append(Missing(url_without_credentials(url), str(told), before is not None))
        elif done.reply is None and before is not None:
            gathered.changes.append(Change(before.title, url, before.id, "not modified"))
        elif document is not None:
            gathered.changes.append(change_between(before, document))
            if before is not None and before.text_sha256 != document.text_sha256:
                gathered.replaced.append((before, document))

    def _read(self, fetcher: Fetcher, slug: str, ref: DocumentRef, done: Fetched) -> tuple[Document | None, AgentError | None]:
        from agent_sources.fetch.pages import read_reply

        assert done.reply is not None
        try:
            document = read_reply(slug, ref, done.reply, done.record.at).document
        except FetchError as error:
            fetcher.finish(done, error)
            return None, error
        fetcher.finish(done, document_id=document.id)
        return document, None

    def _drop_notes(self, gathered: _Gathering) -> None:
        """Notes give way to documentation that can be read for capabilities, and to nothing less."""
        if not any(document.origin == "documentation" and document.english for document in gathered.documents):
            return
        gathered.documents = [document for document in gathered.documents if document.origin != NOTES]
        gathered.refs = [ref for ref in gathered.refs if ref.origin != NOTES]

    def _touched(self, replaced: Sequence[tuple[Document, Document]]) -> list[Touched]:
        found: list[Touched] = []
        for old, new in replaced:
            with self.workspace.reading() as connection:
                citing = decomposition_rows.citing(connection, old.id)
            found += touched(citing, old, new)
        return found


def _manifest_for(url: str, name: str | None, kind: str | None) -> Manifest:
    """The manifest of an address: its name and type from the user, else from the address where that says them."""
    from agent_sources.fetch import known_sites
    from agent_sources.fetch.addresses import parse
    from agent_sources.ingest import manifest_from_user

    said_name, said_kind = known_sites.described(parse(url))
    said = f"{url!r} does not say what it describes."
    return manifest_from_user(said, name or said_name, kind or said_kind, [DocumentRef(url=url)])


def _validators(before: Document | None, record: FetchRecord | None) -> FetchRecord | None:
    """The record that makes a request conditional: of exactly the document that is there, read by the reader of today."""
    from agent_sources.readers.registry import MEDIA_TYPES, reader_id

    if before is None or record is None or record.document_id != before.id or before.media_type not in MEDIA_TYPES:
        return None
    return record if before.reader == reader_id(before.media_type) else None


def _dated(ref: DocumentRef, at: str) -> DocumentRef:
    return ref.model_copy(update={"retrieved": at[:10]})


def _told(url: str, error: AgentError) -> AgentError:
    """The error as one line that names the address."""
    from agent_sources.fetch.addresses import shown

    message, place = str(error.args[0]), shown(url)
    if place in message:
        return error
    kind = AddressError if isinstance(error, AddressError) else FetchError
    return kind(f"{place}: {message}", hint=error.hint)


def _site(url: str) -> str:
    return url.split("/")[2] if url.count("/") >= 2 else url
