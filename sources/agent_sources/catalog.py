"""The bundled catalogue: its folders, their fingerprints, and the date it speaks for. Nothing is parsed before it is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from agent_sources.manifests import LoadedManifest, load_manifest
from agent_sources.names import MANIFEST_NAME, bundled_folder, slugs_in
from agent_sources.readers.registry import MEDIA_TYPES, reader_id

__all__ = ["Catalog", "bundled_folder"]


@dataclass(frozen=True)
class Catalog:
    """A folder of artifact folders, each named by its slug."""

    folder: Path

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        return slugs_in(self.folder)

    @cached_property
    def as_of(self) -> date:
        """The date the catalogue's figures were read, from CATALOG.yaml: scores are measured at it unless told otherwise."""
        import yaml

        value = yaml.safe_load((self.folder / "CATALOG.yaml").read_text("utf-8"))["as_of"]
        return value if isinstance(value, date) else date.fromisoformat(str(value))

    def load(self, slug: str) -> LoadedManifest:
        return load_manifest(self.folder / slug / MANIFEST_NAME)

    @cached_property
    def manifests(self) -> dict[str, LoadedManifest]:
        """Every manifest, by slug. Only names other than slugs need it."""
        return {slug: self.load(slug) for slug in self.slugs}

    def fingerprint(self, slug: str) -> str:
        """The sha256 of an artifact's files, names included, and of the readers' versions: changes whenever any of them does."""
        digest = hashlib.sha256(" ".join(map(reader_id, MEDIA_TYPES)).encode())
        root = self.folder / slug
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()
