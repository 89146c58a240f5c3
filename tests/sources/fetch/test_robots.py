"""robots.txt: asked first, once for each site, under the same rules, and obeyed."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import replace

import pytest
from local_web import LocalWeb, Page, markdown, moved

from agent.domain.fetch import FetchRecord
from agent.errors import FetchError
from agent_sources.fetch.fetcher import Fetcher
from agent_sources.fetch.robots import LARGEST

URL = "https://docs.example.com/guide/page.md"
ROBOTS = "https://docs.example.com/robots.txt"


@pytest.fixture
def site(web: LocalWeb) -> LocalWeb:
    web.put(URL, markdown("# Page\n\nText.\n"))
    return web


def rules(text: str) -> Page:
    return Page(text.encode(), headers={"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /private/\n", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /guide/\nAllow: /guide/page\n", True),
        ("User-agent: *\nDisallow: /*.md$\n", False),
        ("User-agent: other\nDisallow: /\n", True),
        ("User-agent: Capability-Ledger\nDisallow: /guide\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: capability-ledger\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        ("\ufeffUser-agent: *\r\nDisallow: /guide\r\n", False),
        ("<html>not rules at all</html>", True),
        ("User-agent: *\nDisallow: /\n" + "#" * (LARGEST + 10) + "\n", False),
        ("#" * LARGEST + "\nUser-agent: *\nDisallow: /\n", True),
    ],
)
def test_what_the_rules_allow(site: LocalWeb, text: str, allowed: bool) -> None:
    site.put(ROBOTS, rules(text))
    done = Fetcher(site.network).fetch(URL)
    assert (done.error is None) == allowed
    assert site.asked == ([URL] if allowed else [])
    if not allowed:
        assert isinstance(done.error, FetchError)
        assert "robots.txt of 'docs.example.com' does not allow programs to fetch '/guide/page.md'" in str(done.error)


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (401, True), (410, True), (429, True), (500, False), (503, False)]
)
def test_no_rules_allow_everything_and_unreachable_rules_nothing(site: LocalWeb, status: int, allowed: bool) -> None:
    site.put(ROBOTS, Page(status=status))
    done = Fetcher(site.network).fetch(URL)
    assert (done.error is None) == allowed
    assert site.asked == ([URL] if allowed else [])
    if not allowed:
        assert f"cannot be read: the server answered {status}" in str(done.error)


@pytest.mark.parametrize("page", [Page(status=204), Page(), Page(b"", 202), Page(b"\n \n", 203), Page(b"User-agent: *\nAllow: /\n", 203)])
def test_an_answer_without_rules_allows_everything(site: LocalWeb, page: Page) -> None:
    site.put(ROBOTS, page)
    records: list[FetchRecord] = []
    assert Fetcher(site.network, records.append).fetch(URL).error is None
    assert [(record.kind, record.outcome, record.status) for record in records] == [("robots", "fetched", page.status)]
    site.put(ROBOTS, Page(b"User-agent: *\nDisallow: /\n", 203))
    assert "does not allow" in str(Fetcher(site.network).fetch(URL).error)


SLOW = "https://other.example.com/slow.md"


def takes(web: LocalWeb, seconds: float, then: Page) -> Page:
    """An answer that the clock says has taken so long."""

    def send(connection: ssl.SSLSocket) -> None:
        web.time += seconds
        connection.sendall(then.bytes())

    return Page(raw=send)


def stalls(web: LocalWeb, seconds: float) -> Page:
    """An answer that has only begun when the clock says that so much time is over."""

    def send(connection: ssl.SSLSocket) -> None:
        web.time += seconds
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")

    return Page(raw=send)


def test_an_address_that_used_up_its_time_says_nothing_of_the_site_it_leads_to(site: LocalWeb) -> None:
    site.put(SLOW, takes(site, 20, moved(URL)))
    site.put(ROBOTS, *[stalls(site, 11)] * 4, Page(status=404))
    fetcher = Fetcher(site.network)
    for _ in range(4):
        assert "it took longer than 30 s" in str(fetcher.fetch(SLOW).error)
    assert fetcher.fetch(URL).error is None


def test_a_name_that_no_time_was_left_for_is_looked_up_again(site: LocalWeb) -> None:
    site.put(SLOW, takes(site, 20, moved(URL)))
    real, left = site.network.look_up, 4

    def late(host: str, seconds: float) -> Sequence[str]:
        nonlocal left
        if host == "docs.example.com" and left:
            left -= 1
            site.time += seconds
            raise TimeoutError("the name server does not answer")
        return real(host, seconds)

    fetcher = Fetcher(replace(site.network, look_up=late))
    for _ in range(4):
        assert "'docs.example.com' cannot be looked up" in str(fetcher.fetch(SLOW).error)
    assert fetcher.fetch(URL).error is None


def test_a_site_that_is_slow_itself_is_not_waited_for_again(site: LocalWeb) -> None:
    site.put(ROBOTS, stalls(site, 31))
    fetcher = Fetcher(site.network)
    for _ in range(2):
        assert "(robots.txt) cannot be read: it took longer than 30 s" in str(fetcher.fetch(URL).error)
    assert [request.path for request in site.requests] == ["/robots.txt"]


def test_rules_are_read_once_for_a_site_and_recorded(site: LocalWeb) -> None:
    site.put(ROBOTS, rules("User-agent: *\nDisallow: /private/\n"))
    records: list[FetchRecord] = []
    fetcher = Fetcher(site.network, records.append)
    for _ in range(3):
        done = fetcher.fetch(URL)
        fetcher.finish(done, document_id="d")
    assert [request.url for request in site.requests] == [ROBOTS, URL, URL, URL]
    assert [(record.kind, record.outcome, record.status) for record in records] == [("robots", "fetched", 200)] + [
        ("document", "fetched", 200)
    ] * 3


def test_rules_may_have_moved_but_not_to_where_nothing_is_fetched(site: LocalWeb) -> None:
    site.put(ROBOTS, moved("https://other.example.com/robots.txt"))
    site.put("https://other.example.com/robots.txt", rules("User-agent: *\nDisallow: /guide\n"))
    assert "does not allow" in str(Fetcher(site.network).fetch(URL).error)
    for target in ("http://docs.example.com/robots.txt", "https://127.0.0.1/robots.txt"):
        site.names["127.0.0.1"] = [["127.0.0.1"]]
        site.put(ROBOTS, moved(target))
        assert "cannot be read" in str(Fetcher(site.network).fetch(URL).error)
    assert site.asked == []


def test_where_a_redirect_leads_its_rules_hold(site: LocalWeb) -> None:
    site.put(URL, moved("https://other.example.com/secret/x.md"))
    site.put("https://other.example.com/robots.txt", rules("User-agent: *\nDisallow: /secret\n"))
    assert "robots.txt of 'other.example.com'" in str(Fetcher(site.network).fetch(URL).error)
    assert site.asked == [URL]
