"""What a page says of the documents themselves: how current they are, and which were left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.domain.artifact import DocumentRef
from agent.domain.capability import Decomposition, DocumentHead
from agent.output.citations import file_name
from agent.output.clean import one_line

# ISO 639-1 codes of languages that documentation is often written in, with their English names.
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nl": "Dutch",
    "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


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
    """What a reader must know of documents that were left out, each once."""
    said = [one_line(note) for note in made.notes]
    found = []
    for document in made.documents:
        if document.used or document.artifact != made.artifact.slug:
            continue
        if any(note.startswith(f"{one_line(document.title)}: ") for note in said):
            continue
        found.append(_left_out(document, made.artifact.name))
    return tuple(dict.fromkeys(said + found))


def _left_out(document: DocumentHead, name: str) -> str:
    title = one_line(document.title)
    title = file_name(document.uri) if title == name else title
    if document.language == "en":
        return f"{title} was left out: {one_line(document.note)}." if document.note else f"{title} was left out."
    language = _LANGUAGES.get(document.language)
    return f"{title} is {f'in {language}' if language else 'not in English'} and was left out."


def _distinct(values: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(one_line(str(value)) for value in values if value and str(value) != "unknown"))


def _span(dates: Sequence[str]) -> str:
    return dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
