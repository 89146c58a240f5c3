"""The command starts fast because it imports nothing it does not need yet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

HEAVY = {
    "alembic", "bs4", "chromadb", "docutils", "HanTa", "httpcore2", "jinja2", "langchain", "langchain_core", "lxml", "markdown_it",
    "numpy", "openai", "protego", "pydantic", "rich", "scipy", "sqlalchemy", "ssl", "tenacity", "wordllama", "yaml",
}  # fmt: skip
LIST = (
    "import json, sys; from agent.cli.main import main; code = main(sys.argv[1:]); print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
)


@pytest.mark.parametrize("arguments", [["--help"], ["decompose", "--help"], ["artifacts"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", LIST, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: ")
    loaded = {name.split(".")[0] for name in json.loads(done.stderr)}
    assert not loaded & HEAVY


def test_the_package_itself_imports_nothing_heavy() -> None:
    code = "import sys, agent; assert {'decompose', 'compare'} <= set(dir(agent)); print(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in done.stdout.split()} & HEAVY


def test_help_takes_at_most_a_quarter_of_what_a_well_known_tool_takes() -> None:
    def seconds(module: str) -> float:
        began = perf_counter()
        subprocess.run([sys.executable, "-m", module, "--help"], capture_output=True, check=True)
        return perf_counter() - began

    ours = [seconds("agent") for _ in range(3)]
    theirs = [seconds("llm") for _ in range(3)]
    assert median(ours) <= median(theirs) / 4


def test_the_module_and_the_console_script_are_the_same_command() -> None:
    script = Path(sys.executable).with_name("agent")
    runs = [
        subprocess.run([*command, "version"], capture_output=True, text=True, check=True).stdout
        for command in ([str(script)], [sys.executable, "-m", "agent"])
    ]
    assert runs[0] == runs[1] != ""


def test_a_closed_pipe_is_quiet() -> None:
    """As `agent --help | head -0` is: the reader goes away before the first line."""
    process = subprocess.Popen([sys.executable, "-m", "agent", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (0, b"")
