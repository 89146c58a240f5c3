"""One request and its answer: no redirect followed, no cookie, no proxy, no second connection."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import metadata

import httpcore2

from agent_sources.fetch.addresses import PORT, Address
from agent_sources.fetch.encoding import ACCEPTED, decoded, too_large
from agent_sources.fetch.network import Deadline, Network
from agent_sources.fetch.pinned import PinnedBackend
from agent_sources.fetch.retrying import Passing

PRODUCT = "capability-ledger"
_ACCEPT = "text/markdown, text/html;q=0.9, text/plain;q=0.9, application/json;q=0.8, application/pdf;q=0.8, */*;q=0.1"


@dataclass(frozen=True)
class Reply:
    """An answer; `body` is empty for all but 200, of what may be cut for all but 2xx. Header names in lower case, each with its first."""

    address: Address
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        return self.headers.get(name)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class Wire:
    """Sends requests to pinned addresses, each on a connection of its own."""

    def __init__(self, network: Network, most: int) -> None:
        self.network = network
        self.most = most

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return self.network.trust()

    def get(
        self, address: Address, pinned: Iterable[str], deadline: Deadline, more: Mapping[str, str] | None = None, cut_at: int | None = None
    ) -> Reply:
        """Ask for an address at IP addresses that were checked. Raises Passing for a broken connection, FetchError for limits.

        `cut_at` keeps that many bytes of a larger body instead of refusing it.
        """
        backend = PinnedBackend(self.network, address.host, tuple(pinned), deadline)
        origin = httpcore2.Origin(b"https", address.host.encode(), PORT)
        url = httpcore2.URL(scheme=b"https", host=origin.host, port=PORT, target=address.target.encode())
        host = f"[{address.host}]" if ":" in address.host else address.host
        headers = {
            "Host": host,
            "User-Agent": f"{PRODUCT}/{metadata.version(PRODUCT)}",
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED if cut_at is None else "identity",
            "Connection": "close",
            **(more or {}),
        }
        try:
            with (
                httpcore2.HTTPConnection(origin, ssl_context=self._trust, network_backend=backend) as connection,
                connection.stream("GET", url, headers=[(k.encode(), v.encode("latin-1")) for k, v in headers.items()]) as response,
            ):
                found: dict[str, str] = {}
                for name, value in response.headers:
                    found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
                reply = Reply(address, response.status, found)
                wanted = reply.status == 200 or (cut_at is not None and reply.is_success)
                return replace(reply, body=self._body(response, found, cut_at)) if wanted else reply
        except httpcore2.ProtocolError as error:
            raise Passing(f"the answer broke off or is no HTTP: {_line(error)}.", hint="Try again later.") from None
        except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
            raise Passing(f"the connection broke: {_line(error)}.", hint="Try again later.") from None

    def _body(self, response: httpcore2.Response, headers: Mapping[str, str], cut_at: int | None) -> bytes:
        chunks = response.iter_stream()
        encoding = headers.get("content-encoding", "")
        if cut_at is not None:
            return _first(chunks, cut_at) if encoding in {"", "identity"} else decoded(chunks, encoding, self.most)[:cut_at]
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:18]) > self.most:
            raise too_large(self.most)
        return decoded(chunks, encoding, self.most)


def _first(chunks: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) >= most:
            break
    return bytes(found[:most])


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
