"""The way out: looking up names, opening connections, trust, time. Everything a test needs to put in its place."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.errors import FetchError


def look_up(host: str, seconds: float) -> Sequence[str]:
    """The IP addresses of a name by the system's resolver, which is not waited for longer than `seconds`. Raises OSError."""
    found: list[str] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except OSError as error:
            failed.append(error)
        except UnicodeError:
            failed.append(socket.gaierror(socket.EAI_NONAME, "no such name"))

    thread = threading.Thread(target=ask, daemon=True)  # the system's resolver cannot be told when to stop
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if thread.is_alive():
        raise TimeoutError("the name server does not answer")
    return list(dict.fromkeys(found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to a literal IP address; no name is looked up. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def public_roots() -> ssl.SSLContext:
    """TLS with host names checked, against the roots of SSL_CERT_FILE or SSL_CERT_DIR where set, else those of certifi."""
    import certifi

    own = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
    return ssl.create_default_context() if own else ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class Network:
    """What fetching needs of the world. Times are in seconds; `clock` only ever rises."""

    look_up: Callable[[str, float], Sequence[str]] = look_up
    dial: Callable[[str, int, float], socket.socket] = dial
    trust: Callable[[], ssl.SSLContext] = public_roots
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


class Deadline:
    """The end of the time one address may take, looked at before every wait."""

    def __init__(self, network: Network, seconds: float) -> None:
        self._clock = network.clock
        self.seconds = seconds
        self._end = network.clock() + seconds

    def left(self) -> float:
        """Seconds left, perhaps none."""
        return max(0.0, self._end - self._clock())

    def ample(self) -> bool:
        """Whether at least half of the time is left: whoever then takes too long is slow, and not what came before."""
        return self.left() >= self.seconds / 2

    def wait(self) -> float:
        """How long the next wait may be. Raises FetchError when the time is over."""
        left = self.left()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> FetchError:
        """The error of an address that took too long."""
        return FetchError(f"it took longer than {self.seconds:g} s.", hint="Try again later, or download it and ingest the file.")
