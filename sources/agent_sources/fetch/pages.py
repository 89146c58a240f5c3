"""From an answer to a document: what it is, its main content where it is a web page, and whether there is anything to read in it."""

from __future__ import annotations

from agent.domain.artifact import DocumentRef
from agent.errors import DocumentError, FetchError
from agent_sources.fetch.exchange import Reply
from agent_sources.fetch.main_content import main_content
from agent_sources.fetch.media import media_type_of, utf8
from agent_sources.ingest import ReadDocument, SourceFile, read_file
from agent_sources.passages import passages_of
from agent_sources.readers.registry import HTML
from agent_sources.structure import blocks_of


def read_reply(slug: str, ref: DocumentRef, reply: Reply, now: str) -> ReadDocument:
    """The document that an answer gives. Raises FetchError for what is none: a wrong type or encoding, or nothing to read in it.

    A document's `sha256` is of the bytes the reader got: of a web page, its main content.
    """
    media_type = media_type_of(reply, ref.media_type)
    data = utf8(reply, media_type)
    if media_type == HTML:
        page = (
            data.decode("utf-8-sig", errors="replace")
            if not data.startswith((b"\xff\xfe", b"\xfe\xff"))
            else data.decode("utf-16", "replace")
        )
        content = main_content(page)
        found = _read(slug, ref, reply, media_type, content.encode("utf-8", "replace"), now) if content != page else None
        if found is not None:
            return found
    found = _read(slug, ref, reply, media_type, data, now)
    if found is None:
        raise FetchError("it has no passage of text in it.", hint="Open it in a browser: it may need JavaScript or a login.")
    return found


def _read(slug: str, ref: DocumentRef, reply: Reply, media_type: str, data: bytes, now: str) -> ReadDocument | None:
    """The document, or None where it has no passage."""
    name = reply.address.path.rstrip("/").rsplit("/", 1)[-1] or reply.address.host
    file = SourceFile(ref, str(ref.url), name, media_type, data, fetched_at=now)
    try:
        read = read_file(slug, file, now)
    except DocumentError as error:
        if "no readable text" in str(error) or "is empty" in str(error):
            return None
        raise FetchError(f"it cannot be read: {error.args[0]}", hint="Download it and ingest the file.") from None
    blocks = blocks_of(read.text, read.media_type)
    return ReadDocument(read, file.sha256, read.reader) if passages_of(read, blocks) else None
