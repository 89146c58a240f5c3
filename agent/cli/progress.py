"""Progress of long work: one line on a terminal, rewritten in place; nothing anywhere else."""

from __future__ import annotations

import threading
from typing import TextIO

_WIDTH = 78


class Progress:
    """Shows "stage (done of total): detail" as the pipeline reports it, from whatever thread."""

    def __init__(self, stream: TextIO, *, shown: bool) -> None:
        self._stream = stream
        self._shown = shown
        self._open = False
        self._lock = threading.RLock()

    def show(self, stage: str, done: int, total: int, detail: str = "") -> None:
        """Say which stage is at work, and how far it is where that is known."""
        if not self._shown:
            return
        line = f"{stage} ({done} of {total})" if total > 1 else stage
        line = f"{line}: {detail}" if detail else line
        with self._lock:
            self._stream.write("\r\x1b[2K" + line[:_WIDTH])
            self._stream.flush()
            self._open = True

    def end(self) -> None:
        """Clear the line."""
        with self._lock:
            if self._open:
                self._stream.write("\r\x1b[2K")
                self._stream.flush()
                self._open = False
