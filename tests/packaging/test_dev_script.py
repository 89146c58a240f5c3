"""dev.py says in one line what is missing, and keeps README's outputs true."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = ((3, 12), "Linux", "x86_64", 64, ("glibc", "2.36"))


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_script", CHECKOUT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "machine",
    [
        LINUX,
        ((3, 11), "Darwin", "arm64", 64, ("", "")),
        ((3, 13), "Windows", "AMD64", 64, ("", "")),
    ],
)
def test_supported_machines_are_accepted(dev: ModuleType, machine: tuple[object, ...]) -> None:
    assert dev.unsupported(*machine) == ""


@pytest.mark.parametrize(
    ("machine", "named"),
    [
        (((3, 10), *LINUX[1:]), "3.10"),
        (((3, 14), *LINUX[1:]), "3.14"),
        (((3, 12), "Linux", "aarch64", 64, ("glibc", "2.36")), "aarch64"),
        (((3, 12), "Darwin", "x86_64", 64, ("", "")), "Darwin on x86_64"),
        (((3, 12), "Windows", "AMD64", 32, ("", "")), "32-bit"),
        (((3, 12), "FreeBSD", "amd64", 64, ("", "")), "FreeBSD"),
        (((3, 12), "Linux", "x86_64", 64, ("", "")), "another C library"),
        (((3, 12), "Linux", "x86_64", 64, ("glibc", "2.17")), "glibc 2.17"),
    ],
)
def test_unsupported_machines_get_one_line_that_names_what_is_there(dev: ModuleType, machine: tuple[object, ...], named: str) -> None:
    line = dev.unsupported(*machine)
    assert named in line
    assert "\n" not in line


def test_an_old_interpreter_can_read_the_script_far_enough_to_say_so() -> None:
    ast.parse((CHECKOUT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_without_uv_and_without_venv_the_system_package_is_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dev, "UV_TOOLS", str(tmp_path / "tools"))
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert dev.main(["test"]) == 2
    assert "apt-get install python3-venv" in capsys.readouterr().err.splitlines()[-1]


def test_an_unknown_measurement_lists_the_known_ones(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["measure", "nonsense"]) == 2
    error = capsys.readouterr().err
    assert "'nonsense'" in error and "capabilities" in error


def test_every_measurement_is_listed_with_one_line(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["measure"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"capabilities", "corpus", "startup", "locate", "kill"} <= {line.split()[0] for line in lines}
    assert all(len(line.split(None, 1)) == 2 for line in lines)


def test_outputs_in_readme_are_replaced_by_the_real_ones(dev: ModuleType) -> None:
    text = "Intro\n```console first=2\n$ agent a\nold\n```\n```console\n$ agent b\n```\n```console\n$ agent c\nold\n```\n"
    asked: list[str] = []

    def shown(command: str) -> str:
        asked.append(command)
        return "one  \ntwo\nthree\n"

    renewed = dev.with_outputs(text, shown)
    assert asked == ["agent a", "agent b", "agent c"]
    assert renewed == (
        "Intro\n```console first=2\n$ agent a\none\ntwo\n...\n```\n"
        "```console\n$ agent b\n```\n```console\n$ agent c\none\ntwo\nthree\n```\n"
    )


def test_any_changed_file_changes_the_state_that_passed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import subprocess

    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.setattr(dev, "ROOT", str(tmp_path))
    (tmp_path / "a.txt").write_text("one")
    first = dev.fingerprint()
    assert first and first == dev.fingerprint()
    (tmp_path / "a.txt").write_text("two")
    second = dev.fingerprint()
    (tmp_path / "b.txt").write_text("new")
    assert len({first, second, dev.fingerprint()}) == 3
