"""`agent ingest` with addresses: what is printed, where, and with which exit code; and that nothing else uses the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from local_web import LocalWeb, Page, html, markdown

from agent import assembly
from agent.cli.main import main

README = "https://raw.githubusercontent.com/acme/loom/HEAD/README.md"
GUIDE = "https://docs.example.com/guide.md"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(web: LocalWeb, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The real program over a workspace of its own and a local web."""
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(assembly, "build_pipeline", partial(assembly.build_pipeline, network=web.network))

    def call(*arguments: str) -> Outcome:
        code = main(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


def test_a_page_becomes_an_artifact_and_says_where_it_came_from(run: Run, web: LocalWeb) -> None:
    web.put(README, markdown("# Loom\n\nLoom weaves cloth for sails.\n", ETag='"1"'))
    done = run("ingest", "https://github.com/acme/loom", "--type", "library")
    assert (done.code, done.err) == (0, "")
    assert "loom" in done.out and "new" in done.out
    [document] = json.loads(run("documents", "list", "loom", "--format", "json").out)
    shown = run("documents", "show", document["id"])
    assert shown.out == "# Loom\n\nLoom weaves cloth for sails.\n"
    assert f"Fetched from {README} at 2026-03-01T12:00:00+00:00." in shown.err
    fetch = json.loads(run("documents", "show", document["id"], "--format", "json").out)["fetch"]
    assert (fetch["final"], fetch["status"], fetch["etag"]) == (README, 200, '"1"')
    page = run("artifacts", "show", "loom").out
    assert "Fetched" in page and "200" in page
    web.put(README, Page(status=304))
    web.time += 60
    assert "not modified" in run("ingest", "--refresh", "loom").out
    assert ", unchanged at 2026-03-01T12:01:00+00:00." in run("documents", "show", document["id"]).err


def test_from_source_shadows_the_bundled_artifact_until_it_is_removed(run: Run, web: LocalWeb) -> None:
    manifest = json.loads(run("artifacts", "show", "paligemma", "--format", "json").out)
    readme = next(doc["url"] for doc in manifest["docs"] if doc["url"] and doc["url"].endswith("README.md"))
    web.put(
        readme.replace("github.com", "raw.githubusercontent.com").replace("/blob/", "/"),
        markdown("# PaliGemma\n\nPaliGemma reads images.\n"),
    )
    done = run("ingest", "paligemma", "--from-source")
    assert done.code == 3
    failed = done.err.strip().split("\n")
    assert len(failed) == len([doc for doc in manifest["docs"] if doc["url"]]) - 1
    assert all(line.startswith("agent: 'https://") and "answered 404" in line for line in failed)
    assert "its own addresses" in run("artifacts", "list", "--format", "json").out
    [document] = json.loads(run("documents", "list", "paligemma", "--format", "json").out)
    assert (document["origin"], document["uri"]) == ("documentation", readme)
    again = run("ingest", "paligemma")
    assert again.code == 2 and "--refresh" in again.err
    assert run("artifacts", "remove", "paligemma").code == 0
    assert all(d["origin"] == "project-notes" for d in json.loads(run("documents", "list", "paligemma", "--format", "json").out))


def test_what_changed_is_told(run: Run, web: LocalWeb) -> None:
    web.put(GUIDE, markdown("# Loom\n\nLoom weaves cloth for sails.\n\n## Rugs\n\nLoom also weaves rugs.\n"))
    run("ingest", GUIDE, "--name", "Loom", "--type", "library")
    web.put(GUIDE, markdown("# Loom\n\nLoom weaves cloth for sails.\n\n## Ropes\n\nLoom twists ropes.\n"))
    done = run("ingest", "--refresh")
    assert done.code == 0
    shown = " ".join(done.out.split())
    assert "changed" in shown and "+2 -2" in shown and "added Loom > Ropes Loom removed Loom > Rugs Loom" in shown
    [report] = json.loads(run("ingest", "--refresh", "--format", "json").out)
    assert [change["state"] for change in report["changes"]] == ["same text"]
    assert (report["slug"], report["missing"], report["touched"]) == ("loom", [], [])


def test_nothing_to_refresh_is_no_error(run: Run) -> None:
    done = run("ingest", "--refresh")
    assert (done.code, done.out.strip()) == (0, "Nothing was fetched.")


def test_trouble_with_an_address_is_one_line(run: Run, web: LocalWeb) -> None:
    web.put(GUIDE, Page(status=503))
    done = run("ingest", GUIDE, "--name", "Loom", "--type", "library")
    assert (done.code, done.out) == (3, "")
    assert done.err == f"agent: {GUIDE!r}: the server answered 503. Try again later.\n"
    assert "loom" not in run("artifacts", "list").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("http://docs.example.com/x",), "only https is fetched. Use 'https://docs.example.com/x'"),
        (("ftp://docs.example.com/x",), "only https is fetched"),
        (("https://user:pw@docs.example.com/x",), "user name or password"),
        (("https://docs.example.com:8080/x",), "names port 8080"),
        (("https://",), "has no host"),
        (("https://127.0.0.1/x", "--name", "X", "--type", "model"), "a loopback address"),
        (("https://inner.example.com/x", "--name", "X", "--type", "model"), "not a public address"),
        (("https://docs.example.com/x",), "does not say what it describes"),
        (("https://docs.example.com/x", "--name", "X", "--type", "toy"), "--type is 'toy'"),
        (("nothing-of-this-name", "--from-source"), "no artifact is called"),
        (("nothing-of-this-name", "--refresh"), "no artifact is called"),
        (("paligemma", "--refresh"), "nothing of 'paligemma' was fetched before"),
        (("paligemma", "--refresh", "--from-source"), "exclude each other"),
        (("paligemma", "--from-source", "--name", "X"), "takes the name and type from the manifest"),
        ((".", "--from-source"), "takes the slug of an artifact"),
        (("https://docs.example.com/x", "--refresh"), "takes the slug of an artifact"),
        ((), "Missing argument 'TARGET'"),
    ],
)
def test_mistakes_are_one_line_and_exit_2(run: Run, web: LocalWeb, arguments: tuple[str, ...], words: str) -> None:
    web.names |= {"127.0.0.1": [["127.0.0.1"]], "inner.example.com": [["192.168.0.1"]]}
    done = run("ingest", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert words in done.err
    assert ":pw" not in done.err
    assert (web.requests, web.dialled) == ([], [])


WATCHED = """
import sys
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "socket.gethostbyname"}:
        print("NETWORK", event, arguments, file=sys.stderr)
sys.addaudithook(watch)
from agent.cli.main import main
for line in sys.stdin.read().splitlines():
    code = main(line.split())
    print(line, code, "agent_sources.fetch.network" in sys.modules, file=sys.stderr)
"""
COMMANDS = """ingest ./lamp
ingest lamp.md --name Lamp2 --type model
ingest the-pile
decompose lamp
compare lamp lamp2
score lamp
artifacts list
artifacts show the-pile
documents list lamp
config show
doctor
artifacts remove lamp"""


def test_no_other_command_uses_the_network(tmp_path: Path) -> None:
    (tmp_path / "lamp").mkdir()
    text = "# Lamp\n\nLamp reads printed labels in photographs.\n"
    (tmp_path / "lamp.md").write_text(text, "utf-8")
    (tmp_path / "lamp" / "readme.md").write_text(text, "utf-8")
    docs = "docs:\n- {file: readme.md}\n- {url: 'https://docs.example.com/lamp.md'}\n"
    (tmp_path / "lamp" / "artifact.yaml").write_text(f"slug: lamp\nname: Lamp\ntype: model\n{docs}", "utf-8")
    environment = {**os.environ, "AGENT_WORKSPACE": str(tmp_path / "w"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=COMMANDS, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120
    )
    said = done.stderr.splitlines()
    beyond = [line for line in said if line.startswith("NETWORK") and "('127.0.0.1', 11434" not in line]  # doctor looks for a server here
    assert beyond == []
    assert [line for line in said if line.endswith(" False")] == [f"{command} 0 False" for command in COMMANDS.splitlines()]


def test_a_web_page_keeps_its_main_content_only(run: Run, web: LocalWeb) -> None:
    links = "".join(f"<li><a href=/{n}>Chapter {n}</a></li>" for n in range(20))
    table = (
        "<table><tr><th>Size</th><th>Memory</th></tr><tr><td>small</td><td>4 GB</td></tr></table><pre><code>pip install loom\n</code></pre>"
    )
    body = f"<div id=menu><ul>{links}</ul></div><main><h1>Loom</h1><p>Loom weaves cloth.</p>{table}</main><div>Copyright</div>"
    web.put("https://docs.example.com/", html(f"<html><body>{body}</body></html>"))
    assert run("ingest", "https://docs.example.com", "--name", "Loom", "--type", "library").code == 0
    [document] = json.loads(run("documents", "list", "loom", "--format", "json").out)
    assert run("documents", "show", document["id"], "--quiet").out == (
        "# Loom\n\nLoom weaves cloth.\n\n| Size | Memory |\n| --- | --- |\n| small | 4 GB |\n\n```\npip install loom\n```\n"
    )
