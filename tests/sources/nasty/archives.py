"""Archives of our own making, ordinary and hostile, as bytes."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping

PAGE = b"# Lantern\n\nLantern draws maps from sea charts and from photographs of the coast.\n"
MANIFEST = b"slug: lantern\nname: Lantern\ntype: library\ndocs:\n- file: readme.md\n"
GOOD = {"artifact.yaml": MANIFEST, "readme.md": PAGE}

Member = tuple[str, bytes] | tuple[zipfile.ZipInfo, bytes]


def zip_of(members: Mapping[str, bytes] | Iterable[Member], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return out.getvalue()


def zip_of_bytes(names: Iterable[bytes]) -> bytes:
    """A zip whose members have exactly these names, as a zip without the mark of UTF-8 has them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(PAGE) + packer.flush()
    return _by_hand([(name, packed, zlib.crc32(PAGE), len(PAGE)) for name in names])


def tar_of(members: Mapping[str, bytes] | Iterable[tuple[tarfile.TarInfo, bytes]], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding="utf-8") as archive:
        for one, data in members.items() if isinstance(members, Mapping) else members:
            info = tarfile.TarInfo(one) if isinstance(one, str) else one
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zip_link(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def locked(name: str = "locked.md") -> bytes:
    """A zip one member of which says it is encrypted."""
    data = bytearray(zip_of({name: PAGE}))
    central = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    return bytes(data)


def overlapping(copies: int = 300, size: int = 250_000) -> bytes:
    """Many entries of a zip's directory that all point to one packed piece (David Fifield, "A better zip bomb", has the idea)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = b"lantern " * (size // 8)
    packed = packer.compress(text) + packer.flush()
    return _by_hand([(f"{n:05}.md".encode(), packed, zlib.crc32(text), len(text)) for n in range(copies)], shared=True)


def lying_size(said: int) -> bytes:
    """A zip whose only member has another size than it says."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(PAGE) + packer.flush()
    return _by_hand([(b"a.md", packed, zlib.crc32(PAGE), said)])


def wrong_checksum() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(PAGE) + packer.flush()
    return _by_hand([(b"a.md", packed, 12345, len(PAGE))])


def bomb(size: int = 60_000_000) -> bytes:
    """A zip with documents of nothing but one letter: a thousand times smaller than what it unpacks to."""
    return zip_of({f"{n}.md": b"a" * (size // 4) for n in range(4)})


def bomb_tar(size: int = 200_000_000) -> bytes:
    """A tar.gz with one document of many zeros, written without ever holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    info = tarfile.TarInfo("a.md")
    info.size = size
    piece = b"\0" * 1_000_000
    head = packer.compress(info.tobuf())
    return head + b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


def nested(levels: int = 30) -> bytes:
    data = zip_of({"inner.md": PAGE})
    for _ in range(levels):
        data = zip_of({"again.zip": data, "readme.md": PAGE})
    return data


def endless_headers(count: int = 5_000) -> bytes:
    """A tar.gz of extended headers that are only followed by more of them."""
    record = b"18 comment=lantern\n"
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, len(record)
    return gzip.compress((header.tobuf() + record.ljust(512, b"\0")) * count, mtime=0)


def huge_header() -> bytes:
    """A tar.gz whose extended header claims eight gigabytes."""
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 8_000_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return (
        packer.compress(header.tobuf(tarfile.GNU_FORMAT)) + b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(60)) + packer.flush()
    )


def many_members(count: int = 100_000) -> bytes:
    """A zip with a hundred thousand empty files."""
    return _by_hand([(b"%07d.md" % n, b"", 0, 0) for n in range(count)])


def _by_hand(entries: list[tuple[bytes, bytes, int, int]], shared: bool = False) -> bytes:
    out, directory = bytearray(), bytearray()
    for number, (name, packed, crc, size) in enumerate(entries):
        place = 0 if shared else len(out)
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8 if packed else 0, 0, 33, crc, len(packed), size, len(name), 0)
        if not shared or number == 0:
            out += b"PK\x03\x04" + common + name + packed
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, place) + name
    end = struct.pack("<HHHHIIH", 0, 0, min(len(entries), 65535), min(len(entries), 65535), len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\x05\x06" + end
