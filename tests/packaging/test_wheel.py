"""The wheel holds what it must and nothing else, and works installed alone, from any folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = {"agent": "", "agent_sources": "sources", "agent_vectorstore": "vectorstore", "agent_evals": "evals"}
LARGEST = 3_000_000  # bytes; the catalogue is text
pytestmark = pytest.mark.slow


def _uv() -> str:
    own = CHECKOUT / ".uv-tools" / ("Scripts" if os.name == "nt" else "bin") / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    assert found, "no uv: run the tests through dev.py, which brings it"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([_uv(), "build", "--quiet", "--wheel", "--out-dir", str(out), str(CHECKOUT)], check=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_only_our_packages_are_at_the_top(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert len(tops) == len(PACKAGES) + 1


def test_the_whole_catalogue_is_inside(names: set[str]) -> None:
    folder = CHECKOUT / "sources" / "catalog"
    expected = {f"agent_sources/_catalog/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}
    assert len({name for name in expected if name.endswith("/artifact.yaml")}) == 20
    assert expected <= names


def test_prompts_and_types_are_inside(names: set[str]) -> None:
    assert "agent/_prompts/README.md" in names
    templates = {f"agent/_prompts/{path.relative_to(CHECKOUT / 'prompts').as_posix()}" for path in (CHECKOUT / "prompts").rglob("*.j2")}
    assert "agent/_prompts/propose/system.j2" in templates <= names
    assert {f"{package}/py.typed" for package in PACKAGES} <= names


def test_every_file_of_the_packages_is_inside(names: set[str]) -> None:
    """Modules, and the data beside them: templates, tables, migrations."""
    for package, root in PACKAGES.items():
        base = CHECKOUT / root
        files = [path for path in (base / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {path.relative_to(base).as_posix() for path in files} <= names
    assert any(name.startswith("agent/store/migrations/versions/") for name in names)
    assert any("/templates/" in name for name in names)


def test_no_tests_benchmarks_caches_or_reference_texts_are_inside(wheel: Path, names: set[str]) -> None:
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name or name.startswith(("tests/", "benchmarks/"))]
    assert wheel.stat().st_size < LARGEST


def test_the_wheel_alone_decomposes_the_bundled_catalogue_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    bin_dir = venv / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([_uv(), "venv", "--quiet", "--python", sys.executable, str(venv)], check=True)
    subprocess.run([_uv(), "pip", "install", "--quiet", "--python", str(bin_dir / "python"), *_pinned(tmp_path), str(wheel)], check=True)
    env = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    env |= {"HOME": str(tmp_path / "home"), "AGENT_WORKSPACE": str(tmp_path / "workspace"), "PYTHONIOENCODING": "utf-8"}
    command = [str(bin_dir / "agent"), "decompose", "paligemma", "--format", "json"]
    made = subprocess.run(command, cwd=elsewhere, env=env, capture_output=True, text=True, encoding="utf-8")
    assert made.returncode == 0, made.stderr
    decomposition = json.loads(made.stdout)
    assert decomposition["artifact"]["slug"] == "paligemma"
    assert len(decomposition["capabilities"]) >= 12
    assert not list(elsewhere.iterdir())


def _pinned(folder: Path) -> list[str]:
    """The locked versions as constraints, so that the test says something about these and not about today's newest."""
    pins = folder / "pins.txt"
    exported = [_uv(), "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--no-hashes", "--output-file", str(pins)]
    subprocess.run(exported, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
    return ["--constraint", str(pins)]
