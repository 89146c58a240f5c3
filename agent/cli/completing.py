"""What a shell completes in place of arguments. It is asked while somebody types: nothing heavy is imported, nothing is made or said."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import click
from click.shell_completion import CompletionItem

from agent.cli.session import Session


def slugs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The bundled artifacts and the workspace's."""
    from agent_sources.names import bundled_folder, slugs_in

    found = dict.fromkeys(slugs_in(bundled_folder()), "") | dict(_rows(context, "SELECT slug, name FROM artifacts"))
    items = [CompletionItem(slug, help=name or None) for slug, name in sorted(found.items()) if slug.startswith(incomplete)]
    # Most commands take a folder too.
    return items or [CompletionItem(incomplete, type="file")]


def own_slugs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The workspace's artifacts alone."""
    rows = _rows(context, "SELECT slug, name FROM artifacts ORDER BY slug")
    return [CompletionItem(slug, help=name) for slug, name in rows if slug.startswith(incomplete)]


def document_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The workspace's current documents."""
    rows = _rows(context, "SELECT id, artifact || ': ' || title FROM documents WHERE position IS NOT NULL ORDER BY artifact, position")
    return [CompletionItem(one, help=title) for one, title in rows if one.startswith(incomplete)]


def _rows(context: click.Context, sql: str) -> list[tuple[str, str]]:
    """Rows of the workspace a run would use; none where there is none, or it cannot be read at once."""
    from agent.errors import AgentError
    from agent.project import workspace_of

    session = context.find_object(Session)
    try:
        file = workspace_of(session.workspace if session else None, os.environ).absolute() / "ledger.db"
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            return connection.execute(sql).fetchall()
    except (AgentError, OSError, RuntimeError, ValueError, sqlite3.Error):
        return []
