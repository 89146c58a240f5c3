"""Unchanged rerun: a second `agent decompose paligemma` takes no longer than `llm --help`, in the same run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.program import SCRIPTS, Program, interleaved, ratio, table, verdict
from benchmarks.sizes import SIZES, with_size

ALLOWED = 1.0


def main(argv: list[str] | None = None) -> int:
    options = with_size("rerun", __doc__).parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="agent-rerun-") as folder:
        program = Program(Path(folder) / "workspace")
        program.run("decompose", "paligemma")
        commands = {"agent decompose paligemma, again": program.command("decompose", "paligemma"), "llm": [str(SCRIPTS / "llm"), "--help"]}
        seconds = interleaved(commands, SIZES[options.size].runs)
    print(table(seconds))
    return 0 if verdict("rerun / llm --help", ratio(seconds, "agent decompose paligemma, again", "llm"), ALLOWED) else 1


if __name__ == "__main__":
    raise SystemExit(main())
