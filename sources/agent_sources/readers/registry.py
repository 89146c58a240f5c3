"""Chooses the reader of a media type and does what all readers share: decoding, line ends, NFC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from agent.errors import DocumentError

MARKDOWN, MDX, HTML, RST = "text/markdown", "text/mdx", "text/html", "text/x-rst"
NOTEBOOK, PLAIN, JSON = "application/x-ipynb+json", "text/plain", "application/json"
PDF = "application/pdf"

_SUFFIXES = {
    ".md": MARKDOWN, ".markdown": MARKDOWN, ".mdx": MDX, ".html": HTML, ".htm": HTML, ".rst": RST,
    ".ipynb": NOTEBOOK, ".txt": PLAIN, ".text": PLAIN, ".json": JSON, ".pdf": PDF,
}  # fmt: skip

# Reader module, function and version. A version rises whenever the same bytes may give another text.
_READERS: dict[str, tuple[str, str, int]] = {
    MARKDOWN: ("agent_sources.readers.registry", "_as_is", 1),
    MDX: ("agent_sources.readers.registry", "_as_is", 1),
    PLAIN: ("agent_sources.readers.registry", "_as_is", 1),
    HTML: ("agent_sources.readers.html", "html_to_markdown", 3),
    RST: ("agent_sources.readers.rst", "rst_to_markdown", 2),
    NOTEBOOK: ("agent_sources.readers.notebook", "notebook_to_markdown", 2),
    JSON: ("agent_sources.readers.json_text", "json_to_markdown", 1),
    PDF: ("agent_sources.readers.pdf", "pdf_to_markdown", 1),
}
MEDIA_TYPES = tuple(_READERS)
_OF_BYTES = {PDF}  # read from bytes; the others from decoded text
_MARKED = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HALF = re.compile("[\ud800-\udfff]")
_TALLEST = 30  # combining marks on one letter
_TOWER = re.compile("[\u0300-\U0010ffff]{31,}")  # where such a tower may be: combining marks begin there


@dataclass(frozen=True)
class ReadText:
    """A document's text and the reader ("name/version") that made it."""

    text: str
    media_type: str
    reader: str


def media_type_of(name: str, declared: str | None = None) -> str:
    """The media type of a file name or address; a declared one that a reader knows wins. Unknown suffixes are plain text."""
    if declared in _READERS:
        return str(declared)
    return _SUFFIXES.get(PurePosixPath(name.split("?")[0].split("#")[0]).suffix.lower(), PLAIN)


def has_reader(name: str) -> bool:
    """Whether a file's suffix is that of a document."""
    return PurePosixPath(name).suffix.lower() in _SUFFIXES


def reader_id(media_type: str) -> str:
    """Name and version of the reader of a media type, as stored with each document."""
    return f"{media_type.split('/')[-1].removeprefix('x-').removesuffix('+json')}/{_READERS[media_type][2]}"


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8 (or the UTF-16 of a BOM), LF line ends, no BOM, NFC.

    Raises DocumentError for an empty document, a binary one, and one in another encoding.
    """
    encoding = next((name for mark, name in _MARKED if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\x00" in data[:8192]:
        raise DocumentError(f"{name!r} is a binary file, not a text document.", hint="Give its text or Markdown source.")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name!r} is not {encoding[:6].rstrip('-').upper()} text (byte 0x{data[error.start]:02x} at {error.start}).",
            hint="Convert it first, for example: iconv -f ISO-8859-1 -t UTF-8.",
        ) from None
    text = _normal(text)
    if not text.strip():
        raise DocumentError(f"{name!r} is empty.", hint="A document needs text.")
    return text


def read(data: bytes, media_type: str, name: str) -> ReadText:
    """Read a document's bytes. Raises DocumentError, naming the document, when they are not what they claim to be."""
    module, function, _ = _READERS[media_type]
    convert: Callable[[bytes | str, str], str] = getattr(import_module(module), function)
    text = _normal(convert(data if media_type in _OF_BYTES else decode(data, name), name))
    if not text.strip():
        raise DocumentError(f"{name!r} has no readable text.", hint="A document needs text.")
    return ReadText(text=text, media_type=media_type, reader=reader_id(media_type))


def _normal(text: str) -> str:
    """A text with LF line ends in NFC, in linear time, without NUL and halves of characters: JSON and HTML can escape all of these.

    Towers of combining marks are broken as Unicode's stream-safe format does (UAX #15, section 13: a U+034F after 30 of them), because
    normalising takes time by the square of their height.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    if text.isascii():
        return text
    text = _TOWER.sub(_broken, _HALF.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def _broken(found: re.Match[str]) -> str:
    pieces, height = [], 0
    for character in found[0]:
        height = height + 1 if unicodedata.combining(character) else 0
        if height > _TALLEST:
            pieces.append("\u034f")
            height = 1
        pieces.append(character)
    return "".join(pieces)


def _as_is(text: str, _name: str) -> str:
    return text
