"""Every error the program raises on purpose.

    AgentError                  the root; never raised itself
    ├── InputError        2     the user's input, usage or configuration is wrong
    │   ├── UnknownArtifact     a slug that nothing here carries
    │   ├── ManifestError       an artifact.yaml that does not say what a manifest must say
    │   ├── AddressError        a web address that is not fetched from, or leads to one that is not
    │   ├── DocumentError       a document that cannot be read as what it claims to be
    │   └── SettingsError       agent.toml, an option or an environment variable
    ├── IncompleteError   3     environment, provider or disk; what was finished is kept
    │   ├── FetchError          an address that gave no document
    │   └── WorkspaceError      the workspace cannot be opened, read or written
    │       ├── NewerWorkspace      the database was written by a later version of the program
    │       └── DamagedWorkspace    what is stored is not what was stored
    └── CheckFailed       1     a check ran to its end and did not pass

Each class knows its exit code and whether trying again can help; each message names the value, what was expected and
what to do. `hint` is printed on the same line, after the message.
"""

from __future__ import annotations

__all__ = [
    "AddressError",
    "AgentError",
    "CheckFailed",
    "DamagedWorkspace",
    "DocumentError",
    "FetchError",
    "IncompleteError",
    "InputError",
    "ManifestError",
    "NewerWorkspace",
    "SettingsError",
    "UnknownArtifact",
    "WorkspaceError",
]


class AgentError(Exception):
    """Root of the tree: a message for the user, an optional hint, an exit code."""

    exit_code = 70
    retryable = False

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} {self.hint}".strip()


class InputError(AgentError):
    """Something the user gave is wrong; nothing was changed."""

    exit_code = 2


class UnknownArtifact(InputError):
    """A slug that is neither in the workspace nor in the bundled catalogue."""


class ManifestError(InputError):
    """An artifact.yaml that is not a manifest."""


class AddressError(InputError):
    """A web address that is not fetched from: not https, not public, with credentials, or one that redirects to such an address."""


class DocumentError(InputError):
    """A document that is missing, empty, binary, too large or not in its declared form."""


class SettingsError(InputError):
    """A setting that does not exist or does not take this value."""


class IncompleteError(AgentError):
    """The run could not finish here; what was finished is kept."""

    exit_code = 3
    retryable = True


class FetchError(IncompleteError):
    """An address that gave no document: unreachable, refused by its site, too slow, too large, or nothing to read in it."""


class WorkspaceError(IncompleteError):
    """The workspace cannot be opened, read or written."""


class NewerWorkspace(WorkspaceError):
    """The database has a migration this version does not know."""

    retryable = False


class DamagedWorkspace(WorkspaceError):
    """The database file, or something in it, is not as it was stored."""

    retryable = False


class CheckFailed(AgentError):
    """A check that ran to its end and failed."""

    exit_code = 1
