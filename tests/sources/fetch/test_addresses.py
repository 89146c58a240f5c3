"""Which addresses are asked for, in which form, and which files stand behind the pages of known sites."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import AddressError
from agent_sources.fetch.addresses import is_address, joined, parse
from agent_sources.fetch.guard import refusal
from agent_sources.fetch.known_sites import candidates, described, is_raw


@pytest.mark.parametrize(
    ("given_url", "asked"),
    [
        ("https://docs.example.com", "https://docs.example.com/"),
        ("HTTPS://Docs.Example.COM:443/A?b=C#d", "https://docs.example.com/A?b=C"),
        ("https://docs.example.com./x", "https://docs.example.com/x"),
        ("https://docs.example.com/a%20b/\u00fc", "https://docs.example.com/a%20b/%C3%BC"),
        ("https://docs.example.com/?q=a+b&c=\u00fc", "https://docs.example.com/?q=a+b&c=%C3%BC"),
        ("https://docs.example.com/a;b/(c)~d@e", "https://docs.example.com/a;b/(c)~d@e"),
        ("https://B\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2606:2800:21F:CB07::1]/x", "https://[2606:2800:21f:cb07::1]/x"),
    ],
)
def test_an_address_has_one_form(given_url: str, asked: str) -> None:
    assert str(parse(given_url)) == asked
    assert str(parse(asked)) == asked


@pytest.mark.parametrize(
    "url",
    [
        "http://docs.example.com/", "docs.example.com/x", "//docs.example.com/x", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "https://", "https:///x", "https://user@docs.example.com/", "https://user:pw@docs.example.com/", "https://@docs.example.com/",
        "https://docs.example.com:80/", "https://docs.example.com:8443/", "https://docs.example.com:99999/", "https://docs.example.com:x/",
        "https://docs.example.com\\@inner/", "https://docs.example.com/a b", "https://docs.example.com/\r\nX: y", "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/", "https://[::1/", "https://a..b/", "https://-a.example/", "https://docs.example.com/\x00", "https://\u2100.example/",
        "https://docs.example.com/" + "a" * 2000, "https://exa$mple.com/", "https://" + "a" * 64 + ".example/", "",
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(AddressError) as raised:
        parse(url)
    assert "\n" not in str(raised.value)
    assert "pw" not in str(raised.value)
    assert len(str(raised.value)) < 400


@settings(deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_given_is_an_address_or_an_error_of_ours(text: str) -> None:
    for url in (text, f"https://{text}", f"https://docs.example.com/{text}"):
        try:
            address = parse(url)
        except AddressError:
            continue
        assert str(address).isascii() and str(address).startswith("https://")
        assert not set(str(address)) & set(' \r\n\t"<>\\')
        assert parse(str(address)) == address
        assert all(parse(str(one)) == one for one in candidates(address))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_redirect_leads_to_an_address_or_is_an_error_of_ours(location: str) -> None:
    try:
        joined(parse("https://docs.example.com/a/b"), location)
    except AddressError as error:
        assert "\n" not in str(error)


def test_what_is_meant_as_an_address() -> None:
    assert all(map(is_address, ("https://x", "http://x", "ftp://x/y", " https://x")))
    assert not any(map(is_address, ("paligemma", "./https", "a/b", "C:\\x", "x.md")))


RAW = "https://raw.githubusercontent.com/acme/loom"
HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("https://github.com/acme/loom", f"{RAW}/HEAD/README.md"),
        ("https://www.github.com/acme/loom.git/", f"{RAW}/HEAD/README.md"),
        ("https://github.com/acme/loom/tree/v1", f"{RAW}/v1/README.md"),
        ("https://github.com/acme/loom/tree/v1/docs/en", f"{RAW}/v1/docs/en/README.md"),
        ("https://github.com/acme/loom/blob/0a1b/docs/A%20b.md?plain=1#L3", f"{RAW}/0a1b/docs/A%20b.md"),
        ("https://github.com/acme/loom/raw/main/x.ipynb", f"{RAW}/main/x.ipynb"),
        ("https://colab.research.google.com/github/acme/loom/blob/main/x.ipynb", f"{RAW}/main/x.ipynb"),
        ("https://gitlab.com/group/sub/loom/-/blob/main/README.md", "https://gitlab.com/group/sub/loom/-/raw/main/README.md"),
        (f"{HUB}/acme/loom", f"{HUB}/acme/loom/raw/main/README.md"),
        (f"{HUB}/acme/loom/tree/main", f"{HUB}/acme/loom/raw/main/README.md"),
        (f"{HUB}/datasets/acme/threads", f"{HUB}/datasets/acme/threads/raw/main/README.md"),
        (f"{HUB}/spaces/acme/demo", f"{HUB}/spaces/acme/demo/raw/main/README.md"),
        (f"{HUB}/acme/loom/blob/v2/docs/use.md", f"{HUB}/acme/loom/raw/v2/docs/use.md"),
        (f"{HUB}/datasets/acme/threads/blob/main/README.md", f"{HUB}/datasets/acme/threads/raw/main/README.md"),
    ],
)
def test_pages_that_wrap_a_file_give_the_file(page: str, file: str) -> None:
    found = candidates(parse(page))
    assert str(found[0]) == file
    assert is_raw(found[0])


@pytest.mark.parametrize(
    "page",
    [
        "https://github.com/acme", "https://github.com/acme/loom/issues/3", "https://github.com/topics/weaving", "https://gitlab.com/acme/loom",
        f"{HUB}/docs/transformers", f"{HUB}/blog/loom", f"{HUB}/papers/2401.00001", f"{HUB}/datasets/threads", f"{HUB}/acme",
        "https://arxiv.org/abs/2401.00001", "https://docs.example.com/github.com/acme/loom",
    ],
)  # fmt: skip
def test_other_pages_are_asked_for_as_they_are(page: str) -> None:
    assert [str(one) for one in candidates(parse(page))] == [page]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("https://github.com/acme/loom/blob/main/README.md", ("loom", None)),
        (f"{HUB}/acme/loom", ("loom", "model")),
        (f"{HUB}/datasets/acme/threads", ("threads", "dataset")),
        (f"{HUB}/docs/transformers", (None, None)),
        ("https://docs.example.com/loom", (None, None)),
    ],
)
def test_what_an_address_says_of_its_thing(page: str, said: tuple[str | None, str | None]) -> None:
    assert described(parse(page)) == said


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:2800:21f:cb07::1", "2a00:1450:4001:82b::200e"])
def test_public_addresses_are_connected_to(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "192.88.99.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:808:808::1", "2001:db8::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "100::1", "4000::1", "5f00::1", "", "localhost", "8.8.8.8/32", "0x7f.1",
        "2130706433",
    ],
)  # fmt: skip
def test_other_addresses_are_not(address: str) -> None:
    assert refusal(address)
