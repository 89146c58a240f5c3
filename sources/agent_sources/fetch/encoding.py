"""Undoes a response's content encoding piece by piece, so that what is small on the way never becomes large in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from agent.errors import FetchError
from agent_sources.fetch.retrying import Passing

ACCEPTED = "gzip, deflate"
_PIECE = 256 * 1024  # bytes inflated at a time


def decoded(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The body of a response, at most `most` bytes before and after decoding.

    Raises FetchError for a larger one and for an encoding that was not asked for, Passing for one that breaks off.
    """
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _gathered(chunks, most)
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"it came encoded as {encoding[:40]!r}; only gzip and deflate are read.", hint="Download it and ingest the file.")
    return _gathered(_inflated(_counted(chunks, most), name), most)


def too_large(most: int) -> FetchError:
    return FetchError(f"it has more than {most / 1e6:.0f} MB.", hint="Download it, and ingest the part that documents the artifact.")


def _gathered(chunks: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for chunk in chunks:
        if len(found) + len(chunk) > most:
            raise too_large(most)
        found += chunk
    return bytes(found)


def _counted(chunks: Iterable[bytes], most: int) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise too_large(most)
        yield chunk


def _inflated(chunks: Iterable[bytes], name: str) -> Iterable[bytes]:
    """gzip may hold several members; deflate is sent by some with zlib's frame, as the standard says, and by some without."""
    inflater = None
    empty = True
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater is None:
                inflater = zlib.decompressobj(_window(name, rest))
                if not empty and not rest.strip(b"\0"):
                    return  # padding after the last member
            empty = False
            try:
                piece = inflater.decompress(rest, _PIECE)
            except zlib.error:
                raise FetchError(f"its {name} encoding is broken.", hint="Try again, or download it and ingest the file.") from None
            if piece:
                yield piece
            rest = inflater.unconsumed_tail
            if inflater.eof:
                rest = inflater.unused_data if "gzip" in name else b""
                inflater = None if rest or "gzip" in name else inflater
    if empty or (inflater is not None and not inflater.eof):
        raise Passing("it broke off before its end.", hint="Try again.")


def _window(name: str, begin: bytes) -> int:
    if "gzip" in name:
        return 16 + zlib.MAX_WBITS
    framed = begin[0] & 0x0F == 8 and (len(begin) < 2 or (begin[0] << 8 | begin[1]) % 31 == 0)
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
