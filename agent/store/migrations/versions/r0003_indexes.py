"""The state of each index over the passages.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indexes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("rebuilt_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name", name=op.f("uq_indexes_name")),
    )
    op.create_table(
        "index_entries",
        sa.Column("index_number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.String(length=16), nullable=False),
        sa.Column("artifact", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["index_number"], ["indexes.number"], name=op.f("fk_index_entries_index_number")),
        sa.PrimaryKeyConstraint("index_number", "passage_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_index_entries_artifact"), "index_entries", ["artifact"], unique=False)
    op.create_index("ix_index_entries_open", "index_entries", ["index_number"], unique=False, sqlite_where=sa.text("state <> 'indexed'"))
