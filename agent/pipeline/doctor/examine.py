"""The examination: which checks there are, in which order they run, and what comes of a repair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from agent.errors import DamagedWorkspace
from agent.pipeline.doctor.base import RESTORE, Check, Finding, Patient
from agent.pipeline.doctor.calls import Calls
from agent.pipeline.doctor.database import Integrity, References, Schema
from agent.pipeline.doctor.decompositions import Evidence, Uris
from agent.pipeline.doctor.documents import Artifacts, Documents
from agent.pipeline.doctor.installation import ForeignFiles, Requirements, versions
from agent.pipeline.doctor.leftovers import Leftovers
from agent.pipeline.doctor.passages import Passages, Vectors
from agent.pipeline.library import Library
from agent.pipeline.listener import Listener
from agent.store.database import Database
from agent.store.workspace import DATABASE

Status = Literal["ok", "waiting", "wrong", "not checked"]

# What a copy must pass to count as a backup, and in what order: a later check relies on the earlier ones.
STORED: tuple[Check, ...] = (Integrity(), Schema(), Artifacts(), References(), Documents(), Evidence(), Uris())
# Repairs run in this order too: documents before what is derived from them and what quotes them.
WORKSPACE: tuple[Check, ...] = (*STORED[:5], Passages(), Vectors(), Evidence(), Uris(), Calls(), Leftovers())
INSTALLATION: tuple[Check, ...] = (ForeignFiles(), Requirements())


@dataclass(frozen=True)
class Checked:
    """One check with its outcome."""

    name: str
    said: str
    status: Status
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole examination. `repaired` says what was done before it; `workspace` False: there was none to examine."""

    checks: tuple[Checked, ...] = ()
    repaired: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    workspace: bool = True

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for check in self.checks for finding in check.findings)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.wrong)


class Doctor:
    """Examines the installation and the workspace in a folder, which `opened` opens; it need not exist.

    `more` are checks that come after those every workspace gets, `around` after those of the installation.
    """

    def __init__(
        self, folder: Path, opened: Callable[[], Library], listener: Listener, more: Sequence[Check] = (), around: Sequence[Check] = ()
    ) -> None:
        self._checks = (*WORKSPACE, *more)
        self._installation = (*INSTALLATION, *around)
        self._folder = folder
        self._opened = opened
        self._listener = listener

    def examine(self, *, repair: bool = False) -> Report:
        """Look at everything; with `repair` do first what is safe. Raises WorkspaceError where the workspace cannot be looked at."""
        installation = [checked(check, None) for check in self._installation]
        if not (self._folder / DATABASE).exists():
            return Report(tuple(installation), (), versions(), workspace=False)
        try:
            patient = Patient((library := self._opened()).workspace, library)
        except DamagedWorkspace as error:
            first, *others = self._checks
            broken = Checked(first.name, first.said, "wrong", (Finding("database", str(error), RESTORE),))
            rest = [Checked(check.name, check.said, "not checked") for check in others]
            return Report((*installation, broken, *rest), (), versions())
        found = self._all(patient)
        done: list[str] = []
        if repair:
            for check in self._checks:
                self._listener.progress(f"repairing: {check.name}", 0, 1)
                done += repaired(check, patient)
            found = self._all(patient) if done else found
        return Report((*installation, *found), tuple(done), versions())

    def _all(self, patient: Patient) -> list[Checked]:
        found: list[Checked] = []
        for number, check in enumerate(self._checks):
            self._listener.progress(f"checking: {check.name}", number, len(self._checks))
            found.append(checked(check, patient))
        return found


def checked(check: Check, patient: Patient | None) -> Checked:
    """Run one check. Damage that keeps it from looking is a finding of its own."""
    findings: list[Finding] = []
    try:
        findings += check.run(patient) if patient else check.run(_NOBODY)
    except DamagedWorkspace as error:
        findings.append(Finding("database", str(error), RESTORE))
    status: Status = "ok" if not findings else "wrong" if any(finding.wrong for finding in findings) else "waiting"
    return Checked(check.name, check.said, status, tuple(findings))


def repaired(check: Check, patient: Patient) -> list[str]:
    """Let a check repair what it can; damage that stops it leaves everything as it was."""
    done: list[str] = []
    try:
        done += check.repair(patient)
    except DamagedWorkspace:
        return done
    return done


def sound(database: Database, checks: Sequence[Check] = STORED) -> tuple[Finding, ...]:
    """What is wrong with a database by itself, such as a backup; empty when nothing is. The first check that fails ends it."""
    for check in checks:
        wrong = tuple(finding for finding in checked(check, Patient(database)).findings if finding.wrong)
        if wrong:
            return wrong
    return ()


_NOBODY = Patient(Database(Path(), "nothing"))
