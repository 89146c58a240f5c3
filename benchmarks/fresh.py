"""A newcomer's clone: set-up under 60 s, then the demo under 10 s, the tests under 3 minutes, without uv, make or a HOME.

Clones the current commit into an empty folder and runs README's two commands there with an empty HOME and a PATH that holds git alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.program import CHECKOUT, verdict

SETUP, DEMO, TEST = 60.0, 10.0, 180.0
KEPT = ("PIP_", "SSL_", "REQUESTS_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SYSTEMROOT")


def timed(python: str, clone: Path, env: dict[str, str], command: str) -> float:
    """Seconds of one dev.py command; its output goes to the terminal only when it fails."""
    started = time.perf_counter()
    made = subprocess.run([python, "dev.py", command], cwd=clone, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    took = time.perf_counter() - started
    if made.returncode:
        raise SystemExit(f"dev.py {command} exits {made.returncode}:\n{made.stdout[-2000:]}\n{made.stderr[-2000:]}")
    return took


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py measure fresh", description=__doc__)
    default = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else "python3"
    parser.add_argument("--python", default=default, help="the interpreter to start from (default: the system's, externally managed)")
    parser.add_argument("--no-tests", action="store_true", help="leave README's test command out")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="agent-fresh-") as folder:
        home, tools, clone = Path(folder) / "home", Path(folder) / "tools", Path(folder) / "clone"
        home.mkdir()
        tools.mkdir()
        git = shutil.which("git")
        if git:
            (tools / "git").symlink_to(git)
        subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(clone)], check=True)
        kept = {key: value for key, value in os.environ.items() if key.upper().startswith(KEPT)}
        env = {**kept, "HOME": str(home), "PATH": str(tools), "LANG": "C.UTF-8"}
        python = shutil.which(options.python) or options.python
        both, again = timed(python, clone, env, "demo"), timed(python, clone, env, "demo")
        left = sorted(path.name for path in home.iterdir())
        holds = [verdict("set-up, seconds", both - again, SETUP), verdict("demo, seconds", again, DEMO)]
        if not options.no_tests:
            holds.append(verdict("test command, seconds", timed(python, clone, env, "test"), TEST))
        print(f"left in HOME: {', '.join(left) or 'nothing'}")
    return 0 if all(holds) else 1


if __name__ == "__main__":
    raise SystemExit(main())
