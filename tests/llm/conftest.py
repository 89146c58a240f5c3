"""What tests of the way to a model share: a provider on this machine that can fail in every way, and a run over it that never waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fault_server import FaultServer, serving


@pytest.fixture(scope="module")
def _fault_server() -> Iterator[FaultServer]:
    with serving() as server:
        yield server


@pytest.fixture
def provider(_fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """A provider that answers every question well until it is told otherwise; the environment holds the key KEY."""
    from fault_server import KEY

    _fault_server.reset()
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    yield _fault_server
    _fault_server.released.set()
