"""Which web addresses may be asked for at all, and how each is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from agent.errors import AddressError

PORT = 443
_LONGEST = 2000  # characters of an address; longer ones carry data, not a place
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
_KEPT = "%/:@!$&'()*+,;=~-._?"  # stays as it is in paths and queries; everything else is percent-encoded


@dataclass(frozen=True)
class Address:
    """An https address in one form: lower-case ASCII host, no fragment, port 443, everything odd percent-encoded."""

    host: str
    target: str  # path and query

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}{self.target}"

    @property
    def path(self) -> str:
        return self.target.split("?")[0]


def is_address(argument: str) -> bool:
    """Whether what a user gave is meant as a web address."""
    return bool(_SCHEME.match(argument.strip()))


def url_without_credentials(url: str) -> str:
    """An address as it may be stored and shown."""
    return re.sub(r"//[^/?#\s]*@", "//...@", url)


def shown(url: str) -> str:
    """An address for a message: quoted, not endless, without credentials."""
    plain = url_without_credentials(url)
    return repr(plain if len(plain) <= 200 else plain[:197] + "...")


def parse(url: str) -> Address:
    """An address that may be asked for. Raises AddressError: anything but https on port 443 without credentials."""
    said = shown(url)
    if len(url) > _LONGEST:
        raise AddressError(f"{said} has {len(url):,} characters; an address has at most {_LONGEST:,}.", hint="Give a shorter one.")
    if re.search(r"[\x00-\x20\x7f\\<>\"^`{|}]", url):
        raise AddressError(f"{said} has characters no address may have.", hint="Percent-encode spaces and the like.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"{said} is not a web address: {error}.", hint="Give one like https://example.org/guide.") from None
    if parts.scheme.lower() != "https":
        hint = f"Use {shown('https' + url[4:])}." if parts.scheme.lower() == "http" else "Give one that begins with https://."
        raise AddressError(f"{said} is {parts.scheme or 'nothing'!s}; only https is fetched.", hint=hint)
    if parts.username is not None or parts.password is not None:
        raise AddressError(
            f"{said} has a user name or password in it; such addresses are not fetched.", hint="Download the page and ingest the file."
        )
    if port not in (None, PORT):
        raise AddressError(f"{said} names port {port}; only {PORT} is fetched.", hint="Download the page and ingest the file.")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return Address(_host(parts.hostname or "", said), (quote(parts.path, safe=_KEPT.rstrip("?")) or "/") + query)


def joined(base: Address, location: str) -> Address:
    """Where a redirect leads, under the same rules. Raises AddressError."""
    try:
        url = urljoin(str(base), location.strip(" \t"))
    except ValueError:
        raise AddressError(f"{str(base)!r} redirects to {shown(location)}, which is not an address.") from None
    try:
        return parse(url)
    except AddressError as error:
        raise AddressError(f"{str(base)!r} redirects to an address that is not fetched: {error.args[0]}", hint=error.hint) from None


def _host(host: str, said: str) -> str:
    host = host.rstrip(".")
    if "%" in host:
        raise AddressError(f"{said} has a zone id in its host; such addresses are not fetched.", hint="Give a public address.")
    if ":" in host:  # an IPv6 literal; urlsplit has checked its form
        return host.lower()
    ascii_host = host.lower()
    if not ascii_host.isascii():
        import idna

        try:
            ascii_host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise AddressError(f"{said} has a host that is no name: {error}.", hint="Check its spelling.") from None
    if not _HOST.fullmatch(ascii_host):
        raise AddressError(f"{said} has no host that could be looked up.", hint="Give one like https://example.org/guide.")
    return ascii_host
