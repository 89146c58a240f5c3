"""Settings: what wins, where each value came from, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.settings import Settings, load_settings


def test_the_stronger_source_wins_and_says_so(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    file = tmp_path / "agent.toml"
    file.write_text('as_of = 2024-01-01\nengine = "extractive"\n', "utf-8")
    settings = load_settings({"as_of": None}, environment={"AGENT_AS_OF": "2024-02-02"}, folder=inner)
    assert settings.as_of == date(2024, 2, 2)
    assert settings.workspace == tmp_path / ".agent"
    told = {name: place for name, place in settings.origins().items() if place != "default"}
    assert told == {"workspace": f"beside {file}", "engine": str(file), "as_of": "environment AGENT_AS_OF"}
    stronger = load_settings({"as_of": "2024-03-03", "workspace": "w"}, environment={"AGENT_AS_OF": "2024-02-02"}, folder=inner)
    assert stronger.as_of == date(2024, 3, 3)
    assert stronger.origins()["as_of"] == "option --as-of"
    assert stronger.workspace.is_absolute()


def test_a_workspace_in_the_file_is_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text('workspace = "data"\n', "utf-8")
    assert load_settings({}, environment={}, folder=tmp_path).workspace == tmp_path / "data"


def test_without_a_project_the_users_data_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = load_settings({}, environment={}, folder=tmp_path)
    assert "capability-ledger" in settings.workspace.parts
    assert settings.origins()["workspace"].startswith("default")


@pytest.mark.parametrize(
    ("toml", "environment", "said"),
    [
        ('engin = "extractive"', {}, r"unknown setting 'engin'. Did you mean 'engine'"),
        ('engine = "magic"', {}, r"'engine' is 'magic' .*agent\.toml\): input should be 'auto', 'extractive' or 'llm'"),
        ("engine = ", {}, r"is not TOML"),
        ("as_of = 2024", {}, r"'as_of' is 2024 \(.*agent\.toml\): input should be a date like 2026-01-31"),
        ("as_of = true", {}, r"'as_of' is True .*a date like"),
        ("workspace = 5", {}, r"'workspace' is 5 \(.*agent\.toml\): expected the path of a folder"),
        ('workspace = ""', {}, r"'workspace' is '' .*expected the path of a folder"),
        ("[engine]\nname = 1", {}, r"'engine' is {'name': 1} "),
        ("lock_wait = -1", {}, r"'lock_wait' is -1 .*greater than or equal to 0"),
        ("", {"AGENT_LOCK_WAIT": "nan"}, r"'lock_wait' is 'nan' \(environment AGENT_LOCK_WAIT\)"),
        (f'engine = "{"x" * 500}"', {}, r"'engine' is 'x{50,60}…"),
        ('embedder = "bert"', {}, r"'embedder' is 'bert' .*agent\.toml\): input should be 'wordllama', 'openai:MODEL' or"),
        ("", {"AGENT_EMBEDDER_URL": "localhost:80"}, r"'embedder_url' is 'localhost:80' .*: input should be an http or https address"),
        ('engine = "llm"', {}, r"'engine' is 'llm' \(.*agent\.toml\), and no model is named\. Name one: --model PROVIDER:NAME"),
        ('model = "gpt"', {}, r"'model' is 'gpt' .*agent\.toml\): input should be PROVIDER:NAME, such as 'openai:NAME'"),
        ('model = "openai:"', {}, r"'model' is 'openai:' .*: input should be PROVIDER:NAME"),
        ("", {"AGENT_MODEL": "antropic:x"}, r"'model' is 'antropic:x' \(environment AGENT_MODEL\): .*did you mean 'anthropic:NAME'\?"),
        ("", {"AGENT_MODEL": "gemini:x"}, r"there is no provider 'gemini'; did you mean 'google_genai:NAME'\?"),
        ("", {"AGENT_MODEL": "zzzz:x"}, r"there is no provider 'zzzz'; among them are openai, anthropic, "),
        ("", {"AGENT_MODEL_URL": "localhost:80"}, r"'model_url' is 'localhost:80' .*: input should be an http or https address"),
        ("", {"AGENT_MODEL_URL": "https://me:secret@host/v1"}, r"'model_url' is 'https://…@host/v1' .*without a name and password"),
        ("timeout = 0", {}, r"'timeout' is 0 .*greater than 0"),
        ("concurrency = 0", {}, r"'concurrency' is 0 .*greater than or equal to 1"),
        ("capabilities = 1000", {}, r"'capabilities' is 1000 .*less than or equal to 100"),
        ("", {"AGENT_AS_OF": "yesterday"}, r"'as_of' is 'yesterday' \(environment AGENT_AS_OF\)"),
    ],
)
def test_a_bad_setting_is_one_line_that_names_its_source(tmp_path: Path, toml: str, environment: dict[str, str], said: str) -> None:
    (tmp_path / "agent.toml").write_text(toml, "utf-8")
    with pytest.raises(SettingsError, match=said) as raised:
        load_settings({}, environment=environment, folder=tmp_path)
    assert "\n" not in str(raised.value)
    assert "?." not in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text("\ufeffas_of = 2024-01-01\n", "utf-8")
    assert load_settings({}, environment={}, folder=tmp_path).as_of == date(2024, 1, 1)


def test_every_setting_says_where_it_came_from(tmp_path: Path) -> None:
    settings = load_settings({}, environment={"AGENT_WORKSPACE": "w"}, folder=tmp_path)
    assert set(settings.origins()) == set(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("given", "uses"),
    [({}, False), ({"model": "openai:m"}, True), ({"model": "openai:m", "engine": "extractive"}, False), ({"engine": "extractive"}, False)],
)
def test_a_model_is_used_where_it_is_named(tmp_path: Path, given: dict[str, str], uses: bool) -> None:
    key = {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    assert load_settings(given, environment=key, folder=tmp_path).uses_model is uses


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = load_settings({"workspace": tmp_path}, environment={}, folder=tmp_path)
    with pytest.raises(ValueError, match="frozen"):
        settings.engine = "other"  # type: ignore[misc, assignment]


@pytest.mark.parametrize("address", ["http://[::1", "https://", "http:///v1"])
def test_a_model_server_without_a_host_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'model_url' is"):
        load_settings({"model_url": address, "workspace": tmp_path}, environment={}, folder=tmp_path)
