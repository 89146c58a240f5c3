#!/usr/bin/env python3
"""One file to set up, try, test, check and measure the project: `python3 dev.py` lists the commands.

Needs Python 3.11-3.13 and nothing else: uv is taken from the PATH, or put into .uv-tools here. The syntax stays readable for
Python 3.6, so that an older interpreter prints what is missing instead of a SyntaxError.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"
SCRIPTS = "Scripts" if WINDOWS else "bin"
VENV = os.path.join(ROOT, ".venv")
UV_TOOLS = os.path.join(ROOT, ".uv-tools")
STAMP = os.path.join(VENV, "dev-tests-passed")
LEFT_OUT = "corpus or slow or browser"  # the marks that `dev.py test` leaves to `dev.py test --slow`
OLDEST_UV = (0, 8)


class Stop(Exception):
    """What is missing, in one line for the user."""


# --- this machine ---------------------------------------------------------------------------------------------------------


def unsupported(version, system, machine, bits, libc):
    """One line saying what is missing here, or an empty string.

    `version` is (major, minor), `bits` the interpreter's pointer width, `libc` platform.libc_ver(). The compiled
    dependencies exist for these alone.
    """
    if not (3, 11) <= tuple(version) < (3, 14):
        return (
            "Python 3.11, 3.12 or 3.13 is needed and this is %d.%d: run dev.py with one of these, for example: python3.12 dev.py demo"
            % (
                version[0],
                version[1],
            )
        )
    machines = {"Linux": ("x86_64", "amd64"), "Darwin": ("arm64",), "Windows": ("amd64", "x86_64")}
    if system not in machines or machine.lower() not in machines[system] or bits != 64:
        return "%s on %s (%d-bit) is not supported: x86-64 Linux, Apple silicon macOS or x86-64 Windows with a 64-bit Python is needed." % (
            system or "This system",
            machine or "this processor",
            bits,
        )
    if system == "Linux" and (libc[0] != "glibc" or _numbers(libc[1]) < (2, 28)):
        return "A Linux with glibc 2.28 or newer is needed (here: %s): the compiled dependencies are built for it." % (
            " ".join(libc).strip() or "another C library"
        )
    return ""


def _numbers(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


def check_machine():
    bits = 64 if sys.maxsize > 2**32 else 32
    problem = unsupported(sys.version_info[:2], platform.system(), platform.machine(), bits, platform.libc_ver())
    if problem:
        raise Stop(problem)
    if platform.system() == "Darwin" and _numbers(platform.mac_ver()[0]) < (14,):
        raise Stop("macOS 14 or newer is needed (here: %s): the embedder is built for it." % platform.mac_ver()[0])


def find_uv():
    """The uv to use: from the PATH when new enough, else our own in .uv-tools, made now if need be."""
    own = os.path.join(UV_TOOLS, SCRIPTS, "uv.exe" if WINDOWS else "uv")
    for candidate in (shutil.which("uv"), own):
        if candidate and _uv_version(candidate) >= OLDEST_UV:
            return candidate
    say("No uv on the PATH: putting it into .uv-tools with pip.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Stop(
            "Python's venv module is missing here: install the system package python%d.%d-venv "
            "(Debian, Ubuntu: apt-get install python3-venv), or uv." % sys.version_info[:2]
        ) from None
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", UV_TOOLS], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        raise Stop("A virtual environment cannot be made in %s: %s" % (UV_TOOLS, _last_line(made.stdout)))
    python = os.path.join(UV_TOOLS, SCRIPTS, "python")
    got = subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if got.returncode or _uv_version(own) < OLDEST_UV:
        raise Stop("pip could not install uv (is the package registry reachable?): %s" % _last_line(got.stdout))
    return own


def _uv_version(uv):
    try:
        shown = subprocess.run([uv, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return _numbers(shown.decode())


def _last_line(output):
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no output"


# --- running things -------------------------------------------------------------------------------------------------------


def say(text):
    print(text, file=sys.stderr)
    sys.stderr.flush()


def environment(**more):
    """The environment of everything started here: no other project's virtual environment, no Python downloads."""
    env = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH", "PYTHONHOME")}
    env["UV_PYTHON_DOWNLOADS"] = "never"
    home = os.path.expanduser("~")
    if "UV_CACHE_DIR" not in env and not os.access(home, os.W_OK):
        env["UV_CACHE_DIR"] = os.path.join(UV_TOOLS, "cache")
    env.update(more)
    return env


