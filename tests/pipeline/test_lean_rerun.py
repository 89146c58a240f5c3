"""An unchanged rerun reads what is stored and loads nothing that only a first run needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.provider import provider

HEAVY = ["chromadb", "openai", "langchain", "langchain_core", "langchain_text_splitters", "wordllama", "numpy", "scipy", "HanTa",
         "sqlalchemy", "alembic", "bs4", "docutils", "markdown_it", "py3langid", "tokenizers", "yaml", "requests"]  # fmt: skip

SCRIPT = """
import sys
from pathlib import Path
from agent.assembly import build_pipeline
from agent.settings import load_settings
settings = {"workspace": sys.argv[1], **dict(one.split("=") for one in sys.argv[3:])}
pipeline = build_pipeline(load_settings(settings, environment={}, folder=Path(sys.argv[1]).parent))
made = pipeline.decompose("mcp-filesystem")
print(made.inputs_sha256, sorted(set(sys.modules) & set(sys.argv[2].split(","))))
"""


def test_an_unchanged_rerun_imports_nothing_heavy(tmp_path: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / "w"), ",".join(HEAVY)]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout

    first, second = run().split(maxsplit=1), run().split(maxsplit=1)
    assert "numpy" in first[1]
    assert (second[0], second[1].strip()) == (first[0], "[]")


def test_an_unchanged_rerun_with_a_model_imports_nothing_heavy_and_asks_nothing(tmp_path: Path) -> None:
    def run(url: str) -> list[str]:
        named = ["model=openai:sim", f"model_url={url}"]
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / "w"), ",".join([*HEAVY, "tenacity", "jinja2", "httpx"]), *named]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.split(maxsplit=1)

    with provider() as server:
        first = run(server.url)
        asked = len(server.bodies)
        assert asked and "openai" in first[1]
        second = run(server.url)
    assert (second[0], second[1].strip(), len(server.bodies)) == (first[0], "[]", asked)
