"""An unchanged rerun reads what is stored and loads nothing that only a first run needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ["chromadb", "openai", "langchain", "langchain_core", "langchain_text_splitters", "wordllama", "numpy", "scipy", "HanTa",
         "sqlalchemy", "alembic", "bs4", "docutils", "markdown_it", "py3langid", "tokenizers", "yaml", "requests"]  # fmt: skip

SCRIPT = """
import sys
from pathlib import Path
from agent.assembly import build_pipeline
from agent.settings import load_settings
pipeline = build_pipeline(load_settings({"workspace": sys.argv[1]}, environment={}, folder=Path(sys.argv[1]).parent))
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
