"""Connections that go to addresses checked beforehand, whatever a name server says later, and end with the deadline."""

from __future__ import annotations

import socket
import ssl
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from httpcore2 import NetworkBackend, NetworkStream

from agent.errors import AddressError, FetchError
from agent_sources.fetch.guard import refusal
from agent_sources.fetch.network import Deadline, Network
from agent_sources.fetch.retrying import ATTEMPTS, Passing

_CONNECTING = 10.0  # seconds for one of several addresses, so that a dead one does not use up the time of the next


class Pins:
    """The IP addresses of each name, looked up once for a whole run and checked: a second answer is never asked for."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._known: dict[str, tuple[str, ...]] = {}
        self._refused: dict[str, AddressError | FetchError] = {}
        self._failures: Counter[str] = Counter()

    def of(self, host: str, deadline: Deadline) -> tuple[str, ...]:
        """The addresses of a host. Raises AddressError where any of them is not public, FetchError where there is none."""
        if host in self._refused:
            raise self._refused[host]
        if host not in self._known:
            ample = deadline.ample()
            try:
                self._known[host] = self._checked(host, deadline)
            except (AddressError, FetchError) as error:
                self._failures[host] += ample or isinstance(error, AddressError)  # else what came before had used up the time
                if not self._failures[host]:
                    raise
                if self._failures[host] >= ATTEMPTS or not isinstance(error, Passing):  # nor are nine addresses of a lost site waited for
                    self._refused[host] = FetchError(error.args[0], hint=error.hint) if isinstance(error, FetchError) else error
                raise
        return self._known[host]

    def _checked(self, host: str, deadline: Deadline) -> tuple[str, ...]:
        if ":" in host:
            found: Sequence[str] = [host]
        else:
            try:
                found = self._network.look_up(host, deadline.wait())
            except socket.gaierror as error:
                if error.errno == socket.EAI_AGAIN:
                    raise Passing(f"the name {host!r} cannot be looked up now.", hint="Check the connection and try again.") from None
                raise FetchError(f"the name {host!r} is not known.", hint="Check its spelling and the connection.") from None
            except OSError as error:
                raise Passing(f"the name {host!r} cannot be looked up: {error}.", hint="Check the connection and try again.") from None
        if not found:
            raise FetchError(f"the name {host!r} has no address.", hint="Check its spelling.")
        for address in found:
            reason = refusal(address)
            if reason:
                raise AddressError(f"{host!r} is at {address}: {reason}; such addresses are not fetched.", hint="Give a public address.")
        return tuple(found)


class PinnedBackend(NetworkBackend):
    """Connects to one of the given addresses for one host and port, and to nothing else."""

    def __init__(self, network: Network, host: str, addresses: Sequence[str], deadline: Deadline) -> None:
        self._network = network
        self._host = host
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> NetworkStream:
        if host != self._host:
            raise AddressError(f"a connection to {host!r} was wanted while {self._host!r} was asked for.")
        problem: OSError | None = None
        for address in self._addresses:
            try:
                return _Stream(self._network.dial(address, port, min(_CONNECTING, self._deadline.wait())), self._deadline)
            except OSError as error:
                problem = error
        self._deadline.wait()
        raise Passing(f"{self._host!r} cannot be reached: {_words(problem)}.", hint="Check the connection and try again.") from None


class _Stream(NetworkStream):
    """One connection whose every wait ends with the deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._socket = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        self._socket.settimeout(self._deadline.wait())
        try:
            return self._socket.recv(max_bytes)
        except TimeoutError:  # it was waited for as long as there was time
            raise self._deadline.over() from None
        except OSError as error:
            raise Passing(f"the connection broke: {_words(error)}.", hint="Try again.") from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._socket.settimeout(self._deadline.wait())
        try:
            self._socket.sendall(buffer)
        except TimeoutError:
            raise self._deadline.over() from None
        except OSError as error:
            raise Passing(f"the connection broke: {_words(error)}.", hint="Try again.") from None

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> NetworkStream:
        try:
            self._socket.settimeout(self._deadline.wait())
            # Without ragged ends: a body that ends where the connection was cut would otherwise look complete. Some builds of
            # Python (3.11.2 of Debian 12) have OpenSSL 3 take such an end for a proper one, whatever is asked for below.
            ssl_context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
            wrapped = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname, suppress_ragged_eofs=False)
            return _Stream(wrapped, self._deadline)
        except BaseException as error:
            self._socket.close()
            raise self._tls_error(error, server_hostname) from None

    def _tls_error(self, error: BaseException, host: str | None) -> BaseException:
        if isinstance(error, ssl.SSLCertVerificationError):
            reason = (error.verify_message or "it could not be verified").rstrip(".")
            hint = "Check the address; SSL_CERT_FILE names other roots."
            return FetchError(f"the certificate of {host!r} is not accepted: {reason}.", hint=hint)
        if isinstance(error, TimeoutError):
            return self._deadline.over()
        if isinstance(error, OSError):
            return Passing(f"no secure connection to {host!r}: {_words(error)}.", hint="Try again later.")
        return error

    def get_extra_info(self, info: str) -> Any:
        return self._socket if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket) else None


def _words(error: OSError | None) -> str:
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS failed").replace("_", " ").lower()
    return (error.strerror or type(error).__name__) if error else "no address"
