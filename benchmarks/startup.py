"""Start-up: `agent --help` takes at most a quarter of `llm --help`, in the same run."""

from __future__ import annotations

from benchmarks.program import SCRIPTS, interleaved, ratio, table, verdict
from benchmarks.sizes import SIZES, with_size

ALLOWED = 0.25


def main(argv: list[str] | None = None) -> int:
    options = with_size("startup", __doc__).parse_args(argv)
    commands = {name: [str(SCRIPTS / name), "--help"] for name in ("agent", "llm")}
    seconds = interleaved(commands, SIZES[options.size].runs)
    print(table(seconds))
    return 0 if verdict("agent --help / llm --help", ratio(seconds, "agent", "llm"), ALLOWED) else 1


if __name__ == "__main__":
    raise SystemExit(main())
