"""Colour is for people: on a terminal, unless they said no."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False)],
)
def test_colour(
    agent: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert ("\x1b[" in agent("decompose", "lantern").out) is coloured


def test_progress_is_shown_on_a_terminal_only_and_cleared(agent: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "reading" not in agent("decompose", "lantern").err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    shown = agent("decompose", "lantern").err
    assert "reading" in shown
    assert shown.endswith("\r\x1b[2K")
    assert agent("decompose", "lantern", "--quiet").err == ""
