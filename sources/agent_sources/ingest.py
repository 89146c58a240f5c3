"""From a folder or file to documents ready to be stored: everything is read and checked here, before anything is changed."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import get_args

from agent.domain.artifact import SLUG_PATTERN, ArtifactType, DocumentRef, Manifest
from agent.domain.base import sha256
from agent.domain.document import Block, Document
from agent.errors import DocumentError, InputError, ManifestError
from agent_sources.archives import is_archive
from agent_sources.language import language_of
from agent_sources.manifests import MANIFEST_NAME, LoadedManifest, load_manifest
from agent_sources.names import kebab, place_of
from agent_sources.readers.registry import media_type_of, read, reader_id
from agent_sources.structure import blocks_of

LARGEST = 20_000_000  # bytes of one document

# (uri, sha256 of the bytes, reader) -> the stored document, when these bytes have been read before
Known = Callable[[str, str, str], Document | None]


@dataclass(frozen=True)
class SourceFile:
    """One document's bytes, before any reader has seen them."""

    ref: DocumentRef
    uri: str
    name: str
    media_type: str
    data: bytes
    fetched_at: str = ""  # of a file out of the network

    @property
    def sha256(self) -> str:
        return sha256(self.data)


@dataclass(frozen=True)
class Source:
    """A manifest with the files it names; addresses without a file are not fetched and stay in the manifest.

    `notes` are lines for the user: what was left out, and why.
    """

    manifest: Manifest
    label: str
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadDocument:
    """A document and the bytes and reader it came from; `document.sha256` may be of other bytes that gave the same text."""

    document: Document
    bytes_sha256: str
    reader: str


def sources_in(path: Path, name: str | None, kind: str | None) -> list[Source]:
    """The artifacts of a folder, an archive or a single file; `name` and `kind` are of one that has no manifest."""
    if path.is_dir():
        return sources_at(path)
    if is_archive(path):
        from agent_sources.archive_sources import sources_in_archive

        return sources_in_archive(path, name, kind)
    return [source_from_file(path, name, kind)]


def sources_at(path: Path) -> list[Source]:
    """The artifact in a folder with artifact.yaml, or those in its sub-folders, in name order.

    Raises ManifestError or DocumentError for the first thing wrong with any of them, two manifests with one slug included.
    """
    if not path.is_dir():
        raise ManifestError(
            f"{str(path)!r} is not a folder.", hint=f"Give a folder with {MANIFEST_NAME}, or a file with --name and --type."
        )
    if (path / MANIFEST_NAME).is_file():
        found = [path / MANIFEST_NAME]
    else:
        found = sorted(child / MANIFEST_NAME for child in path.iterdir() if (child / MANIFEST_NAME).is_file())
    if not found:
        raise ManifestError(
            f"{str(path)!r} has no {MANIFEST_NAME}, nor has a folder in it.", hint="Write one, or give a file with --name and --type."
        )
    loaded = [load_manifest(manifest) for manifest in found]
    refuse_twins(loaded)
    return [source_of(one, place_of(one.folder)) for one in loaded]


def source_of(loaded: LoadedManifest, label: str) -> Source:
    """A manifest's files, each inside its folder, of ordinary size and kind."""
    files = tuple(_listed(ref, loaded) for ref in loaded.manifest.docs if ref.file)
    return Source(loaded.manifest, label, files)


def source_from_file(path: Path, name: str | None, kind: str | None) -> Source:
    """One file as an artifact of its own: its name and type come from the user, its slug from the name."""
    media_type = media_type_of(path.name)
    ref = DocumentRef(file=path.name, media_type=media_type)
    manifest = manifest_from_user(f"{str(path)!r} is a single file.", name, kind, [ref])
    return Source(manifest, place_of(path), (SourceFile(ref, path.name, path.name, media_type, _bytes(path)),))


def manifest_from_user(said: str, name: str | None, kind: str | None, docs: Sequence[DocumentRef]) -> Manifest:
    """The manifest of documents that bring none. `said` is why the user has to give name and type. Raises InputError."""
    if not name or not kind:
        raise InputError(said, hint="Say what it describes: --name 'My model' --type model.")
    if kind not in get_args(ArtifactType):
        raise InputError(f"--type is {kind!r}; expected one of {', '.join(get_args(ArtifactType))}.", hint="Choose the nearest.")
    slug = kebab(name)
    if not re.match(SLUG_PATTERN, slug):
        raise InputError(
            f"--name is {name!r}, of which no slug can be made.", hint="A name needs a letter or a digit of the Latin alphabet."
        )
    return Manifest.model_validate({"slug": slug, "name": " ".join(name.split()), "type": kind, "docs": [one.model_dump() for one in docs]})


