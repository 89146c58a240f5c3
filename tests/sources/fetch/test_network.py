"""The real parts that other tests replace: the system's resolver, connections to literal addresses, the roots of trust."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest
import trustme
from local_web import LocalWeb

from agent_sources.fetch.fetcher import Fetcher
from agent_sources.fetch.network import dial, look_up, public_roots


def test_a_connection_is_made_without_looking_a_name_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a name was looked up")

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(socket, "getaddrinfo", never)
        with dial("127.0.0.1", port, 5) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
    with pytest.raises(OSError):
        dial("127.0.0.1", port, 5)


def test_names_are_looked_up_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(look_up("localhost", 20)) <= {"127.0.0.1", "::1"}

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(socket.gaierror):
        look_up("nowhere.example.com", 20)


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def silent(*_: object, **__: object) -> list[object]:
        answered.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    with pytest.raises(TimeoutError):
        look_up("docs.example.com", 0.01)
    answered.set()


def test_certificates_and_names_are_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    context = public_roots()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] > 50
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "own.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    assert "trustme" in str(public_roots().get_ca_certs())


def test_a_site_that_cannot_be_looked_up_is_given_up_once_for_all_its_addresses(web: LocalWeb) -> None:
    asked = []

    def lost(host: str, seconds: float) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    from dataclasses import replace

    fetcher = Fetcher(replace(web.network, look_up=lost))
    for number in range(9):
        done = fetcher.fetch(f"https://docs.example.com/{number}")
        assert str(done.error) == "the name 'docs.example.com' cannot be looked up now. Check the connection and try again."
    assert len(asked) == 3
    assert web.slept == [0.5, 1.0]
