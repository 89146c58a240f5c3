"""What is remembered of one request to an address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FetchRecord:
    """One address asked for: `asked` as given, `requested` as sent first, `final` where the answer came from.

    `outcome` is "fetched", "unchanged" (not modified since), "refused" (answered, but no document) or "failed", with `note` for the
    reason; `kind` is "document" or "robots". `bytes` and `sha256` are of the body after decoding. `at` is ISO 8601.
    """

    asked: str
    at: str
    requested: str | None = None
    final: str | None = None
    status: int | None = None
    bytes: int = 0
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    outcome: str = "failed"
    note: str = ""
    kind: str = "document"
    document_id: str | None = None
