"""`agent index` as a user runs it, over a real workspace of two invented artifacts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.cli.main import main

MANIFEST = "slug: {slug}\nname: {name}\ntype: {kind}\ndocs:\n- {{file: readme.md}}\n"
TEXTS = {
    "loom": ("library", "# Loom\n\n## Rugs\n\nThe loom weaves rugs of wool.\n\n## Sails\n\nThe loom weaves sails of flax.\n"),
    "kiln": ("model", "# Kiln\n\n## Pots\n\nThe kiln fires pots of clay and covers them with wool afterwards.\n"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for slug, (kind, text) in TEXTS.items():
        (tmp_path / "shop" / slug).mkdir(parents=True)
        (tmp_path / "shop" / slug / "artifact.yaml").write_text(MANIFEST.format(slug=slug, name=slug.title(), kind=kind), "utf-8")
        (tmp_path / "shop" / slug / "readme.md").write_text(text, "utf-8")
    monkeypatch.setenv("AGENT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("AGENT_EMBEDDER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_ingest_indexes_and_search_finds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "ingest", "./shop")[0] == 0
    status = json.loads(run(capsys, "index", "status", "--format", "json")[1])
    assert (status["passages"], status["vectors"], status["embedder"]) == (3, 3, "wordllama/l2_supercat/256")
    for half in ("dense", "lexical"):
        assert {key: status[half][key] for key in ("indexed", "pending", "orphaned", "missing")} == {
            "indexed": 3, "pending": 0, "orphaned": 0, "missing": 0,
        }  # fmt: skip
    assert status["bytes"] > 0
    code, out, _ = run(capsys, "index", "search", "wool", "--mode", "lexical", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert [one["artifact"] for one in found] == ["loom", "kiln"]
    assert found[0]["heading_path"] == ["Loom", "Rugs"]
    assert TEXTS["loom"][1][found[0]["start"] : found[0]["end"]] == found[0]["text"]
    narrowed = json.loads(run(capsys, "index", "search", "wool", "--type", "model", "--format", "json")[1])
    assert {one["artifact"] for one in narrowed} == {"kiln"}
    narrowed = json.loads(run(capsys, "index", "search", "wool", "--artifact", "Loom", "--limit", "1", "--format", "json")[1])
    assert [one["heading_path"] for one in narrowed] == [["Loom", "Rugs"]]
    code, out, _ = run(capsys, "index", "search", "zzz", "--mode", "lexical")
    assert (code, "No passage found." in out) == (0, True)


def test_a_search_says_what_it_did_not_search_and_how_to_bring_it_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def searched(*more: str) -> tuple[int, str]:
        code, _, err = run(capsys, "index", "search", "wool", *more)
        return code, err

    there = len(json.loads(run(capsys, "artifacts", "list", "--format", "json")[1]))
    note = "{} not in this workspace and not searched: agent ingest SLUG brings one in, agent ingest --bundled all.\n"
    assert searched() == (0, note.format(f"{there} bundled artifacts are"))
    assert searched("--type", "agent") == (0, "")
    assert searched("--quiet") == searched("--artifact", "whisper") == (0, "")
    assert searched() == (0, note.format(f"{there - 1} bundled artifacts are"))
    assert searched("--type", "mcp-server")[1].startswith("2 bundled artifacts are not")
    own = folder / "shop" / "loom" / "artifact.yaml"
    own.write_text(own.read_text("utf-8").replace("slug: loom", "slug: vllm"), "utf-8")
    run(capsys, "ingest", "./shop/loom")
    code, out, err = run(capsys, "ingest", "--bundled", "--format", "json")
    assert (code, len(json.loads(out))) == (0, there - 1)
    assert err.startswith("'vllm' in this workspace came from") and err.endswith("left as it is.\n")
    assert searched() == (0, "")
    assert "speech" in run(capsys, "index", "search", "speech recognition")[1].lower()
    assert run(capsys, "artifacts", "show", "vllm")[1].count("Loom")
    for wrong in (("ingest", "--bundled", "whisper"), ("ingest", "--bundled", "--refresh"), ("ingest", "--bundled", "--name", "X")):
        assert run(capsys, *wrong)[0] == 2


def test_the_tables_say_what_is_there_and_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Not up to date" not in run(capsys, "index", "status")[1]
    run(capsys, "ingest", "./shop")
    (folder / "workspace" / "index" / "lexical.db").unlink()
    code, out, _ = run(capsys, "index", "status")
    assert (code, "Not up to date" in out) == (0, True)
    code, out, _ = run(capsys, "index", "rebuild")
    assert (code, out.startswith("Up to date.")) == (0, True)
    assert "Last rebuilt" in out
    code, out, _ = run(capsys, "index", "search", "sails of flax", "--limit", "1")
    assert (code, "Loom > Sails" in out) == (0, True)


def test_mistakes_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "ingest", "./shop")
    for arguments, code, said in (
        (["search", " "], 2, "question is empty"),
        (["search", "x", "--artifact", "lom"], 2, "Did you mean 'loom'"),
        (["search", "x", "--type", "thing"], 2, "--type"),
        (["search", "x", "--limit", "0"], 2, "--limit"),
        (["serch", "x"], 2, "Did you mean 'search'"),
    ):
        got, _, err = run(capsys, "index", *arguments)
        assert (got, said in err, err.count("\n")) == (code, True, 1), err


def test_a_waiter_exits_3_and_names_the_holder(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(capsys, "ingest", "./shop")
    hold = (
        "import sys; from pathlib import Path; from agent_vectorstore.lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()\n"
    )
    monkeypatch.setattr("agent_vectorstore.lock.WAIT", 0.0)
    place = str(folder / "workspace" / "index")
    with subprocess.Popen([sys.executable, "-c", hold, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        code, _, err = run(capsys, "index", "search", "wool")
        assert (code, err.count("\n")) == (3, 1)
        assert f"in use by process {process.pid} (" in err
        (folder / "shop" / "loom" / "readme.md").write_text("# Loom\n\nThe loom now weaves nets.\n", "utf-8")
        code, out, err = run(capsys, "ingest", "./shop/loom")
        assert (code, "Loom" in out, err.count("\n")) == (3, True, 1)
        assert "documents are stored, and whoever opens the index next indexes what is left" in err
        process.communicate("")
    assert "Not up to date" in run(capsys, "index", "status")[1]
    found = json.loads(run(capsys, "index", "search", "nets", "--mode", "lexical", "--format", "json")[1])
    assert [one["text"] for one in found] == ["The loom now weaves nets."]
    assert "Not up to date" not in run(capsys, "index", "status")[1]


def test_an_unchanged_ingest_does_not_load_chroma(folder: Path) -> None:
    script = (
        "import sys; from agent.cli.main import main; code = main(sys.argv[1:])\n"
        "print(code, sorted({'chromadb', 'openai', 'langchain_core', 'numpy'} & set(sys.modules)))"
    )

    def last_line(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, env={**os.environ}, cwd=folder
        )
        return done.stdout.strip().splitlines()[-1]

    assert last_line("ingest", "./shop") == "0 ['chromadb', 'numpy']"
    assert last_line("ingest", "./shop") == "0 []"
    assert "chromadb" not in last_line("decompose", "loom")
    assert "chromadb" not in last_line("index", "search", "wool", "--artifact", "loom")


def test_a_bad_embedder_is_told_before_anything_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_EMBEDDER", "openai:small")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    code, _, err = run(capsys, "ingest", "./shop")
    assert (code, err.count("\n")) == (2, 1)
    assert "OPENAI_API_KEY is not set" in err
