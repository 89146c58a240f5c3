"""Manifests: what is read, and how each mistake is told in one line."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from agent.domain.artifact import Manifest
from agent.errors import ManifestError
from agent_sources.catalog import Catalog, bundled_folder
from agent_sources.manifests import load_manifest, manifest_schema

GOOD = """
slug: tin-can
name: Tin Can
type: product
license: MIT
docs:
- {file: notes.md, commit: abc, commit_date: 2024-01-02, extra: {deep: [1, 2]}}
facts:
- {field: released, value: 2024-05-14, source: "https://example.org", date: 2024-06-01}
signals:
- {name: stars, value: 12, date: 2024-06-01}
"""


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "artifact.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_dates_are_text_and_unknown_keys_below_docs_are_kept(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path, GOOD)).manifest
    fact = manifest.fact("released")
    assert fact is not None
    assert (fact.value, fact.date) == ("2024-05-14", "2024-06-01")
    assert manifest.docs[0].model_extra == {"commit": "abc", "commit_date": "2024-01-02", "extra": {"deep": [1, 2]}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("license:", "licence:"), r"unknown key 'licence'. Did you mean 'license'"),
        (("type: product", "type: gadget"), r"'type' is 'gadget'; input should be 'model', 'dataset'"),
        (("slug: tin-can", "slug: Tin Can"), r"'slug' is 'Tin Can'; expected lower-case letters"),
        (("name: Tin Can", "name: ''"), r"'name' is ''"),
        (("name: Tin Can\n", ""), r"lacks 'name'"),
        (("{file: notes.md,", "{title: Notes,"), r"'docs.0' is .*a document needs 'file' or 'url'"),
        (("field: released, ", ""), r"lacks 'facts.0.field'"),
        (("docs:\n- {", "docs:\n- {{"), r"line \d+ is not YAML"),
        (("slug: tin-can", "slug: tin-can\nslug: tin"), r"line 3 is not YAML: key 'slug' is given twice"),
        (("slug: tin-can", "slug: !!python/object:os.system x"), r"line 2 is not YAML: could not determine a constructor"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_key_and_value(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(ManifestError, match=said) as raised:
        load_manifest(path)
    assert "\n" not in str(raised.value)
    assert str(path) in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- a\n- b\n", "holds a list of 2, not a mapping"),
        (b"", "holds None"),
        (b"name: caf\xe9\n", "not UTF-8"),
        (b"a: " + b"x" * 1_000_001, "larger"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(ManifestError, match=said):
        load_manifest(write(tmp_path, content))


def test_yaml_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ManifestError, match="without YAML aliases"):
        load_manifest(write(tmp_path, "\n".join(lines)))


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="No such file"):
        load_manifest(tmp_path / "artifact.yaml")


def test_the_shipped_schema_is_the_models() -> None:
    shipped = json.loads((resources.files("agent_sources") / "manifest.schema.json").read_text("utf-8"))
    assert shipped == manifest_schema()
    assert set(shipped["properties"]) == set(Manifest.model_fields)


def test_every_bundled_manifest_is_read_and_sits_in_the_folder_of_its_slug() -> None:
    catalog = Catalog(bundled_folder())
    assert len(catalog.slugs) >= 20
    for slug, loaded in catalog.manifests.items():
        assert loaded.manifest.slug == slug
        assert any(ref.file for ref in loaded.manifest.docs)


def test_the_catalogue_speaks_for_its_newest_figure() -> None:
    catalog = Catalog(bundled_folder())
    dates = [fact.date for loaded in catalog.manifests.values() for fact in (*loaded.manifest.facts, *loaded.manifest.signals)]
    assert catalog.as_of.isoformat() == max(date for date in dates if date != "unknown")


def test_a_fingerprint_follows_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    write(folder, GOOD)
    (folder / "notes.md").write_text("a", "utf-8")
    catalog = Catalog(tmp_path)
    seen = {catalog.fingerprint("one")}
    (folder / "notes.md").write_text("b", "utf-8")
    seen.add(catalog.fingerprint("one"))
    (folder / "notes.md").rename(folder / "other.md")
    seen.add(catalog.fingerprint("one"))
    assert len(seen) == 3
