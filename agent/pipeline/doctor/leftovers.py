"""Looks for files that an interrupted restore left in the workspace's folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from agent.pipeline.doctor.base import REPAIR, Finding, Patient
from agent.store.backup import KEPT, STAGED

_OLD = 3600  # seconds: what is younger may be a restore that is running now


class Leftovers:
    """No half-made copy lies about; a kept one is the user's to remove."""

    name = "files"
    said = "nothing was left behind"

    def run(self, patient: Patient) -> Iterator[Finding]:
        for path in _staged(patient):
            yield Finding(str(path), "an interrupted restore left it.", REPAIR, wrong=False)
        for path in sorted(patient.database.file.parent.glob(f"{KEPT}*.db")):
            problem = "this is what an interrupted restore had kept of the workspace before it."
            yield Finding(str(path), problem, "It is a backup; remove it when you do not need it.", wrong=False)

    def repair(self, patient: Patient) -> Iterator[str]:
        for path in _staged(patient):
            path.unlink(missing_ok=True)
            yield f"Removed {path}, which an interrupted restore had left."


def _staged(patient: Patient) -> list[Path]:
    before = time.time() - _OLD
    return sorted(path for path in patient.database.file.parent.glob(f"{STAGED}*") if path.stat().st_mtime < before)
