"""A simulated provider: a server on loopback that speaks OpenAI's chat completions and answers each stage by script, after a given delay.

`python -m benchmarks.provider --delay 0.5` prints its address and serves until it is ended; `GET /counts` says what it was asked. Answers
are functions of the request alone: every passage's first sentence is a capability, candidates stay as they are, every claim is supported.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_FENCE = re.compile(r"Fence: (\w+)")
_SENTENCE = re.compile(r"[A-Z][^.!?\n|<>`*_\[\]#]{20,160}[.!?]")
_STAGES = {
    "Proposed": "propose",
    "Consolidated": "consolidate",
    "Differentiated": "differentiate",
    "Verdicts": "verify",
    "Written": "draft",
}

Script = Callable[[str, str], "dict[str, Any]"]
"""(name of the schema, the user's message) -> the reply as an object."""
Reply = tuple[int, dict[str, str], bytes]
Fault = Callable[[int, dict[str, Any]], "Reply | None"]
"""(number of the request from 0, its body) -> what to answer instead, or None. It may sleep."""


def answer(schema: str, user: str) -> dict[str, Any]:
    """What the script says to one request."""
    if schema == "Proposed":
        return _proposed(user)
    if schema == "Consolidated":
        ids = re.findall(r"^(c\d+) \[(\w+)\] (.*?): ", user, re.M)[:14]
        return {"capabilities": [{"name": name, "importance": importance, "members": [one]} for one, importance, name in ids]}
    if schema == "Differentiated":
        return {"placements": [{"item": one, "capability": "none"} for one in re.findall(r"^([UV]\d+) ", user, re.M)], "differences": []}
    if schema == "Verdicts":
        claims = re.findall(r"^(\d+)\. ", user.partition("\nCLAIMS\n")[2], re.M)
        return {"verdicts": [{"claim": int(one), "finding": "supported", "word": ""} for one in claims]}
    if schema == "Written":
        return {"sections": [_written(user)]}
    raise ValueError(schema)


def invention(schema: str, user: str) -> dict[str, Any]:
    """Answers in the right form of which nothing stands in the documents."""
    if schema != "Proposed":
        return answer(schema, user)
    made_up = {"passage": 1, "quote": "It composes forty symphonies a second on the back of a stamp."}
    return {"capabilities": [_candidate("Composes symphonies", made_up)], "distinctive": [], "comparisons": [], "facts": []}


def _written(user: str) -> dict[str, Any]:
    """The first statements of a page's first artifact, word for word."""
    found = re.findall(r"^\[(\d+)\] A, (?:summary|fact): (.*)$", user, re.M)[:3]
    told = [{"text": text, "evidence": [int(number)]} for number, text in found]
    return {"key": "purpose", "side": "A", "paragraphs": [{"label": "", "sentences": told}]}


def _proposed(user: str) -> dict[str, Any]:
    found = _FENCE.search(user)
    fence = found[1] if found else ""
    passages = re.findall(rf"^\[{fence} (\d+)\][^\n]*\n+(.*?)(?=^\[{fence} |^{fence}>>>)", user, re.M | re.S)
    candidates = []
    for number, text in passages:
        sentence = _SENTENCE.search(text)
        if sentence:
            quote = {"passage": int(number), "quote": sentence[0]}
            candidates.append(_candidate(" ".join(sentence[0].split()[:5]).rstrip(",.;:"), quote))
    return {"capabilities": candidates[:8], "distinctive": [], "comparisons": [], "facts": []}


def _candidate(name: str, quote: dict[str, Any]) -> dict[str, Any]:
    summary = [{"text": quote["quote"], "quotes": [quote]}]
    return {
        "name": name,
        "job": name,
        "importance": "major",
        "summary": summary,
        "intents": [],
        "inputs": [],
        "outputs": [],
        "limitations": [],
    }


class Provider(ThreadingHTTPServer):
    """The server. `counts` are the requests by stage, `most_in_flight` how many it ever had at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, delay: float = 0.0, script: Script = answer, fault: Fault | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.delay, self.script, self.fault = delay, script, fault
        self.lock = threading.Lock()
        self.counts, self.bodies = Counter[str](), list[dict[str, Any]]()
        self.in_flight = self.most_in_flight = 0
        self.arrived, self.released = threading.Event(), threading.Event()  # a request is here; requests may be answered
        self.released.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with self.server.lock:
            counts = {**self.server.counts, "most_in_flight": self.server.most_in_flight}
        self._send(200, {"Content-Type": "application/json"}, json.dumps(counts).encode())

    def do_POST(self) -> None:
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        schema = body["response_format"]["json_schema"]["name"]
        with server.lock:
            number = len(server.bodies)
            server.bodies.append(body)
            server.counts[_STAGES.get(schema, schema)] += 1
            server.in_flight += 1
            server.most_in_flight = max(server.most_in_flight, server.in_flight)
        try:
            time.sleep(server.delay)
            if not server.released.is_set():
                server.arrived.set()
                server.released.wait()
            fault = server.fault(number, body) if server.fault else None
            if fault is not None:
                if fault[0]:
                    self._send(*fault)
                else:
                    self.close_connection = True
                return
            self._send(200, {"Content-Type": "application/json"}, completion(server.script(schema, body["messages"][1]["content"]), body))
        finally:
            with server.lock:
                server.in_flight -= 1

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nobody reads it."""


def completion(said: dict[str, Any] | str, body: dict[str, Any], finish: str = "stop") -> bytes:
    """A chat completion that says this."""
    text = said if isinstance(said, str) else json.dumps(said)
    read = sum(len(message["content"]) for message in body["messages"]) // 4
    return json.dumps(
        {
            "id": "simulated",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, "refusal": None}}],
            "usage": {"prompt_tokens": read, "completion_tokens": len(text) // 4, "total_tokens": read + len(text) // 4},
        }
    ).encode()


@contextmanager
def provider(delay: float = 0.0, script: Script = answer, fault: Fault | None = None) -> Iterator[Provider]:
    """A provider in a thread of this process."""
    server = Provider(delay, script, fault)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    server = Provider(parser.parse_args().delay)
    print(server.url, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
