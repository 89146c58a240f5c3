"""A provider on loopback that speaks chat completions and fails as it is told to."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-test-0123456789abcdefghijklmnop"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer: a status with a body, or a way of not giving one ("hang", "reset", "cut")."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    way: str = ""


def said(
    text: str | None, finish: str | None = "stop", refusal: str | None = None, usage: Mapping[str, int] | None = None, **more: Any
) -> Reply:
    """A completion with one choice."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if refusal is not None:
        message["refusal"] = refusal
    counted = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110} if usage is None else dict(usage)
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "served", **({"usage": counted} if counted else {}), **more}
    return Reply(body={**body, "choices": [{"index": 0, "finish_reason": finish, "message": message}]})


def failed(status: int, message: str = "no", code: str | None = None, headers: Mapping[str, str] | None = None) -> Reply:
    """An error as OpenAI words it."""
    return Reply(status, {"error": {"message": message, "type": "error", "code": code, "param": None}}, headers or {})


GOOD = said('{"names": ["a heron"], "count": 1}')


@dataclass
class FaultServer:
    """`answer` gives a reply to a request's body; `asked` are the bodies as they came, `keys` the Authorization headers."""

    url: str = ""
    answer: Callable[[dict[str, Any]], Reply] = lambda body: GOOD
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    most: int = 0
    in_flight: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)

    def reset(self) -> None:
        self.answer, self.asked, self.keys, self.most = (lambda body: GOOD), [], [], 0
        self.released = threading.Event()

    def answers(self, *replies: Reply) -> None:
        """These, one after the other, then good ones."""
        waiting = list(replies)

        def next_one(body: dict[str, Any]) -> Reply:
            with self.lock:
                return waiting.pop(0) if waiting else GOOD

        self.answer = next_one


@contextmanager
def serving() -> Iterator[FaultServer]:
    known = FaultServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with known.lock:
                known.asked.append(body)
                known.keys.append(self.headers["Authorization"])
                known.in_flight += 1
                known.most = max(known.most, known.in_flight)
            try:
                self._send(known.answer(body))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with known.lock:
                    known.in_flight -= 1

        def _send(self, reply: Reply) -> None:
            if reply.way == "hang":
                known.released.wait(30)
                self.close_connection = True
                return
            if reply.way == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                return
            raw = json.dumps(reply.body).encode() if reply.raw is None else reply.raw
            self.send_response(reply.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(raw)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw[: len(raw) // 2] if reply.way == "cut" else raw)
            self.close_connection = reply.way == "cut"

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        known.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield known
        known.released.set()
        http.shutdown()
        thread.join()
