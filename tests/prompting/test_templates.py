"""Templates are found, rendered strictly, and named by what is in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.prompting import Prompt, prompt
from agent.prompting.templates import prompts_folder

TASKS = ("propose", "consolidate", "differentiate", "verify")


def _written(folder: Path, system: str = "Say {{ word }}.", user: str = "{% include 'shared.j2' %}", shared: str = "Please.") -> Prompt:
    (folder / "greet").mkdir(exist_ok=True)
    (folder / "greet" / "system.j2").write_text(system)
    (folder / "greet" / "user.j2").write_text(user)
    (folder / "shared.j2").write_text(shared)
    return Prompt("greet", folder)


def test_a_prompt_renders_system_and_user_with_what_they_include(tmp_path: Path) -> None:
    assert _written(tmp_path).render(word="hello") == ("Say hello.", "Please.")


def test_a_variable_that_is_not_given_is_an_error(tmp_path: Path) -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        _written(tmp_path).render()


def test_text_that_looks_like_a_template_stays_text(tmp_path: Path) -> None:
    assert _written(tmp_path).render(word="{{ 7 * 7 }}{% raw %}")[0] == "Say {{ 7 * 7 }}{% raw %}."


def test_the_hash_follows_every_file_and_nothing_else(tmp_path: Path) -> None:
    first = _written(tmp_path).sha256
    assert _written(tmp_path).sha256 == first
    changed = {
        _written(tmp_path, system="Say {{ word }}!").sha256,
        _written(tmp_path, user='{%- include "shared.j2" -%}').sha256,
        _written(tmp_path, shared="Now.").sha256,
    }
    assert len(changed | {first}) == 4
    (tmp_path / "other.j2").write_text("unrelated")
    assert _written(tmp_path).sha256 == first


def test_a_task_without_templates_is_told_by_its_path() -> None:
    with pytest.raises(InputError, match="juggle"):
        _ = prompt("juggle").sha256


@pytest.mark.parametrize("task", TASKS)
def test_every_stage_has_its_templates_and_a_place_in_the_readme(task: str) -> None:
    assert len(prompt(task).sha256) == 64
    assert f"## {task}" in (prompts_folder() / "README.md").read_text(encoding="utf-8")


def test_hashing_loads_no_template_engine() -> None:
    code = "import sys; from agent.prompting import prompt; prompt('propose').sha256; print('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
