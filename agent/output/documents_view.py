"""What a page says of the documents themselves: how current they are, and which were left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agent.domain.artifact import DocumentRef
from agent.domain.capability import Decomposition, DocumentHead
from agent.output.citations import file_name
from agent.output.clean import one_line
from agent.text.languages import language_name


def documents_line(made: Decomposition, refs: Sequence[DocumentRef]) -> str:
    """Which versions of the documents were read, as far as the manifest's `docs` say; empty where they say nothing.

    Their own dates are `commit_date` or `date`, a version is `version`, the day of the copy `retrieved`.
    """
    read = {d.uri for d in made.documents if d.used and d.artifact == made.artifact.slug}
    stated = [ref.model_extra or {} for ref in refs if ref.url in read or ref.file in read]
    versions = _distinct(extra.get("version") for extra in stated)
    dates = sorted(_distinct(extra.get("commit_date") or extra.get("date") for extra in stated))
    copied = sorted(_distinct(extra.get("retrieved") for extra in stated))
    parts = []
    if versions:
        parts.append(f"version {', '.join(versions)}")
    if dates:
        undated = len(read) - sum(bool(extra.get("commit_date") or extra.get("date")) for extra in stated)
        parts.append(f"as of {_span(dates)}" + (f" ({undated} of {len(read)} undated)" if undated > 0 else ""))
    if copied:
        parts.append(f"retrieved {_span(copied)}")
    return ", ".join(parts)


def left_out(made: Decomposition) -> tuple[str, ...]:
    """What a reader must know of documents that were not read, in plain words: one sentence for those in other languages."""
    said = [one_line(note) for note in made.notes]
    found: list[str] = []
    foreign: dict[str, list[str]] = {}
    for document in made.documents:
        if document.used or document.artifact != made.artifact.slug:
            continue
        if any(note.startswith(f"{one_line(document.title)}: ") for note in said):
            continue
        if document.language != "en":
            foreign.setdefault(language_name(document.language) or "another language", []).append(_called(document, made.artifact.name))
        else:
            found.append(_left_out(document, made.artifact.name))
    return tuple(dict.fromkeys([*said, *found, *([_not_english(foreign)] if foreign else [])]))


def _not_english(foreign: Mapping[str, Sequence[str]]) -> str:
    """ "Only English documents were read; not read: README-de.md (German)." """
    names = "; ".join(f"{', '.join(files)} ({language})" for language, files in foreign.items())
    return f"Only English documents were read; not read: {names}."


def _left_out(document: DocumentHead, name: str) -> str:
    title = _called(document, name)
    return f"{title} was not read: {one_line(document.note)}." if document.note else f"{title} was not read."


def _called(document: DocumentHead, name: str) -> str:
    """A document's title; its file where the title is the artifact's name or in letters that a reader of English may not read."""
    title = one_line(document.title)
    return title if title.isascii() and title != name else file_name(document.uri)


def _distinct(values: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(one_line(str(value)) for value in values if value and str(value) != "unknown"))


def _span(dates: Sequence[str]) -> str:
    return dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