def read_documents(source: Source, known: Known, now: str) -> list[ReadDocument]:
    """The documents of a source, in its order; bytes that this reader has read before are not read again.

    `now` (ISO 8601) is when a document without a `retrieved` date in the manifest counts as fetched.
    """
    result: list[ReadDocument] = []
    seen: set[str] = set()
    for file in source.files:
        reader = reader_id(file.media_type)
        document = known(file.uri, file.sha256, reader)
        if document is None:
            document = read_file(source.manifest.slug, file, now)
        else:
            document = document.model_copy(update={"title": file.ref.title or document.title, "origin": file.ref.origin})
        if document.id not in seen:
            result.append(ReadDocument(document, file.sha256, reader))
            seen.add(document.id)
    return result


def title_of(text: str, blocks: Sequence[Block], name: str) -> str:
    """A document's title: what its front matter says, its first top heading, its first heading that is no notice, or its file's name."""
    if blocks and blocks[0].kind == "front_matter":
        said = re.search(r"""^title:[ \t]*(["']?)(\S.*?)\1[ \t]*$""", text[blocks[0].start : blocks[0].end], re.M)
        if said:
            return said[2][:200]
    for block in sorted(blocks, key=lambda block: block.level != 1):  # stable: within a level, in order
        if (
            block.kind == "heading"
            and block.heading_path
            and not re.match(r"(?:copyright|licen[cs]e)\b|\W*$", block.heading_path[-1], re.I)
        ):
            return block.heading_path[-1][:200]
    return PurePosixPath(name).name


def refuse_twins(loaded: list[LoadedManifest]) -> None:
    """Raises ManifestError where two manifests have one slug."""
    first: dict[str, Path] = {}
    for one in loaded:
        slug = one.manifest.slug
        if slug in first:
            raise ManifestError(
                f"slug {slug!r} is in both {str(first[slug])!r} and {str(one.path)!r}.", hint="Give one of them another slug."
            )
        first[slug] = one.path


def _listed(ref: DocumentRef, loaded: LoadedManifest) -> SourceFile:
    file = str(ref.file)
    folder = loaded.folder.resolve()
    try:
        path = (folder / file).resolve()
    except (OSError, ValueError, RuntimeError):
        raise ManifestError(f"{str(loaded.path)!r} names {file!r}, which is no path.", hint="Give a path inside its folder.") from None
    if not path.is_relative_to(folder) or Path(file).is_absolute():
        raise ManifestError(f"{str(loaded.path)!r} names {file!r}, outside its folder.", hint="Copy the document beside the manifest.")
    if not path.exists():
        raise ManifestError(f"{str(loaded.path)!r} names {file!r}, which does not exist.", hint="Put the file there or take the entry out.")
    media_type = media_type_of(file, ref.media_type)
    return SourceFile(ref, ref.url or path.relative_to(folder).as_posix(), file, media_type, _bytes(path))


def _bytes(path: Path) -> bytes:
    """A regular file's bytes; its size is looked at before it is opened, and again while it is read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(f"{str(path)!r} is not a regular file.", hint="Give a file with text in it.")
        if status.st_size > LARGEST:
            raise DocumentError(
                f"{str(path)!r} has {status.st_size / 1e6:,.0f} MB; a document has at most {LARGEST / 1e6:.0f} MB.",
                hint="Split it, or give the part that documents the artifact.",
            )
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"{str(path)!r} cannot be read: {error.strerror}.", hint="Check the path and its permissions.") from None
    if len(data) > LARGEST:
        raise DocumentError(f"{str(path)!r} grew beyond {LARGEST / 1e6:.0f} MB while it was read.", hint="Split it.")
    return data


def read_file(slug: str, file: SourceFile, now: str) -> Document:
    """The document a file's bytes give, read by the reader of its media type. Raises DocumentError."""
    got = read(file.data, file.media_type, file.name)
    blocks = blocks_of(got.text, got.media_type)
    text_sha256 = sha256(got.text)
    return Document(
        id=sha256(f"{slug} {file.uri} {text_sha256}")[:16],
        artifact=slug,
        uri=file.uri,
        title=file.ref.title or title_of(got.text, blocks, file.name),
        origin=file.ref.origin,
        media_type=got.media_type,
        sha256=file.sha256,
        text_sha256=text_sha256,
        reader=got.reader,
        language=language_of(got.text, blocks),
        text=got.text,
        fetched_at=file.fetched_at or str((file.ref.model_extra or {}).get("retrieved") or now),
    )
