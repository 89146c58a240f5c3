"""`agent draft` over the bundled catalogue: pages, files, and what a user may get wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.cli.main import main
from agent.domain.draft import Draft


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("drafts") / "workspace")


def run(workspace: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["--workspace", workspace, "draft", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_markdown_is_the_default_and_each_citation_has_its_source(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(workspace, capsys, "whisper", "vllm", "--quiet")
    assert (code, err) == (0, "") and out.startswith("# Whisper vs. vLLM\n")
    assert "from this project's notes on" in out and "[1]: #source-1" in out
    for n in range(1, out.count('<a id="source-') + 1):
        assert f"[[{n}]" in out or f", [{n}]" in out


def test_json_is_the_contract_and_the_same_every_time(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, again = (run(workspace, capsys, "whisper", "--format", "json")[1] for _ in range(2))
    assert first == again
    assert Draft.model_validate_json(first).artifacts[0].slug == "whisper" and json.loads(first)["sections"]


def test_the_extension_decides_the_format(workspace: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, out, _ = run(workspace, capsys, "whisper", "--output", str(page))
    assert code == 0 and out == "" and page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_terminal_page_keeps_to_eighty_columns(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(workspace, capsys, "whisper", "vllm", "--format", "table", "--verbose")
    assert code == 0 and max(map(len, out.split("\n"))) <= 80


@pytest.mark.parametrize("arguments", [("whisper", "Whisper"), ("whisperr",), ("whisper", "--output", "/nowhere/page.md")])
def test_a_mistake_is_one_line(workspace: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(workspace, capsys, *arguments)
    assert (code == 2 and out == "" and len(err.strip().split("\n")) == 1 and "whisper" in err) or "nowhere" in err


def test_a_draft_that_lacks_something_is_printed_and_ends_with_3(
    workspace: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from agent.pipeline import Pipeline

    whole = Pipeline.draft

    def lacking(self: Pipeline, a: str, b: str | None = None) -> Draft:
        return whole(self, a, b).model_copy(update={"missing": ["the page in the model's words: truncated"]})

    monkeypatch.setattr(Pipeline, "draft", lacking)
    code, out, err = run(workspace, capsys, "whisper")
    assert code == 3 and out.startswith("# Whisper") and "truncated" in out and "truncated" in err
