"""The OpenAI-compatible embedder against a server on this machine: what it sends, what it takes, what it tries again, what it says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from agent.errors import AgentError, IncompleteError, SettingsError
from agent_vectorstore.embedders import embedder_of
from agent_vectorstore.embedders.openai_compatible import KEY, OpenAIEmbedder


@dataclass
class Server:
    """Answers each request with the next of `answers` (status, body or headers), then with vectors made from the texts' lengths."""

    url: str = ""
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def vectors(texts: list[str]) -> dict[str, Any]:
    data = [{"object": "embedding", "index": n, "embedding": [float(len(text)), 1.0, 0.0]} for n, text in enumerate(texts)]
    return {"object": "list", "model": "m", "data": data[::-1], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    known = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.asked.append({**asked, "path": self.path})
            known.keys.append(self.headers["Authorization"])
            status, body, headers = known.answers.pop(0) if known.answers else (200, vectors(asked["input"]), {})
            raw = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(raw)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        known.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        monkeypatch.setenv(KEY, "a-key")
        yield known
        http.shutdown()
        thread.join()


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def embedder(server: Server, waited: list[float]) -> OpenAIEmbedder:
    return OpenAIEmbedder("small", server.url, sleep=waited.append)


def error(message: str, code: str = "") -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "type": "x"}}


def test_texts_become_unit_vectors_in_their_order(embedder: OpenAIEmbedder, server: Server) -> None:
    found = embedder.embed(["aa", "", "aaaa", "  \n"])
    assert found.dtype == np.float32
    assert found.shape == (4, 3)
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 0, 1, 0])
    assert found[0][0] == pytest.approx(2 / 5**0.5)
    assert found[2][0] == pytest.approx(4 / 17**0.5)
    [asked] = server.asked
    assert (asked["path"], asked["model"], asked["input"], asked["encoding_format"]) == ("/v1/embeddings", "small", ["aa", "aaaa"], "float")
    assert server.keys == ["Bearer a-key"]


def test_many_texts_go_in_batches_and_long_ones_are_cut(embedder: OpenAIEmbedder, server: Server) -> None:
    found = embedder.embed([f"text {n}" for n in range(300)] + ["x" * 9_000])
    assert found.shape == (301, 3)
    assert [len(asked["input"]) for asked in server.asked] == [128, 128, 45]
    assert len(server.asked[-1]["input"][-1]) == 2_000


def test_nothing_is_sent_for_nothing(embedder: OpenAIEmbedder, server: Server) -> None:
    assert embedder.embed([]).shape[0] == 0
    assert not embedder.embed(["", " "]).any()
    assert server.asked == []


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_what_passes_is_tried_again(embedder: OpenAIEmbedder, server: Server, waited: list[float], status: int) -> None:
    server.answers = [(status, error("busy"), {}), (status, error("busy"), {"Retry-After": "7"})]
    assert embedder.embed(["a"]).shape == (1, 3)
    assert len(server.asked) == 3
    assert waited[1] == 7
    assert waited[0] <= 0.5


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (401, error("Incorrect API key"), SettingsError, "refuses the key in OPENAI_API_KEY: Incorrect API key. Check the key."),
        (403, error("No access"), SettingsError, "refuses the key"),
        (404, error("no model small"), SettingsError, "refuses the embedder 'openai:small': no model small"),
        (400, error("bad\ninput"), SettingsError, "bad input"),
        (429, error("pay first", "insufficient_quota"), IncompleteError, "no quota left"),
        (418, error("teapot"), IncompleteError, "did not embed with 'small': teapot"),
        (200, {"object": "list", "data": []}, IncompleteError, "answered 'small' with 0 vectors for 1 texts"),
        (200, {"anything": 1}, IncompleteError, "0 vectors"),
        (200, {"data": [{"index": 0, "embedding": []}]}, IncompleteError, "1 vectors"),
    ],
)
def test_what_is_final_is_asked_once_and_said_in_one_line(
    embedder: OpenAIEmbedder, server: Server, status: int, body: Any, kind: type[AgentError], said: str
) -> None:
    server.answers = [(status, body, {})]
    with pytest.raises(kind) as raised:
        embedder.embed(["a"])
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "a-key" not in str(raised.value)
    assert len(server.asked) == 1


def test_a_server_that_stays_busy_is_given_up(embedder: OpenAIEmbedder, server: Server, waited: list[float]) -> None:
    server.answers = [(503, error("down for repairs"), {}) for _ in range(9)]
    with pytest.raises(IncompleteError, match="down for repairs"):
        embedder.embed(["a"])
    assert (len(server.asked), len(waited)) == (5, 4)


def test_no_server_at_all(waited: list[float]) -> None:
    with pytest.raises(IncompleteError, match="did not embed with 'small'"):
        OpenAIEmbedder("small", "http://127.0.0.1:9/v1", sleep=waited.append).embed(["a"])
    assert len(waited) == 4


def test_without_a_key_openai_is_not_asked_and_another_server_is(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not set") as raised:
        OpenAIEmbedder("small").embed(["a"])
    assert raised.value.exit_code == 2
    assert OpenAIEmbedder("small", server.url).embed(["a"]).shape == (1, 3)


def test_ids_tell_models_and_servers_apart() -> None:
    ids = {
        embedder_of("openai:small").id,
        embedder_of("openai:large").id,
        embedder_of("openai:small", "http://127.0.0.1:8080/v1").id,
        embedder_of("sentence-transformers:small").id,
        embedder_of("wordllama").id,
    }
    assert len(ids) == 5


@pytest.mark.parametrize("name", ["", "openai", "openai:", "openai: ", "other:x", "WordLlama"])
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="'openai:MODEL'"):
        embedder_of(name)


def test_vectors_of_different_lengths_are_refused(embedder: OpenAIEmbedder, server: Server) -> None:
    data = [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0, 2.0]}]
    server.answers = [(200, {"data": data}, {})]
    with pytest.raises(IncompleteError, match="different lengths"):
        embedder.embed(["a", "b"])
