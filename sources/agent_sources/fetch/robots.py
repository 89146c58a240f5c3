"""robots.txt, as RFC 9309 has it: where it cannot be had for good (4xx) all is allowed, where it cannot be reached nothing is."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from agent.errors import FetchError
from agent_sources.fetch.addresses import Address
from agent_sources.fetch.exchange import PRODUCT

LARGEST = 512_000  # bytes that are read of it; RFC 9309 asks for at least 500 KiB
PATH = "/robots.txt"


@dataclass(frozen=True)
class Rules:
    """What one site allows this program; `unreachable` says why its rules are not known."""

    parsed: Protego | None = None
    unreachable: str = ""

    def check(self, address: Address) -> None:
        """Raises FetchError for an address that must not be fetched."""
        if address.path == PATH:
            return
        if self.unreachable:
            raise FetchError(
                f"the rules of {address.host!r} for programs (robots.txt) cannot be read: {self.unreachable.rstrip('.')}.",
                hint="Until they can, nothing is fetched from there; try again later.",
            )
        if self.parsed is not None and not self.parsed.can_fetch(str(address), PRODUCT):
            raise FetchError(
                f"the robots.txt of {address.host!r} does not allow programs to fetch {address.target[:200]!r}.",
                hint="Open it in a browser, save it and ingest the file.",
            )


def rules_from(status: int, body: bytes) -> Rules:
    """The rules an answer to robots.txt means."""
    if 200 <= status < 300:  # an empty one too: no rules
        return Rules(Protego.parse(body.decode("utf-8-sig", errors="replace")))
    if 400 <= status < 500 or 300 <= status < 400:  # 3xx: more redirects than are followed, which counts as none there
        return Rules()
    return Rules(unreachable=f"the server answered {status}")
