"""Checks of the installation: what is installed beside us, and under our names."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from agent.pipeline.doctor.base import Finding, Patient

DISTRIBUTION = "capability-ledger"
PACKAGES = ("agent", "agent_sources", "agent_vectorstore", "agent_evals")


class ForeignFiles:
    """No other distribution has files in our packages: the last one installed wins, and ours breaks."""

    name = "installation"
    said = "no files of others in our packages"

    def run(self, patient: Patient) -> Iterator[Finding]:  # noqa: ARG002
        for distribution in metadata.distributions():
            name = distribution.metadata["Name"]
            theirs = {file.parts[0] for file in distribution.files or () if len(file.parts) > 1}
            for package in PACKAGES:
                if name != DISTRIBUTION and package in theirs:
                    remedy = "Install one of both in an environment of its own."
                    yield Finding("installation", f"distribution {name!r} also has files under '{package}/'.", remedy)
        for file in _unlisted():
            yield Finding("installation", f"{str(file)!r} is not of this program.", f"Install {DISTRIBUTION} again, or move the file.")

    def repair(self, patient: Patient) -> Iterator[str]:  # noqa: ARG002
        yield from ()


class Requirements:
    """Every package the program needs is there in a version it works with."""

    name = "packages"
    said = "every needed package is there in a version that fits"

    def run(self, patient: Patient) -> Iterator[Finding]:  # noqa: ARG002
        from packaging.requirements import Requirement

        for line in metadata.requires(DISTRIBUTION) or ():
            wanted = Requirement(line)
            if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
                continue
            remedy = f"Install it again: uv sync, or pip install '{wanted.name}{wanted.specifier}'."
            try:
                version = metadata.version(wanted.name)
            except metadata.PackageNotFoundError:
                yield Finding("installation", f"package {wanted.name!r} is missing.", remedy)
                continue
            if not wanted.specifier.contains(version, prereleases=True):
                yield Finding("installation", f"package {wanted.name!r} is {version}, and {str(wanted.specifier)!r} is needed.", remedy)

    def repair(self, patient: Patient) -> Iterator[str]:  # noqa: ARG002
        yield from ()


def versions() -> dict[str, str]:
    """What runs here: the program, Python, SQLite, and each package the program names as its own need."""
    from packaging.requirements import Requirement

    found = {DISTRIBUTION: metadata.version(DISTRIBUTION), "python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
    for line in metadata.requires(DISTRIBUTION) or ():
        name = Requirement(line).name
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _unlisted() -> list[Path]:
    """Files inside our installed packages that our own list of files lacks; nothing for an editable installation, which lists none."""
    distribution = metadata.distribution(DISTRIBUTION)
    own = {Path(str(distribution.locate_file(file))).resolve() for file in distribution.files or () if file.parts[0] in PACKAGES}
    if not own:
        return []
    root = Path(str(distribution.locate_file("")))
    there = (path for package in PACKAGES for path in sorted((root / package).rglob("*")))
    return [path for path in there if path.is_file() and "__pycache__" not in path.parts and path.resolve() not in own]
