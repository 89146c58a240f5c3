"""One run, told as a short story: resolve, ingest, propose, verify, store; then score and compare."""

from __future__ import annotations

from agent.pipeline.listener import Listener, Silent
from agent.pipeline.run import Pipeline

__all__ = ["Listener", "Pipeline", "Silent"]
