"""The recorded answers that ship with the project: replayed without a key, they give pages that keep what every page must keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.cli.main import main

ROOT = Path(__file__).parents[3]
RECORDED = ROOT / "evals" / "recorded"
SLUGS = ("paligemma", "the-pile", "whisper", "llama-cpp", "chromadb", "mcp-filesystem")
OPTIONS = ("--model", "openai:careful-reader", "--recorded", str(RECORDED))


def run(workspace: Path, *arguments: str) -> int:
    return main(["--quiet", "--workspace", str(workspace), *arguments])


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AGENT_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("slug", [SLUGS[0], *(pytest.param(slug, marks=pytest.mark.slow) for slug in SLUGS[1:])])
def test_recorded_answers_give_a_whole_page(slug: str, tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    assert run(tmp_path / "w", "decompose", slug, *OPTIONS, "--format", "json", "--output", str(page)) == 0
    made = json.loads(page.read_text("utf-8"))
    assert made["engine"]["model"] == "openai:careful-reader (recorded)"
    assert len(made["capabilities"]) >= 10
    documents = {}
    for head in made["documents"]:
        shown = tmp_path / "document.json"
        assert run(tmp_path / "w", "documents", "show", head["id"], "--format", "json", "--output", str(shown)) == 0
        documents[head["id"]] = json.loads(shown.read_text("utf-8"))["text"]
    claims = [
        claim for one in made["capabilities"] for kind in ("summary", "unique", "vs_alternatives", "limitations") for claim in one[kind]
    ]
    assert all(claim["status"] in {"supported", "one_sided"} and claim["evidence"] for claim in claims)
    assert all(documents[e["document_id"]][e["start"] : e["end"]] == e["quote"] for claim in claims for e in claim["evidence"])
    assert any(one["unique"] for one in made["capabilities"])


def test_what_was_not_recorded_is_missing_and_never_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(tmp_path), "decompose", "llava", *OPTIONS]) == 3
    assert "holds no recorded answer" in capsys.readouterr().err
