"""What the packages import is what pyproject.toml declares, no more and no less."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
OWN = {"agent", "agent_sources", "agent_vectorstore", "agent_evals"}
NOT_IMPORTED = {
    "wordllama",  # the embedder reads the model files it ships, without its loader
}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared() -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {_key(re.split(r"[<>=!~\[; ]", requirement)[0]) for requirement in project["dependencies"]}


def _imported() -> dict[str, set[str]]:
    """Top-level module -> files of the packages that import it."""
    found: dict[str, set[str]] = {}
    for folder in ("agent", "sources/agent_sources", "vectorstore/agent_vectorstore", "evals/agent_evals"):
        for path in (CHECKOUT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules = [node.module]
                for module in modules:
                    found.setdefault(module.split(".")[0], set()).add(path.relative_to(CHECKOUT).as_posix())
    return found


def test_every_import_is_declared() -> None:
    distributions = packages_distributions()
    undeclared = {
        module: sorted(files)
        for module, files in _imported().items()
        if module not in OWN
        and module not in sys.stdlib_module_names
        and not _declared() & {_key(d) for d in distributions.get(module, [])}
    }
    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    distributions = packages_distributions()
    used = {_key(name) for module in _imported() for name in distributions.get(module, [])}
    assert _declared() - used <= NOT_IMPORTED
