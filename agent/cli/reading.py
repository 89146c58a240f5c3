"""What pages need of the workspace besides the result itself: passages around quotes, and names of artifacts."""

from __future__ import annotations

from functools import cache

from agent.output.excerpts import Excerpt, Excerpts, PassageExcerpts
from agent.pipeline import Pipeline


def stored_excerpts(pipeline: Pipeline) -> Excerpts:
    """Excerpts out of the workspace; a document is read when the first of its quotes is."""

    @cache
    def of_document(document_id: str) -> PassageExcerpts:
        return PassageExcerpts({document_id: pipeline.document(document_id).text}, pipeline.passages(document_id))

    def find(document_id: str, start: int, end: int) -> Excerpt | None:
        return of_document(document_id)(document_id, start, end)

    return find


def stored_names(pipeline: Pipeline) -> dict[str, str]:
    """The names of the workspace's artifacts by slug."""
    from agent.store import artifacts

    with pipeline.workspace.reading() as connection:
        return {one.slug: one.name for one in artifacts.everything(connection)}
