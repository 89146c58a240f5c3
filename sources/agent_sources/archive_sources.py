"""From an archive to the artifacts in it: those of its manifests, or all its documents as one artifact the user names."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

from agent.domain.artifact import DocumentRef
from agent.errors import DocumentError, ManifestError
from agent_sources.archives import Unpacked, unpack
from agent_sources.ingest import LARGEST, Source, SourceFile, manifest_from_user, refuse_twins
from agent_sources.manifests import MANIFEST_NAME, LoadedManifest, manifest_of
from agent_sources.names import place_of
from agent_sources.readers.registry import has_reader, media_type_of

_MOST_NOTES = 10  # of one archive; a hundred links are told as "and 90 more"


def sources_in_archive(path: Path, name: str | None, kind: str | None) -> list[Source]:
    """The artifacts of a .zip, .tar.gz or .tgz: of the artifact.yaml at its top, or of those in its top folders; without one, its documents
    as one artifact, for which the user gives name and type.

    Raises DocumentError, ManifestError or InputError.
    """
    found = unpack(path, LARGEST)
    manifests = _manifests(found)
    if not manifests:
        return [_of_documents(path, found, name, kind)]
    loaded = [manifest_of(found.files[member], path / member) for member in manifests]
    refuse_twins(loaded)
    sources = [_of_manifest(path, found, posixpath.dirname(member), one) for member, one in zip(manifests, loaded, strict=True)]
    return [replace(sources[0], notes=_notes(found)), *sources[1:]]


def _manifests(found: Unpacked) -> list[str]:
    """The manifest at the top, else those one folder below, in name order."""
    if MANIFEST_NAME in found.files:
        return [MANIFEST_NAME]
    return sorted(name for name in found.files if PurePosixPath(name).name == MANIFEST_NAME and name.count("/") == 1)


def _of_manifest(path: Path, found: Unpacked, folder: str, loaded: LoadedManifest) -> Source:
    files = tuple(_listed(ref, found, folder, loaded) for ref in loaded.manifest.docs if ref.file)
    return Source(loaded.manifest, place_of(path), files)


def _listed(ref: DocumentRef, found: Unpacked, folder: str, loaded: LoadedManifest) -> SourceFile:
    file = str(ref.file)
    member = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(folder, file.replace("\\", "/"))))
    if file.startswith("/") or not member.startswith(f"{folder}/" if folder else "") or member.startswith(".."):
        raise ManifestError(f"{str(loaded.path)!r} names {file!r}, outside its folder.", hint="Put the document beside the manifest.")
    if member not in found.files:
        why = f"which is {found.left_out[member]}" if member in found.left_out else "which is not in the archive"
        raise ManifestError(f"{str(loaded.path)!r} names {file!r}, {why}.", hint="Put the file itself there or take the entry out.")
    inside = posixpath.relpath(member, folder or ".")
    return SourceFile(ref, ref.url or inside, file, media_type_of(file, ref.media_type), found.files[member])


def _of_documents(path: Path, found: Unpacked, name: str | None, kind: str | None) -> Source:
    """All files with the suffix of a document, README first, then by path."""
    readable = [member for member in found.files if has_reader(member)]
    if not readable:
        others = f" ({_list(found)})" if found.left_out else ""
        raise DocumentError(
            f"{str(path)!r} holds no document{others}.", hint="Put Markdown, HTML, rst, notebooks, PDF, text or JSON in it."
        )
    refs = [DocumentRef(file=member, media_type=media_type_of(member)) for member in sorted(readable, key=_place)]
    manifest = manifest_from_user(f"{str(path)!r} has no {MANIFEST_NAME}.", name, kind, refs)
    files = tuple(SourceFile(ref, str(ref.file), str(ref.file), str(ref.media_type), found.files[str(ref.file)]) for ref in refs)
    rest = len(found.files) - len(readable)
    notes = (f"{rest} files of {path.name!r} are no documents: left out.",) if rest else ()
    return Source(manifest, place_of(path), files, (*notes, *_notes(found)))


def _place(member: str) -> tuple[bool, int, str, str]:
    return not PurePosixPath(member).name.casefold().startswith("readme"), member.count("/"), member.casefold(), member


def _notes(found: Unpacked) -> tuple[str, ...]:
    """One line for each member left out, the first ten in name order, and how many more there are."""
    lines = [f"{name!r} is {reason}: left out." for name, reason in sorted(found.left_out.items())]
    more = len(lines) - _MOST_NOTES
    return (*lines[:_MOST_NOTES], *([f"{more} more members left out."] if more > 0 else []))


def _list(found: Unpacked) -> str:
    name, reason = min(found.left_out.items())
    more = len(found.left_out) - 1
    return f"{name!r} is {reason}" + (f", and {more} more" if more else "")
