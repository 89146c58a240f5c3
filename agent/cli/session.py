"""One run of the command line: its global options, its settings, its pipeline, and how it speaks to the user."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any

from agent.output.clean import one_line

if TYPE_CHECKING:
    from agent.cli.progress import Progress
    from agent.pipeline import Pipeline
    from agent.settings import Settings


@dataclass
class Session:
    """Global options as given, and what they open. Results go to standard output, everything said here to standard error.

    It is the pipeline's listener: notes are lines, progress is shown on a terminal.
    """

    workspace: Path | None = None
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    ask: dict[str, Any] = field(default_factory=dict)
    command: str = "agent"
    asks: bool = False
    _settings: Settings | None = None
    _pipeline: Pipeline | None = None
    _progress: Progress | None = None
    _said: set[str] = field(default_factory=set)
    _began: float = field(default_factory=monotonic)
    _lock: RLock = field(default_factory=RLock)

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        if self._settings is None:
            from agent.settings import load_settings

            self._settings = load_settings({"workspace": self.workspace, **self.options})
        return self._settings

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline over the workspace, opened at first use."""
        if self._pipeline is None:
            from agent.assembly import build_pipeline
            from agent.pipeline.calling import Ask

            self._pipeline = build_pipeline(self.settings, self, ask=Ask(command=self.command, **self.ask))
        return self._pipeline

    def finish(self) -> int:
        """Say what a model left unanswered; the exit code for it."""
        from agent.cli.asking import unfinished

        return unfinished(self._pipeline, self.complain) if self._pipeline is not None else 0

    def close(self) -> None:
        """Let go of the pipeline, and say what its run used."""
        if self._pipeline is not None:
            pipeline, self._pipeline = self._pipeline, None
            pipeline.close()
            if self.asks:
                from agent.cli.asking import used

                self.note_if(used(pipeline, monotonic() - self._began))

    def progress(self, stage: str, done: int, total: int, detail: str = "") -> None:
        """Show how far a stage of long work is, on a terminal only."""
        with self._lock:
            if self._progress is None:
                from agent.cli.progress import Progress

                self._progress = Progress(sys.stderr, shown=not self.quiet and sys.stderr.isatty())
        self._progress.show(stage, done, total, detail)

    def end_progress(self) -> None:
        if self._progress is not None:
            self._progress.end()

    def note(self, line: str) -> None:
        """A line for the user, said once; --quiet leaves it out."""
        with self._lock:
            new = line not in self._said
            self._said.add(line)
        if new and not self.quiet:
            self.end_progress()
            with suppress(OSError):  # nobody reads it any more; the work goes on
                print(one_line(line), file=sys.stderr)  # noqa: T201

    def note_if(self, line: str) -> None:
        """A line for the user, where there is one."""
        if line:
            self.note(line)

    def complain(self, line: str) -> None:
        """The one line of an error."""
        with suppress(OSError):
            print(f"agent: {one_line(line)}", file=sys.stderr)  # noqa: T201

    def is_damaged(self) -> bool:
        """Whether the workspace of this run cannot be read by SQLite itself: what follows from that is no bug."""
        if self._settings is None:
            return False
        from agent.errors import AgentError
        from agent.store.backup import is_whole
        from agent.store.database import Database
        from agent.store.workspace import DATABASE

        file = self._settings.workspace / DATABASE
        try:
            return file.is_file() and not is_whole(Database(file, "the workspace", wait=1.0))
        except (AgentError, OSError):
            return False

    def trace_if_debugging(self) -> None:
        if self.debug:
            traceback.print_exc(file=sys.stderr)

    def report_bug(self, error: Exception) -> None:
        """One line with the place of the log, which has the traceback; --debug shows it too."""
        log = self._log(error)
        place = f"The traceback is in {log}." if log else "Run it again with --debug to see where."
        self.complain(f"this is a bug in the program: {type(error).__name__}: {error}. {place}")
        self.trace_if_debugging()

    def _log(self, error: Exception) -> Path | None:
        from datetime import datetime

        name = f"agent-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.log"
        text = " ".join(sys.argv) + "\n" + "".join(traceback.format_exception(error))
        for folder in self._log_folders():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace")
            except OSError:
                continue
            return folder / name
        return None

    def _log_folders(self) -> list[Path]:
        import tempfile

        from platformdirs import user_log_path

        opened = [self._settings.workspace / "logs"] if self._settings and os.path.isdir(self._settings.workspace) else []  # noqa: PTH112  never raises
        user = user_log_path("capability-ledger", appauthor=False)
        return [*opened, *([user] if user.is_absolute() else []), Path(tempfile.gettempdir())]  # "~" stays where there is no home
