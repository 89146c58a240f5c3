"""Content encodings and waits: whatever the pieces, the same body; whatever is cut off, an error; never more than the limit."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_web import BEGAN

from agent.errors import FetchError
from agent_sources.fetch.encoding import decoded
from agent_sources.fetch.retrying import Passing, retry_after

PACKED = {"gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes}


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@settings(deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(sorted(PACKED)), st.integers(1, 500))
def test_pieces_of_any_size_give_the_whole(body: bytes, encoding: str, size: int) -> None:
    assert decoded(pieces(PACKED[encoding](body), size), encoding, 10_000) == body


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate"]), st.data())
def test_what_is_cut_off_is_never_taken_for_the_whole(body: bytes, encoding: str, data: st.DataObject) -> None:
    packed = PACKED[encoding](body)
    end = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(FetchError):
        decoded([packed[:end]], encoding, 10_000)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=5), st.sampled_from(["gzip", "deflate", "br", "", "x"]))
def test_any_bytes_are_a_body_or_an_error_of_ours(chunks: list[bytes], encoding: str) -> None:
    try:
        decoded(chunks, encoding, 60)
    except FetchError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_unpacking_stops_at_the_limit(encoding: str) -> None:
    packed = PACKED[encoding](bytes(50_000_000))
    taken = []

    def chunks() -> Iterator[bytes]:
        for chunk in pieces(packed, 500):
            taken.append(chunk)
            yield chunk

    with pytest.raises(FetchError, match="more than 1 MB") as raised:
        decoded(chunks(), encoding, 1_000_000)
    assert not isinstance(raised.value, Passing)
    assert sum(map(len, taken)) < len(packed) / 10


def test_the_limit_itself_is_allowed() -> None:
    for encoding, pack in PACKED.items():
        assert len(decoded([pack(bytes(1000))], encoding, 1000)) == 1000
        with pytest.raises(FetchError, match="more than"):
            decoded([pack(bytes(1001))], encoding, 1000)


@given(st.text(max_size=60))
def test_a_wait_is_a_number_or_nothing(said: str) -> None:
    wait = retry_after(said, BEGAN)
    assert wait is None or 0 <= wait < 1e12
