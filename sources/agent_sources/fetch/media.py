"""What an answer is, by its content type and its name, and its text in UTF-8."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

from agent.errors import FetchError
from agent_sources.fetch.exchange import Reply
from agent_sources.fetch.known_sites import is_raw
from agent_sources.readers import registry

_PDF = "application/pdf"
_BY_TYPE = {
    "text/markdown": registry.MARKDOWN,
    "text/x-markdown": registry.MARKDOWN,
    "text/mdx": registry.MDX,
    "text/html": registry.HTML,
    "application/xhtml+xml": registry.HTML,
    "text/x-rst": registry.RST,
    "text/prs.fallenstein.rst": registry.RST,
    "application/x-ipynb+json": registry.NOTEBOOK,
    "application/json": registry.JSON,
    "text/json": registry.JSON,
    "application/ld+json": registry.JSON,
    _PDF: _PDF,
    "application/x-pdf": _PDF,
}
_UNSAID = {"", "text/plain", "application/octet-stream", "binary/octet-stream"}  # the name, or what was declared, says more
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
_SUFFIXED = re.compile(r"\.(?:md|markdown|mdx|html?|rst|ipynb|txt|text|json|pdf)\Z", re.I)
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html)\b", re.I)


def media_type_of(reply: Reply, declared: str | None) -> str:
    """The media type to read an answer as; `declared` is the manifest's. Raises FetchError for what is no document."""
    essence = (reply.header("content-type") or "").split(";")[0].strip().lower()
    name = PurePosixPath(reply.address.path).name
    if essence in _UNSAID:
        found = _by_name(reply, name, declared, essence)
    else:
        found = _BY_TYPE.get(essence, "")
        if found == registry.MARKDOWN and name.lower().endswith(".mdx"):
            found = registry.MDX
        if found == registry.JSON and name.lower().endswith(".ipynb"):
            found = registry.NOTEBOOK
    if not found or (found == _PDF and _PDF not in registry.MEDIA_TYPES):
        raise FetchError(f"it is {essence or 'of no stated type'!r}; a document is Markdown, HTML, a notebook, {_pdf()}text or JSON.")
    if found == registry.HTML and (is_raw(reply.address) and essence not in _UNSAID):
        raise FetchError("a web page came where a file should be: an error or a login.", hint="Check the address in a browser.")
    return found


def utf8(reply: Reply, media_type: str) -> bytes:
    """The body as UTF-8, whatever encoding it came in; a binary format as it is. Raises FetchError where its encoding is not what it says.

    What is valid UTF-8 is UTF-8: other encodings hardly ever look like it by accident, and headers are often wrong.
    """
    body = reply.body
    if media_type == _PDF or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body  # the reader knows what to do
    try:
        body.decode("utf-8-sig")
        return body
    except UnicodeDecodeError as error:
        problem = error
    said = re.search(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", reply.header("content-type") or "", re.I)
    meta = _META.search(body[:4096]) if media_type == registry.HTML else None
    for label in (said[1] if said else "", meta[1].decode("ascii") if meta else ""):
        codec = _codec(label)
        if codec is None:
            continue
        try:
            return body.decode(codec).encode("utf-8")
        except UnicodeError:
            continue
    where = f"byte 0x{body[problem.start]:02x} at {problem.start}"
    stated = f"says {said[1]!r}" if said else "states no encoding"
    raise FetchError(f"it {stated} and is not text in it or in UTF-8 ({where}).", hint="Download it, convert it and ingest the file.")


def _by_name(reply: Reply, name: str, declared: str | None, essence: str) -> str:
    if reply.body.startswith(b"%PDF-"):
        return _PDF
    if _SUFFIXED.search(name):
        return _PDF if name.lower().endswith(".pdf") else registry.media_type_of(name)
    if declared in registry.MEDIA_TYPES:
        return str(declared)
    if not essence and reply.body.lstrip().startswith(b"<") and _PAGE.search(reply.body[:4096]):
        return registry.HTML
    return registry.PLAIN if essence in {"", "text/plain"} else ""


def _codec(label: str) -> str | None:
    """Python's codec for a charset label; Latin-1 is read as the web does, as windows-1252. UTF-8 was tried before."""
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if found in {"utf-8", "utf-8-sig", "utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}:
        return None
    if not getattr(codecs.lookup(found), "_is_text_encoding", False):
        return None
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _pdf() -> str:
    return "a PDF, " if _PDF in registry.MEDIA_TYPES else ""