def run(*command, **more):
    """Run a command in the checkout and give its exit code; `env` adds to the environment."""
    sys.stdout.flush()
    return subprocess.call(list(command), cwd=ROOT, env=environment(**more.get("env", {})))


def sync(dev=True):
    """Install the locked dependencies into .venv; without `dev` only what the program itself needs, leaving the rest alone."""
    check_machine()
    groups = [] if dev else ["--no-dev", "--inexact"]
    if run(find_uv(), "sync", "--quiet", "--locked", "--python", sys.executable, *groups):
        raise Stop("The dependencies could not be installed: see uv's message above.")


def tool(name):
    return os.path.join(VENV, SCRIPTS, name)


# --- commands -------------------------------------------------------------------------------------------------------------


def demo(_options):
    """decompose PaliGemma, then compare it with The Pile, in a throwaway workspace"""
    sync(dev=False)
    with tempfile.TemporaryDirectory(prefix="agent-demo-") as workspace:
        for command in (["decompose", "paligemma"], ["compare", "paligemma", "the-pile"]):
            print("$ agent %s\n" % " ".join(command))
            code = run(tool("agent"), *command, env={"AGENT_WORKSPACE": workspace})
            if code:
                return code
            print()
    say("Next: %s" % os.path.join(".venv", SCRIPTS, "agent --help"))
    return 0


def test(options):
    """run the tests (--slow: instead those that need the reference corpus, a browser or more time)"""
    sync()
    if options.slow:
        return run(tool("pytest"), "-m", LEFT_OUT, "-n", "2", "--dist", "worksteal", *options.rest)
    return _fast_tests(options.rest)


def _fast_tests(rest):
    state = fingerprint()
    code = run(tool("pytest"), "-m", "not (%s)" % LEFT_OUT, "-n", "2", *rest)
    if not code and not rest and state:
        with open(STAMP, "w") as stamp:
            stamp.write(state)
    return code


def check(_options):
    """everything a change must pass: format, lint, types, import contracts, tests (README's commands among them)"""
    sync()
    steps = [
        ("format", [tool("ruff"), "format", "--check", "."]),
        ("lint", [tool("ruff"), "check", "."]),
        ("types", [tool("mypy")]),
        ("imports", [tool("lint-imports")]),
    ]
    failed = [name for name, command in steps if _step(name, command)]
    if _passed_before():
        print("== tests: passed before on exactly these files")
    elif _fast_tests([]):
        failed.append("tests")
    print("check failed: " + ", ".join(failed) if failed else "check passed")
    return 1 if failed else 0


def _step(name, command):
    print("== " + name)
    return run(*command)


