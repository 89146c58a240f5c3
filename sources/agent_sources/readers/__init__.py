"""Readers: bytes of a media type in, the document's text out. The text is never rewritten afterwards."""

from __future__ import annotations

from agent_sources.readers.registry import MEDIA_TYPES, ReadText, media_type_of, read

__all__ = ["MEDIA_TYPES", "ReadText", "media_type_of", "read"]
