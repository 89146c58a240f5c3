"""Manifests, readers by media type, structure and chunking: from a file to passages with exact offsets."""
