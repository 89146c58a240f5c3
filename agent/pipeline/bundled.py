"""The bundled artifacts: bringing them into a workspace, and which of them are not in it."""

from __future__ import annotations

from collections.abc import Sequence

from agent.errors import InputError
from agent.pipeline.library import Ingested, Library
from agent.store import artifacts as artifact_rows


def ingest(library: Library, slug: str) -> Ingested:
    """Store a bundled artifact. Raises InputError where the workspace has another under its slug."""
    from agent_sources.ingest import source_of

    with library.workspace.reading() as connection:
        stored = artifact_rows.get(connection, slug)
    if stored is not None and not stored.bundled:
        raise InputError(
            f"{slug!r} in this workspace came from {stored.source!r}.",
            hint=f"Ingest that again (fetched documents: --refresh), or uncover the bundled one: agent artifacts remove {slug}.",
        )
    catalog = library.catalog
    return library.take(source_of(catalog.load(slug), artifact_rows.BUNDLED), catalog.fingerprint(slug))


def ingest_all(library: Library) -> list[Ingested]:
    """Store every bundled artifact, each in one transaction; one whose slug the workspace has from elsewhere is left out with a note."""
    with library.workspace.reading() as connection:
        others = {one.slug: one.source for one in artifact_rows.everything(connection) if not one.bundled}
    done = []
    for number, slug in enumerate(library.catalog.slugs):
        library.listener.progress("bringing in", number, len(library.catalog.slugs))
        if slug in others:
            library.listener.note(f"{slug!r} in this workspace came from {others[slug]!r}: left as it is.")
        else:
            done.append(ingest(library, slug))
    return done


def not_brought_in(library: Library, types: Sequence[str] = ()) -> list[str]:
    """The slugs of bundled artifacts (of some types) that are not in the workspace, where no search finds them."""
    catalog = library.catalog
    with library.workspace.reading() as connection:
        there = {one.slug for one in artifact_rows.everything(connection)}
    return [slug for slug in catalog.slugs if slug not in there and (not types or catalog.manifests[slug].manifest.type in types)]
