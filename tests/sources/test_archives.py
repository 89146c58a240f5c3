"""Archives of documents: read without unpacking, refused in one line, or read with a note for what is left out."""

from __future__ import annotations

import gzip
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.errors import DocumentError, InputError, ManifestError
from agent_sources.ingest import Source, sources_in
from tests.sources.nasty import archives as made
from tests.sources.nasty.archives import GOOD, MANIFEST, PAGE, special, tar_of, zip_link, zip_of


@pytest.fixture
def given(tmp_path: Path) -> Callable[..., list[Source]]:
    """Reads an archive of these bytes, named by the user as a library."""

    def read(data: bytes, suffix: str = "zip", name: str | None = "Lantern") -> list[Source]:
        path = tmp_path / f"it.{suffix}"
        path.write_bytes(data)
        return sources_in(path, name, name and "library")

    return read


def names(source: Source) -> list[str]:
    return [file.uri for file in source.files]


@pytest.mark.parametrize(("pack", "suffix"), [(zip_of, "zip"), (tar_of, "tar.gz"), (tar_of, "tgz"), (zip_of, "ZIP")])
def test_an_archive_with_a_manifest_is_its_artifact(given: Callable[..., list[Source]], pack: Callable[..., bytes], suffix: str) -> None:
    [source] = given(pack({**GOOD, "picture.png": b"\x89PNG"}), suffix, None)
    assert (source.manifest.slug, names(source), source.files[0].data, source.notes) == ("lantern", ["readme.md"], PAGE, ())
    assert source.label.endswith(f"it.{suffix}")


def test_the_manifest_may_stand_in_the_archives_folders(given: Callable[..., list[Source]]) -> None:
    one = {f"lantern-1.2/{name}": data for name, data in GOOD.items()}
    two = {"b/artifact.yaml": MANIFEST.replace(b"slug: lantern", b"slug: other"), "b/readme.md": PAGE}
    assert [source.manifest.slug for source in given(zip_of({**two, **one}), name=None)] == ["other", "lantern"]


def test_documents_alone_need_a_name_and_come_readme_first(given: Callable[..., list[Source]]) -> None:
    members = {"z/deep.md": PAGE, "guide.html": b"<p>x</p>", "b.md": PAGE, "README.md": PAGE, "logo.png": b"x", "__MACOSX/._b.md": b"x"}
    [source] = given(zip_of(members))
    assert (source.manifest.slug, names(source)) == ("lantern", ["README.md", "b.md", "guide.html", "z/deep.md"])
    assert source.notes == ("1 files of 'it.zip' are no documents: left out.",)
    assert names(given(zip_of(dict(reversed(members.items()))))[0]) == names(source)
    with pytest.raises(InputError, match=r"has no artifact\.yaml\. Say what it describes: --name"):
        given(zip_of(members), name=None)


@pytest.mark.parametrize(
    ("members", "note"),
    [
        ([("a.md", PAGE), zip_link("b.md", b"/etc/passwd")], "'b.md' is a link: left out."),
        ([("a.md", PAGE), ("more.zip", zip_of(GOOD))], "'more.zip' is an archive in the archive: left out."),
        ([("a.md", PAGE), ("b.md", b"x" * 20_000_001)], "'b.md' is 20 MB, more than the 20 MB a document may have: left out."),
    ],
)  # fmt: skip
def test_what_is_of_no_use_is_left_out_with_a_note(given: Callable[..., list[Source]], members: list[made.Member], note: str) -> None:
    [source] = given(zip_of(members, zipfile.ZIP_STORED))
    assert (names(source), source.notes) == (["a.md"], (note,))


@pytest.mark.parametrize(
    ("kind", "note"),
    [(tarfile.SYMTYPE, "a link"), (tarfile.LNKTYPE, "a link"), (tarfile.CHRTYPE, "no regular file"), (tarfile.FIFOTYPE, "no regular file")],
)
def test_links_and_devices_of_a_tar_are_left_out(given: Callable[..., list[Source]], kind: bytes, note: str) -> None:
    [source] = given(tar_of([(special("b.md", kind, "/etc/passwd"), b""), (tarfile.TarInfo("a.md"), PAGE)]), "tgz")
    assert (names(source), source.notes) == (["a.md"], (f"'b.md' is {note}: left out.",))


def test_a_manifest_may_not_name_what_is_left_out_or_outside(given: Callable[..., list[Source]]) -> None:
    with pytest.raises(ManifestError, match=r"it\.zip/artifact\.yaml' names 'readme\.md', which is a link"):
        given(zip_of([("artifact.yaml", MANIFEST), zip_link("readme.md", b"/etc/passwd")]))
    for file in ("../b.md", "/b.md", "a/../../b.md"):
        with pytest.raises(ManifestError, match="outside its folder"):
            given(zip_of({"x/artifact.yaml": MANIFEST.replace(b"readme.md", file.encode()), "b.md": PAGE}))
    with pytest.raises(ManifestError, match="not in the archive"):
        given(zip_of({"artifact.yaml": MANIFEST}))


