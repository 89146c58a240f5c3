"""Opens .zip, .tar.gz and .tgz without unpacking anything to disk: regular files of ordinary size come out as bytes, the rest is told of.

An archive that lies about itself (names that lead out of it, two files of one name, overlapping entries, sizes or checksums that are not
so) is refused as a whole; what is merely of no use (links, devices, archives in archives, locked files) is left out with a note.
"""

from __future__ import annotations

import io
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gzip import GzipFile
from pathlib import Path, PurePosixPath
from typing import IO

from agent.errors import DocumentError

MOST_MEMBERS = 2_000
MOST_PACKED = 100_000_000  # bytes of the archive
MOST_TOTAL = 100_000_000  # bytes unpacked
MOST_RATIO = 200  # unpacked to packed; text packs 3 to 20 times
_RATIO_FROM = 5_000_000  # bytes unpacked: below, even a bomb is harmless
_MOST_INDEX = 4_000_000  # bytes of a zip's directory: it is read at once, 2,000 long names fit
_CHUNK = 1_000_000  # bytes read at once of what is left
_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|7z|rar|jar|whl)$", re.I)
_SUFFIX = re.compile(r"\.(?:zip|tar\.gz|tgz)$", re.I)
_END, _END_64, _END_SIZE = b"PK\x05\x06", b"PK\x06\x07", 22


@dataclass
class Unpacked:
    """What an archive holds: bytes by name ("/" between folders), and why each other member is left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def is_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive that can be read."""
    return bool(_SUFFIX.search(path.name))


def unpack(path: Path, largest: int) -> Unpacked:
    """The regular files of an archive, in memory, each of at most `largest` bytes.

    Raises DocumentError for an archive that is damaged, over a limit or not what it says; names and sizes are looked at before
    anything is unpacked.
    """
    with _in_one_line(path), path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        packed = file.tell()
        if packed > MOST_PACKED:
            raise _refusal(
                path, f"has {packed / 1e6:,.0f} MB; an archive has at most {MOST_PACKED / 1e6:.0f} MB", "Take out what is no text."
            )
        file.seek(0)
        reader = _Unpacker(path, largest, packed)
        return reader.zip(file) if path.name.lower().endswith(".zip") else reader.tar(file)


@dataclass
class _Unpacker:
    path: Path
    largest: int
    packed: int
    found: Unpacked = field(default_factory=Unpacked)
    names: dict[str, str] = field(default_factory=dict)  # folded name -> name

    def zip(self, file: IO[bytes]) -> Unpacked:
        _check_directory(self.path, file)
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            self._check_places(members, archive.start_dir)
            self._check_total(sum(member.file_size for member in members))
            for number, member in enumerate(members, 1):
                kind = stat.S_IFMT(member.external_attr >> 16)
                name = self._name(member.filename, number, member.filename.endswith("/"))
                if name is None:
                    continue
                if kind not in {0, stat.S_IFREG}:
                    self.found.left_out[name] = "a link" if kind == stat.S_IFLNK else "no regular file"
                elif member.flag_bits & 1:
                    self.found.left_out[name] = "locked by a password"
                elif self._is_plain(name, member.file_size):
                    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                        raise _refusal(self.path, f"packs {name!r} in a way that is not read", "Pack it again as an ordinary zip.")
                    with archive.open(member) as packed:
                        data = packed.read(member.file_size + 1)
                    if len(data) != member.file_size:
                        raise _refusal(self.path, f"says {name!r} has {member.file_size:,} bytes, which is not so", "Pack it again.")
                    self.found.files[name] = data
        return self.found

    def tar(self, file: IO[bytes]) -> Unpacked:
        counted = _Counted(GzipFile(fileobj=file), self._check_total)
        with tarfile.open(fileobj=counted, mode="r|", bufsize=tarfile.RECORDSIZE, encoding="utf-8") as archive:
            number = 0
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # else it keeps all it has seen
                number += 1
                name = self._name(_decoded(member.name), number, member.isdir())
                if name is None:
                    continue
                if member.issym() or member.islnk():
                    self.found.left_out[name] = "a link"
                elif not member.isreg() or member.issparse():
                    self.found.left_out[name] = "no regular file"
                elif self._is_plain(name, member.size):
                    packed = archive.extractfile(member)
                    data = packed.read() if packed else b""
                    if len(data) != member.size:
                        raise EOFError
                    self.found.files[name] = data
            # A broken header looks like the end to tarfile, which then reads no further: what is left is read for gzip's checksum, and
            # must be nothing but the zeros that end an archive.
            while counted.read(_CHUNK):
                pass
            if counted.written > archive.offset:
                raise tarfile.ReadError("a damaged header")
        return self.found

    def _name(self, given: str, number: int, folder: bool) -> str | None:
        """A member's name, checked; None for a folder and for what systems leave behind."""
        if number > MOST_MEMBERS:
            raise _refusal(self.path, f"has more than {MOST_MEMBERS:,} members", "Take out what is no document.")
        plain = given.replace("\\", "/")
        if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in plain.split("/"):
            raise _refusal(self.path, f"holds {given!r}, which leads out of it", "Pack it again with plain names.")
        name = unicodedata.normalize("NFC", PurePosixPath(plain).as_posix())
        if folder or any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            return None
        folded = unicodedata.normalize("NFC", name.casefold())
        if folded in self.names:
            both = "twice" if self.names[folded] == name else f"and {self.names[folded]!r}, which some systems take for the same"
            raise _refusal(self.path, f"holds {name!r} {both}", "Give each file a name of its own.")
        self.names[folded] = name
        return name

    def _is_plain(self, name: str, size: int) -> bool:
        """Whether a regular file is to be read; a note says why it is not."""
        if _ARCHIVE.search(name):
            self.found.left_out[name] = "an archive in the archive"
        elif size > self.largest:
            self.found.left_out[name] = f"{size / 1e6:,.0f} MB, more than the {self.largest / 1e6:.0f} MB a document may have"
        return name not in self.found.left_out

    def _check_total(self, unpacked: int) -> None:
        if unpacked > MOST_TOTAL:
            raise _refusal(self.path, f"unpacks to more than {MOST_TOTAL / 1e6:.0f} MB", "Take out what is no document.")
        if unpacked > max(_RATIO_FROM, MOST_RATIO * self.packed):
            raise _refusal(self.path, f"unpacks to more than {MOST_RATIO} times its size", "Documents do not: take out what does.")

    def _check_places(self, members: list[zipfile.ZipInfo], end: int) -> None:
        """No two entries may share bytes, or one small archive unpacks to petabytes."""
        following = end
        for member in sorted(members, key=lambda one: -one.header_offset):
            if member.header_offset + 30 + member.compress_size > following:
                raise _refusal(self.path, f"holds {member.filename!r}, which overlaps another member", "Pack it again.")
            following = member.header_offset


