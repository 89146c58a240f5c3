"""Alembic's entry point: runs the migrations inside the transaction the workspace has opened."""

from __future__ import annotations

from alembic import context

from agent.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True, transactional_ddl=False
)
context.run_migrations()
