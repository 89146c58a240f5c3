"""Fetches one address: rules of the site asked first, redirects followed by hand, passing trouble tried again, all within 30 s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.domain.base import sha256
from agent.domain.fetch import FetchRecord
from agent.errors import AddressError, AgentError, FetchError
from agent_sources.fetch import known_sites
from agent_sources.fetch.addresses import Address, joined, parse, url_without_credentials
from agent_sources.fetch.exchange import Reply, Wire
from agent_sources.fetch.network import Deadline, Network
from agent_sources.fetch.pinned import Pins
from agent_sources.fetch.retrying import Passing, persistently, retry_after
from agent_sources.fetch.robots import LARGEST, PATH, Rules, rules_from

SECONDS = 30.0  # one address, with its redirects, its site's robots.txt, further attempts and the waits between them
MOST = 20_000_000  # bytes, on the way and after decoding
REDIRECTS = 5
_LONGEST_VALIDATOR = 300  # characters of an ETag or a date that are kept and sent back
_MOVED = {301, 302, 303, 307, 308}
_REFUSED = {401: "wants a login", 403: "refuses programs", 404: "has nothing there", 410: "has taken it away", 451: "may not show it"}


@dataclass(frozen=True)
class Fetched:
    """What came of one address: its record and, where `error` is None, the answer (None: not modified)."""

    record: FetchRecord
    reply: Reply | None = None
    error: AgentError | None = None


class Fetcher:
    """Fetches for one run. Names are looked up once and each site's robots.txt is read once; every request leaves a record."""

    def __init__(
        self, network: Network | None = None, record: Callable[[FetchRecord], None] | None = None, seconds: float = SECONDS
    ) -> None:
        self.network = network or Network()
        self._seconds = seconds
        self._record = record or (lambda _: None)
        self._pins = Pins(self.network)
        self._wire = Wire(self.network, MOST)
        self._rules: dict[str, Rules] = {}

    def fetch(self, url: str, known: FetchRecord | None = None) -> Fetched:
        """Fetch an address, or the file behind it (known_sites). `known` is an earlier record: what it had is not sent again.

        Raises nothing that is the network's or the address's fault: that is the result's `error`.
        """
        deadline = Deadline(self.network, self._seconds)
        record = FetchRecord(asked=url_without_credentials(url)[:2000], at=self.network.now().replace(microsecond=0).isoformat())
        try:
            addresses = known_sites.candidates(parse(url))
        except AddressError as error:
            return self._failed(record, error)
        for number, address in enumerate(addresses):
            done = self._one(replace(record, requested=str(address)), address, known, deadline)
            if done.record.status != 404 or number == len(addresses) - 1:
                break
        return done

    def _one(self, record: FetchRecord, address: Address, known: FetchRecord | None, deadline: Deadline) -> Fetched:
        seen: list[Reply] = []
        try:
            reply = persistently(lambda: self._attempt(address, known, deadline, seen), self.network, deadline)
        except (AddressError, FetchError) as error:
            last = seen[-1] if seen else None
            record = replace(record, final=str(last.address) if last else None, status=last.status if last else None)
            return self._failed(record, error)
        record = replace(
            record,
            final=str(reply.address),
            status=reply.status,
            etag=_validator(reply, "etag"),
            last_modified=_validator(reply, "last-modified"),
        )
        if reply.status == 304 and known is not None:
            record = replace(
                record,
                bytes=known.bytes,
                sha256=known.sha256,
                etag=record.etag or known.etag,
                last_modified=record.last_modified or known.last_modified,
                outcome="unchanged",
                document_id=known.document_id,
            )
            self._record(record)
            return Fetched(record)
        return Fetched(replace(record, bytes=len(reply.body), sha256=sha256(reply.body), outcome="fetched"), reply)

    def finish(self, done: Fetched, error: AgentError | None = None, document_id: str | None = None) -> None:
        """Record what became of an answer: the document it gave, or why it is none."""
        record = replace(done.record, document_id=document_id)
        self._record(record if error is None else replace(record, outcome="refused", note=str(error)))

    def _failed(self, record: FetchRecord, error: AgentError) -> Fetched:
        record = replace(record, outcome="failed", note=str(error))
        self._record(record)
        return Fetched(record, error=error)

    def _attempt(self, start: Address, known: FetchRecord | None, deadline: Deadline, seen: list[Reply]) -> Reply:
        """One walk from an address to an answer that is no redirect."""
        address, passed = start, {start}
        for _ in range(REDIRECTS + 1):
            pinned = self._pins.of(address.host, deadline)
            self._rules_of(address, deadline).check(address)
            reply = self._wire.get(address, pinned, deadline, _conditions(known, address))
            seen.append(reply)
            if reply.status not in _MOVED:
                return self._judged(reply, known)
            address = joined(address, _location(reply))
            if address in passed:
                raise FetchError(f"it redirects in a circle, by {str(address)!r}.", hint="Give the address the page has in a browser.")
            passed.add(address)
        raise FetchError(f"it redirects more than {REDIRECTS} times.", hint="Give the address the page has in a browser.")

    def _judged(self, reply: Reply, known: FetchRecord | None) -> Reply:
        if reply.status == 200 or (reply.status == 304 and _conditions(known, reply.address)):
            return reply
        if reply.status in {408, 429} or reply.status >= 500:
            asked = retry_after(reply.header("retry-after"), self.network.now())
            wait = "" if asked is None else f" and asks to wait {asked:,.0f} s"
            raise Passing(f"the server answered {reply.status}{wait}.", hint="Try again later.", retry_after=asked)
        reason = _REFUSED.get(reply.status, "gives no page")
        raise FetchError(f"the server answered {reply.status}: it {reason}.", hint="Check the address in a browser.")

    def _rules_of(self, address: Address, deadline: Deadline) -> Rules:
        if address.host not in self._rules:
            ample = deadline.ample()
            rules = self._read_rules(Address(address.host, PATH), deadline)
            if rules.unreachable and not ample:
                return rules  # what came before had used up the time: that says nothing of this site
            self._rules[address.host] = rules
        return self._rules[address.host]

    def _read_rules(self, start: Address, deadline: Deadline) -> Rules:
        record = FetchRecord(
            asked=str(start), requested=str(start), at=self.network.now().replace(microsecond=0).isoformat(), kind="robots"
        )
        try:
            reply = persistently(lambda: self._robots(start, deadline), self.network, deadline)
        except (AddressError, FetchError) as error:
            self._record(replace(record, outcome="failed", note=str(error)))
            return Rules(unreachable=str(error.args[0]))
        self._record(
            replace(
                record,
                final=str(reply.address),
                status=reply.status,
                bytes=len(reply.body),
                sha256=sha256(reply.body) if reply.is_success else None,
                outcome="fetched" if reply.is_success else "refused",
            )
        )
        return rules_from(reply.status, reply.body)

    def _robots(self, start: Address, deadline: Deadline) -> Reply:
        address = start
        for _ in range(REDIRECTS + 1):
            reply = self._wire.get(address, self._pins.of(address.host, deadline), deadline, cut_at=LARGEST)
            if reply.status >= 500:
                raise Passing(f"the server answered {reply.status}.")
            if reply.status not in _MOVED:
                break
            address = joined(address, _location(reply))
        return reply


def _validator(reply: Reply, name: str) -> str | None:
    value = reply.header(name)
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isprintable() else None


def _location(reply: Reply) -> str:
    """Where a redirect leads; some servers write it in UTF-8."""
    said = reply.header("location") or ""
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return said


def _conditions(known: FetchRecord | None, address: Address) -> dict[str, str]:
    """What makes a request conditional: sent only to the very address the validators came from."""
    if known is None or known.final != str(address):
        return {}
    found = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in found.items() if value}