class _Counted(io.RawIOBase):
    """A stream that is checked by how much of it has been read."""

    def __init__(self, stream: GzipFile, check: Callable[[int], None]) -> None:
        self.stream, self.check, self.count = stream, check, 0
        self.written = 0  # where the last byte ends that is not zero

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > MOST_TOTAL:
            size = MOST_TOTAL + 1
        data = self.stream.read(size)
        said = data.rstrip(b"\0")
        self.written = self.count + len(said) if said else self.written
        self.count += len(data)
        self.check(self.count)
        return data


def _check_directory(path: Path, file: IO[bytes]) -> None:
    """The size of a zip's directory as its last record tells it: it is looked at before the directory is read."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    at = len(tail) - _END_SIZE if tail[-_END_SIZE:].startswith(_END) and tail.endswith(b"\0\0") else tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    if tail[max(0, at - 20) : at].startswith(_END_64):
        raise _refusal(path, "is in the form for archives beyond 4 GB", "Pack it again as an ordinary zip.")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_INDEX:
        raise _refusal(path, f"has more than {MOST_MEMBERS:,} members", "Take out what is no document.")
    file.seek(0)


def _decoded(name: str) -> str:
    """A tar member's name as text: UTF-8, or Latin-1 where it is not. Tar says of no name how it is encoded; zip does."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # bytes that were no UTF-8 are surrogates here
        return name.encode("utf-8", "surrogateescape").decode("latin-1")
    return name


def _refusal(path: Path, said: str, hint: str) -> DocumentError:
    return DocumentError(f"{str(path)!r} {said}.", hint=hint)


@contextmanager
def _in_one_line(path: Path) -> Iterator[None]:
    """Whatever the libraries say of a broken archive, as one line for the user."""
    damaged = _refusal(path, "is not an archive, or damaged or cut off", "Download or pack it again.")
    try:
        yield
    except (zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, EOFError, zlib.error):
        raise damaged from None
    except (NotImplementedError, RuntimeError, RecursionError, ValueError, OverflowError, UnicodeError):
        raise damaged from None
    except OSError as error:
        if error.errno is None:  # gzip's own complaints
            raise damaged from None
        raise _refusal(path, f"cannot be read: {error.strerror}", "Check the path and its permissions.") from None
