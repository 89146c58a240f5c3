"""Fetching one address from a server that behaves well, badly or not at all: exact outcomes, and nothing asked for but what was meant."""

from __future__ import annotations

import gzip
import ssl
import zlib
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from local_web import BEGAN, PUBLIC, LocalWeb, Page, markdown, moved

from agent.domain.fetch import FetchRecord
from agent.errors import AddressError, FetchError
from agent_sources.fetch.fetcher import MOST, SECONDS, Fetched, Fetcher

URL = "https://docs.example.com/guide.md"
TEXT = "# Lantern\n\nLantern reads labels.\n"


def fetch(web: LocalWeb, url: str = URL, known: FetchRecord | None = None) -> Fetched:
    records: list[FetchRecord] = []
    done = Fetcher(web.network, records.append).fetch(url, known)
    if done.error is not None:
        assert records[-1] == done.record
        assert "\n" not in str(done.error)
    return done


def raw(*pieces: bytes) -> Page:
    def send(connection: ssl.SSLSocket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return Page(raw=send)


def reset(connection: ssl.SSLSocket) -> None:
    connection.shutdown(2)


def cut(connection: ssl.SSLSocket) -> None:
    """Half of a body of unstated length, and no TLS goodbye."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhalf of")
    connection.close()


def test_a_document_comes_with_its_record(web: LocalWeb) -> None:
    web.put(URL, markdown(TEXT, ETag='"v1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT"))
    done = fetch(web)
    assert done.error is None and done.reply is not None
    assert done.reply.body == TEXT.encode()
    record = done.record
    assert (record.asked, record.requested, record.final, record.status) == (URL, URL, URL, 200)
    assert (record.at, record.bytes, record.etag) == ("2026-03-01T12:00:00+00:00", len(TEXT), '"v1"')
    assert record.last_modified == "Sun, 01 Mar 2026 10:00:00 GMT"
    assert record.sha256 is not None and len(record.sha256) == 64


def test_what_is_sent_names_the_program_and_nothing_of_the_user(web: LocalWeb) -> None:
    web.put(URL, markdown(TEXT, Set_Cookie="a=b"))
    fetcher = Fetcher(web.network)
    fetcher.fetch(URL)
    fetcher.fetch(URL)
    for request in web.requests:
        assert request.headers["user-agent"].startswith("capability-ledger/")
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert web.dialled == [(PUBLIC, 443)] * 3
    assert web.lookups == ["docs.example.com"]


def test_proxies_of_the_environment_are_not_used(web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.put(URL, markdown(TEXT))
    assert fetch(web).error is None
    assert web.dialled == [(PUBLIC, 443)] * 2


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_compressed_answers_are_read(web: LocalWeb, encoding: str) -> None:
    packed = {
        "gzip": gzip.compress(TEXT.encode()),
        "deflate": zlib.compress(TEXT.encode()),
        "raw deflate": zlib.compress(TEXT.encode())[2:-4],
    }
    web.put(URL, Page(packed[encoding], headers={"Content-Encoding": encoding.split()[-1]}))
    done = fetch(web)
    assert done.reply is not None and done.reply.body == TEXT.encode()


def test_gzip_of_several_members_is_one_text(web: LocalWeb) -> None:
    web.put(URL, Page(gzip.compress(b"# A\n") + gzip.compress(b"text\n") + b"\0\0", headers={"Content-Encoding": "gzip"}))
    done = fetch(web)
    assert done.reply is not None and done.reply.body == b"# A\ntext\n"


def test_a_body_of_unstated_length_ends_with_a_goodbye(web: LocalWeb) -> None:
    web.put(URL, raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it"))
    done = fetch(web)
    assert done.reply is not None and done.reply.body == b"all of it"


# Conditional requests


def earlier(final: str = URL) -> FetchRecord:
    return FetchRecord(
        URL,
        "2026-02-01T00:00:00+00:00",
        URL,
        final,
        200,
        33,
        "a" * 64,
        '"v1"',
        "Sun, 01 Feb 2026 10:00:00 GMT",
        "fetched",
        document_id="d1",
    )


def test_not_modified_keeps_what_the_earlier_record_says(web: LocalWeb) -> None:
    web.put(URL, Page(status=304, headers={"ETag": '"v1"'}))
    done = fetch(web, known=earlier())
    assert (done.reply, done.error) == (None, None)
    assert (done.record.outcome, done.record.status, done.record.bytes, done.record.sha256) == ("unchanged", 304, 33, "a" * 64)
    assert (done.record.etag, done.record.last_modified, done.record.document_id) == ('"v1"', "Sun, 01 Feb 2026 10:00:00 GMT", "d1")
    sent = web.requests[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Sun, 01 Feb 2026 10:00:00 GMT")


def test_validators_go_only_to_the_address_they_came_from(web: LocalWeb) -> None:
    web.put(URL, moved("https://other.example.com/new.md"))
    web.put("https://other.example.com/new.md", markdown(TEXT))
    fetch(web, known=earlier())
    assert "if-none-match" in next(r for r in web.requests if r.url == URL).headers
    assert "if-none-match" not in web.requests[-1].headers
    web.requests.clear()
    fetch(web, known=earlier(final="https://other.example.com/new.md"))
    assert "if-none-match" not in next(r for r in web.requests if r.url == URL).headers
    assert web.requests[-1].headers["if-none-match"] == '"v1"'


def test_not_modified_without_a_condition_is_no_answer(web: LocalWeb) -> None:
    web.put(URL, Page(status=304))
    assert str(fetch(web).error).startswith("the server answered 304")


# Statuses


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "wants a login"), (403, "refuses programs"), (404, "has nothing there"), (410, "has taken it away"),
        (451, "may not show it"), *((status, "gives no page") for status in (204, 206, 300, 400, 405, 418)),
    ],
)  # fmt: skip
def test_a_final_status_is_told_after_one_request(web: LocalWeb, status: int, words: str) -> None:
    web.put(URL, Page(b"page", status=status))
    done = fetch(web)
    assert isinstance(done.error, FetchError) and done.error.exit_code == 3
    assert f"answered {status}: it {words}" in str(done.error)
    assert (done.record.status, done.record.outcome) == (status, "failed")
    assert (web.asked, web.slept) == ([URL], [])


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_trouble_is_tried_again(web: LocalWeb, status: int) -> None:
    web.put(URL, Page(status=status), markdown(TEXT))
    assert fetch(web).error is None
    assert web.asked == [URL, URL]
    assert web.slept == [0.5]


def test_trouble_that_stays_ends_after_three_attempts(web: LocalWeb) -> None:
    web.put(URL, Page(status=500))
    done = fetch(web)
    assert str(done.error) == "the server answered 500. Try again later."
    assert (done.record.status, done.record.outcome) == (500, "failed")
    assert (web.asked, web.slept) == ([URL] * 3, [0.5, 1.0])


@pytest.mark.parametrize(
    ("asked", "slept"),
    [
        ("7", [7.0]), ("0", [0.0]), (format_datetime(BEGAN + timedelta(seconds=9), usegmt=True), [9.0]),
        (format_datetime(BEGAN - timedelta(days=1), usegmt=True), [0.0]), ("soon", [0.5]), ("-5", [0.5]), ("", [0.5]),
    ],
)  # fmt: skip
def test_retry_after_is_waited_for(web: LocalWeb, asked: str, slept: list[float]) -> None:
    web.put(URL, Page(status=429, headers={"Retry-After": asked}), markdown(TEXT))
    assert fetch(web).error is None
    assert web.slept == slept


@pytest.mark.parametrize("asked", ["31", "86400", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_that_is_too_long_is_not_begun(web: LocalWeb, asked: str) -> None:
    web.put(URL, Page(status=429, headers={"Retry-After": asked}), markdown(TEXT))
    done = fetch(web)
    assert str(done.error).startswith("the server answered 429 and asks to wait ")
    assert (web.asked, web.slept) == ([URL], [])


# Broken and slow connections


@pytest.mark.parametrize(
    "page",
    [
        Page(raw=reset),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + gzip.compress(TEXT.encode())[:20]),
        Page(raw=cut),
        raw(b"SSH-2.0-server\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000),
        raw(b""),
    ],
    ids=["reset", "truncated", "truncated chunks", "truncated gzip", "cut", "not http", "endless header", "nothing"],
)
def test_a_broken_answer_is_tried_again_and_never_half_taken(web: LocalWeb, page: Page) -> None:
    web.put(URL, page)
    done = fetch(web)
    assert isinstance(done.error, FetchError)
    assert done.reply is None
    assert web.asked == [URL] * 3
    web.put(URL, page, markdown(TEXT))
    assert fetch(web).error is None


def test_a_refused_connection_is_tried_again(web: LocalWeb) -> None:
    web.put(URL, markdown(TEXT))
    web.refusing = 2
    assert fetch(web).error is None
    web.refusing = 100
    done = fetch(web)
    assert "cannot be reached: Connection refused" in str(done.error)
    assert done.error is not None and done.error.exit_code == 3


def test_all_addresses_of_a_name_are_tried(web: LocalWeb) -> None:
    web.names["docs.example.com"] = [[PUBLIC, "93.184.215.15"]]
    web.put(URL, markdown(TEXT))
    web.refusing = 1
    assert fetch(web).error is None
    assert web.dialled[:2] == [(PUBLIC, 443), ("93.184.215.15", 443)]


def test_a_server_that_drips_is_left_at_the_deadline(web: LocalWeb) -> None:
    """The clock moves with every look at it; the server would go on for ever."""

    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not web.released.is_set():
            connection.sendall(b"x")

    web.put(URL, Page(raw=drip))
    web.tick = 0.25
    done = fetch(web)
    assert str(done.error).startswith(f"it took longer than {SECONDS:g} s")
    assert web.asked == [URL]
    assert web.slept == []


def test_a_server_that_drips_headers_is_left_at_the_deadline(web: LocalWeb) -> None:
    def drip(connection: ssl.SSLSocket) -> None:
        while not web.released.is_set():
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n")

    web.put(URL, Page(raw=drip))
    web.tick = 0.25
    assert str(fetch(web).error).startswith(f"it took longer than {SECONDS:g} s")


def test_a_server_that_says_nothing_is_left_at_the_deadline(web: LocalWeb) -> None:
    """Real time here: whichever wait is cut short, the outcome is the same."""
    web.put(URL, Page(raw=lambda _: web.released.wait(20) and None))
    done = Fetcher(replace(web.network, clock=monotonic), seconds=0.3).fetch(URL)
    assert str(done.error).startswith("it took longer than 0.3 s")
    assert web.slept == []


# Limits


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_refused_without_being_unfolded(web: LocalWeb, encoding: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    web.put(URL, Page(bomb, headers={"Content-Encoding": encoding}))
    done = fetch(web)
    assert "more than 20 MB" in str(done.error)
    assert web.asked == [URL]


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_an_encoding_that_was_not_asked_for_is_refused(web: LocalWeb, encoding: str) -> None:
    web.put(URL, Page(b"\x8b\x00\x80\x03", headers={"Content-Encoding": encoding}))
    assert f"encoded as {encoding!r}" in str(fetch(web).error)


def test_a_large_body_is_refused_by_its_length_and_without_one(web: LocalWeb) -> None:
    web.put(URL, Page(headers={"Content-Length": str(MOST + 1)}))
    assert "more than 20 MB" in str(fetch(web).error)

    def endless(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(MOST // 1_000_000 + 5):
            connection.sendall(bytes(1_000_000))

    web.put(URL, Page(raw=endless))
    assert "more than 20 MB" in str(fetch(web).error)


# Redirects


def test_a_redirect_is_followed_and_both_addresses_are_recorded(web: LocalWeb) -> None:
    web.put(URL, moved("/moved/here.md?x=1#part"))
    web.put("https://docs.example.com/moved/here.md?x=1", moved("//other.example.com/there.md", 308))
    web.put("https://other.example.com/there.md", markdown(TEXT))
    done = fetch(web)
    assert (done.record.asked, done.record.final) == (URL, "https://other.example.com/there.md")
    assert web.lookups == ["docs.example.com", "other.example.com"]


def test_a_circle_ends_at_once_and_a_chain_after_five(web: LocalWeb) -> None:
    web.put(URL, moved("/b"))
    web.put("https://docs.example.com/b", moved("/guide.md"))
    assert "redirects in a circle" in str(fetch(web).error)
    assert len(web.asked) == 2
    for number in range(9):
        web.put(f"https://docs.example.com/{number}", moved(f"/{number + 1}"))
    web.requests.clear()
    assert "more than 5 times" in str(fetch(web, "https://docs.example.com/0").error)
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://other.example.com/x.md", "https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/", "https://inside.example.com/", "https://user:secret@other.example.com/", "https://other.example.com:8443/",
        "ftp://other.example.com/", "file:///etc/passwd", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/", "https://2130706433/", "https://localhost/",
    ],
)  # fmt: skip
def test_a_redirect_to_where_nothing_is_fetched_ends_there(web: LocalWeb, target: str) -> None:
    web.names |= {"inside.example.com": [["192.168.1.1"]], "2130706433": [["127.0.0.1"]], "localhost": [["127.0.0.1"]]}
    web.names |= {host: [[host]] for host in ("127.0.0.1", "169.254.169.254", "10.0.0.1")}
    web.put(URL, moved(target))
    done = fetch(web)
    assert isinstance(done.error, AddressError) and done.error.exit_code == 2
    assert web.asked == [URL]
    assert set(web.dialled) == {(PUBLIC, 443)}
    assert "secret" not in str(done.error)


def test_a_redirect_without_a_place_is_told(web: LocalWeb) -> None:
    web.put(URL, Page(status=302))
    assert "in a circle" in str(fetch(web).error)


# Names and addresses


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["10.1.2.3"], [PUBLIC, "169.254.169.254"], ["::1"], ["fe80::1%eth0"], ["64:ff9b::a00:1"]]
)
def test_a_name_with_an_inner_address_is_not_connected_to(web: LocalWeb, answers: list[str]) -> None:
    web.names["docs.example.com"] = [answers]
    done = fetch(web)
    assert isinstance(done.error, AddressError)
    assert answers[-1] in str(done.error)
    assert (web.dialled, web.requests) == ([], [])


def test_a_name_that_changes_between_look_ups_is_looked_up_once(web: LocalWeb) -> None:
    web.names["docs.example.com"] = [[PUBLIC], ["127.0.0.1"]]
    web.put(URL, Page(status=500), moved("/again.md"))
    web.put("https://docs.example.com/again.md", markdown(TEXT))
    assert fetch(web).error is None
    assert web.lookups == ["docs.example.com"]
    assert set(web.dialled) == {(PUBLIC, 443)}


def test_an_unknown_name_is_told(web: LocalWeb) -> None:
    done = fetch(web, "https://nowhere.example.com/")
    assert str(done.error) == "the name 'nowhere.example.com' is not known. Check its spelling and the connection."
    assert done.error is not None and done.error.exit_code == 3


def test_a_certificate_of_another_name_is_refused(web: LocalWeb) -> None:
    done = fetch(web, "https://wrong.example.net/x.md")
    assert "certificate of 'wrong.example.net' is not accepted" in str(done.error)
    assert (web.requests, web.slept) == ([], [])


def test_an_international_name_is_asked_for_in_ascii(web: LocalWeb) -> None:
    web.put("https://xn--bcher-kva.example/a%20b", markdown(TEXT))
    assert fetch(web, "https://B\u00fccher.example/a%20b").error is None
    assert web.lookups == ["xn--bcher-kva.example"]