def fingerprint():
    """A hash of every file git knows or would add, and of the interpreter; empty outside a git checkout."""
    try:
        listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    total = hashlib.sha256(sys.version.encode())
    for name in sorted(set(listed.split(b"\0")) - {b""}):
        path = os.path.join(os.fsencode(ROOT), name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                total.update(name + b"\0" + hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def _passed_before():
    if not os.path.exists(STAMP):
        return False
    with open(STAMP) as stamp:
        return stamp.read() == fingerprint()


def measure(options):
    """run one measurement (without NAME: list them); what follows NAME goes to it"""
    known = measurements()
    if not options.name:
        for name in sorted(known):
            print("%-14s %s" % (name, known[name]))
        return 0
    if options.name not in known:
        raise Stop("There is no measurement %r: choose one of %s." % (options.name, ", ".join(sorted(known))))
    sync()
    return run(tool("python"), "-m", "benchmarks." + options.name, *options.rest)


def measurements():
    """Name -> first line, for every module of benchmarks/ that has a main."""
    folder = os.path.join(ROOT, "benchmarks")
    known = {}
    for file in os.listdir(folder):
        if not file.endswith(".py"):
            continue
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            text = source.read()
        if "\ndef main(" in text:
            known[file[:-3]] = text.lstrip('"').split("\n", 1)[0]
    return known


def docs(options):
    """write the real output of README's commands under them (--check: only say whether it is there)"""
    sync(dev=False)
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as file:
        before = file.read()
    with tempfile.TemporaryDirectory(prefix="agent-docs-") as folder:
        after = with_outputs(before, reader_of(before, folder))
    if after != before and not options.check:
        with open(path, "w", encoding="utf-8") as file:
            file.write(after)
        say("README.md: outputs renewed")
    elif after != before:
        say("README.md shows an output that is not the program's: run `python3 dev.py docs`.")
        return 1
    return 0


CONSOLE = re.compile(r"```console( first=(\d+))?\n(.*?)```", re.S)
FILE = re.compile(r"<!-- file: (\S+) -->\s*```\w+\n(.*?)```", re.S)


def with_outputs(text, shown):
    """README's text with the real output under each command that shows one; every `$ agent` command is run, in order.

    `shown` runs a command and gives its stdout. A ```console block holds commands, or one command and its output, of which first=N
    keeps N lines.
    """

    def renew(block):
        lines = block.group(3).rstrip().split("\n")
        outputs = [shown(line[2:]) for line in lines if line.startswith("$ agent ")]
        if len(outputs) != 1 or len(lines) == 1 or lines[1].startswith("$ "):
            return block.group(0)
        kept = [line.rstrip() for line in outputs[0].rstrip().split("\n")]
        if block.group(2) and len(kept) > int(block.group(2)):
            kept = [*kept[: int(block.group(2))], "..."]
        return "```console%s\n%s\n%s\n```" % (block.group(1) or "", lines[0], "\n".join(kept))

    return CONSOLE.sub(renew, text)


def reader_of(text, folder):
    """Lay out the files README shows in a folder, and give the function that runs its commands there."""
    import shlex

    for name, content in FILE.findall(text):
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    # Of the checkout itself README's commands name the recorded answers alone.
    shutil.copytree(os.path.join(ROOT, "evals", "recorded"), os.path.join(folder, "evals", "recorded"))

    def shown(command):
        words = shlex.split(command)
        env = environment(AGENT_WORKSPACE=os.path.join(folder, ".agent"), NO_COLOR="1", COLUMNS="80", PYTHONIOENCODING="utf-8")
        made = subprocess.run([tool(words[0]), *words[1:]], cwd=folder, env=env, stdout=subprocess.PIPE)
        if made.returncode:
            raise Stop("README's command failed with exit code %d: %s" % (made.returncode, command))
        return made.stdout.decode("utf-8")

    return shown


def main(argv=None):
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    made = {f.__name__: commands.add_parser(f.__name__, help=f.__doc__.split("\n")[0]) for f in (demo, test, check, measure, docs)}
    made["test"].add_argument("--slow", action="store_true", help="run what the plain command leaves out")
    made["measure"].add_argument("name", nargs="?", metavar="NAME")
    made["docs"].add_argument("--check", action="store_true", help="change nothing, exit 1 when an output is not the program's")
    options, rest = parser.parse_known_args(argv)
    options.rest = rest
    if rest and options.command not in ("test", "measure"):
        parser.error("unrecognized arguments: " + " ".join(rest))
    if not options.command:
        parser.print_help()
        return 2
    try:
        return {"demo": demo, "test": test, "check": check, "measure": measure, "docs": docs}[options.command](options)
    except Stop as problem:
        say("dev.py: %s" % problem)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
