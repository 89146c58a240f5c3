"""Documents out of folders and files, and everything that is refused before anything is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.domain.document import Document
from agent.errors import DocumentError, InputError, ManifestError
from agent_sources.ingest import LARGEST, read_documents, source_from_file, sources_at
from agent_sources.names import kebab


def folder(tmp_path: Path, docs: str, **files: bytes) -> Path:
    target = tmp_path / "tin"
    target.mkdir(parents=True)
    (target / "artifact.yaml").write_text(f"slug: tin\nname: Tin\ntype: product\ndocs:\n{docs}", "utf-8")
    for name, content in files.items():
        (target / name.replace("_", ".")).write_bytes(content)
    return target


def documents(path: Path) -> list[Document]:
    [source] = sources_at(path)
    return [read.document for read in read_documents(source, lambda *_: None, "2024-01-01T00:00:00+00:00")]


def test_a_document_says_where_it_is_from(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        "- {file: a.md, url: 'https://example.org/a', retrieved: 2023-05-06}\n- {file: b.md, title: Given, origin: project-notes}\n"
        "- {url: 'https://example.org/not-fetched'}\n- {file: c.md, media_type: text/plain}\n",
        a_md=b"intro\n\n## Second\n\n# First heading\n", b_md=b"# Ignored\n\ntext", c_md=b"# not Markdown, no heading\n",
    )  # fmt: skip
    a, b, c = documents(path)
    assert (a.uri, a.title, a.fetched_at, a.media_type) == ("https://example.org/a", "First heading", "2023-05-06", "text/markdown")
    assert (b.uri, b.title, b.origin, b.fetched_at) == ("b.md", "Given", "project-notes", "2024-01-01T00:00:00+00:00")
    assert (c.title, c.media_type) == ("c.md", "text/plain")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "Front: matter"\nlayout: x\n---\n# Heading\n', "Front: matter"),
        ("# Copyright 2020\n\n# Licence\n\n## Name\n", "Name"),
        ("no heading", "a.md"),
    ],
)
def test_titles_are_found(tmp_path: Path, text: str, title: str) -> None:
    assert documents(folder(tmp_path, "- {file: a.md}\n", a_md=text.encode()))[0].title == title


def test_the_id_depends_on_artifact_address_and_text_only(tmp_path: Path) -> None:
    one = documents(folder(tmp_path / "1", "- {file: a.md}\n", a_md=b"text\n"))[0]
    two = documents(folder(tmp_path / "2", "- {file: a.md, title: T}\n", a_md=b"\xef\xbb\xbftext\r\n"))[0]
    three = documents(folder(tmp_path / "3", "- {file: a.md}\n", a_md=b"other\n"))[0]
    assert one.id == two.id != three.id


@pytest.mark.parametrize(
    ("docs", "said"),
    [
        ("- {file: missing.md}\n", "'missing.md', which does not exist"),
        ("- {file: ../secret.md}\n", "outside its folder"),
        ("- {file: /etc/passwd}\n", "outside its folder"),
        ("- {file: link.md}\n", "outside its folder"),
    ],
)
def test_a_path_must_lead_to_a_file_inside_the_folder(tmp_path: Path, docs: str, said: str) -> None:
    path = folder(tmp_path, docs)
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (path / "link.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ManifestError, match=said):
        sources_at(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b" \n\t\n", "is empty"), (b"PK\x03\x04\x00\x00", "binary"), (b"caf\xe9", "not UTF-8"), (b"\xff\xfe", "is empty")],
)
def test_a_document_must_be_text(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as raised:
        documents(folder(tmp_path, "- {file: a.md}\n", a_md=content))
    assert "\n" not in str(raised.value)


def test_a_huge_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = folder(tmp_path, "- {file: a.md}\n", a_md=b"")
    os.truncate(path / "a.md", 200_000_000)  # sparse: reading it would give zeros, which count as binary
    with pytest.raises(DocumentError, match=rf"has 200 MB; a document has at most {LARGEST // 1_000_000} MB"):
        sources_at(path)


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path, "- {file: a.md}\n")
    os.mkfifo(path / "a.md")
    with pytest.raises(DocumentError, match="not a regular file"):
        sources_at(path)


def test_a_folder_of_folders_is_read_in_name_order(tmp_path: Path) -> None:
    for slug in ("b", "a"):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "artifact.yaml").write_text(f"slug: {slug}\nname: N\ntype: model\n", "utf-8")
    (tmp_path / "stray.txt").write_text("x", "utf-8")
    assert [source.manifest.slug for source in sources_at(tmp_path)] == ["a", "b"]


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"has no artifact\.yaml"):
        sources_at(tmp_path)


def test_a_file_needs_a_name_a_slug_can_be_made_of(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("text", "utf-8")
    assert source_from_file(file, "  My  Tool 2 ", "library").manifest.name == "My Tool 2"
    with pytest.raises(InputError, match="no slug can be made"):
        source_from_file(file, "日本", "library")
    assert kebab("Crème Brûlée -- v2.0!") == "creme-brulee-v2-0"
    assert len(kebab("x" * 100)) == 64