@pytest.mark.parametrize(
    ("data", "suffix", "said"),
    [
        (lambda: zip_of({"../evil.md": PAGE}), "zip", "holds '../evil.md', which leads out of it"),
        (lambda: zip_of({"a\\..\\..\\evil.md": PAGE}), "zip", "which leads out of it"),
        (lambda: tar_of({"/etc/evil.md": PAGE}), "tgz", "holds '/etc/evil.md', which leads out of it"),
        (lambda: zip_of({"C:/evil.md": PAGE}), "zip", "which leads out of it"),
        (lambda: tar_of([(tarfile.TarInfo("a.md"), PAGE), (tarfile.TarInfo("a.md"), PAGE)]), "tgz", "holds 'a.md' twice"),
        (lambda: zip_of({"Read.md": PAGE, "READ.md": PAGE}), "zip", "'Read.md', which some systems take for the same"),
        (made.overlapping, "zip", "which overlaps another member"),
        (lambda: made.lying_size(10), "zip", "not an archive, or damaged"),
        (lambda: made.lying_size(5000), "zip", "'a.md' has 5,000 bytes, which is not so"),
        (made.wrong_checksum, "zip", "not an archive, or damaged or cut off"),
        (made.bomb, "zip", "unpacks to more than 200 times its size"),
        (made.bomb_tar, "tgz", "unpacks to more than 200 times its size"),
        (lambda: zip_of({f"{n}.md": bytes(10_000_000) for n in range(11)}, zipfile.ZIP_STORED), "zip", "has 110 MB; an archive has"),
        (lambda: zip_of({f"{n}.md": PAGE * 100_000 for n in range(14)}), "zip", "unpacks to more than 100 MB"),
        (made.many_members, "zip", "has more than 2,000 members"),
        (lambda: tar_of({f"{n}.md": b"" for n in range(2001)}), "tgz", "has more than 2,000 members"),
        (made.endless_headers, "tgz", "damaged"),
        (made.huge_header, "tgz", "unpacks to more than 200 times its size"),
        (made.locked, "zip", "holds no document ('locked.md' is locked by a password)"),
        (lambda: zip_of({"a.md": PAGE}, zipfile.ZIP_LZMA), "zip", "packs 'a.md' in a way that is not read"),
        (lambda: zip_of({}), "zip", "holds no document."),
        (lambda: zip_of(GOOD)[:-30], "zip", "damaged or cut off"),
        (lambda: tar_of(GOOD)[:100], "tgz", "damaged or cut off"),
        (lambda: zip_of(GOOD), "tgz", "is not an archive"),
        (lambda: b"", "zip", "is not an archive"),
        (lambda: b"", "tar.gz", "is not an archive"),
    ],
)  # fmt: skip
def test_an_archive_that_lies_or_bursts_is_refused(
    given: Callable[..., list[Source]], data: Callable[[], bytes], suffix: str, said: str
) -> None:
    content = data()
    tracemalloc.start()
    with pytest.raises(DocumentError) as raised:
        given(content, suffix)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert peak < 250_000_000


def foreign_tar(*members: bytes) -> bytes:
    """A tar whose names are these bytes, in whatever encoding."""
    files = [(tarfile.TarInfo(name.decode("utf-8", "surrogateescape")), PAGE) for name in members]
    return tar_of(files, tarfile.GNU_FORMAT)


def test_a_tar_written_where_names_are_latin_1_is_read(given: Callable[..., list[Source]]) -> None:
    [source] = given(foreign_tar(b"r\xe9sum\xe9.md", "r\xe9sum\xe9s.md".encode(), b"x\xe9" * 60 + b".md"), "tar.gz")
    assert names(source) == ["résumé.md", "résumés.md", "xé" * 60 + ".md"]
    with pytest.raises(DocumentError, match=r"holds .résumé\.md. twice"):
        given(foreign_tar(b"r\xe9sum\xe9.md", "r\xe9sum\xe9.md".encode()), "tar.gz")
    link = special(b"\xe9.md".decode("utf-8", "surrogateescape"), tarfile.SYMTYPE, "a.md")
    [source] = given(tar_of([(link, b""), (tarfile.TarInfo("a.md"), PAGE)], tarfile.GNU_FORMAT), "tar.gz")
    assert source.notes == ("'é.md' is a link: left out.",)


@pytest.mark.parametrize(
    ("name", "read"),
    [(b"", []), (b".", []), (b"/", None), (b"a\x82b.md", ["aéb.md"]), (b"a\0b.md", []), (b" .md", [" .md"])],
)
def test_a_zip_with_an_odd_name_is_read_or_refused(given: Callable[..., list[Source]], name: bytes, read: list[str] | None) -> None:
    data = made.zip_of_bytes([name, b"z.md"])
    if read is None:
        with pytest.raises(DocumentError, match="which leads out of it"):
            given(data)
    else:
        assert names(given(data)[0]) == [*read, "z.md"]


def test_names_are_the_same_in_both_forms_of_unicode(given: Callable[..., list[Source]]) -> None:
    """A Mac packs an accent as a character of its own; the manifest has it as people type it."""
    manifest = MANIFEST.replace(b"readme.md", "r\u00e9.md".encode())
    [source] = given(zip_of({"artifact.yaml": manifest, "re\u0301.md": PAGE}), name=None)
    assert source.files[0].data == PAGE


def test_archives_within_archives_are_not_opened(given: Callable[..., list[Source]]) -> None:
    [source] = given(made.nested())
    assert (names(source), source.notes) == (["readme.md"], ("'again.zip' is an archive in the archive: left out.",))


def test_many_notes_are_told_in_few_lines(given: Callable[..., list[Source]]) -> None:
    [source] = given(zip_of([("a.md", PAGE), *(zip_link(f"{n:03}.md", b"a.md") for n in range(100))]))
    assert len(source.notes) == 11 and source.notes[-1] == "90 more members left out."


def test_a_tar_with_a_broken_header_or_checksum_is_refused_as_a_whole(given: Callable[..., list[Source]]) -> None:
    whole = gzip.decompress(tar_of({"a.md": PAGE, "b.md": PAGE, "c.md": PAGE}))
    second = 512 + -(-len(PAGE) // 512) * 512
    broken = whole[: second + 148] + b"9999999\0" + whole[second + 156 :]
    for data in (gzip.compress(broken), gzip.compress(whole)[:-8] + b"\0" * 8):
        with pytest.raises(DocumentError):
            given(data, "tar.gz")
