"""Values of facts in words: English names of languages, size categories, counts of parameters."""

from __future__ import annotations

import re

__all__ = ["agrees", "in_words", "language_name"]

_CATEGORY = re.compile(r"(?:n<|(\w+)<n<)(\w+)")
_SIZES_ALONE = re.compile(r"(?:\d[\d.]*\s?[BM]|[\s,]|and|to|or)+")

# By ISO 639-1 code.
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nl": "Dutch",
    "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_name(code: str) -> str | None:
    """The English name of an ISO 639-1 code, also with a region ("en-US"); None where it is not known."""
    return _NAMES.get(code.split("-")[0].casefold())


def in_words(field: str, value: str) -> str:
    """A value as people write it: language codes by their names, a size category spelled out, bare sizes of models as parameters."""
    if field == "languages":
        return ", ".join(language_name(part) or part for part in value.split(", "))
    if field == "parameters" and _SIZES_ALONE.fullmatch(value):
        return f"{value} parameters"
    category = _CATEGORY.fullmatch(value)
    if category:
        return f"{category[1]} to {category[2]} examples" if category[1] else f"fewer than {category[2]} examples"
    return value


def agrees(value: str, record: str) -> bool:
    """Whether a value found in a document is (a part of) what the record says: "Apache 2.0" of "Apache-2.0 (code)"."""
    folded = _folded(re.sub(r"\s*\([^()]*\)$", "", value))
    return bool(folded) and folded in _folded(record)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
