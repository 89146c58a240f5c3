"""The first schema.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "artifacts",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("slug"),
    )
    op.create_table(
        "capabilities",
        sa.Column("uri", sa.String(length=160), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uri"),
        sa.UniqueConstraint("id", name=op.f("uq_capabilities_id")),
    )
    op.create_index(op.f("ix_capabilities_artifact"), "capabilities", ["artifact"], unique=False)
    op.create_table(
        "decompositions",
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("inputs_sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("artifact", "inputs_sha256"),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("capability_uri", sa.String(length=160), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_matches_artifact"), "matches", ["artifact"], unique=False)
    op.create_table(
        "vectors",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("embedder", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "embedder"),
    )
    op.create_table(
        "capability_versions",
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("inputs_sha256", sa.String(length=64), nullable=False),
        sa.Column("uri", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["uri"], ["capabilities.uri"], name=op.f("fk_capability_versions_uri")),
        sa.PrimaryKeyConstraint("artifact", "inputs_sha256", "uri"),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("chunking", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["artifact"], ["artifacts.slug"], name=op.f("fk_documents_artifact")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_documents_place", "documents", ["artifact", "position"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("heading_path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_passages_document_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_passages_document_id"), "passages", ["document_id"], unique=False)
    op.create_index(op.f("ix_passages_sha256"), "passages", ["sha256"], unique=False)
    op.create_table(
        "readings",
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["artifact"], ["artifacts.slug"], name=op.f("fk_readings_artifact")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_readings_document_id")),
        sa.PrimaryKeyConstraint("artifact", "uri", "sha256", "reader"),
    )
