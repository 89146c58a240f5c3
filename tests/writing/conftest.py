"""Drafts of made-up artifacts and of bundled ones, over one workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.assembly import build_pipeline
from agent.domain.draft import Draft
from agent.pipeline import Pipeline
from agent.settings import load_settings

SORREL = """# Sorrel

Sorrel is an open library for reading handwritten seed labels. Sorrel runs on a laptop without a graphics card.

## Reading labels

Sorrel reads handwritten labels in photographs and returns one line of text for each label. Sorrel accepts photographs of up to 40 labels.
Sorrel rotates tilted photographs before it reads them.

## Serving several benches

Sorrel serves several benches at once through one HTTP server, which keeps a queue for each bench.

## Exporting tables

Sorrel exports what it read as CSV or JSON tables. Unlike Tansy, Sorrel needs no account.

## Tying labels to one language

Sorrel does not tie its labels to one language.

## Limitations

- Sorrel does not read printed barcodes.
- Labels in pencil are read less reliably than labels in ink.
"""

TANSY = """# Tansy

Tansy is a library for tracking seed trays in a nursery. Tansy finds each tray on video and follows it from bench to bench.

## Tracking trays

Tansy follows up to 200 trays on one video. Tansy sends a message when a tray stays in the dark for a day.

## Planning watering

Tansy plans the watering of each tray from its weight. Tansy writes the plan as a calendar file.

## Limitations

- Tansy cannot read handwriting.
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up artifacts as folders with a manifest each."""
    made = tmp_path_factory.mktemp("artifacts")
    for slug, name, text in (("sorrel", "Sorrel", SORREL), ("tansy", "Tansy", TANSY)):
        (made / slug).mkdir()
        (made / slug / "guide.md").write_text(text, encoding="utf-8")
        lines = [f"slug: {slug}", f"name: {name}", "type: library", "license: MIT", "docs:", f"  - {{file: guide.md, title: {name} guide}}"]
        (made / slug / "artifact.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def new_pipeline(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Pipeline]:
    """A pipeline over a new workspace that holds the made-up artifacts."""

    def build() -> Pipeline:
        made = build_pipeline(load_settings({"workspace": tmp_path_factory.mktemp("workspace")}, environment={}, folder=folder))
        for slug in ("sorrel", "tansy"):
            made.ingest(str(folder / slug))
        return made

    return build


@pytest.fixture(scope="session")
def pipeline(new_pipeline: Callable[[], Pipeline]) -> Pipeline:
    return new_pipeline()


@pytest.fixture(scope="session")
def drafted(pipeline: Pipeline) -> Callable[..., Draft]:
    """Drafts by the slugs they are about, each made once."""
    made: dict[tuple[str, ...], Draft] = {}

    def draft(*slugs: str) -> Draft:
        if slugs not in made:
            made[slugs] = pipeline.draft(*slugs)
        return made[slugs]

    return draft
