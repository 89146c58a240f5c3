"""The tables. The SQL store is the truth, vectors included; every index can be made from it again.

Documents, passages and decompositions are written once. What changes is which of them are current, and an artifact's manifest.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

_ARTIFACT = "artifacts.slug"

artifacts = Table(
    "artifacts",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("manifest", Text, nullable=False),  # JSON
    Column("source", Text, nullable=False),  # "bundled", or the folder or file it was ingested from
    Column("fingerprint", String(64), nullable=False),  # of a bundled artifact's files; else empty
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("artifact", String(64), ForeignKey(_ARTIFACT), nullable=False),
    Column("uri", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("reader", String(32), nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("chars", Integer, nullable=False),
    Column("fetched_at", String(32), nullable=False),
    Column("position", Integer, nullable=True),  # place among the artifact's current documents; NULL for a superseded one
    Column("chunking", String(16), nullable=False),  # version of the rules that cut the stored passages
)

# Which bytes, read by which reader, gave which document: what has been read is not read again.
readings = Table(
    "readings",
    metadata,
    Column("artifact", String(64), ForeignKey(_ARTIFACT), primary_key=True),
    Column("uri", Text, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("reader", String(32), primary_key=True),
    Column("document_id", String(16), ForeignKey("documents.id"), nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("document_id", String(16), ForeignKey("documents.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("heading_path", Text, nullable=False),  # JSON list
    Column("sha256", String(64), nullable=False, index=True),  # of what is embedded
    Column("source", Text, nullable=True),
)

vectors = Table(
    "vectors",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the embedded text: a passage with its heading path, or a capability's words
    Column("embedder", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)

decompositions = Table(
    "decompositions",
    metadata,
    Column("artifact", String(64), primary_key=True),
    Column("inputs_sha256", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # the JSON contract
)

# One row for each capability URI ever given. It outlives its artifact: a URI is given once.
capabilities = Table(
    "capabilities",
    metadata,
    Column("uri", String(160), primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("artifact", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON: the summary's quotes when it was last seen
)

# Which decompositions hold which capability; one that the current decomposition lacks is withdrawn.
capability_versions = Table(
    "capability_versions",
    metadata,
    Column("artifact", String(64), primary_key=True),
    Column("inputs_sha256", String(64), primary_key=True),
    Column("uri", String(160), ForeignKey("capabilities.uri"), primary_key=True),
)

# What searches found. Counted by scorecards and comparisons.
matches = Table(
    "matches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("artifact", String(64), nullable=False, index=True),
    Column("capability_uri", String(160), nullable=False),
    Column("query", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

# Every request to an address, document or robots.txt, with what came of it. The newest of an address has what makes the next conditional.
fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("artifact", String(64), nullable=False, index=True),  # no key: a fetch that gave nothing may have no artifact
    Column("kind", String(16), nullable=False),  # "document" or "robots"
    Column("asked", Text, nullable=False),
    Column("requested", Text, nullable=True),
    Column("final", Text, nullable=True),
    Column("status", Integer, nullable=True),
    Column("at", String(32), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", String(64), nullable=True),
    Column("etag", Text, nullable=True),
    Column("last_modified", Text, nullable=True),
    Column("outcome", String(16), nullable=False),  # "fetched", "unchanged", "refused" or "failed"
    Column("note", Text, nullable=False),
    Column("document_id", String(16), nullable=True),
)

# The indexes made from the store: one for each embedder that was ever searched with, and the lexical one.
indexes = Table(
    "indexes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", String(160), nullable=False, unique=True),  # the embedder's id, or the lexical index's
    Column("rebuilt_at", String(32), nullable=False),  # when it was last made from nothing
)

# What each index holds, and what it has to do: a passage is "pending" until it is written there, then "indexed"; "removing" when it is
# no longer current. A row is there before the index is touched, so nothing can be in an index unknown to the store.
index_entries = Table(
    "index_entries",
    metadata,
    Column("index_number", Integer, ForeignKey("indexes.number"), primary_key=True),
    Column("passage_id", String(16), primary_key=True),  # no foreign key: it outlives its passage until the index has let go of it
    Column("artifact", String(64), nullable=False, index=True),
    Column("state", String(8), nullable=False),
    sqlite_with_rowid=False,
)

# Commands that asked a model. One that is "open" works now or was killed.
runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("command", Text, nullable=False),
    Column("started", String(32), nullable=False),
    Column("ended", String(32), nullable=True),
    Column("model", Text, nullable=False),
    Column("artifacts", Text, nullable=False),  # JSON list of slugs
    Column("status", String(16), nullable=False),
)

# Every call: written down before it is sent, its reply before it is read. A reply serves every later request with the same key.
calls = Table(
    "calls",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", String(32), ForeignKey("runs.id"), nullable=False, index=True),
    Column("artifact", String(64), nullable=False, index=True),  # no key: calls outlive their artifact, they were paid for
    Column("stage", String(32), nullable=False),
    Column("label", Text, nullable=False),
    Column("key", String(64), nullable=False, index=True),  # of the request
    Column("prompt_sha256", String(64), nullable=False),
    Column("request", Text, nullable=False),  # canonical JSON
    Column("status", String(16), nullable=False),  # "open" until something came of it
    Column("reply", Text, nullable=True),  # JSON
    Column("detail", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_usd", Float, nullable=True),  # NULL where the price is unknown
    Column("started", String(32), nullable=False),
    Column("ended", String(32), nullable=True),
)

Index("ix_documents_place", documents.c.artifact, documents.c.position)
Index("ix_index_entries_open", index_entries.c.index_number, sqlite_where=text("state <> 'indexed'"))
