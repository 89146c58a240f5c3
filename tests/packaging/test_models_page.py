"""What docs/models.md says of providers, extras, keys, settings and statuses is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

from agent.llm.base import Status
from agent.llm.middleware.gate import MOST, START
from agent.llm.middleware.retry import RetryOptions
from agent.llm.prices import price_of
from agent.llm.providers import DISTRIBUTION, OPENAI, PROVIDERS
from agent.settings import Settings

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "models.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"\n## {heading}")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")][2:]


def test_every_extra_of_a_provider_is_on_the_page_and_installs_its_package() -> None:
    told = {re.findall(r"`([^`]+)`", row[0])[0]: row for row in rows("Providers")}
    assert set(told) == {OPENAI, *(name for name, provider in PROVIDERS.items() if provider.extra)}
    for name, row in told.items():
        provider = PROVIDERS[name]
        assert re.findall(r"`(\w+_KEY)`", row[2]) == list(provider.keys)
        if provider.extra:
            assert row[1] == f"`{provider.install}`"
            [requirement] = PROJECT["optional-dependencies"][provider.extra]
            assert requirement.startswith(provider.module.replace("_", "-") + ">=")
    assert PROJECT["name"] == DISTRIBUTION


def test_every_setting_on_the_page_has_the_default_it_says() -> None:
    for names, default, _ in rows("Settings"):
        for name in re.findall(r"`(\w+)`", names):
            value = Settings.model_fields[name].default
            if value is None:
                assert default.startswith(("as many", "no limit"))
            else:
                assert default.strip("`") == str(value).removesuffix(".0")
    assert set(tomllib.loads(PAGE.split("```toml")[1].split("```")[0])) <= set(Settings.model_fields)


def test_every_status_is_on_the_page_with_the_figures_of_the_code() -> None:
    assert [row[0] for row in rows("What happens")] == list(get_args(Status))
    assert f"up to {RetryOptions().attempts} times" in PAGE
    assert f"calls begin at {START} at once, grow to {MOST}" in PAGE


def test_the_model_in_the_example_has_a_price() -> None:
    provider, _, name = re.findall(r"AGENT_MODEL=(\S+)", PAGE)[0].partition(":")
    assert price_of(provider, name) is not None
