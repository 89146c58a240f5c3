"""A web of our own on loopback: one TLS server for all names, a resolver and a dialler that say what was asked of them, and a clock.

The code under test sees public addresses; the dialler takes what goes to them to the local server. Every look-up, connection and
request is written down, so that a test can say that nothing else was asked for.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import trustme

from agent_sources.fetch.network import Network

PUBLIC = "93.184.215.14"
NAMES = (
    "docs.example.com", "other.example.com", "example.org", "github.com", "raw.githubusercontent.com", "huggingface.co", "arxiv.org",
    "www.kaggle.com", "xn--bcher-kva.example",
)  # fmt: skip
BEGAN = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)

Raw = Callable[[ssl.SSLSocket], None]


@dataclass(frozen=True)
class Request:
    host: str
    path: str
    headers: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


@dataclass(frozen=True)
class Page:
    """An answer; `raw` writes its own bytes instead."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Raw | None = None

    def bytes(self) -> bytes:
        headers = {"Content-Type": "text/markdown", "Content-Length": str(len(self.body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in headers.items() if value), "", ""]
        return "\r\n".join(lines).encode("latin-1") + (b"" if self.status in {204, 304} else self.body)


def markdown(text: str, **headers: str) -> Page:
    return Page(text.encode(), headers={name.replace("_", "-"): value for name, value in headers.items()})


def html(text: str, content_type: str = "text/html; charset=utf-8") -> Page:
    return Page(text.encode(), headers={"Content-Type": content_type})


def moved(location: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": location})


class LocalWeb:
    """The server, and the network that leads to it."""

    def __init__(self) -> None:
        authority = trustme.CA()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*NAMES).configure_cert(self._context)
        self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(self._trust)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._open = True
        threading.Thread(target=self._serve, daemon=True).start()
        self.reset()

    def reset(self) -> None:
        self.pages: dict[str, list[Page]] = {}
        self.everywhere: Page | None = None  # what every other address gives, instead of 404
        self.names: dict[str, list[Sequence[str]]] = {name: [[PUBLIC]] for name in (*NAMES, "wrong.example.net")}
        self.requests: list[Request] = []
        self.lookups: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.slept: list[float] = []
        self.time = 1000.0
        self.tick = 0.0  # seconds that pass whenever the clock is read
        self.released = threading.Event()  # lets servers go that hold an answer back
        self.refusing = 0  # connections that the dialler still refuses

    def put(self, url: str, *pages: Page) -> None:
        """Answer an address with these pages in turn, the last of them for ever."""
        self.pages[url] = list(pages)

    @property
    def asked(self) -> list[str]:
        """Addresses asked for, robots.txt left out."""
        return [request.url for request in self.requests if request.path != "/robots.txt"]

    @property
    def network(self) -> Network:
        return Network(
            look_up=self._look_up, dial=self._dial, trust=lambda: self._trust, clock=self._clock, now=self._now, sleep=self._sleep
        )

    def close(self) -> None:
        self._open = False
        self.released.set()
        self._server.close()

    # The network's parts

    def _look_up(self, host: str, seconds: float) -> Sequence[str]:
        self.lookups.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        if self.refusing:
            self.refusing -= 1
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def _clock(self) -> float:
        self.time += self.tick
        return self.time

    def _now(self) -> datetime:
        return BEGAN + timedelta(seconds=self.time - 1000.0)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    # The server

    def _serve(self) -> None:
        while self._open:
            try:
                plain, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(plain,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        with suppress(OSError, ValueError), plain:  # ValueError: a test closed the connection
            plain.settimeout(20)
            with self._context.wrap_socket(plain, server_side=True) as connection:
                request = _read(connection)
                if request is None:
                    return
                self.requests.append(request)
                page = self._page(request.url)
                if page.raw is not None:
                    page.raw(connection)
                else:
                    connection.sendall(page.bytes())
                with suppress(OSError):
                    connection.unwrap()

    def _page(self, url: str) -> Page:
        waiting = self.pages.get(url)
        if not waiting and self.everywhere is not None and not url.endswith("/robots.txt"):
            return self.everywhere
        if not waiting:
            return Page(b"nothing here", status=404)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


def _read(connection: ssl.SSLSocket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    first, *rest = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {line.split(": ", 1)[0].lower(): line.split(": ", 1)[1] for line in rest}
    return Request(headers["host"], first.split(" ")[1], headers)


@contextmanager
def running() -> Iterator[LocalWeb]:
    web = LocalWeb()
    try:
        yield web
    finally:
        web.close()
