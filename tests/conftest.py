"""What tests of several packages share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from local_web import LocalWeb

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def _web_server() -> Iterator[LocalWeb]:
    from local_web import running

    with running() as server:
        yield server


@pytest.fixture
def web(_web_server: LocalWeb) -> Iterator[LocalWeb]:
    """A web of one TLS server on loopback, empty at first."""
    _web_server.reset()
    yield _web_server
    _web_server.released.set()
